"""`autofill replica`: serve the practice desk for a person."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from autofill import console
from autofill.errors import Misconfigured


def _checked(faults: list[str] | None) -> list[str] | None:
    from autofill.replica.faults import FaultError, parse_fault  # noqa: PLC0415

    try:
        for fault in faults or ():
            parse_fault(fault)
    except FaultError as error:
        raise typer.BadParameter(str(error)) from None
    return faults


def _list_faults(wanted: bool) -> None:
    if not wanted:
        return
    from autofill.replica.faults import FAULTS  # noqa: PLC0415

    written = {kind.written(name): kind.words for name, kind in FAULTS.items()}
    for fault, words in written.items():
        console.say(f"{fault:<{max(map(len, written))}}  {words}")
    raise typer.Exit


def command(
    *,
    port: Annotated[int, typer.Option(min=0, max=65535, metavar="N", help="Port on 127.0.0.1.")] = 8025,
    shadow: Annotated[
        Literal["flat", "native"], typer.Option(metavar="flat|native", help="How the controls are built.")
    ] = "flat",
    star: Annotated[bool, typer.Option("--star/--no-star", help="Mark required labels with an asterisk.")] = True,
    attachments: Annotated[bool, typer.Option("--attachments", help="Add a control for files.")] = False,
    outbox: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Keep confirmation mails there as .eml files.")
    ] = None,
    fault: Annotated[
        list[str] | None,
        typer.Option(
            callback=_checked,
            metavar="NAME[@STEP][=VALUE]",
            help="What goes wrong at hub, open, topic, tracking or submit; can be given more than once.",
        ),
    ] = None,
    list_faults: Annotated[  # noqa: ARG001 - its callback does it
        bool, typer.Option("--list-faults", callback=_list_faults, is_eager=True, help="List all faults and end.")
    ] = False,
) -> None:
    """Serve the practice desk on this machine until stopped with Ctrl-C."""
    from autofill.replica import ReplicaOptions, serve_forever  # noqa: PLC0415

    options = ReplicaOptions(
        shadow=shadow, star=star, attachments=attachments, outbox=outbox, faults=tuple(fault or ())
    )
    console.say(f"Practice desk: http://127.0.0.1:{port}/  (Ctrl-C stops it)")
    try:
        serve_forever(options, port)
    except OSError:
        raise Misconfigured(f"Port {port} is taken.", hint="Name another one with --port.") from None
