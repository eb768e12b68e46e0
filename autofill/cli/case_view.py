"""How cases are shown: a list, one case with its history, and the same as JSON. No verb, and no decision."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from autofill import console
from autofill.cases.case_records import Event
from autofill.cases.case_states import WORDS, Status
from autofill.cases.wording import name_of, next_words, status_words
from autofill.language import _

if TYPE_CHECKING:
    from autofill.cases.standing import Standing

_LATE = {Status.OVERDUE, Status.VERY_OVERDUE}


def show_list(standings: tuple[Standing, ...]) -> None:
    """A line for each case; what is late in red."""
    if not standings:
        console.say(_("No such case."))
        return
    rows = [(name_of(each), status_words(each), str(each.due or ""), next_words(each)) for each in standings]
    for line, each in zip(console.columns(rows), standings, strict=True):
        console.say(console.paint(line, "red", sys.stdout) if each.status in _LATE else line)


def show_case(standing: Standing, recordings: Path) -> None:
    """One case: how it stands, its numbers, its recordings, and what happened to it."""
    case = standing.case
    practice = _(" (practice)") if case.space == "practice" else ""
    console.say(f"{name_of(standing)}{practice}")
    facts = [
        (_("Status"), status_words(standing)),
        (_("Due"), str(standing.due or "")),
        (_("Next"), next_words(standing)),
        (_("Numbers"), ", ".join(case.numbers)),
        *((_("Recording"), str(recordings / name)) for name in recordings_of(standing)),
    ]
    for line in console.columns([(f"  {name}", value) for name, value in facts if value]):
        console.say(line)
    console.say("  " + _("History"))
    sent = (_minute(case.runs[0].at), _(WORDS[Status.SENT]), case.runs[0].case_number or "")
    rows = [sent, *((_minute(event.at), _(WORDS[event.kind]), _about(event)) for event in case.events)]
    for line in console.columns([(f"    {at}", what, about) for at, what, about in rows]):
        console.say(line)


def facts_of(standing: Standing) -> dict[str, object]:
    """What JSON says of one case."""
    case = standing.case
    return {
        "case": case.case_id,
        "space": case.space,
        "form": case.form,
        "numbers": case.numbers,
        "status": standing.status,
        "settled": standing.settled,
        "since": standing.since.isoformat(timespec="seconds"),
        "due": standing.due.isoformat() if standing.due else None,
        "days_late": standing.days_late,
        "follow_ups": standing.follow_ups,
        "rung": standing.rung,
        "move": standing.move,
        "step": standing.step,
        "next": next_words(standing),
        "runs": [{"run_id": run.run_id, "state": run.state, "case_number": run.case_number} for run in case.runs],
        "recordings": recordings_of(standing),
    }


def history_of(standing: Standing) -> list[dict[str, object]]:
    """What JSON says of all that happened to a case."""
    first = {"at": standing.case.runs[0].at.isoformat(timespec="seconds"), "kind": "sent"}
    fields = ("detail", "case_number", "run_id", "evidence", "who", "because")
    return [
        first,
        *(
            {"at": event.at.isoformat(timespec="seconds"), "kind": event.kind}
            | {name: value for name in fields if (value := getattr(event, name)) is not None}
            for event in standing.case.events
        ),
    ]


def recordings_of(standing: Standing) -> list[str]:
    """The recordings that a case has: of its runs, and of the mails that name one."""
    mails = [event.detail for event in standing.case.events if event.evidence and event.detail]
    return [*dict.fromkeys([*(run.run_id for run in standing.case.runs), *mails])]


def _about(event: Event) -> str:
    return "  ".join(filter(None, (event.case_number, event.run_id, event.detail, event.because)))


def _minute(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
