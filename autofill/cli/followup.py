"""The verb `autofill followup`: write the next letter of a case, or say where to turn when letters are no use."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from autofill import console
from autofill.answers.cases import FollowUpAnswer, RungOfLetter
from autofill.cases.following.follow_up import FollowUp, FollowUpRequest, follow_up
from autofill.cases.model.deadlines import deadline_book
from autofill.cli.case_view import tell_rehearsal
from autofill.cli.options import Json, Ledger, Recordings, known_ledgers, unreadable
from autofill.cli.recording_names import run_named
from autofill.clock import case_now
from autofill.errors import InvalidFile, Misconfigured, Problem
from autofill.language import _
from autofill.orders.given import DEFAULT_RECORDINGS

# A form takes a few thousand characters; this keeps a wrong file from being read into the memory.
_LARGEST = 64 * 1024


def command(
    case: Annotated[
        str, typer.Argument(metavar="CASE", help=_("A case: its number, or the path or name of a recording."))
    ],
    *,
    reply: Annotated[bool, typer.Option("--reply", help=_("A reply to their mail, as an .eml file."))] = False,
    new: Annotated[bool, typer.Option("--new", help=_("A new inquiry with the case's number, as a profile."))] = False,
    message: Annotated[
        Path | None, typer.Option(metavar="FILE", help=_("File with your own text for the letter."))
    ] = None,
    mail: Annotated[Path | None, typer.Option(metavar="FILE", help=_("Mail to reply to."))] = None,
    profile: Annotated[Path | None, typer.Option(metavar="FILE", help=_("Profile of the first inquiry."))] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help=_("File for the letter."), show_default=_("folder letters among the recordings")
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Try it without effect: show the letter."))] = False,
    again: Annotated[bool, typer.Option("--again", help=_("Write the last letter again; needs --because."))] = False,
    because: Annotated[
        str | None, typer.Option(metavar="TEXT", help=_("Reason for writing again, or before anything is overdue."))
    ] = None,
    recordings: Recordings = DEFAULT_RECORDINGS,
    ledger: Ledger = None,
    json: Json = False,
) -> None:
    """Carry out `autofill followup`."""
    because = because and because.strip()
    if reply and new:
        raise Misconfigured(_("A letter is either a reply or a new inquiry."), hint=_("Use either --reply or --new."))
    if again and not because:
        raise Misconfigured(_("--again needs --because TEXT."), hint=_("Add a reason with --because."))
    request = FollowUpRequest(
        form="reply" if reply else "new" if new else None,
        because=because,
        again=again,
        own_words=_own_words(message) if message else None,
        mail=mail,
        profile=profile,
        place=out,
        dry=dry_run,
    )
    case, recordings = run_named(case, recordings)
    now = case_now()
    tell_rehearsal(now)
    with known_ledgers(ledger, recordings) as ledgers:
        cases = ledgers.of_case(case).cases
        written = follow_up(cases, recordings, name=case, wish=request, now=now, book=deadline_book())
    if written.is_doubtful:
        words = _("Anyone could have sent the mail that this answers. Check its sender before you send the letter.")
        console.tell(words)
    _show_json(written, dry=dry_run) if json else _show(written, dry=dry_run)


def _own_words(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            text = opened.read(_LARGEST + 1)
        words = text.decode().strip()
    except OSError as error:
        raise unreadable(file, error, "--message") from None
    except UnicodeDecodeError:
        raise InvalidFile([Problem.of_file(str(file), _("is not UTF-8; save it as UTF-8"))]) from None
    if not words or len(text) > _LARGEST:
        raise InvalidFile([Problem.of_file(str(file), _("is empty, or far too long for a letter"))])
    return words


def _show(written: FollowUp, *, dry: bool) -> None:
    if written.rung:
        console.say(written.rung.title)
        for words in filter(
            None, (written.rung.where, _(written.rung.office.hours), written.rung.advice, *written.further)
        ):
            console.say(f"  {words}")
        console.say()
    if dry or written.rung:
        console.say_text(written.content.rstrip())
    if written.place and not dry:
        console.say(_("Written: {file}").format(file=written.place))
        for words in _next(written):
            console.say(f"  {words}")


def _show_json(written: FollowUp, *, dry: bool) -> None:
    rung = written.rung
    console.say_json(
        FollowUpAnswer(
            case=written.case_status.case.case_id,
            form=written.form,
            file=None if dry or written.place is None else str(written.place),
            recorded=not dry,
            content=written.content if dry or rung else None,
            rung=RungOfLetter(name=rung.name, title=rung.title, where=rung.where, how=rung.advice) if rung else None,
        )
    )


def _next(written: FollowUp) -> tuple[str, ...]:
    match written.form:
        case "reply":
            return (_("Open it in your mail program, read it, and send it."),)
        case "new":
            live = "" if written.case_status.case.space == "practice" else "--live "
            return (_("Read it, then: autofill run {file}").format(file=f"{live}{written.place}"),)
    return (_("Keep it at hand when you call or write."),)
