"""The ledger grows up with the program, never loses a row on the way, and is never taken back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from autofill.cases.ledger import migrations
from autofill.cases.ledger.ledger import Ledger, open_ledger
from autofill.cases.ledger.tables import (
    CASE_EVENTS,
    HISTORY,
    QUEUED,
    REVIEWS,
    RUNS,
    SCHEMA_VERSION,
    SECRET,
    SLOTS,
    TAKEN_OVER,
    WORKERS,
)
from autofill.cases.model.run_states import State
from autofill.errors import DiskTrouble, Misconfigured
from tests.cases.first_version import first_versions_ledger


def schema(path: Path) -> dict[str, list[str]]:
    with closing(sqlite3.connect(path)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        return {name: [column[1] for column in connection.execute(f"PRAGMA table_info({name})")] for (name,) in tables}


def test_what_is_made_is_what_queries_expect(ledger: Ledger, path: Path) -> None:
    tables = (SCHEMA_VERSION, SECRET, RUNS, HISTORY, REVIEWS, CASE_EVENTS, SLOTS, TAKEN_OVER, QUEUED, WORKERS)
    assert {name: sorted(columns) for name, columns in schema(path).items()} == {
        table.name: sorted(table.c.keys()) for table in tables
    }


def test_a_ledger_of_the_first_version_keeps_all_it_knows(path: Path) -> None:
    first_versions_ledger(path.parent)
    before = dump(path)

    with open_ledger(path) as migrated:
        rows = {row.run_id: row for row in migrated.rows()}
        clicked = {run_id: row.clicked_at for run_id, row in rows.items()}
        history = {run_id: migrated.history(run_id) for run_id in rows}
        (case,) = migrated.cases.matching("12345678")
        assert migrated.reserve_slot("usps-email-us", 10**9) > 0

    assert {name: rows_before == dump(path)[name] for name, rows_before in before.items()} == {
        "runs": False,  # has columns more
        "history": True,
        "opinions": True,
        "case_events": True,
        "secret": True,
        "schema_version": False,
    }
    submitting = {name: [c.at for c in each if c.after is State.SUBMITTING] for name, each in history.items()}
    assert {name: [at] if at else [] for name, at in clicked.items()} == submitting
    assert len(rows) == 5
    assert len(case.runs) == 2


def dump(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in tables}


def test_an_older_ledger_is_brought_up_to_date_and_keeps_what_it_knows(
    ledger: Ledger, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.prepare("run-1", "key", space="live", form="a-form")
    before = ledger.keys("form", "origin", {"a": "b"})
    step = path.with_name("5-colour.sql")
    step.write_text("ALTER TABLE runs ADD COLUMN colour TEXT;\n")
    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, step))

    with open_ledger(path) as migrated:
        assert migrated.row("run-1") == ledger.row("run-1")
        assert migrated.keys("form", "origin", {"a": "b"}) == before

    assert "colour" in schema(path)["runs"]


def test_a_step_that_fails_leaves_the_ledger_as_it_was(
    ledger: Ledger, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = path.with_name("5-colour.sql")
    broken.write_text("ALTER TABLE runs ADD COLUMN colour TEXT;\n\nCREATE TABLE runs (again TEXT);\n")
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
