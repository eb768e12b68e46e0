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
from autofill.replica import PRACTICE_ACCOUNT, ReplicaOptions, serve_forever
from autofill.replica.faults.table import FAULTS, FaultError, parse_fault
from autofill.replica.office.clock import read_span
from autofill.replica.office.mail_server import MailServer
from autofill.replica.office.records import RecordsError


def _span(text: str | timedelta) -> timedelta:
    if isinstance(text, timedelta):
        return text  # defaults are parsed, too
    try:
        return read_span(text)
    except ValueError:
        raise typer.BadParameter(_("A span of time is a number with w, d, h or m: 72h, 1d12h.")) from None


def _server(text: str) -> MailServer:
    try:
        return MailServer.read(text)
    except ValueError:
        raise typer.BadParameter(
            _("A mail server is HOST:PORT, such as 127.0.0.1:1025; practice mails do not leave this machine.")
        ) from None


def _checked(faults: list[str] | None) -> list[str] | None:
    try:
        for fault in faults or ():
            parse_fault(fault)
    except FaultError as error:
        raise typer.BadParameter(str(error)) from None
    return faults


def _list_faults(wanted: bool) -> None:
    if not wanted:
        return
    written = {kind.written(name): kind.words for name, kind in FAULTS.items()}
    for fault, words in written.items():
        console.say(f"{fault:<{max(map(len, written))}}  {words}")
    raise typer.Exit


def command(
    *,
    port: Port = 8025,
    shadow: Annotated[
        Literal["flat", "native"], typer.Option(metavar="flat|native", help=_("How the controls are built."))
    ] = "flat",
    star: Annotated[bool, typer.Option("--star/--no-star", help=_("Mark required labels with an asterisk."))] = True,
    attachments: Annotated[bool, typer.Option("--accept-files", help=_("Add a control for files."))] = False,
    variant: Annotated[
        int | None,
        typer.Option(metavar="SEED", help=_("Other words, another order and other screens of the form, by this seed.")),
    ] = None,
    state: Annotated[
        Path | None, typer.Option(metavar="FILE", help=_("Remember everything there; forgotten otherwise."))
    ] = None,
    clock: Annotated[
        timedelta,
        typer.Option(
            parser=_span,
            metavar="+SPAN",
            show_default=False,
            help=_("Move the desk's clock ahead: +72h, +1w; w, d, h and m are known."),
        ),
    ] = timedelta(),
    reply_after: Annotated[
        timedelta,
        typer.Option(
            parser=_span,
            metavar="SPAN",
            show_default="26h",
            help=_("When an agent answers: in the next office hours after it."),
        ),
    ] = timedelta(hours=26),
    review_after: Annotated[
        timedelta | None,
        typer.Option(parser=_span, metavar="SPAN", help=_("When a mail says that somebody looks into it; else none.")),
    ] = None,
    silent: Annotated[bool, typer.Option("--silent", help=_("Confirm, and then never answer."))] = False,
    smtp: Annotated[
        Any,  # a MailServer, whose module a mere `--help` does not load
        typer.Option(parser=_server, metavar="HOST:PORT", help=_("Mail server on this machine that gets all mails.")),
    ] = None,
    outbox: Annotated[Path | None, typer.Option(metavar="DIR", help=_("Keep all mails there as .eml files."))] = None,
    fault: Annotated[
        list[str] | None,
        typer.Option(
            callback=_checked,
            metavar="NAME[@STEP][=VALUE]",
            help=_("What goes wrong at hub, open, topic, tracking or submit; may be said more than once."),
        ),
    ] = None,
    list_faults: Annotated[  # noqa: ARG001 - its callback does it
        bool, typer.Option("--list-faults", callback=_list_faults, is_eager=True, help=_("List all faults and end."))
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
        console.say(_("Practice desk: {url}/  (Ctrl-C stops it)").format(url=url))
        username, password = PRACTICE_ACCOUNT
        words = _("Practice account: username {username}, password {password}")
        console.say(words.format(username=username, password=password))

    try:
        serve_forever(options, port, announce)
    except RecordsError:
        raise Misconfigured(
            _("The file named with --state cannot be used as the desk's memory."), hint=_("Name a new file.")
        ) from None
    except OSError:
        raise port_taken(port) from None
