"""Each line of the journal is chained to the one before, and a full disk leaves a chain that still holds."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from autofill.errors import CannotRecord, DiskTrouble
from autofill.evidence.keeping.journal import Journal
from tests.evidence.limits import largest_file


def chained(path: Path) -> list[dict[str, Any]]:
    """The lines, after the chain was worked out again from the bytes alone."""
    previous = "0" * 64
    records = []
    for number, line in enumerate(path.read_bytes().splitlines(keepends=True), 1):
        record = json.loads(line)
        assert line.endswith(b"}\n")
        assert (record["v"], record["seq"], record["prev"]) == (1, number, previous)
        previous = hashlib.sha256(line).hexdigest()
        records.append(record)
    return records


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.jsonl"


def test_every_line_holds_the_hash_of_the_line_before(path: Path) -> None:
    """Zeros in the first; the facts stand as they were given, in UTF-8."""
    journal = Journal(path)
    journal.write("run", run_id="r", browser="1.2")
    journal.write("step", n=1, name="Größe 왕 \N{GRINNING FACE}")
    journal.write("verdict", case_number=None, messages=["a", "b"])
    journal.close()
    first, second, third = chained(path)
    assert (first["kind"], first["run_id"]) == ("run", "r")
    assert second["name"] == "Größe 왕 \N{GRINNING FACE}"
    assert "Größe 왕".encode() in path.read_bytes()
    assert (third["case_number"], third["messages"]) == (None, ["a", "b"])


def test_lines_tell_the_time_twice(path: Path) -> None:
    """UTC for people, a clock that never goes back for the order."""
    journal = Journal(path)
    for _ in range(3):
        journal.write("step")
    journal.close()
    records = chained(path)
    ticks = [record["t_mono_ns"] for record in records]
    assert ticks == sorted(ticks)
    assert all(datetime.fromisoformat(record["t_wall"]).utcoffset() == timedelta(0) for record in records)


def test_a_line_is_on_disk_before_the_run_goes_on(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What follows may be a click; a crash then leaves the line."""
    synced: list[int] = []
    journal = Journal(path)
    monkeypatch.setattr(os, "fsync", lambda handle: synced.append(os.fstat(handle).st_size))
    journal.write("intent")
    journal.write("response")
    journal.close()
    assert synced == [path.read_bytes().index(b"\n") + 1, path.stat().st_size]


def test_one_changed_letter_breaks_the_chain(path: Path) -> None:
    """So the check above can fail."""
    journal = Journal(path)
    journal.write("step", name="a")
    journal.write("step", name="b")
    journal.close()
    path.write_bytes(path.read_bytes().replace(b'"name":"a"', b'"name":"c"'))
    with pytest.raises(AssertionError):
        chained(path)


def test_a_journal_is_begun_once_and_only_for_its_owner(path: Path) -> None:
    """Another run's journal is never continued."""
    before = os.umask(0)
    journal = Journal(path)
    os.umask(before)
    journal.close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(CannotRecord) as caught:
        Journal(path)
    assert caught.value.exit_code == 73


def test_a_full_disk_leaves_whole_lines(path: Path) -> None:
    """A line that fits in part is taken back; the next one that fits continues the chain."""
    journal = Journal(path)
    journal.write("step", name="first")
    with largest_file(path.stat().st_size + 300):
        with pytest.raises(DiskTrouble, match="The journal could not be written") as caught:
            journal.write("step", name="x" * 400)
        journal.write("stopped")
    assert caught.value.exit_code == 74
    journal.close()
    assert [record["kind"] for record in chained(path)] == ["step", "stopped"]
