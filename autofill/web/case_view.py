"""What the page of a case shows: its days, what happened, the mails, and the next letter. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from email import message_from_string
from email.policy import default
from typing import Final

from autofill.cases.following.about import About, about_case
from autofill.cases.following.follow_up import FollowUp
from autofill.cases.model.business_days import WorkCalendar
from autofill.cases.model.case_records import MAIL, Case, CaseEvent
from autofill.cases.model.case_states import WORDS, Status
from autofill.cases.model.case_status import CaseStatus, NextStep
from autofill.cases.model.deadlines import Deadlines
from autofill.evidence.keeping.folder import LETTERS
from autofill.forms.catalog import form_title
from autofill.language import _
from autofill.mail.history import about_event
from autofill.organisations.model import Office
from autofill.sources.source import parse_source
from autofill.web.recording_store import RecordingStore

# More days than these are no strip that anybody reads.
_MOST_DAYS: Final = 14
_DAY: Final = timedelta(days=1)
_PERSONS: Final = frozenset({NextStep.ANSWER_THEM, NextStep.DECIDE})
_LETTER_STEPS: Final = frozenset({NextStep.FOLLOW_UP, NextStep.ESCALATE, *_PERSONS})


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the organisation: what is on it, and which business day it is since the last word; 0 if it is none."""

    date: date
    kind: str
    number: int
    is_today: bool


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened, when, and what a mail said; `recording` holds it."""

    at: datetime
    words: str
    about: str
    recording: str = ""
    mail: str = ""


@dataclass(frozen=True, slots=True)
class LetterView:
    """The next letter as a person reads it: to whom, about what, and `whole`, if it is an inquiry."""

    to: str
    subject: str
    text: str
    whole: str = ""


@dataclass(frozen=True, slots=True)
class CaseView:
    """The content of one case's page. `letters` are the files written so far, `office` can be called."""

    status: CaseStatus
    about: About
    days: tuple[Day, ...]
    happened: tuple[Happened, ...]
    letters: tuple[str, ...]
    follow_up: FollowUp | None
    letter: LetterView | None
    office: Office | None

    @property
    def needs_words(self) -> bool:
        """Whether the letter cannot be without words of the person's own."""
        return self.status.step in _PERSONS

    @property
    def wants_letter(self) -> bool:
        """Whether a letter is what comes next."""
        return self.status.step in _LETTER_STEPS


def case_view(
    store: RecordingStore, status: CaseStatus, deadlines: Deadlines, now: datetime, follow_up: FollowUp | None
) -> CaseView:
    """The view of a case: `follow_up` is the next letter, if it is the time for one."""
    return CaseView(
        status,
        about_case(status.case, store.path),
        days=tuple(_days(status, now, deadlines.calendar)),
        happened=tuple(_happened(store, status.case, deadlines)),
        letters=letters_of(store, status.case),
        follow_up=follow_up,
        letter=_letter(follow_up) if follow_up else None,
        office=next((step.office for step in deadlines.escalation if step.office.phone), None),
    )


def letters_of(store: RecordingStore, case: Case) -> tuple[str, ...]:
    """The names of the letters that were written for a case, the oldest first."""
    found = (file.name for file in (store.path / LETTERS).glob("*") if file.suffix in {".eml", ".yaml"})
    return tuple(sorted(name for name in found if name.startswith(f"{case.case_id}-")))


def _days(status: CaseStatus, now: datetime, calendar: WorkCalendar) -> Iterator[Day]:
    first, today = calendar.day_of(status.since), calendar.day_of(now)
    last = max(today, status.due or today)
    if not status.is_open or status.due is None or (last - first).days >= _MOST_DAYS:
        return
    number = 0
    for day in (first + _DAY * ahead for ahead in range((last - first).days + 1)):
        is_open = calendar.is_open(day)
        number += is_open and day != first
        late = day > status.due and day == today
        kind = "sent" if day == first else "due" if day == status.due else "over" if late else "" if is_open else "off"
        yield Day(day, kind, number if is_open and day != first else 0, day == today)


def _happened(store: RecordingStore, case: Case, deadlines: Deadlines) -> Iterator[Happened]:
    first = case.runs[0]
    yield Happened(first.at, _(WORDS[Status.SENT]), first.case_number or "", first.run_id)
    mails = {event.detail for event in case.mails if event.detail}
    for event in case.happened:
        kept = event.run_id or (event.detail if event.detail in mails else "") or ""
        mail = store.text(kept, "data/mail/1.txt").decode(errors="replace") if event.detail in mails else ""
        yield Happened(event.at, _(WORDS[event.kind]), _told(event, deadlines), recording=kept, mail=mail)


def _told(event: CaseEvent, deadlines: Deadlines) -> str:
    # The name of a mail's recording says nothing to a person: the page shows the mail.
    mail = (event.once or "").startswith(MAIL)
    return about_event(replace(event, detail=None) if mail else event, deadlines.escalation)


def _letter(written: FollowUp) -> LetterView:
    if written.form == "escalation":
        return LetterView("", "", written.content)
    if written.form == "new":
        inquiry = parse_source(written.content.encode(), "letter.yaml")
        subject, message = (inquiry.text((field,)) or "" for field in ("subject", "message"))
        return LetterView(form_title(written.case_status.case.form), subject, message, whole=written.content)
    mail = message_from_string(written.content, policy=default)
    body = mail.get_body(("plain",))
    return LetterView(str(mail["To"] or ""), str(mail["Subject"] or ""), body.get_content() if body else "")
