"""Live runs and practice are in two ledgers, and whoever asks for a case, a run or a review is answered from both."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from autofill.cases.ledger.ledger import Ledger
from autofill.cases.ledger.ledgers import LedgerPlaces, Ledgers
from autofill.cases.ledger.reviews import ReviewStance
from autofill.cases.model.case_records import CaseEvent
from autofill.cases.model.case_states import Kind
from autofill.cases.model.run_states import Space
from autofill.events import Verdict


def untold(count: int) -> None:
    pytest.fail(f"{count} runs were taken over")


def sent(ledger: Ledger, run_id: str, space: Space, number: str) -> None:
    ledger.prepare(run_id, run_id, space=space, form="a-form")
    ledger.filled(run_id)
    ledger.submitting(run_id)
    ledger.settle(run_id, Verdict.CONFIRMED, number)


@pytest.fixture
def ledgers(tmp_path: Path) -> Iterator[Ledgers]:
    """One live and one practice run, of the same number, and a practice run of its own number."""
    places = LedgerPlaces.of(None, tmp_path)
    with places.open("live", untold) as live, places.open("practice", untold) as practice:
        sent(live, "live-1", "live", "12345678")
        sent(practice, "practice-1", "practice", "12345678")
        sent(practice, "practice-2", "practice", "22222222")
    with places.known(untold) as known:
        yield known


def test_the_ledgers_are_two_files_unless_one_is_named(tmp_path: Path, own_state: Path) -> None:
    assert LedgerPlaces.of(None, tmp_path) == LedgerPlaces(
        own_state / "autofill" / "ledger.sqlite3", tmp_path / "ledger.sqlite3"
    )
    assert LedgerPlaces.of("mine", tmp_path) == LedgerPlaces("mine", "mine")


def test_to_look_makes_none(tmp_path: Path, own_state: Path) -> None:
    with LedgerPlaces.of(None, tmp_path / "recordings").known(untold) as ledgers:
        assert not ledgers
        assert (ledgers.cases("live"), ledgers.reviews(), ledgers.finished_recordings()) == ((), {}, set())

    assert not [*tmp_path.glob("*"), *own_state.glob("*")]


def test_cases_and_runs_are_found_where_they_are_and_the_real_one_is_meant(ledgers: Ledgers) -> None:
    named = {name: ledgers.of_case(name).cases.case(name).case_id for name in ("12345678", "22222222", "practice-1")}

    assert named == {"12345678": "live-1", "22222222": "practice-2", "practice-1": "practice-1"}
    assert ledgers.of_run("practice-2").row("practice-2").case_number == "22222222"
    assert [case.case_id for space in ("live", "practice") for case in ledgers.cases(space)] == [
        *("live-1", "practice-1", "practice-2"),
    ]


def test_practice_is_finished_when_it_is_known_and_what_is_live_when_it_is_over(ledgers: Ledgers) -> None:
    assert ledgers.finished_recordings() == {"practice-1", "practice-2"}

    ledgers.of_case("live-1").cases.record("live-1", CaseEvent(Kind.RESOLVED, datetime.now(UTC)))

    assert ledgers.finished_recordings() == {"live-1", "practice-1", "practice-2"}


def test_reviews_of_both_are_told(ledgers: Ledgers) -> None:
    for run_id in ("live-1", "practice-1"):
        ledgers.of_run(run_id).add_review(run_id, ReviewStance.NOTE, run_id)

    assert {name: [said.note for said in each] for name, each in ledgers.reviews().items()} == {
        "live-1": ["live-1"],
        "practice-1": ["practice-1"],
    }
