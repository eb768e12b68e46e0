"""Serving the app until it is stopped, with a browser sent to one of its pages. For the verbs that open it."""

from __future__ import annotations

import sys
import webbrowser
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Annotated

import typer
from platformdirs import user_state_path

from autofill import console
from autofill.cases.ledger.ledgers import LedgerPlaces
from autofill.cli.options import port_taken, tell_taken_over
from autofill.language import _
from autofill.shell import has_display
from autofill.web import PROFILES, RunningApp, serve_forever
from autofill.web.ledger_gateway import LedgerGateway

OpenIt = Annotated[bool, typer.Option("--open/--no-open", help=_("Open it in your browser."))]


def show_app(
    places: LedgerPlaces, recordings: Path, port: int, *, page: str, open_it: bool, profiles: Path = PROFILES
) -> None:
    """Serve the app until it is stopped, and open one of its pages.

    Raises:
        Misconfigured: The port is taken.
    """
    with ExitStack() as until_the_end:

        def announce(app: RunningApp) -> None:
            words = _("autofill: {url}  (this address works once; Ctrl-C stops it)")
            console.say(words.format(url=app.new_address(page)))
            if open_it and sys.stdout.isatty() and has_display():
                with suppress(OSError):  # then there is the address above
                    webbrowser.open(until_the_end.enter_context(_private_page(app.new_address(page))))

        try:
            serve_forever(recordings, LedgerGateway(places, tell_taken_over), port, announce, profiles=profiles)
        except OSError:
            raise port_taken(port) from None


@contextmanager
def _private_page(address: str) -> Iterator[str]:
    """A file that leads to an address, and that only this user can read: all can read how a browser is started."""
    folder = user_state_path("autofill")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with NamedTemporaryFile("w", dir=folder, prefix="open-", suffix=".html") as page:
        page.write(f'<meta http-equiv="refresh" content="0; url={address}">\n')
        page.flush()
        yield Path(page.name).as_uri()
