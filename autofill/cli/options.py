"""Options that several verbs share."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

from autofill.errors import FileMissing, Misconfigured
from autofill.language import _

Json = Annotated[bool, typer.Option("--json", help=_("One JSON object a line on stdout."))]
Form = Annotated[str | None, typer.Option(metavar="NAME|FILE", help=_("Form map to use, instead of the profile's."))]
Url = Annotated[str | None, typer.Option(metavar="URL", help=_("Another address of the form, on this machine."))]
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
Profiles = Annotated[list[Path], typer.Argument(metavar="PROFILE", help=_("Inquiry profiles (YAML files)."))]
Port = Annotated[int, typer.Option(min=0, max=65535, metavar="N", help=_("Port on 127.0.0.1; 0: any free."))]
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


_LOOPBACK = {"127.0.0.1", "localhost"}


def is_here(url: str) -> bool:
    """Whether an address is on this machine, without a user name that could disguise another host."""
    try:
        address = urlsplit(url)
    except ValueError:
        return False
    return address.scheme in {"http", "https"} and address.hostname in _LOOPBACK and "@" not in address.netloc


def as_words(given: Mapping[str, str | bool | None]) -> tuple[str, ...]:
    """Options as they are typed on a command line; empty ones are left out."""
    pairs = ((name,) if value is True else (name, value) for name, value in given.items() if value)
    return tuple(word for pair in pairs for word in pair)


def without_password(ledger: str) -> str:
    """A ledger's address without its password, or its path."""
    return re.sub(r"(?<=://)([^/@:]*):[^/@]*@", r"\1@", ledger)


def ledger_of(ledger: str | None, recordings: Path) -> str | Path:
    """Where the ledger is: as named, otherwise beside the recordings."""
    return ledger or recordings / "ledger.sqlite3"


def known_ledger(ledger: str | None, recordings: Path) -> str | Path:
    """Where the ledger is, for verbs that look at what is in it: to look makes none.

    Raises:
        FileMissing: There is none.
    """
    where = ledger_of(ledger, recordings)
    if "://" not in str(where) and not Path(where).exists():
        raise FileMissing(
            _("There is no ledger here: {file}.").format(file=where),
            hint=_("Go to the folder where you ran it, or name the ledger: --recordings, --ledger or AUTOFILL_LEDGER."),
        )
    return where


def unreadable(file: str | Path, error: OSError, option: str) -> FileMissing:
    """The error for a file, named with an option, that cannot be read."""
    return FileMissing.unreadable(file, error, _("Name another file with {option}.").format(option=option))


def port_taken(port: int) -> Misconfigured:
    """The error for a port that another program uses."""
    return Misconfigured(_("Port {port} is taken.").format(port=port), hint=_("Name another one with --port."))
