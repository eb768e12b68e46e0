"""Options that several verbs share."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, MutableMapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from autofill import console
from autofill.errors import FileMissing, Misconfigured
from autofill.language import _
from autofill.orders.given import is_here, taken_over

if TYPE_CHECKING:
    from typer._click.core import Parameter

    from autofill.cases.ledger.ledgers import Ledgers

Json = Annotated[bool, typer.Option("--json", help=_("One JSON object a line on stdout."))]
Form = Annotated[str | None, typer.Option(metavar="NAME|FILE", help=_("Form map to use instead of the profile's."))]
Url = Annotated[str | None, typer.Option(metavar="URL", help=_("Another address of the form, on this computer."))]
Recordings = Annotated[
    Path, typer.Option(metavar="DIR", envvar="AUTOFILL_RECORDINGS", help=_("Folder for recordings."))
]
Browser = Annotated[
    str | None,
    typer.Option(
        metavar="PATH|CHANNEL|ws://...",
        envvar="AUTOFILL_BROWSER",
        help=_("Browser to use. Default: the first one found."),
    ),
]
DryRun = Annotated[
    bool,
    typer.Option(
        "--dry-run", help=_("Try it without effect: fill the practice site, not the real form (the default).")
    ),
]
ConfirmLive = Annotated[
    str | None,
    typer.Option(metavar="ORIGIN", help=_("For scripts: confirm in advance that the form at https://HOST is sent.")),
]
Until = Annotated[
    Literal["review", "submit"] | None,
    typer.Option(help=_("Stop before submitting: at the form's review page, or at the submit button.")),
]
Again = Annotated[bool, typer.Option("--again", help=_("Send again what was already sent. Needs --because."))]
Because = Annotated[str | None, typer.Option(metavar="TEXT", help=_("Reason for sending again."))]
Jobs = Annotated[int, typer.Option(min=1, max=16, metavar="N", help=_("Number of runs at the same time."))]
NoSandbox = Annotated[
    bool, typer.Option("--no-sandbox", help=_("Use the real form even as root, where Chromium has no sandbox."))
]
Profiles = Annotated[list[Path], typer.Argument(metavar="PROFILE", help=_("Inquiry profiles (YAML files)."))]
Port = Annotated[int, typer.Option(min=0, max=65535, metavar="N", help=_("Port on 127.0.0.1; 0 picks a free one."))]
Ledger = Annotated[
    str | None,
    typer.Option(
        metavar="URL|FILE",
        envvar="AUTOFILL_LEDGER",
        help=_("Ledger of what was sent."),
        show_default=_("your own; for practice, one in the recordings folder"),
    ),
]
Store = Annotated[
    str | None,
    typer.Option(
        metavar="DIR|s3://...",
        envvar="AUTOFILL_STORE",
        help=_("For workers: where inquiries wait and recordings are stored."),
    ),
]


# What an option that takes a path or something else says that it takes.
_OR_A_PATH = re.compile(r"\b(?:FILE|PATH|DIR)\b")
# Where a person's ledger, settings and sessions are (XDG Base Directory Specification).
_FOLDERS = {"XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"}


def expand_home(params: Iterable[Parameter], values: dict[str, Any]) -> None:
    """Put the home folder in the place of `~` in every path that a verb was given, by an option or a variable.

    A shell does so only at the beginning of a word, not in `--ledger=~/x`, nor in a variable that another program set.

    Args:
        params: What the verb takes.
        values: What it was given, by name; changed in place.

    Raises:
        Misconfigured: A path begins with `~` and a name that is nobody's here.
    """
    for param in params:
        if param.name in values:
            or_a_path = bool(_OR_A_PATH.search(param.metavar or ""))
            values[param.name] = _expanded(values[param.name], or_a_path=or_a_path)


def must_be_here(url: str | None) -> None:
    """Let pass only an address on this machine, or none.

    Raises:
        Misconfigured: It is another.
    """
    if url is not None and not is_here(url):
        raise Misconfigured(
            _("--url takes only addresses on this computer (http://127.0.0.1:PORT)."),
            hint=_("The real form's address is in its form map. Leave out --url."),
        )


def settle_folders(environment: MutableMapping[str, str]) -> None:
    """Make the same of the XDG variables wherever one stands: `~` is the home folder, and what is relative is void."""
    for name in _FOLDERS & environment.keys():
        folder = os.path.expanduser(environment[name])  # noqa: PTH111
        if os.path.isabs(folder):  # noqa: PTH117
            environment[name] = folder
        else:
            del environment[name]


def _home_in(path: str) -> str:
    expanded = os.path.expanduser(path)  # noqa: PTH111 - leaves alone what has no home, and does not raise
    if expanded.startswith("~") and not Path(expanded.partition("/")[0]).exists():
        raise Misconfigured(
            _("No home folder found for this path: {path}").format(path=path),
            hint=_("Write the whole path, or ./~NAME for a folder with this name here."),
        )
    return expanded


def _expanded(value: Any, *, or_a_path: bool) -> Any:
    match value:
        case Path():
            return Path(_home_in(str(value)))
        case str() if or_a_path:
            return _home_in(value)
        case list() | tuple():
            return type(value)(_expanded(each, or_a_path=or_a_path) for each in value)
    return value


@contextmanager
def known_ledgers(ledger: str | None, recordings: Path) -> Iterator[Ledgers]:
    """The ledgers there are, for verbs that look at what is in them: to look makes none.

    Raises:
        FileMissing: There is none.
    """
    from autofill.cases.ledger.ledgers import LedgerPlaces  # noqa: PLC0415 - `--help` needs no SQL

    places = LedgerPlaces.of(ledger, recordings)
    with places.known(tell_taken_over) as ledgers:
        if not ledgers:
            raise FileMissing(
                _("No ledger found: {file}.").format(file=places.practice),
                hint=_(
                    "Run this in the folder where you started it, or give the ledger: --recordings, "
                    "--ledger or AUTOFILL_LEDGER."
                ),
            )
        yield ledgers


def tell_taken_over(count: int) -> None:
    """Say that an older ledger's live runs are in the person's own now."""
    console.tell(taken_over(count))


def unreadable(file: str | Path, error: OSError, option: str) -> FileMissing:
    """The error for a file, named with an option, that cannot be read."""
    return FileMissing.unreadable(file, error, _("Choose another file with {option}.").format(option=option))


def port_taken(port: int) -> Misconfigured:
    """The error for a port that another program uses."""
    return Misconfigured(_("Port {port} is in use.").format(port=port), hint=_("Choose another port with --port."))
