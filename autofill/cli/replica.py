"""The verb `autofill replica`: serve the practice desk for a person."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from autofill import console
from autofill.cli.options import Port, port_taken
from autofill.errors import Misconfigured
from autofill.language import _
from autofill.orders.desk import practice_file
from autofill.replica import PRACTICE_ACCOUNT, RecordsError, ReplicaOptions, serve_forever
from autofill.replica.faults.table import FAULTS, FaultError, parse_fault
from autofill.replica.office.clock import read_span
from autofill.replica.office.mail_server import MailServer


def _span(text: str | timedelta) -> timedelta:
    if isinstance(text, timedelta):
        return text  # defaults are parsed, too
    try:
        return read_span(text)
    except ValueError:
        raise typer.BadParameter(_("Write a time span with w, d, h or m, such as 72h or 1d12h.")) from None


def _server(text: str) -> MailServer:
    try:
        return MailServer.read(text)
    except ValueError:
        raise typer.BadParameter(
            _("Write the mail server as HOST:PORT, such as 127.0.0.1:1025. Practice mails do not leave this computer.")
        ) from None


def _checked(faults: list[str] | None) -> list[str] | None:
    try:
        for fault in faults or ():
            parse_fault(fault)
    except FaultError as error:
        raise typer.BadParameter(str(error)) from None
    return faults


def _made(folder: Path | None) -> Path | None:
    try:
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        words = _("{name} could not be created: {reason}.")
        raise typer.BadParameter(words.format(name=folder, reason=error.strerror)) from None
    return folder


def _list_faults(wanted: bool) -> None:
    if not wanted:
        return
    written = {kind.written(name): kind.words for name, kind in FAULTS.items()}
    for fault, words in written.items():
        console.say(f"{fault:<{max(map(len, written))}}  {words}")
    raise typer.Exit


def _forget(wanted: bool) -> None:
    if not wanted:
        return
    file = practice_file()
    file.unlink(missing_ok=True)
    file.with_name(f"{file.name}-journal").unlink(missing_ok=True)
    console.say(_("The practice site has forgotten everything: {file}").format(file=file))
    raise typer.Exit


def command(
    *,
    port: Port = 8025,
    shadow: Annotated[
        Literal["flat", "native"], typer.Option(metavar="flat|native", help=_("How the form's controls are built."))
    ] = "flat",
    star: Annotated[bool, typer.Option("--star/--no-star", help=_("Mark required labels with an asterisk."))] = True,
    attachments: Annotated[bool, typer.Option("--accept-files", help=_("Add a file upload."))] = False,
    variant: Annotated[
        int | None,
        typer.Option(metavar="SEED", help=_("Vary words, order and pages of the form by this number.")),
    ] = None,
    state: Annotated[
        Path | None, typer.Option(metavar="FILE", help=_("Save all data in this file; otherwise it is lost."))
    ] = None,
    clock: Annotated[
        timedelta,
        typer.Option(
            parser=_span,
            metavar="+SPAN",
            show_default=False,
            help=_("Move the site's clock ahead, such as +72h or +1w (w, d, h, m)."),
        ),
    ] = timedelta(),
    reply_after: Annotated[
        timedelta,
        typer.Option(
            parser=_span,
            metavar="SPAN",
            show_default="26h",
            help=_("When an agent answers, in the next office hours after that."),
        ),
    ] = timedelta(hours=26),
    review_after: Annotated[
        timedelta | None,
        typer.Option(
            parser=_span, metavar="SPAN", help=_("When a mail says that the case is under review. Default: never.")
        ),
    ] = None,
    silent: Annotated[bool, typer.Option("--silent", help=_("Confirm, but never answer."))] = False,
    smtp: Annotated[
        Any,  # a MailServer, whose module a mere `--help` does not load
        typer.Option(parser=_server, metavar="HOST:PORT", help=_("Mail server on this computer that gets all mails.")),
    ] = None,
    outbox: Annotated[
        Path | None,
        typer.Option(callback=_made, metavar="DIR", help=_("Save all mails in this folder as .eml files.")),
    ] = None,
    fault: Annotated[
        list[str] | None,
        typer.Option(
            callback=_checked,
            metavar="NAME[@STEP][=VALUE]",
            help=_("What goes wrong at hub, open, topic, tracking or submit. Can be used several times."),
        ),
    ] = None,
    forget: Annotated[  # noqa: ARG001 - its callback does it
        bool,
        typer.Option(
            "--forget",
            callback=_forget,
            is_eager=True,
            help=_("Delete what your practice runs left at their site (inquiries, cases, mails), and end."),
        ),
    ] = False,
    list_faults: Annotated[  # noqa: ARG001 - its callback does it
        bool, typer.Option("--list-faults", callback=_list_faults, is_eager=True, help=_("List all faults and exit."))
    ] = False,
) -> None:
    """Carry out `autofill replica`."""
    options = ReplicaOptions(
        shadow=shadow,
        star=star,
        attachments=attachments,
        outbox=outbox,
        faults=tuple(fault or ()),
        variant=variant,
        state=state,
        clock=clock,
        reply_after=reply_after,
        review_after=review_after,
        silent=silent,
        smtp=smtp,
    )

    def announce(url: str) -> None:
        console.say(_("Practice site: {url}/  (Ctrl-C stops it)").format(url=url))
        username, password = PRACTICE_ACCOUNT
        words = _("Practice account: username {username}, password {password}")
        console.say(words.format(username=username, password=password))

    try:
        serve_forever(options, port, announce)
    except RecordsError:
        raise Misconfigured(
            _("The file given with --state is not data of the practice site."), hint=_("Choose a new file.")
        ) from None
    except OSError:
        raise port_taken(port) from None
