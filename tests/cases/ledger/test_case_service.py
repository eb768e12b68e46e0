"""Every run that was sent has a case, a case keeps what happened to it, and nothing gets in that could not have."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from autofill.cases.ledger.ledger import Ledger, open_ledger
from autofill.cases.ledger.ledgers import Ledgers
from autofill.cases.model.case_records import CaseEvent
from autofill.cases.model.case_states import Kind, Status
from autofill.cases.model.case_status import settled_status
from autofill.cases.model.deadlines import DeadlineBook
from autofill.cases.model.run_states import IN_PROGRESS, State
from autofill.errors import DiskTrouble, Misconfigured
from autofill.events import Verdict

# All of this holds in SQLite and in PostgreSQL.
ON_BOTH = True

Bring = Callable[..., str]
NOW = datetime.now(UTC)
SENT = [State.CONFIRMED, State.CONFIRMED_NO_CASE, State.UNKNOWN]


def practise(ledger: Ledger, run_id: str, number: str | None = None, previous: str | None = None) -> None:
    ledger.prepare(run_id, run_id, space="practice", form="a-form", previous_case=previous)
    ledger.filled(run_id)
    ledger.submitting(run_id)
    ledger.settle(run_id, Verdict.CONFIRMED, number)


@pytest.mark.parametrize("state", State)
def test_what_was_or_may_have_been_sent_is_a_case_and_nothing_else(ledger: Ledger, bring: Bring, state: State) -> None:
    bring(state)

    assert [case.case_id for case in ledger.cases.every()] == (["run-1"] if state in {*SENT, *IN_PROGRESS} else [])


def test_a_case_begins_with_the_click(ledger: Ledger, bring: Bring) -> None:
    bring(State.CONFIRMED, case_number="12345678")

    (case,) = ledger.cases.every()
    clicked = next(change.at for change in ledger.history("run-1") if change.after is State.SUBMITTING)
    assert (case.space, case.form, case.numbers) == ("live", "a-form", ("12345678",))
    assert [(run.run_id, run.state, run.at) for run in case.runs] == [("run-1", State.CONFIRMED, clicked)]


def test_a_run_that_never_arrived_after_all_is_no_case_any_more(ledger: Ledger, bring: Bring) -> None:
    bring(State.UNKNOWN)

    ledger.resolve("run-1", because="asked them")

    assert ledger.cases.every() == ()


def test_an_event_is_kept_as_it_was_said(ledger: Ledger, bring: Bring, where: str) -> None:
    bring(State.CONFIRMED)
    said = CaseEvent(Kind.ANSWERED, NOW, "mail-1", "87654321", None, "ab" * 32, "who", "because", "mail ab")

    assert ledger.cases.record("run-1", said)

    with open_ledger(where) as again:
        case = again.cases.case("run-1")
    assert case.events == (said,)
    assert case.numbers == ("87654321",)
    assert settled_status(case) is Status.ANSWERED


def test_what_happens_once_is_kept_once(ledger: Ledger, bring: Bring) -> None:
    """Reading the same mail twice changes nothing; another case may have the same key."""
    bring(State.CONFIRMED)
    bring(State.CONFIRMED, "run-2", "key-2")
    mail = CaseEvent(Kind.ACKNOWLEDGED, NOW, once="mail ab")

    assert [ledger.cases.record(name, mail) for name in ("run-1", "run-1", "run-2")] == [True, False, True]
    assert len(ledger.cases.case("run-1").events) == 1


def test_what_cannot_be_said_of_a_case_is_refused(ledger: Ledger, bring: Bring) -> None:
    bring(State.CONFIRMED)

    with pytest.raises(Misconfigured, match="“sent”"):
        ledger.cases.record("run-1", CaseEvent(Kind.REPLIED, NOW))

    assert ledger.cases.case("run-1").events == ()


def test_what_cannot_be_kept_with_an_event_leaves_no_event(ledger: Ledger, bring: Bring) -> None:
    bring(State.CONFIRMED)

    def fail() -> None:
        raise DiskTrouble("no room")

    with pytest.raises(DiskTrouble, match="no room"):
        ledger.cases.record("run-1", CaseEvent(Kind.NOTE, NOW), fail)

    assert ledger.cases.case("run-1").events == ()


def test_nothing_real_happens_in_the_future(ledger: Ledger, bring: Bring) -> None:
    """Only practice can be rehearsed with a clock that was moved."""
    bring(State.CONFIRMED)
    practise(ledger, "practice-1")
    tomorrow = NOW + timedelta(days=1)

    for name in ("run-1", "practice-1"):
        ledger.cases.record(name, CaseEvent(Kind.NOTE, tomorrow))

    assert ledger.cases.case("run-1").events[0].at < tomorrow
    assert ledger.cases.case("practice-1").events[0].at == tomorrow


def test_a_case_is_found_by_run_and_by_number(ledger: Ledger, bring: Bring) -> None:
    bring(State.CONFIRMED, case_number="12345678")
    ledger.cases.record("run-1", CaseEvent(Kind.NUMBER_ADDED, NOW, case_number="87654321"))

    names = {ledger.cases.case(name).case_id for name in ("run-1", "12345678", "87654321")}

    assert names == {"run-1"}


def test_a_case_it_does_not_know_is_said_to_be_unknown(ledger: Ledger) -> None:
    for call in (ledger.cases.case, lambda name: ledger.cases.record(name, CaseEvent(Kind.NOTE, NOW))):
        with pytest.raises(Misconfigured, match="no such case"):
            call("none")


def test_the_real_case_is_meant_where_practice_gave_the_same_number(ledger: Ledger, bring: Bring) -> None:
    practise(ledger, "practice-1", "12345678")
    bring(State.CONFIRMED, case_number="12345678")

    assert ledger.cases.case("12345678").case_id == "run-1"


def test_a_number_of_two_cases_names_neither(ledger: Ledger, bring: Bring) -> None:
    bring(State.CONFIRMED, case_number="12345678")
    bring(State.CONFIRMED, "run-2", "key-2", case_number="12345678")

    with pytest.raises(Misconfigured, match="More than one"):
        ledger.cases.case("12345678")


def test_an_inquiry_that_quotes_a_number_joins_its_case(ledger: Ledger) -> None:
    practise(ledger, "first", "11111111")
    practise(ledger, "second", "22222222", previous="11111111")
    practise(ledger, "third", previous="22222222")

    (case,) = ledger.cases.every()
    assert case.case_id == "first"
    assert [run.run_id for run in case.runs] == ["first", "second", "third"]
    assert case.numbers == ("11111111", "22222222")
    assert ledger.cases.case("third").case_id == "first"


def test_an_inquiry_about_a_case_of_elsewhere_is_a_case_of_its_own(ledger: Ledger, bring: Bring) -> None:
    """Also when the number is known, but is that of a live case."""
    bring(State.CONFIRMED, case_number="12345678")
    practise(ledger, "practice-1", previous="12345678")

    assert {case.case_id for case in ledger.cases.every()} == {"run-1", "practice-1"}


def test_what_is_sent_again_stays_in_its_case(ledger: Ledger, bring: Bring) -> None:
    """Even when it turns out later that the first attempt never arrived."""
    bring(State.UNKNOWN)
    ledger.prepare("run-2", "key", space="live", form="a-form", again_because="no answer")
    ledger.filled("run-2")
    ledger.submitting("run-2")
    ledger.settle("run-2", Verdict.CONFIRMED, "12345678")
    ledger.resolve("run-1", because="asked them")

    (case,) = ledger.cases.every()
    assert (case.case_id, case.numbers) == ("run-1", ("12345678",))
    assert [run.is_sent for run in case.runs] == [False, True]


def test_standings_begin_with_what_is_due(ledger: Ledger, bring: Bring) -> None:
    bring(State.CONFIRMED)
    bring(State.UNKNOWN, "run-2", "key-2")
    practise(ledger, "practice-1")

    found = Ledgers(ledger).statuses(NOW, DeadlineBook(), "live")

    assert [one.case.case_id for one in found] == ["run-2", "run-1"]
    assert len(Ledgers(ledger).statuses(NOW, DeadlineBook(), "live", "practice")) == 3


@pytest.mark.parametrize("kind", [Kind.RESOLVED, Kind.CLOSED])
def test_a_run_is_needed_until_its_case_is_over(ledger: Ledger, bring: Bring, kind: Kind) -> None:
    bring(State.CONFIRMED)
    assert "run-1" not in ledger.cases.finished_recordings()

    ledger.cases.record("run-1", CaseEvent(Kind.ANSWERED, NOW, "mail-1", once="mail 1"))
    assert "mail-1" not in ledger.cases.finished_recordings()
    ledger.cases.record("run-1", CaseEvent(kind, NOW))

    assert {"run-1", "mail-1"} <= ledger.cases.finished_recordings()


@pytest.mark.parametrize("state", [*sorted(IN_PROGRESS), State.UNKNOWN])
def test_a_run_at_work_or_in_doubt_is_needed(ledger: Ledger, bring: Bring, state: State) -> None:
    bring(state)

    assert "run-1" not in ledger.cases.finished_recordings()


@pytest.mark.parametrize("state", [State.NOT_SUBMITTED, State.REJECTED])
def test_a_run_that_nothing_came_of_is_not_needed(ledger: Ledger, bring: Bring, state: State) -> None:
    """Not even by a case that goes on with another run."""
    bring(state)
    ledger.prepare("run-2", "key", space="live", form="a-form")

    assert "run-1" in ledger.cases.finished_recordings()
    assert "run-2" not in ledger.cases.finished_recordings()


def test_nobody_waits_for_an_answer_to_practice(ledger: Ledger) -> None:
    practise(ledger, "practice-1")

    assert "practice-1" in ledger.cases.finished_recordings()
