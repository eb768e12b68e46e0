"""The verb `autofill review`: the app of `autofill open`, at its list of recordings."""

from __future__ import annotations

from autofill.cases.ledger.ledgers import LedgerPlaces
from autofill.cli.app_server import OpenIt, show_app
from autofill.cli.options import Ledger, Port, Recordings
from autofill.orders.given import DEFAULT_RECORDINGS


def command(
    *, recordings: Recordings = DEFAULT_RECORDINGS, ledger: Ledger = None, port: Port = 0, open_it: OpenIt = True
) -> None:
    """Carry out `autofill review`."""
    show_app(LedgerPlaces.of(ledger, recordings), recordings, port, page="/recordings", open_it=open_it)
