"""Where a case stands: a week in October 2026, with Columbus Day on Monday the 12th. Times in UTC, noon unless said."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from autofill.cases.model.case_records import Case, CaseEvent, Sending
from autofill.cases.model.case_states import Kind, Status
from autofill.cases.model.case_status import CaseStatus, NextStep, case_status, most_urgent_first, settled_status
from autofill.cases.model.deadlines import DeadlineBook, Deadlines
from autofill.cases.model.run_states import State

DEADLINES = DeadlineBook().of("usps-email-us")


def october(day: int, hour: int = 16) -> datetime:
    """By default noon in Washington."""
    return datetime(2026, 10, 1, hour, tzinfo=UTC) + timedelta(days=day - 1)


def event(kind: Kind, day: int, **more: Any) -> CaseEvent:
    return CaseEvent(kind, october(day), **more)


def case(*events: CaseEvent, state: State = State.CONFIRMED, further: tuple[Sending, ...] = ()) -> Case:
    """A case sent on Monday, October 5."""
    first = Sending("run-1", state, october(5), "11111111" if state is State.CONFIRMED else None)
    return Case("run-1", "live", "a-form", (first, *further), events)


def at(one: Case, day: int, hour: int = 16, deadlines: Deadlines = DEADLINES) -> CaseStatus:
    return case_status(one, october(day, hour), deadlines)


FOLLOWED = event(Kind.FOLLOWED_UP, 9, detail="reply")


def test_an_answer_is_due_after_three_business_days() -> None:
    sent = at(case(), 5)

    assert (sent.status, sent.due, sent.days_late, sent.step) == (Status.SENT, date(2026, 10, 8), 0, NextStep.WAIT)
    assert (sent.move, sent.is_due) == ("theirs", False)


def test_it_is_due_until_the_end_of_the_day_there() -> None:
    """Midnight in Washington is four o'clock in the morning, UTC."""
    assert at(case(), 9, hour=3).status is Status.SENT

    late = at(case(), 9, hour=4)
    assert (late.status, late.days_late, late.step, late.move) == (Status.OVERDUE, 1, NextStep.FOLLOW_UP, "yours")


def test_it_is_very_overdue_after_twice_the_time() -> None:
    """Three business days after the 8th: 9, 13, 14."""
    assert at(case(), 15, hour=3).status is Status.OVERDUE
    assert at(case(), 15, hour=4).status is Status.VERY_OVERDUE


def test_a_confirmation_mail_is_looked_for_after_an_hour() -> None:
    assert at(case(), 5, hour=17).step is NextStep.WAIT
    assert case_status(case(), october(5, 17) + timedelta(seconds=1), DEADLINES).step is NextStep.LOOK_FOR_CONFIRMATION
    assert at(case(event(Kind.ACKNOWLEDGED, 5)), 6).step is NextStep.WAIT


def test_what_a_person_set_is_heeded() -> None:
    patient = DeadlineBook(reply_days=5, saturday=True).of("usps-email-us")

    assert at(case(), 6, deadlines=patient).due == date(2026, 10, 10)


@pytest.mark.parametrize(
    ("kind", "status"), [(Kind.ACKNOWLEDGED, Status.ACKNOWLEDGED), (Kind.REVIEWED, Status.UNDER_REVIEW)]
)
def test_a_sign_of_life_is_no_answer(kind: Kind, status: Status) -> None:
    signed = case(event(kind, 6))

    assert (at(signed, 7).status, at(signed, 7).due) == (status, date(2026, 10, 8))
    assert (at(signed, 9).status, at(signed, 9).settled) == (Status.OVERDUE, status)


def test_an_answer_ends_the_waiting_and_the_person_decides() -> None:
    answered = at(case(event(Kind.ANSWERED, 7)), 20)

    assert (answered.status, answered.due, answered.step) == (Status.ANSWERED, None, NextStep.DECIDE)
    assert answered.is_due


def test_the_clock_stands_while_the_person_is_asked() -> None:
    """One of three days had passed when they asked; two are left after the reply on Tuesday the 13th."""
    asked = case(event(Kind.QUESTION, 6))
    replied = case(event(Kind.QUESTION, 6), event(Kind.REPLIED, 13))

    assert (at(asked, 13).status, at(asked, 13).due, at(asked, 13).step) == (
        Status.WAITING_FOR_YOU,
        None,
        NextStep.ANSWER_THEM,
    )
    assert (at(replied, 13).status, at(replied, 13).due) == (Status.UNDER_REVIEW, date(2026, 10, 15))


def test_who_asks_too_late_gets_one_more_day() -> None:
    replied = case(event(Kind.QUESTION, 20), event(Kind.REPLIED, 21))

    assert at(replied, 21).due == date(2026, 10, 22)


@pytest.mark.parametrize("answers", [1, 2])
def test_a_question_in_their_answer_goes_on_with_what_was_left_before_it(answers: int) -> None:
    """A mail is an answer until the person says that it asks something; that gives nobody more time."""
    mails = [event(Kind.ANSWERED, day) for day in (6, 7)[:answers]]
    replied = case(*mails, event(Kind.QUESTION, 8), event(Kind.REPLIED, 13))

    assert (at(replied, 13).status, at(replied, 13).due) == (Status.UNDER_REVIEW, date(2026, 10, 15))


def test_asking_twice_takes_the_days_once() -> None:
    replied = case(event(Kind.QUESTION, 6), event(Kind.QUESTION, 8), event(Kind.REPLIED, 13))

    assert at(replied, 13).due == date(2026, 10, 15)


def test_a_follow_up_starts_the_clock_anew() -> None:
    """Three business days after Friday the 9th: 13, 14, 15."""
    followed = at(case(FOLLOWED), 9)

    assert (followed.status, followed.due, followed.follow_ups) == (Status.FOLLOWED_UP, date(2026, 10, 15), 1)
    assert followed.step is NextStep.WAIT
    assert at(case(FOLLOWED), 16).step is NextStep.FOLLOW_UP


def test_after_two_silent_follow_ups_comes_another_channel() -> None:
    twice = case(FOLLOWED, event(Kind.FOLLOWED_UP, 16, detail="reply"))

    assert at(twice, 21).step is NextStep.WAIT
    assert at(twice, 22).step is NextStep.ESCALATE


@pytest.mark.parametrize("kind", [Kind.ANSWERED, Kind.QUESTION])
def test_a_word_of_theirs_breaks_the_silence(kind: Kind) -> None:
    assert at(case(FOLLOWED, FOLLOWED, event(kind, 10)), 10).follow_ups == 0


@pytest.mark.parametrize("kind", [Kind.ACKNOWLEDGED, Kind.REVIEWED])
def test_an_automatic_mail_breaks_no_silence(kind: Kind) -> None:
    assert at(case(FOLLOWED, event(kind, 9)), 9).follow_ups == 1


def test_who_only_ever_hears_that_it_is_under_review_comes_to_another_channel() -> None:
    reviewed = case(FOLLOWED, event(Kind.REVIEWED, 10), event(Kind.FOLLOWED_UP, 16), event(Kind.REVIEWED, 17))

    assert (at(reviewed, 22).settled, at(reviewed, 22).step) == (Status.UNDER_REVIEW, NextStep.ESCALATE)


def test_each_rung_has_its_time_and_leads_to_the_next() -> None:
    """The telephone gets three business days, the regulator 45 days."""
    phone = case(FOLLOWED, FOLLOWED, event(Kind.ESCALATED, 16, detail=DEADLINES.escalation[0].name))
    regulator = case(FOLLOWED, FOLLOWED, event(Kind.ESCALATED, 16, detail=DEADLINES.escalation[-1].name))

    assert (at(phone, 16).status, at(phone, 16).due) == (Status.ESCALATED, date(2026, 10, 21))
    assert (at(phone, 22).step, at(phone, 22).rung) == (NextStep.ESCALATE, "phone")
    assert at(regulator, 16).due == date(2026, 11, 30)


def test_a_further_inquiry_is_a_follow_up() -> None:
    further = Sending("run-2", State.CONFIRMED, october(9), "22222222")
    joined = case(event(Kind.SENT, 9, run_id="run-2"), further=(further,))

    assert (at(joined, 9).status, at(joined, 9).follow_ups) == (Status.FOLLOWED_UP, 1)
    assert joined.numbers == ("11111111", "22222222")


def test_the_inquiry_that_a_letter_was_written_for_counts_once() -> None:
    """The clock starts when it is sent."""
    further = Sending("run-2", State.CONFIRMED, october(13), "22222222")
    letter = event(Kind.FOLLOWED_UP, 9, detail="new")
    joined = case(letter, event(Kind.SENT, 13, run_id="run-2"), further=(further,))

    assert (at(joined, 13).follow_ups, at(joined, 13).due) == (1, date(2026, 10, 16))


@pytest.mark.parametrize("state", [State.PREPARED, State.SUBMITTING, State.NOT_SUBMITTED, State.REJECTED])
def test_a_further_inquiry_that_was_not_sent_counts_for_nothing(state: State) -> None:
    further = Sending("run-2", state, october(9), None)
    joined = case(event(Kind.SENT, 9, run_id="run-2"), further=(further,))

    assert (at(joined, 9).status, at(joined, 9).follow_ups) == (Status.OVERDUE, 0)


@pytest.mark.parametrize("state", [State.PREPARED, State.NOT_SUBMITTED, State.REJECTED])
def test_a_letter_that_no_run_has_sent_is_the_persons_move(state: State) -> None:
    """No answer is awaited to what never went; once it is late, all goes on as before."""
    further = Sending("run-2", state, october(9), None)
    letter = event(Kind.FOLLOWED_UP, 9, detail="new")
    joined = case(letter, event(Kind.SENT, 9, run_id="run-2"), further=(further,))

    assert (at(joined, 9).step, at(joined, 9).is_due, at(joined, 9).move) == (NextStep.SEND_LETTER, True, "yours")
    assert [each.kind for each in joined.happened] == [Kind.FOLLOWED_UP]
    assert at(joined, 30).step is NextStep.FOLLOW_UP
    assert at(case(letter, event(Kind.ANSWERED, 10)), 11).step is NextStep.DECIDE


def test_while_nobody_knows_whether_it_arrived_nothing_is_awaited() -> None:
    unsure = at(case(state=State.UNKNOWN), 20)

    assert (unsure.status, unsure.due, unsure.step) == (Status.SENT, None, NextStep.RESOLVE_RUN)
    assert unsure.is_due


@pytest.mark.parametrize("state", [State.PREPARED, State.FILLED, State.SUBMITTING])
def test_a_run_at_work_is_a_case_prepared(state: State) -> None:
    prepared = at(case(state=state), 20)

    assert (prepared.status, prepared.step, prepared.is_open) == (Status.PREPARED, NextStep.NOTHING, True)
    assert settled_status(case(state=state)) is Status.PREPARED


@pytest.mark.parametrize("kind", [Kind.RESOLVED, Kind.CLOSED])
def test_what_is_over_waits_for_nothing_until_it_is_reopened(kind: Kind) -> None:
    over = at(case(event(kind, 7)), 30)
    again = at(case(event(kind, 7), event(Kind.REOPENED, 8)), 30)

    assert (over.is_open, over.due, over.step, over.move) == (False, None, NextStep.NOTHING, "nobody's")
    assert (again.status, again.step) == (Status.WAITING_FOR_YOU, NextStep.ANSWER_THEM)


def test_a_case_never_goes_back_in_time() -> None:
    """A mail is read after the reminder that it crossed."""
    crossed = case(FOLLOWED, event(Kind.ANSWERED, 8))

    assert (at(crossed, 10).status, at(crossed, 10).since) == (Status.ANSWERED, october(9))


def test_what_cannot_have_happened_changes_nothing() -> None:
    replied = at(case(event(Kind.REPLIED, 6)), 7)

    assert (replied.status, replied.since, replied.due) == (Status.SENT, october(5), date(2026, 10, 8))


def test_what_waits_for_the_person_comes_first_and_what_is_over_last() -> None:
    def named(name: str, one: Case) -> CaseStatus:
        return at(Case(name, "live", "a-form", one.runs, one.events), 12)

    late, waiting, over = case(), case(FOLLOWED), case(event(Kind.CLOSED, 7))
    later_due = case(event(Kind.FOLLOWED_UP, 10))
    order = [named("d", over), named("c", later_due), named("b", waiting), named("a", late)]

    assert [one.case.case_id for one in most_urgent_first(order)] == ["a", "b", "c", "d"]
