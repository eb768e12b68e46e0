"""The ledger grows up with the program, never loses a row on the way, and is never taken back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from autofill.cases.ledger import migrations
from autofill.cases.ledger.ledger import Ledger, open_ledger
from autofill.cases.ledger.tables import CASE_EVENTS, HISTORY, REVIEWS, RUNS, SCHEMA_VERSION, SECRET, SLOTS, TAKEN_OVER
from autofill.errors import DiskTrouble, Misconfigured


def schema(path: Path) -> dict[str, list[str]]:
    with closing(sqlite3.connect(path)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        return {name: [column[1] for column in connection.execute(f"PRAGMA table_info({name})")] for (name,) in tables}


def test_what_is_made_is_what_queries_expect(ledger: Ledger, path: Path) -> None:
    tables = (SCHEMA_VERSION, SECRET, RUNS, HISTORY, REVIEWS, CASE_EVENTS, SLOTS, TAKEN_OVER)
    assert schema(path) == {table.name: table.c.keys() for table in tables}


def test_an_older_ledger_is_brought_up_to_date_and_keeps_what_it_knows(
    ledger: Ledger, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.prepare("run-1", "key", space="live", form="a-form")
    before = ledger.keys("form", "origin", {"a": "b"})
    newer = (*migrations.MIGRATIONS, ("ALTER TABLE runs ADD COLUMN colour TEXT",))
    monkeypatch.setattr(migrations, "MIGRATIONS", newer)

    with open_ledger(path) as migrated:
        assert migrated.row("run-1") == ledger.row("run-1")
        assert migrated.keys("form", "origin", {"a": "b"}) == before

    assert "colour" in schema(path)["runs"]


def test_a_step_that_fails_leaves_the_ledger_as_it_was(
    ledger: Ledger, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = ("ALTER TABLE runs ADD COLUMN colour TEXT", "CREATE TABLE runs (again TEXT)")
    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, broken))
    before = schema(path)

    with pytest.raises(DiskTrouble):
        open_ledger(path)

    assert schema(path) == before


def test_a_newer_ledger_is_refused_in_plain_words(ledger: Ledger, path: Path) -> None:
    ledger.close()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE schema_version SET version = 99")

    with pytest.raises(Misconfigured, match="newer version of autofill") as refusal:
        open_ledger(path)

    assert refusal.value.exit_code == 78
    assert "--ledger" in refusal.value.hint
