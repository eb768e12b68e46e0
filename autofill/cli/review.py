"""`autofill review`: look through the recordings in a local gallery."""

from __future__ import annotations

import webbrowser
from typing import Annotated

import typer

from autofill import console
from autofill.cli.options import DEFAULT_RECORDINGS, Recordings
from autofill.errors import Misconfigured


def command(
    *,
    recordings: Recordings = DEFAULT_RECORDINGS,
    port: Annotated[int, typer.Option(min=0, max=65535, metavar="N", help="Port on 127.0.0.1; 0: any free.")] = 0,
    open_it: Annotated[bool, typer.Option("--open/--no-open", help="Open it in your browser.")] = True,
) -> None:
    """Show all recordings, newest first, with the pictures of their confirmations."""
    from autofill.review import serve_forever  # noqa: PLC0415

    def announce(url: str) -> None:
        console.say(f"Gallery: {url}  (Ctrl-C stops it)")
        if open_it and console.has_display():
            webbrowser.open(url)

    try:
        serve_forever(recordings, port, announce)
    except OSError:
        raise Misconfigured(f"Port {port} is taken.", hint="Name another one with --port.") from None
