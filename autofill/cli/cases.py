"""The verb `autofill cases`: the list of cases, one case with its history, and marks that a person sets."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

import typer

from autofill import console
from autofill.answers.cases import CaseAnswer, CaseEntry, CasesAnswer
from autofill.cases.following.about import About, about_case
from autofill.cases.following.calendar_file import as_calendar
from autofill.cases.following.notification import notify
from autofill.cases.ledger.owner import account
from autofill.cases.model.case_records import CaseEvent
from autofill.cases.model.case_states import Kind
from autofill.cases.model.case_status import CaseStatus, case_status
from autofill.cases.model.deadlines import deadline_book
from autofill.cases.model.run_records import RunChange
from autofill.cli.case_view import facts_of, history_of, outcomes_of, resolved, show_case, show_list, tell_rehearsal
from autofill.cli.options import Json, Ledger, Recordings, known_ledgers
from autofill.cli.recording_names import run_named
from autofill.clock import case_now, refuse_rehearsal
from autofill.errors import DiskTrouble, ExitCode, Misconfigured
from autofill.language import _
from autofill.orders.given import DEFAULT_RECORDINGS

Mark = Literal["acknowledged", "reviewed", "answered", "question", "replied", "resolved", "closed", "reopened"]


def command(
    case: Annotated[
        str | None, typer.Argument(metavar="CASE", help=_("A case: its number, or the path or name of a recording."))
    ] = None,
    *,
    due: Annotated[
        bool, typer.Option("--due", help=_("Only what needs you now; exit code 3 if there is anything."))
    ] = False,
    everything: Annotated[bool, typer.Option("--all", help=_("Include resolved and closed cases."))] = False,
    about: Annotated[
        str | None, typer.Option(metavar="WORDS", help=_("Only cases whose inquiry contains this text."))
    ] = None,
    practice: Annotated[bool, typer.Option("--practice", help=_("Show practice cases instead of live ones."))] = False,
    mark: Annotated[Mark | None, typer.Option(help=_("Record what happened to CASE."))] = None,
    number: Annotated[str | None, typer.Option(metavar="N", help=_("Another number that CASE was given."))] = None,
    note: Annotated[str | None, typer.Option(metavar="TEXT", help=_("Add a note to the ledger."))] = None,
    because: Annotated[str | None, typer.Option(metavar="TEXT", help=_("Reason for closing, or how you know."))] = None,
    ics: Annotated[
        Path | None,
        typer.Option(metavar="FILE|-", help=_("Write the dates of open cases to a calendar file (RFC 5545).")),
    ] = None,
    notify: Annotated[
        str | None,
        typer.Option(
            metavar="URL", help=_("With --due: also send a notice to this Apprise URL (or set AUTOFILL_NOTIFY).")
        ),
    ] = None,
    recordings: Recordings = DEFAULT_RECORDINGS,
    ledger: Ledger = None,
    json: Json = False,
) -> None:
    """Carry out `autofill cases`."""
    changes = [change for change in (mark, number, note) if change is not None]
    _check(case, changes, mark, because, alone=due or ics is not None or notify is not None)
    if notify and not due:
        raise Misconfigured(_("--notify goes with --due."), hint=_("Use both: autofill cases --due --notify URL"))
    if case is not None:
        case, recordings = run_named(case, recordings)
    deadlines, now = deadline_book(), case_now()
    tell_rehearsal(now)
    with known_ledgers(ledger, recordings) as ledgers:
        if case is None:
            found = ledgers.statuses(now, deadlines, "practice" if practice else "live")
            others = 0 if practice else len(ledgers.cases("practice"))
        else:
            opened = ledgers.of_case(case)
            book, known = opened.cases, opened.cases.case(case)
            if changes:
                refuse_rehearsal(known.space)
                book.record(known.case_id, _event(mark, number, note, because))
            one = case_status(book.case(known.case_id), now, deadlines.of(known.form))
            told = resolved(opened, one)
    if case is not None:
        _show_one(one, told, recordings, json=json)
        return
    if about is not None:
        found = tuple(each for each in found if about_case(each.case, recordings).mentions(about))
    if ics is not None:
        _write(ics, as_calendar([each for each in found if each.is_open], now, deadlines))
    if str(ics) != "-":
        wanted = tuple(each for each in found if (everything or each.is_open) and (each.is_due or not due))
        _show_list(
            {each: about_case(each.case, recordings) for each in wanted}, _empty(len(found), others, due=due), json=json
        )
    if due:
        _tell_due(found, notify or os.environ.get("AUTOFILL_NOTIFY"))


def _tell_due(found: tuple[CaseStatus, ...], address: str | None) -> None:
    """By a notice, if one is wanted, and by the exit code."""
    if address:
        notify(address, found)
    if any(each.is_due for each in found):
        raise typer.Exit(ExitCode.SOMETHING_DUE)


def _check(case: str | None, changes: list[str], mark: Mark | None, because: str | None, *, alone: bool) -> None:
    if len(changes) > 1:
        raise Misconfigured(_("Use only one of these options."), hint=_("Use --mark, --number or --note."))
    if any(not change.strip() for change in changes):
        raise Misconfigured(_("The text is empty."), hint=_("Add a text after --number or --note."))
    if case is None and (changes or because):
        raise Misconfigured(_("Which case?"), hint=_("Give its number, or the name of one of its runs."))
    if case is not None and alone:
        raise Misconfigured(_("--due, --ics and --notify cover all cases."), hint=_("Leave out CASE or these options."))
    if mark == "closed" and not (because and because.strip()):
        raise Misconfigured(_("Closing a case needs a reason."), hint=_("Add a reason: --because TEXT."))


def _event(mark: Mark | None, number: str | None, note: str | None, because: str | None) -> CaseEvent:
    at, who = case_now(), account()
    if mark:
        return CaseEvent(Kind(mark), at, who=who, because=because)
    if number:
        return CaseEvent(Kind.NUMBER_ADDED, at, case_number=number.strip(), who=who, because=because)
    return CaseEvent(Kind.NOTE, at, who=who, because=note)


def _show_one(one: CaseStatus, told: Mapping[str, RunChange], recordings: Path, *, json: bool) -> None:
    about = about_case(one.case, recordings)
    if json:
        console.say_json(CaseAnswer(**facts_of(one, about), history=history_of(one), told=outcomes_of(told)))
    else:
        show_case(one, about, told, recordings)


def _empty(known: int, others: int, *, due: bool) -> str:
    """What an empty list says: what else there is, so that nobody takes it for all."""
    if due:
        return _("Nothing is due.")
    if known:
        return _("No open cases. To see closed cases ({n}), add --all.").format(n=known)
    if others:
        return _("No live cases. To see practice cases ({n}): autofill cases --practice").format(n=others)
    return _("No cases.")


def _show_list(found: Mapping[CaseStatus, About], empty: str, *, json: bool) -> None:
    if json:
        due = sum(each.is_due for each in found)
        entries = tuple(CaseEntry(**facts_of(*each)) for each in found.items())
        console.say_json(CasesAnswer(due=due, cases=entries))
    elif found:
        show_list(found)
    else:
        console.say(empty)


def _write(file: Path, calendar: bytes) -> None:
    if str(file) == "-":
        console.say_text(calendar.decode().rstrip("\r\n"))
        return
    try:
        # A calendar program may read it at any moment, and never half of it.
        fresh = file.with_name(f".{file.name}.part")
        fresh.write_bytes(calendar)
        fresh.replace(file)
    except OSError as error:
        raise DiskTrouble(
            _("{name} could not be written: {reason}.").format(name=file, reason=error.strerror),
            hint=_("Choose another file with --ics."),
        ) from None
