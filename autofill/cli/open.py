"""The verb `autofill open`: the app in your browser, at its home, one inquiry or one recording."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from urllib.parse import quote

import typer

from autofill.cases.ledger.ledgers import LedgerPlaces
from autofill.cli.app_server import OpenIt, show_app
from autofill.cli.options import Ledger, Port, Recordings
from autofill.errors import FileMissing
from autofill.language import _
from autofill.orders.given import DEFAULT_RECORDINGS
from autofill.sources.source import YAML_ENDINGS
from autofill.web import PROFILES
from autofill.web.context import inquiry_name
from autofill.web.recording_store import RecordingStore


def command(
    what: Annotated[
        str | None,
        typer.Argument(
            metavar="[PROFILE|RECORDING]",
            help=_("Inquiry to write, or recording to show: its file, its folder or its name."),
        ),
    ] = None,
    *,
    last: Annotated[bool, typer.Option("--last", help=_("Open the newest recording."))] = False,
    profiles: Annotated[Path, typer.Option(metavar="DIR", help=_("Folder for inquiries."))] = PROFILES,
    recordings: Recordings = DEFAULT_RECORDINGS,
    ledger: Ledger = None,
    port: Port = 0,
    open_it: OpenIt = True,
) -> None:
    """Carry out `autofill open`."""
    if what and Path(what).is_dir():
        # A folder is shown among those beside it, wherever one is.
        recordings, what = Path(what).resolve().parent, Path(what).resolve().name
    if what and Path(what).suffix in YAML_ENDINGS and Path(what).is_file():
        profiles, page = Path(what).resolve().parent, f"/i/{quote(inquiry_name(Path(what)))}/write"
    else:
        page = _page_of(RecordingStore(recordings), what, last=last)
    places = LedgerPlaces.of(ledger, recordings)
    show_app(places, recordings, port, page=page, open_it=open_it, profiles=profiles)


def _page_of(store: RecordingStore, name: str | None, *, last: bool) -> str:
    if not name and not last:
        return "/"
    found = store.find(name) if name else next((entry for entry in store.entries() if entry.can_open), None)
    if found is None:
        raise FileMissing(
            _("No such recording in {folder}.").format(folder=store.path),
            hint=_(
                "Run `autofill open` without a name to see all of them, or choose another folder with --recordings."
            ),
        )
    return f"/r/{found.name}/"
