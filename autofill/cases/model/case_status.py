"""Where a case stands: its status, what is due when, whose move it is. Pure: what happened, now and deadlines.

No database and no clock; nothing is decided anywhere else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final, Literal

from autofill.cases.model.business_days import add_business_days, business_days_between
from autofill.cases.model.case_records import Case, CaseEvent
from autofill.cases.model.case_states import OVER, THEIR_MOVE, Kind, Status, after
from autofill.cases.model.deadlines import Deadlines
from autofill.cases.model.escalation import step_named
from autofill.cases.model.run_states import IN_PROGRESS, State


class NextStep(StrEnum):
    """What comes next; the first three need nothing of the person."""

    NOTHING = "nothing"
    WAIT = "wait"
    LOOK_FOR_CONFIRMATION = "look-for-confirmation"
    RESOLVE_RUN = "resolve-run"
    ANSWER_THEM = "answer-them"
    DECIDE = "decide"
    SEND_LETTER = "send-letter"
    FOLLOW_UP = "follow-up"
    ESCALATE = "escalate"


@dataclass(frozen=True, slots=True)
class CaseStatus:
    """Where a case stands now.

    Attributes:
        case: The case.
        status: Its status, deadlines considered.
        settled: Its status without them: what the last thing that happened made of it.
        since: When the present silence, or the present turn, began; in UTC.
        due: The organisation's day by whose end something should have come; None while nothing is awaited.
        days_late: Business days that have passed since then.
        follow_ups: Reminders since the organisation last answered, or asked something.
        rung: The escalation step it is on, if it was escalated.
        step: What comes next.
    """

    case: Case
    status: Status
    settled: Status
    since: datetime
    due: date | None = None
    days_late: int = 0
    follow_ups: int = 0
    rung: str | None = None
    step: NextStep = NextStep.NOTHING

    @property
    def is_due(self) -> bool:
        """Whether the person has something to do now."""
        return self.step not in {NextStep.NOTHING, NextStep.WAIT, NextStep.LOOK_FOR_CONFIRMATION}

    @property
    def is_open(self) -> bool:
        """Whether it is neither resolved nor closed."""
        return self.status not in OVER

    @property
    def move(self) -> Literal["yours", "theirs", "nobody's"]:
        """Who has to do something."""
        if self.is_due:
            return "yours"
        return "nobody's" if self.step is NextStep.NOTHING else "theirs"


def case_status(case: Case, now: datetime, deadlines: Deadlines) -> CaseStatus:
    """Where a case stands at a moment in UTC."""
    course = _Course(case, deadlines)
    if case.runs[0].state in IN_PROGRESS:
        return CaseStatus(case, Status.PREPARED, Status.PREPARED, course.since)
    due = course.due() if course.status in THEIR_MOVE and not course.is_unsure else None
    late = 0 if due is None else business_days_between(due, now, deadlines.calendar)
    is_late = due is not None and now >= deadlines.calendar.end_of(due)
    status = course.status
    if due and is_late:
        twice = add_business_days(due, deadlines.reply_days, deadlines.calendar)
        status = Status.VERY_OVERDUE if now >= deadlines.calendar.end_of(twice) else Status.OVERDUE
    step = _step(course, now, is_late=is_late)
    return CaseStatus(
        case=case,
        status=status,
        settled=course.status,
        since=course.since,
        due=due,
        days_late=late,
        follow_ups=course.silent,
        rung=course.rung,
        step=step,
    )


def most_urgent_first(statuses: Iterable[CaseStatus]) -> tuple[CaseStatus, ...]:
    """What the person has to do comes first, then what is due soonest; what is over comes last."""

    def urgency(one: CaseStatus) -> tuple[bool, bool, date, str]:
        return not one.is_due, not one.is_open, one.due or one.since.date(), one.case.case_id

    return tuple(sorted(statuses, key=urgency))


_THE_PERSONS: Final = {Status.WAITING_FOR_YOU: NextStep.ANSWER_THEM, Status.ANSWERED: NextStep.DECIDE}


def _step(course: _Course, now: datetime, *, is_late: bool) -> NextStep:
    if course.status in OVER:
        return NextStep.NOTHING
    if course.is_unsure:
        return NextStep.RESOLVE_RUN
    if course.status in _THE_PERSONS:
        return _THE_PERSONS[course.status]
    if is_late:
        return NextStep.ESCALATE if course.rung or course.silent >= course.deadlines.follow_ups else NextStep.FOLLOW_UP
    if course.status is Status.SENT and now - course.since > course.deadlines.acknowledged_within:
        return NextStep.LOOK_FOR_CONFIRMATION
    return NextStep.SEND_LETTER if course.has_unsent_letter else NextStep.WAIT


class _Course:
    """The course a case took: event after event; what could not happen where it stood leaves it there."""

    def __init__(self, case: Case, deadlines: Deadlines) -> None:
        self.case = case
        self.deadlines = deadlines
        self.status = Status.SENT
        self.since = case.runs[0].at
        self.days = deadlines.reply_days
        self.silent = 0
        self.rung: str | None = None
        self._unsent_letter = False
        for event in case.happened:
            if (went := after(self.status, event.kind)) is not None:
                self._take(event, went)

    @property
    def has_unsent_letter(self) -> bool:
        """Whether a further inquiry was written as the last letter, and no run has sent it."""
        return self._unsent_letter and self.status is Status.FOLLOWED_UP

    @property
    def is_unsure(self) -> bool:
        """Whether nobody knows yet if anything of it arrived."""
        return all(run.state is State.UNKNOWN for run in self.case.runs if run.is_sent)

    def due(self) -> date:
        """The day by whose end the organisation should have done something."""
        rung = step_named(self.deadlines.escalation, self.rung) if self.status is Status.ESCALATED else None
        if rung and rung.rule.calendar_days:
            return date.fromordinal(self.deadlines.calendar.day_of(self.since).toordinal() + rung.rule.calendar_days)
        return add_business_days(self.since, self.days, self.deadlines.calendar)

    def _take(self, event: CaseEvent, went: Status) -> None:
        before, self.status = self.status, went
        at = max(self.since, event.at)
        match event.kind:
            case Kind.FOLLOWED_UP | Kind.SENT:
                # The inquiry that a letter of ours asked for is that letter's sending, not another reminder.
                self.silent += not (event.kind is Kind.SENT and self._unsent_letter)
                self._unsent_letter = event.kind is Kind.FOLLOWED_UP and event.detail == "new"
                self._begin(at)
            case Kind.QUESTION if went is not before:
                self._turn(at, before)
            case Kind.REPLIED:
                self.since = at
            case Kind.ESCALATED:
                self._begin(at)
                self.rung = event.detail
            case Kind.ANSWERED if went not in OVER:
                self._turn(at, before)
            case Kind.REOPENED:
                self._begin(at)
                self.silent, self.rung = 0, None
            # A program wrote that mail: it is no answer, and breaks no silence.
            case Kind.REVIEWED if before is Status.ANSWERED:
                self._begin(at)
            case Kind.RESOLVED | Kind.CLOSED:
                self.since = at

    def _turn(self, at: datetime, before: Status) -> None:
        """It is the person's turn, and their clock stands; who is late gets one more day, not a new deadline."""
        passed = business_days_between(self.since, at, self.deadlines.calendar) if before in THEIR_MOVE else 0
        self.days, self.since = max(1, self.days - passed), at
        self.silent, self.rung = 0, None

    def _begin(self, at: datetime) -> None:
        self.since, self.days = at, self.deadlines.reply_days


def settled_status(case: Case) -> Status:
    """Where a case stands apart from deadlines: what decides which event is legal."""
    return Status.PREPARED if case.runs[0].state in IN_PROGRESS else _Course(case, Deadlines()).status
