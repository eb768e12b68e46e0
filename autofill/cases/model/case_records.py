"""What is kept of a case: the runs that were sent about it, and what happened to it since.

Plain values only: no statement, no rule, no deadline.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from autofill.cases.model.case_states import Kind
from autofill.cases.model.run_states import IN_PROGRESS, Space, State

# What may have reached the organisation.
SENT: Final = frozenset({State.CONFIRMED, State.CONFIRMED_NO_CASE, State.UNKNOWN})


# What the `once` of a mail's event begins with.
MAIL: Final = "mail "


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """Something that happened to a case; no word of what was written belongs in it.

    Attributes:
        kind: What happened.
        at: When, in UTC; for a mail, when it was sent.
        detail: Which one: the kind of our letter, the rung of the ladder, the name of the recording that holds a mail.
        case_number: The number that it brought.
        run_id: The further inquiry that was sent.
        evidence: SHA-256 of the file that shows it, such as the raw mail.
        who: The account of the person who said so, if a person did.
        because: What that person said; of a mail that need not be theirs, what its signature says.
        once: A key under which a case keeps one event only: of a mail its SHA-256, of a letter the silence it breaks.
    """

    kind: Kind
    at: datetime
    detail: str | None = None
    case_number: str | None = None
    run_id: str | None = None
    evidence: str | None = None
    who: str | None = None
    because: str | None = None
    once: str | None = None

    @property
    def is_doubtful(self) -> bool:
        """Whether it is a mail that may be anybody's; `because` is what its signature says, then."""
        return (self.once or "").startswith(MAIL) and self.because is not None


@dataclass(frozen=True, slots=True)
class Sending:
    """One run of a case. `at` is when it pressed Submit, in UTC, or began if it has not; `case_number` what it got."""

    run_id: str
    state: State
    at: datetime
    case_number: str | None
    clicked: bool = True

    @property
    def is_sent(self) -> bool:
        """Whether it reached the organisation, or may have."""
        return self.state in SENT

    @property
    def lacks_number(self) -> bool:
        """Whether a confirmation may still bring its number, also if somebody said that it never arrived."""
        unsent = self.clicked and self.state is State.NOT_SUBMITTED
        return unsent or self.state in {State.UNKNOWN, State.CONFIRMED_NO_CASE}


@dataclass(frozen=True, slots=True)
class Case:
    """A case: its name is that of its first run. Runs and events are in the order in which they came to be known."""

    case_id: str
    space: Space
    form: str
    runs: tuple[Sending, ...]
    events: tuple[CaseEvent, ...] = ()

    @property
    def is_real(self) -> bool:
        """Whether anything was, may have been, or is being sent; a run that sent nothing makes no case."""
        return any(run.is_sent or run.state in IN_PROGRESS for run in self.runs)

    @property
    def happened(self) -> tuple[CaseEvent, ...]:
        """What counts of the events: all but further inquiries that were not sent, or not yet (decision 0010)."""
        sent = {run.run_id for run in self.runs if run.is_sent}
        return tuple(event for event in self.events if event.kind is not Kind.SENT or event.run_id in sent)

    @property
    def mails(self) -> tuple[CaseEvent, ...]:
        """What mails brought, in the order in which they were kept; `detail` is the mail's recording."""
        return tuple(event for event in self.events if (event.once or "").startswith(MAIL))

    @property
    def recordings(self) -> tuple[str, ...]:
        """The names of all recordings that belong to it: of its runs, then of its mails."""
        mails = (mail.detail for mail in self.mails if mail.detail)
        return tuple(dict.fromkeys([*(run.run_id for run in self.runs), *mails]))

    @property
    def numbers(self) -> tuple[str, ...]:
        """Every case number it was given, in the order in which they came; the last one is the one to quote."""
        first, *_ = self.runs
        by_run = {run.run_id: run.case_number for run in self.runs}
        later = (event.case_number or by_run.get(event.run_id or "") for event in self.events)
        return tuple(dict.fromkeys(number for number in (first.case_number, *later) if number))
