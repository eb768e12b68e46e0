"""Options that several verbs share, worded once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from autofill.language import _

Json = Annotated[bool, typer.Option("--json", help=_("One JSON object a line on stdout."))]
Form = Annotated[str | None, typer.Option(metavar="NAME|FILE", help=_("Form map to use, instead of the profile's."))]
Recordings = Annotated[
    Path, typer.Option(metavar="DIR", envvar="AUTOFILL_RECORDINGS", help=_("Where recordings are kept."))
]
Browser = Annotated[
    str | None,
    typer.Option(
        metavar="PATH|CHANNEL|ws://...",
        envvar="AUTOFILL_BROWSER",
        help=_("Browser to use, instead of looking for one."),
    ),
]
Profiles = Annotated[list[Path], typer.Argument(metavar="PROFILE...", help=_("Inquiry profiles (YAML files)."))]
DEFAULT_RECORDINGS = Path("recordings")
Ledger = Annotated[
    str | None,
    typer.Option(
        metavar="URL|FILE",
        envvar="AUTOFILL_LEDGER",
        help=_("Ledger of what was sent."),
        show_default=_("ledger.sqlite3 in the recordings folder"),
    ),
]


def ledger_of(ledger: str | None, recordings: Path) -> str | Path:
    """Where the ledger is: as named, otherwise beside the recordings."""
    return ledger or recordings / "ledger.sqlite3"
