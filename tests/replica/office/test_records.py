"""What outlives a desk that is closed, and files that are none of its records."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from autofill.replica.desk import Desk
from autofill.replica.office.records import Records, RecordsError, Upload
from autofill.replica.options import ReplicaOptions


def test_a_desk_that_opens_again_remembers_everything(tmp_path: Path, answers: dict[str, str]) -> None:
    """Inquiries, files, mails, what is still due, the clock, the counts and the key."""
    options = ReplicaOptions(state=tmp_path / "desk")
    before = Desk(options)
    before.records.increment("requests", 3)
    number = str(before.submit(answers, [Upload.from_bytes("a.txt", b"a")]))
    before.advance(timedelta(hours=1))
    kept = (before.records.submissions(), before.records.tasks(), before.outbox(), before.dkim_record())
    before.records.close()

    after = Desk(options)
    assert (after.records.submissions(), after.records.tasks(), after.outbox(), after.dkim_record()) == kept
    assert after.records.counter("requests") == 3
    assert after.now() - datetime.now(UTC) > timedelta(minutes=59)
    after.advance(timedelta(weeks=1))
    assert [(mail.case_number, mail.kind) for mail in after.outbox()] == [(number, "confirmation"), (number, "reply")]
    after.records.close()


def test_only_its_owner_may_read_the_file(tmp_path: Path) -> None:
    """What people practise with is personal, too."""
    Records(tmp_path / "desk").close()
    assert (tmp_path / "desk").stat().st_mode & 0o777 == 0o600


def test_a_file_of_something_else_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    """No text, no other database, no later version, no file in a folder that is not there."""
    text, other, later = tmp_path / "text", tmp_path / "other", tmp_path / "later"
    text.write_text("Dear Sir,\n" * 100)
    for file, version in ((other, 0), (later, 9)):
        database = sqlite3.connect(file)
        database.executescript(f"CREATE TABLE mine (x); PRAGMA user_version = {version}")
        database.close()
    before = {file: file.read_bytes() for file in (text, other, later)}
    for file in (*before, tmp_path / "no" / "folder"):
        with pytest.raises(RecordsError):
            Records(file)
    assert {file: file.read_bytes() for file in before} == before


def test_tasks_come_soonest_first(tmp_path: Path) -> None:
    """Whole seconds and parts of seconds sort as times, not as texts."""
    records = Records(None)
    start = datetime(2026, 11, 23, 13, tzinfo=UTC)
    for wait in (2.0, 0.5, 1.0, 0.0):
        records.add_task("1", "reply", start + timedelta(seconds=wait))
    waits = [(task.due - start).total_seconds() for task in records.tasks()]
    assert waits == [0.0, 0.5, 1.0, 2.0]
    records.close()
