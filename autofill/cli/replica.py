"""`autofill replica`: serve the practice desk for a person."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from autofill import console
from autofill.errors import Misconfigured


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
) -> None:
    """Serve the practice desk on this machine until stopped with Ctrl-C."""
    from autofill.replica import ReplicaOptions, serve_forever  # noqa: PLC0415

    options = ReplicaOptions(shadow=shadow, star=star, attachments=attachments, outbox=outbox)
    console.say(f"Practice desk: http://127.0.0.1:{port}/  (Ctrl-C stops it)")
    try:
        serve_forever(options, port)
    except OSError:
        raise Misconfigured(f"Port {port} is taken.", hint="Name another one with --port.") from None
