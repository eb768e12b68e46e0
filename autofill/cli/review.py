"""`autofill review`: look through the recordings in a local gallery."""

from __future__ import annotations

import webbrowser
from typing import Annotated

import typer

from autofill import console
from autofill.cli.options import DEFAULT_RECORDINGS, Ledger, Recordings, ledger_places, tell_taken_over
from autofill.errors import Misconfigured
from autofill.language import _


def command(
    *,
    recordings: Recordings = DEFAULT_RECORDINGS,
    ledger: Ledger = None,
    port: Annotated[int, typer.Option(min=0, max=65535, metavar="N", help=_("Port on 127.0.0.1; 0: any free."))] = 0,
    open_it: Annotated[bool, typer.Option("--open/--no-open", help=_("Open it in your browser."))] = True,
) -> None:
    """Show all recordings, newest first, with the pictures of their confirmations."""
    from autofill.web import serve_forever  # noqa: PLC0415
    from autofill.web.ledger_gateway import Notebook  # noqa: PLC0415

    def announce(url: str) -> None:
        console.say(_("Gallery: {url}  (Ctrl-C stops it)").format(url=url))
        if open_it and console.has_display():
            webbrowser.open(url)

    try:
        serve_forever(recordings, Notebook(ledger_places(ledger, recordings), tell_taken_over), port, announce)
    except OSError:
        raise Misconfigured(
            _("Port {port} is taken.").format(port=port), hint=_("Name another one with --port.")
        ) from None
