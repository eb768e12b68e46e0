"""The view of cases on a terminal and in JSON: a list, or one case with its history. No verb, and no decision."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from autofill import console
from autofill.cases.ledger.ledger import Ledger
from autofill.cases.model.case_messages import name_of, next_words, status_words
from autofill.cases.model.case_records import CaseEvent
from autofill.cases.model.case_states import WORDS, Status
from autofill.cases.model.case_status import CaseStatus
from autofill.cases.model.escalation import EscalationStep, escalation_of, step_named
from autofill.cases.model.run_records import RunChange
from autofill.cases.model.run_states import WORDS as RUN_WORDS
from autofill.cases.model.run_states import Mover
from autofill.clock import is_rehearsal
from autofill.language import _, gettext_noop
from autofill.mail.signature import WORDS as SIGNATURE_WORDS
from autofill.organisations.registry import organisation_of_form

_LATE = {Status.OVERDUE, Status.VERY_OVERDUE}
_LETTERS = {"reply": gettext_noop("as a reply"), "new": gettext_noop("as a new inquiry")}


def tell_rehearsal(now: datetime) -> None:
    """Say that the clock was moved, if it was, and where to."""
    if is_rehearsal():
        console.tell(_("A rehearsal: for cases it is {now}.").format(now=now.isoformat(timespec="minutes")))


def show_list(statuses: tuple[CaseStatus, ...]) -> None:
    """A line for each case; what is late in red."""
    rows = [(name_of(each), status_words(each), str(each.due or ""), next_words(each)) for each in statuses]
    for line, each in zip(console.columns(rows), statuses, strict=True):
        console.say(console.Painted(line, "red") if each.status in _LATE else line)


def resolved(ledger: Ledger, case_status: CaseStatus) -> Mapping[str, RunChange]:
    """What a person said became of runs of a case, by `autofill resolve`; under the runs' names."""
    return {
        run.run_id: change
        for run in case_status.case.runs
        for change in ledger.history(run.run_id)
        if change.mover is Mover.PERSON
    }


def show_case(case_status: CaseStatus, told: Mapping[str, RunChange], recordings: Path) -> None:
    """One case: how it stands, its numbers, its recordings, and what happened to it."""
    case = case_status.case
    practice = _(" (practice)") if case.space == "practice" else ""
    console.say(f"{name_of(case_status)}{practice}")
    facts = [
        (_("Status"), status_words(case_status)),
        (_("Due"), str(case_status.due or "")),
        (_("Next"), next_words(case_status)),
        (_("Numbers"), ", ".join(case.numbers)),
        *((_("Recording"), str(recordings / name)) for name in case.recordings),
        *((_("Outcome, as told"), _outcome(run_id, change)) for run_id, change in told.items()),
    ]
    for line in console.columns([(f"  {name}", value) for name, value in facts if value]):
        console.say(line)
    console.say("  " + _("History"))
    steps = escalation_of(organisation_of_form(case.form).data)
    sent = (_minute(case.runs[0].at), _(WORDS[Status.SENT]), case.runs[0].case_number or "")
    rows = [sent, *((_minute(event.at), _(WORDS[event.kind]), _about(event, steps)) for event in case.happened)]
    for line in console.columns([(f"    {at}", what, about) for at, what, about in rows]):
        console.say(line)


def facts_of(case_status: CaseStatus) -> dict[str, object]:
    """What JSON says of one case."""
    case = case_status.case
    return {
        "case": case.case_id,
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
        "runs": [{"run_id": run.run_id, "state": run.state, "case_number": run.case_number} for run in case.runs],
        "recordings": case.recordings,
    }


def history_of(case_status: CaseStatus) -> list[dict[str, object]]:
    """What JSON says of all that happened to a case."""
    first = {"at": case_status.case.runs[0].at.isoformat(timespec="seconds"), "kind": "sent"}
    fields = ("detail", "case_number", "run_id", "evidence", "who", "because")
    return [
        first,
        *(
            {"at": event.at.isoformat(timespec="seconds"), "kind": event.kind}
            | {name: value for name in fields if (value := getattr(event, name)) is not None}
            for event in case_status.case.happened
        ),
    ]


def outcomes_of(told: Mapping[str, RunChange]) -> list[dict[str, object]]:
    """What JSON says of runs whose outcome a person told."""
    return [
        {
            "run_id": run_id,
            "at": change.at.isoformat(timespec="seconds"),
            "state": change.after,
            "who": change.who,
            "because": change.because,
            "evidence_sha256": change.evidence,
        }
        for run_id, change in told.items()
    ]


def _outcome(run_id: str, change: RunChange) -> str:
    parts = (_minute(change.at), run_id, _(RUN_WORDS[change.after]), change.who, change.because)
    return "  ".join(filter(None, (*parts, change.evidence and f"SHA-256 {change.evidence}")))


def _about(event: CaseEvent, steps: tuple[EscalationStep, ...]) -> str:
    detail, because = event.detail or "", event.because or ""
    if step := step_named(steps, detail):
        detail = step.title
    elif detail in _LETTERS:
        detail = _(_LETTERS[detail])
    if event.is_doubtful:
        because = _(SIGNATURE_WORDS.get(because, because))
    return "  ".join(filter(None, (event.case_number, event.run_id, detail, because)))


def _minute(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
