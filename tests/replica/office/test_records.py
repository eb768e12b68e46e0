"""What outlives a desk that is closed, and files that are none of its records."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from autofill.replica.desk import Desk
from autofill.replica.office.errors import RecordsError
from autofill.replica.office.records import Records, Upload
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


def test_processes_that_open_a_new_file_at_once_all_find_its_tables(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as together:
        opened = list(together.map(lambda _: Records(tmp_path / "desk"), range(8)))

    for count, records in enumerate(opened, 1):
        records.increment("requests")
        assert opened[0].counter("requests") == count
    for records in opened:
        records.close()


def test_two_processes_are_one_desk(tmp_path: Path, answers: dict[str, str]) -> None:
    """What one files the other knows; a mail that falls due is written once; there is one key."""
    options = ReplicaOptions(state=tmp_path / "desk")
    one, other = Desk(options), Desk(options)

    number = str(one.submit(answers, []))
    follow_up = {
        **answers,
        "topic": "follow-up",
        "sub_topic": "no-answer",
        "previous_case": number,
        "has_tracking_number": "no",
    }
    second = other.submit(follow_up, [])
    one.advance(timedelta(weeks=1))
    other.write_due_mails()

    assert isinstance(second, str)
    kinds = [(mail.case_number, mail.kind) for mail in other.records.mails()]
    assert sorted(kinds) == sorted((case, kind) for case in (number, second) for kind in ("confirmation", "reply"))
    assert one.dkim_record() == other.dkim_record()
    for desk in (one, other):
        desk.records.close()


def test_what_fails_in_between_leaves_nothing_behind(tmp_path: Path) -> None:
    records = Records(tmp_path / "desk")

    def fail() -> None:
        with records.transaction():
            records.increment("requests")
            with records.transaction():
                records.increment("requests", 1 // 0)

    with pytest.raises(ZeroDivisionError):
        fail()

    assert records.counter("requests") == 0
    records.close()
