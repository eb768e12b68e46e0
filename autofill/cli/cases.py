"""`autofill cases`: what is due first, one case with its history, and the verbs that move a case by hand."""

from __future__ import annotations

import json as json_text
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from autofill import console
from autofill.cli.options import DEFAULT_RECORDINGS, Json, Ledger, Recordings, ledger_of
from autofill.errors import DiskTrouble, Misconfigured
from autofill.language import _

if TYPE_CHECKING:
    from autofill.cases.case_records import Event
    from autofill.cases.standing import Standing

Mark = Literal["acknowledged", "reviewed", "answered", "question", "replied", "resolved", "closed", "reopened"]


def command(
    case: Annotated[
        str | None, typer.Argument(metavar="[CASE]", help=_("A case: its number, or the name of one of its runs."))
    ] = None,
    *,
    due: Annotated[bool, typer.Option("--due", help=_("Only what waits for you."))] = False,
    everything: Annotated[bool, typer.Option("--all", help=_("What is resolved or closed, too."))] = False,
    practice: Annotated[bool, typer.Option("--practice", help=_("Cases of practice instead of live ones."))] = False,
    mark: Annotated[Mark | None, typer.Option(help=_("Say what happened to CASE."))] = None,
    number: Annotated[str | None, typer.Option(metavar="N", help=_("Another number that CASE was given."))] = None,
    note: Annotated[
        str | None, typer.Option(metavar="TEXT", help=_("Note something; it is kept in the ledger."))
    ] = None,
    because: Annotated[str | None, typer.Option(metavar="TEXT", help=_("Why it is closed, or how you know."))] = None,
    ics: Annotated[
        Path | None, typer.Option(metavar="FILE|-", help=_("Write a calendar of what is open (RFC 5545)."))
    ] = None,
    notify: Annotated[
        str | None,
        typer.Option(metavar="URL", help=_("With --due: send a notice there, too (Apprise); or AUTOFILL_NOTIFY.")),
    ] = None,
    recordings: Recordings = DEFAULT_RECORDINGS,
    ledger: Ledger = None,
    json: Json = False,
) -> None:
    """Show what is due first; or CASE with its history, after adding what you say happened to it."""
    changes = [change for change in (mark, number, note) if change is not None]
    _check(case, changes, mark, because, alone=due or ics is not None or notify is not None)
    if notify and not due:
        raise Misconfigured(_("--notify goes with --due."), hint=_("Say both: autofill cases --due --notify URL"))
    from autofill.cases.ledger import open_ledger  # noqa: PLC0415
    from autofill.cases.rules import rules_of  # noqa: PLC0415
    from autofill.cases.standing import standing  # noqa: PLC0415
    from autofill.clock import told_time  # noqa: PLC0415

    rules, now = rules_of(), told_time()
    if os.environ.get("AUTOFILL_NOW"):
        console.tell(_("A rehearsal: for cases it is {now}.").format(now=now.isoformat(timespec="minutes")))
    with open_ledger(ledger_of(ledger, recordings)) as opened:
        book = opened.cases
        if case is None:
            found = book.standings(now, rules, "practice" if practice else "live")
        else:
            known = book.case(case)
            if changes:
                book.record(known.case_id, _event(mark, number, note, because))
            one = standing(book.case(known.case_id), now, rules)
    if case is not None:
        _show_one(one, recordings, json=json)
        return
    if ics is not None:
        from autofill.cases.calendar_file import as_calendar  # noqa: PLC0415

        _write(ics, as_calendar([each for each in found if each.is_open], now, rules))
    if str(ics) != "-":
        wanted = tuple(each for each in found if everything or each.is_open)
        _show_list(tuple(each for each in wanted if each.is_due) if due else wanted, json=json)
    if due and (address := notify or os.environ.get("AUTOFILL_NOTIFY")):
        from autofill.cases.notice import notify as send  # noqa: PLC0415

        send(address, found)


def _check(case: str | None, changes: list[str], mark: Mark | None, because: str | None, *, alone: bool) -> None:
    if len(changes) > 1:
        raise Misconfigured(_("One thing at a time."), hint=_("Say --mark, --number or --note, one of them."))
    if any(not change.strip() for change in changes):
        raise Misconfigured(_("That says nothing."), hint=_("Write something behind --number or --note."))
    if case is None and (changes or because):
        raise Misconfigured(_("Which case?"), hint=_("Name it by its number, or by one of its runs."))
    if case is not None and alone:
        raise Misconfigured(
            _("--due, --ics and --notify are about all cases."), hint=_("Leave CASE out, or leave them out.")
        )
    if mark == "closed" and not (because and because.strip()):
        raise Misconfigured(_("A case is not given up without a reason."), hint=_("Say why: --because TEXT."))


def _event(mark: Mark | None, number: str | None, note: str | None, because: str | None) -> Event:
    from autofill.cases.case_records import Event  # noqa: PLC0415
    from autofill.cases.case_states import Kind  # noqa: PLC0415
    from autofill.cases.owner import account  # noqa: PLC0415
    from autofill.clock import told_time  # noqa: PLC0415

    at, who = told_time(), account()
    if mark:
        return Event(Kind(mark), at, who=who, because=because)
    if number:
        return Event(Kind.NUMBER_ADDED, at, case_number=number.strip(), who=who, because=because)
    return Event(Kind.NOTE, at, who=who, because=note)


def _show_one(one: Standing, recordings: Path, *, json: bool) -> None:
    from autofill.cli.case_view import facts_of, history_of, show_case  # noqa: PLC0415

    if json:
        answer = {"schema": "autofill.case/1", **facts_of(one), "history": history_of(one)}
        console.say(json_text.dumps(answer, ensure_ascii=False))
    else:
        show_case(one, recordings)


def _show_list(found: tuple[Standing, ...], *, json: bool) -> None:
    from autofill.cli.case_view import facts_of, show_list  # noqa: PLC0415

    if json:
        due = sum(each.is_due for each in found)
        answer = {"schema": "autofill.cases/1", "due": due, "cases": [facts_of(each) for each in found]}
        console.say(json_text.dumps(answer, ensure_ascii=False))
    else:
        show_list(found)


def _write(file: Path, calendar: bytes) -> None:
    if str(file) == "-":
        console.say(calendar.decode().rstrip("\r\n"))
        return
    try:
        # A calendar program may read it at any moment, and never half of it.
        fresh = file.with_name(f".{file.name}.part")
        fresh.write_bytes(calendar)
        fresh.replace(file)
    except OSError as error:
        raise DiskTrouble(
            _("{name} could not be written: {reason}.").format(name=file, reason=error.strerror),
            hint=_("Name another file with --ics."),
        ) from None
