"""The verb `autofill mail`: find the organisation's mails in a mailbox, and keep them as evidence of their cases."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autofill import console
from autofill.answers.mails import MailAnswer
from autofill.cases.ledger.ledgers import LedgerPlaces, Ledgers
from autofill.cases.model.case_states import WORDS
from autofill.cli.options import Json, Ledger, Recordings, tell_taken_over
from autofill.errors import ExitCode, Misconfigured, PersonNeeded
from autofill.language import _, plural
from autofill.mail.imap import ImapMailbox, Mailbox
from autofill.mail.keys import PublishedKeys, keys_of_desk
from autofill.mail.reading import MailboxScan, MailOutcome, MailResult, awaited_domains
from autofill.mail.sources import Files, Maildir, MailSource
from autofill.orders.given import DEFAULT_RECORDINGS

if TYPE_CHECKING:
    from autofill.cli.practice_mail import PracticeMail

# Somebody who waits wants to see that something happens.
_TOLD_EVERY = 1000


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(_("Write the day like this: 2026-11-30.")) from None


def command(
    files: Annotated[list[Path] | None, typer.Argument(metavar="FILE", help=_("Mails saved as files (.eml)."))] = None,
    *,
    maildir: Annotated[Path | None, typer.Option(metavar="DIR", help=_("A Maildir."))] = None,
    imap: Annotated[
        str | None,
        typer.Option(
            metavar="imaps://USER@HOST[:PORT][/FOLDER]",
            help=_(
                "Mailbox on a server. It is only read. The password comes from the keyring, or autofill asks for it."
            ),
        ),
    ] = None,
    since: Annotated[
        date | None, typer.Option(metavar="DAY", parser=_day, help=_("Only mails since then: 2026-11-30."))
    ] = None,
    ca: Annotated[
        Path | None, typer.Option(metavar="FILE", help=_("Certificates to trust if the server's is your own."))
    ] = None,
    desk: Annotated[
        str | None, typer.Option(metavar="URL", help=_("Address of the practice site that sent these mails."))
    ] = None,
    practice: Annotated[
        bool, typer.Option("--practice", help=_("The mails that the practice site wrote to you."))
    ] = False,
    recordings: Recordings = DEFAULT_RECORDINGS,
    ledger: Ledger = None,
    json: Json = False,
) -> None:
    """Carry out `autofill mail`."""
    if sum(map(bool, (files, maildir, imap, practice))) != 1:
        raise Misconfigured(
            _("Say where the mail is, in one place."),
            hint=_("Use files, --maildir DIR, --imap URL or --practice."),
        )
    written = _practice_mail() if practice else None
    keys = PublishedKeys(dict(written.keys) if written else keys_of_desk(desk) if desk else {})
    with (
        LedgerPlaces.of(ledger, recordings).known(tell_taken_over) as ledgers,
        nullcontext(written)
        if written
        else _source(files, maildir, imap=imap, since=since, ca=ca, ledgers=ledgers) as source,
    ):
        scan = MailboxScan(ledgers, recordings, source, keys.look_up, progress=_tell_progress)
        if since:
            scan.since = datetime(since.year, since.month, since.day, tzinfo=UTC)
        outcomes = list(scan.outcomes())
    lost = any(one.became is MailResult.UNREADABLE for one in outcomes)
    code = ExitCode.FILE_MISSING if lost else ExitCode.DONE
    _show_json(scan, outcomes, code) if json else _show(scan, outcomes, every=bool(files))
    if lost:
        raise typer.Exit(code)


def _practice_mail() -> PracticeMail:
    from autofill.cli.practice_mail import practice_mail  # noqa: PLC0415 - loads the practice site

    return practice_mail()


def _source(
    files: list[Path] | None,
    maildir: Path | None,
    imap: str | None,
    *,
    since: date | None,
    ca: Path | None,
    ledgers: Ledgers,
) -> AbstractContextManager[MailSource]:
    if files:
        return nullcontext(Files(tuple(files)))
    if maildir:
        return nullcontext(Maildir(maildir))
    mailbox = Mailbox.read(imap or "")
    password = _password(mailbox.host, mailbox.user)
    return ImapMailbox(mailbox, password, senders=awaited_domains(ledgers.awaiting_mail()), since=since, authorities=ca)


def _password(host: str, user: str) -> str:
    from autofill.accounts import kept_password  # noqa: PLC0415 - loads the browser's library: a third of the start

    service = f"autofill:imap:{host}"
    if kept := kept_password(service, user):
        return kept
    if not sys.stdin.isatty():
        raise PersonNeeded(
            _("The mailbox needs a password, and none is saved."),
            hint=_("Save one: keyring set {service} USER. Or run this in a terminal.").format(service=service),
        )
    return str(typer.prompt(_("Password (is not shown)"), hide_input=True, err=True))


def _tell_progress(count: int) -> None:
    if count and count % _TOLD_EVERY == 0:
        console.tell(_("{n} mails checked").format(n=count))


def _show(scan: MailboxScan, outcomes: list[MailOutcome], *, every: bool) -> None:
    for one in outcomes:
        if one.became is MailResult.PASSED_OVER and not (one.case or every) and len(outcomes) > _TOLD_EVERY // 10:
            continue  # a heap of mails that are about nothing here says nothing
        console.say("  ".join(filter(None, (one.name, _words(one), one.case_number or one.case))))
        for line in filter(None, (one.recording and str(scan.recordings / one.recording), *one.remarks)):
            console.say(f"  {line}")
    kept = sum(one.became in {MailResult.KEPT, MailResult.PROOF} for one in outcomes)
    counted = plural(
        "{n} mail checked, {opened} opened, {kept} saved.",
        "{n} mails checked, {opened} opened, {kept} saved.",
        scan.looked_at,
    )
    console.say(counted.format(n=scan.looked_at, opened=scan.opened, kept=kept))
    if scan.left_out:
        words = _("{n} more claim to be from the organisation and were not opened. Check fewer mails: --since DAY.")
        console.tell(words.format(n=scan.left_out))


def _words(one: MailOutcome) -> str:
    match one.became:
        case MailResult.PROOF:
            return _("proves that the inquiry arrived")
        case MailResult.KEPT if one.kind:
            return _("saved: {what}").format(what=_(WORDS[one.kind]))
        case MailResult.KNOWN:
            return _("already known")
        case MailResult.REFUSED:
            return _("refused")
        case MailResult.UNREADABLE:
            return _("cannot be read")
    return _("skipped")


def _show_json(scan: MailboxScan, outcomes: list[MailOutcome], code: ExitCode) -> None:
    mails = (replace(one, recording=one.recording and str(scan.recordings / one.recording)) for one in outcomes)
    console.say_json(
        MailAnswer(
            looked_at=scan.looked_at,
            opened=scan.opened,
            left_out=scan.left_out,
            mails=tuple(mails),
            exit_code=code,
        )
    )
