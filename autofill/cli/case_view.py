"""The view of cases on a terminal and in JSON: a list, or one case with its history. No verb, and no decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from autofill import console
from autofill.answers.cases import Happened, RunOfCase, Told
from autofill.cases.following.about import About
from autofill.cases.ledger.ledger import Ledger
from autofill.cases.model.case_messages import name_of, next_words, status_words
from autofill.cases.model.case_states import WORDS, Kind, Status
from autofill.cases.model.case_status import CaseStatus
from autofill.cases.model.escalation import escalation_of
from autofill.cases.model.run_records import RunChange
from autofill.cases.model.run_states import WORDS as RUN_WORDS
from autofill.cases.model.run_states import Mover
from autofill.clock import is_rehearsal
from autofill.forms.catalog import form_title
from autofill.language import _
from autofill.mail.history import about_event
from autofill.organisations.registry import organisation_of_form

# Letters of a subject that are enough to tell it from another.
_SUBJECT = 40
_LATE = {Status.OVERDUE, Status.VERY_OVERDUE}


def tell_rehearsal(now: datetime) -> None:
    """Say that the clock was moved, if it was, and where to."""
    if is_rehearsal():
        console.tell(_("Rehearsal: the cases' clock is set to {now}.").format(now=now.isoformat(timespec="minutes")))


def show_list(statuses: Mapping[CaseStatus, About]) -> None:
    """A line for each case, with what it is about where that is known; what is late in red."""
    # To whom they went tells inquiries apart where that is not always the same.
    several = len({each.case.form for each in statuses}) > 1
    rows = [
        (
            name_of(each),
            *([form_title(each.case.form)] if several else []),
            *words,
            status_words(each),
            str(each.due or ""),
            next_words(each),
        )
        for each, words in zip(statuses, _in_words(tuple(statuses.values())), strict=True)
    ]
    for line, each in zip(console.columns(rows), statuses, strict=True):
        console.say(console.Painted(line, "red") if each.status in _LATE else line)


def _in_words(of_all: Sequence[About]) -> list[tuple[str, ...]]:
    """Item, subject and where it went of each, a column for what any of them has."""
    columns = [
        [each.item for each in of_all],
        [each.subject[:_SUBJECT] for each in of_all],
        [" → ".join(each.places) for each in of_all],
    ]
    shown = [column for column in columns if any(column)]
    return list(zip(*shown, strict=True)) if shown else [()] * len(of_all)


def resolved(ledger: Ledger, case_status: CaseStatus) -> Mapping[str, RunChange]:
    """What a person said became of runs of a case, by `autofill resolve`; under the runs' names."""
    return {
        run.run_id: change
        for run in case_status.case.runs
        for change in ledger.history(run.run_id)
        if change.mover is Mover.PERSON
    }


def show_case(case_status: CaseStatus, about: About, told: Mapping[str, RunChange], recordings: Path) -> None:
    """One case: what it is about, how it stands, its numbers, its recordings, and what happened to it."""
    case = case_status.case
    practice = _(" (practice)") if case.space == "practice" else ""
    console.say(f"{name_of(case_status)}{practice}")
    facts = [
        (_("To"), form_title(case.form)),
        (_("Item"), about.item),
        (_("About"), about.title),
        (_("Status"), status_words(case_status)),
        (_("Due"), str(case_status.due or "")),
        (_("Next"), next_words(case_status)),
        (_("Numbers"), ", ".join(case.numbers)),
        *((_("Recording"), str(recordings / name)) for name in case.recordings),
        *((_("Outcome, as you entered it"), _outcome(run_id, change)) for run_id, change in told.items()),
    ]
    for line in console.columns([(f"  {name}", value) for name, value in facts if value]):
        console.say(line)
    console.say("  " + _("History"))
    steps = escalation_of(organisation_of_form(case.form).data)
    sent = (_minute(case.runs[0].at), _(WORDS[Status.SENT]), case.runs[0].case_number or "")
    rows = [sent, *((_minute(event.at), _(WORDS[event.kind]), about_event(event, steps)) for event in case.happened)]
    for line in console.columns([(f"    {at}", what, about) for at, what, about in rows]):
        console.say(line)


def facts_of(case_status: CaseStatus, about: About) -> dict[str, Any]:
    """What JSON says of one case."""
    case = case_status.case
    return {
        "case": case.case_id,
        "item": about.item,
        "subject": about.subject,
        "places": about.places,
        "space": case.space,
        "form": case.form,
        "numbers": case.numbers,
        "status": case_status.status,
        "settled": case_status.settled,
        "since": case_status.since.isoformat(timespec="seconds"),
        "due": case_status.due.isoformat() if case_status.due else None,
        "days_late": case_status.days_late,
        "follow_ups": case_status.follow_ups,
        "rung": case_status.rung,
        "move": case_status.move,
        "step": case_status.step,
        "next": next_words(case_status),
        "runs": tuple(RunOfCase(run_id=run.run_id, state=run.state, case_number=run.case_number) for run in case.runs),
        "recordings": case.recordings,
    }


def history_of(case_status: CaseStatus) -> tuple[Happened, ...]:
    """What JSON says of all that happened to a case."""
    case, fields = case_status.case, ("kind", "detail", "case_number", "run_id", "evidence", "who", "because")
    return (
        Happened(at=case.runs[0].at.isoformat(timespec="seconds"), kind=Kind.SENT),
        *(
            Happened(at=event.at.isoformat(timespec="seconds"), **{name: getattr(event, name) for name in fields})
            for event in case.happened
        ),
    )


def outcomes_of(told: Mapping[str, RunChange]) -> tuple[Told, ...]:
    """What JSON says of runs whose outcome a person told."""
    return tuple(
        Told(
            run_id=run_id,
            at=change.at.isoformat(timespec="seconds"),
            state=change.after,
            who=change.who,
            because=change.because,
            evidence_sha256=change.evidence,
        )
        for run_id, change in told.items()
    )


def _outcome(run_id: str, change: RunChange) -> str:
    parts = (_minute(change.at), run_id, _(RUN_WORDS[change.after]), change.who, change.because)
    return "  ".join(filter(None, (*parts, change.evidence and f"SHA-256 {change.evidence}")))


def _minute(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
