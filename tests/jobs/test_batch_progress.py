"""How a batch stands: while it runs, after it was killed, and when it has ended."""

from __future__ import annotations

import os
from pathlib import Path

from autofill.jobs.batch_outcome import RowOutcome
from autofill.jobs.batch_progress import PROGRESS, RESULTS, batch_status, batch_statuses, progress_of_batch
from autofill.jobs.batch_results import write_results

SENT = RowOutcome(row="2", state="sent", case_number="48213307")
UNKNOWN = RowOutcome(row="3", state="unknown", exit_code=80, note="한국어")


def test_a_batch_that_runs_shows_what_has_ended_by_now(tmp_path: Path) -> None:
    with progress_of_batch(tmp_path / "b", "t.csv", "replica", 5) as keep:
        keep(SENT)
        keep(UNKNOWN)
        status = batch_status(tmp_path / "b")

    assert status is not None
    assert (status.name, status.target, status.rows, status.is_running) == ("t.csv", "replica", 5, True)
    assert status.outcomes == (SENT, UNKNOWN)
    assert (status.done, status.needing, status.left, status.unlisted) == (1, 1, 3, 3)
    assert status.a_minute > 0


def test_a_batch_that_was_killed_has_left_what_had_ended(tmp_path: Path) -> None:
    with progress_of_batch(tmp_path / "b", "t.csv", "live", 5) as keep:
        keep(SENT)
    with (tmp_path / "b" / PROGRESS).open("a") as half:
        half.write('{"schema": "autofill.ba')

    status = batch_status(tmp_path / "b")

    assert status is not None
    assert (status.is_running, status.outcomes, status.left, status.a_minute) == (False, (SENT,), 4, 0)


def test_the_results_count_when_they_are_newer(tmp_path: Path) -> None:
    with progress_of_batch(tmp_path / "b", "t.csv", "live", 3) as keep:
        keep(UNKNOWN)
        write_results(tmp_path / "b", "t.csv", "live", [SENT, UNKNOWN, RowOutcome(row="4", state="not begun")])

    status = batch_status(tmp_path / "b")

    assert status is not None
    assert [each.state for each in status.outcomes] == ["sent", "unknown", "not begun"]
    assert (status.left, status.unlisted) == (1, 0)
    os.utime(tmp_path / "b" / RESULTS, (1, 1))
    again = batch_status(tmp_path / "b")
    assert again is not None
    assert again.outcomes == (UNKNOWN,)


def test_two_commands_at_one_table_do_not_write_into_one_another(tmp_path: Path) -> None:
    with progress_of_batch(tmp_path / "b", "t.csv", "replica", 5) as keep:
        keep(SENT)
        with progress_of_batch(tmp_path / "b", "t.csv", "replica", 9) as other:
            other(UNKNOWN)
        status = batch_status(tmp_path / "b")

    assert status is not None
    assert (status.rows, status.outcomes) == (5, (SENT,))


def test_progress_that_cannot_be_kept_stops_no_batch(tmp_path: Path) -> None:
    (tmp_path / "b").write_text("a file")

    with progress_of_batch(tmp_path / "b", "t.csv", "replica", 5) as keep:
        keep(SENT)


def test_all_batches_are_listed_the_newest_first_but_for_what_is_none(tmp_path: Path) -> None:
    for number, name in enumerate(("old", "new"), 1):
        write_results(tmp_path / name, name, "replica", [SENT])
        os.utime(tmp_path / name / RESULTS, (number, number))
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / RESULTS).write_text('{"rows": 1}')

    assert [status.name for status in batch_statuses(tmp_path)] == ["new", "old"]
    assert batch_statuses(tmp_path / "nowhere") == []
