"""The verb `autofill review`: look through the recordings in a local gallery."""

from __future__ import annotations

import webbrowser
from typing import Annotated

import typer

from autofill import console
from autofill.cases.ledger.ledgers import LedgerPlaces
from autofill.cli.options import DEFAULT_RECORDINGS, Ledger, Port, Recordings, port_taken, tell_taken_over
from autofill.language import _
from autofill.web import serve_forever
from autofill.web.ledger_gateway import LedgerGateway


def command(
    *,
    recordings: Recordings = DEFAULT_RECORDINGS,
    ledger: Ledger = None,
    port: Port = 0,
    open_it: Annotated[bool, typer.Option("--open/--no-open", help=_("Open it in your browser."))] = True,
) -> None:
    """Carry out `autofill review`."""

    def announce(url: str) -> None:
        console.say(_("Gallery: {url}  (Ctrl-C stops it)").format(url=url))
        if open_it and console.has_display():
            webbrowser.open(url)

    gateway = LedgerGateway(LedgerPlaces.of(ledger, recordings), tell_taken_over)
    try:
        serve_forever(recordings, gateway, port, announce)
    except OSError:
        raise port_taken(port) from None
