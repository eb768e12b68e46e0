"""The verb `autofill review`: look through the recordings in a local gallery."""

from __future__ import annotations

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
from autofill.cli.options import DEFAULT_RECORDINGS, Ledger, Port, Recordings, port_taken, tell_taken_over
from autofill.language import _
from autofill.web import RunningGallery, serve_forever
from autofill.web.ledger_gateway import LedgerGateway


def command(
    *,
    recordings: Recordings = DEFAULT_RECORDINGS,
    ledger: Ledger = None,
    port: Port = 0,
    open_it: Annotated[bool, typer.Option("--open/--no-open", help=_("Open it in your browser."))] = True,
) -> None:
    """Carry out `autofill review`."""
    with ExitStack() as until_the_end:

        def announce(gallery: RunningGallery) -> None:
            words = _("Gallery: {url}  (works once; Ctrl-C stops the gallery)")
            console.say(words.format(url=gallery.new_address()))
            if open_it and console.has_display():
                with suppress(OSError):  # then there is the address above
                    webbrowser.open(until_the_end.enter_context(_private_page(gallery.new_address())))

        gateway = LedgerGateway(LedgerPlaces.of(ledger, recordings), tell_taken_over)
        try:
            serve_forever(recordings, gateway, port, announce)
        except OSError:
            raise port_taken(port) from None


@contextmanager
def _private_page(address: str) -> Iterator[str]:
    """A file that leads to an address, and that only this user can read: all can read how a browser is started."""
    folder = user_state_path("autofill")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with NamedTemporaryFile("w", dir=folder, prefix="gallery-", suffix=".html") as page:
        page.write(f'<meta http-equiv="refresh" content="0; url={address}">\n')
        page.flush()
        yield Path(page.name).as_uri()
