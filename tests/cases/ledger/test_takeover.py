"""What the first version sent is never sent again, whatever folder its ledger lies in and whoever dies on the way."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from autofill.cases.ledger.ledger import Ledger, open_ledger
from autofill.cases.ledger.ledgers import LedgerPlaces
from autofill.cases.model.case_states import Kind
from autofill.cases.model.run_states import State
from autofill.errors import AlreadySent, DiskTrouble, TryLater
from autofill.events import Verdict
from autofill.forms.catalog import prepare_profile
from autofill.running.claim import claim
from autofill.running.job import Job, RunConditions
from tests.cases.first_version import first_versions_ledger

PROFILES = Path(__file__).parents[3] / "profiles"
# Takes over, and says how many there were; with a second argument it is killed at that statement of the ledger.
TAKES_OVER = """
import os, sys
from pathlib import Path
from sqlalchemy import Engine, event
from autofill.cases.ledger.ledgers import LedgerPlaces
count = 0
def kill(*_):
    global count
    count += 1
    if count == int(sys.argv[2]):
        os._exit(9)
event.listen(Engine, "before_cursor_execute", kill)
event.listen(Engine, "commit", kill)
LedgerPlaces.of(None, Path(sys.argv[1])).open("live", print).close()
"""


@pytest.fixture
def recordings(tmp_path: Path) -> Path:
    return first_versions_ledger(tmp_path / "recordings").parent


@contextmanager
def opened(recordings: Path, told: list[int]) -> Iterator[Ledger]:
    with LedgerPlaces.of(None, recordings).open("live", told.append) as ledger:
        yield ledger


def untold(count: int) -> None:
    pytest.fail(f"{count} runs were taken over")


def taking_over(recordings: Path, killed_at: int = 0) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", TAKES_OVER, str(recordings), str(killed_at)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_live_runs_come_with_their_history_and_their_cases(recordings: Path) -> None:
    told: list[int] = []

    with opened(recordings, told) as ledger:
        states = [(row.space, row.state, row.attempt) for row in reversed(ledger.rows())]
        (case,) = ledger.cases.matching("12345678")
        history = ledger.history(case.case_id)

    assert told == [4]
    assert states == [
        ("live", State.CONFIRMED, 1),
        ("live", State.UNKNOWN, 1),
        ("live", State.NOT_SUBMITTED, 1),
        ("live", State.CONFIRMED_NO_CASE, 2),
    ]
    assert [event.kind for event in case.events] == [Kind.SENT, Kind.ACKNOWLEDGED]
    assert [run.state for run in case.runs] == [State.CONFIRMED, State.CONFIRMED_NO_CASE]
    assert case.runs[0].at == history[2].at
    assert [change.after for change in history][-2:] == [State.SUBMITTING, State.CONFIRMED]


@pytest.mark.parametrize("profile", ["06-feedback.yaml", "01-missing-package.yaml"])
def test_what_the_first_version_sent_is_refused(recordings: Path, tmp_path: Path, profile: str) -> None:
    """From any folder, once one run has been started in the one where the old ledger is."""
    prepared = prepare_profile(PROFILES / profile)
    job = Job("p", prepared.plan, prepared.attachments)

    for folder in (recordings, tmp_path / "elsewhere"):
        with opened(folder, []) as ledger, pytest.raises(AlreadySent) as refused:
            claim(job, RunConditions(folder, None), ledger)
        assert refused.value.exit_code == 84


def test_what_the_first_version_did_not_send_is_free_and_one_attempt_more(recordings: Path) -> None:
    prepared = prepare_profile(PROFILES / "02-track-package-korea.yaml")

    with opened(recordings, []) as ledger:
        taken = claim(Job("p", prepared.plan, prepared.attachments), RunConditions(recordings, None), ledger)
        assert ledger.row(taken.run_id).attempt == 2


def test_it_is_done_and_told_once_and_the_old_ledger_keeps_its_runs(recordings: Path) -> None:
    told: list[int] = []
    for _ in range(2):
        with opened(recordings, told) as ledger:
            assert len(ledger.rows()) == 4
    with LedgerPlaces.of(None, recordings).known(told.append) as ledgers:
        assert len(ledgers.cases("live")) == 2
        assert [case.numbers for case in ledgers.cases("practice")] == [("87654321",)]

    assert told == [4]
    with open_ledger(recordings / "ledger.sqlite3") as old:
        assert len(old.rows()) == 5


def test_two_folders_and_a_copy_of_one_lose_nothing_and_double_nothing(recordings: Path, tmp_path: Path) -> None:
    copy = first_versions_ledger(tmp_path / "copy").parent
    with open_ledger(copy / "ledger.sqlite3") as ledger:
        ledger.prepare("later", "key", space="live", form="a-form")
        ledger.settle("later", Verdict.NOT_SUBMITTED)
    told: list[int] = []

    for folder in (recordings, copy, recordings):
        with opened(folder, told) as ledger:
            known = len(ledger.rows())

    assert (told, known) == ([4, 1], 5)


def test_who_looks_first_takes_over_too(recordings: Path) -> None:
    told: list[int] = []

    with LedgerPlaces.of(None, recordings).known(told.append) as ledgers:
        assert ledgers.of_case("12345678").cases.case("12345678").space == "live"

    assert told == [4]


def test_practice_takes_nothing_over(recordings: Path, own_state: Path) -> None:
    LedgerPlaces.of(None, recordings).open("practice", untold).close()

    assert not list(own_state.iterdir())


def test_a_named_ledger_is_the_only_one(recordings: Path, tmp_path: Path) -> None:
    with LedgerPlaces.of(str(tmp_path / "mine"), recordings).open("live", untold) as ledger:
        assert ledger.rows() == ()


def test_an_old_ledger_that_is_damaged_stops_a_live_run(tmp_path: Path) -> None:
    """It may know what was sent."""
    (tmp_path / "ledger.sqlite3").write_bytes(b"")

    with pytest.raises(DiskTrouble, match="is not a ledger"):
        LedgerPlaces.of(None, tmp_path).open("live", untold)


def test_a_run_at_work_in_the_old_ledger_is_waited_for(recordings: Path) -> None:
    with open_ledger(recordings / "ledger.sqlite3") as old:
        old.prepare("at-work", "key", space="live", form="a-form")

        with pytest.raises(TryLater) as refused, opened(recordings, []):
            pytest.fail("taken over")
        assert refused.value.exit_code == 75

        old.settle("at-work", Verdict.NOT_SUBMITTED)
    with opened(recordings, []) as ledger:
        assert ledger.knows("at-work")


def test_two_processes_at_once_take_each_run_over_once(recordings: Path) -> None:
    both = [taking_over(recordings) for _ in range(2)]

    said = [process.communicate()[0] for process in both]

    assert [process.returncode for process in both] == [0, 0]
    assert sorted(said) == ["", "4\n"]


def test_wherever_it_is_killed_the_next_one_finds_all_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at, survived = 0, False
    while not survived:
        at += 1
        recordings = first_versions_ledger(tmp_path / str(at) / "recordings").parent
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / str(at) / "state"))
        # Forty points lie in the making of the tables: the tests of migrations look at those.
        with taking_over(recordings, at * 5) as process:
            survived = process.wait() == 0

        with opened(recordings, []) as ledger:
            assert len(ledger.rows()) == 4
            assert len(ledger.cases.every("live")) == 2

    assert at > 5


def test_the_copy_of_a_run_is_whole(recordings: Path) -> None:
    with open_ledger(recordings / "ledger.sqlite3") as old, opened(recordings, []) as ledger:
        for row in ledger.rows():
            assert old.row(row.run_id) == row
            assert old.history(row.run_id) == ledger.history(row.run_id)
