"""What options are given as: addresses, paths and words. Imported by every verb, so it imports next to nothing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from autofill.errors import Misconfigured
from autofill.language import _, plural

DEFAULT_RECORDINGS: Final = Path("recordings")
_LOOPBACK: Final = {"127.0.0.1", "localhost"}


def name_of(profile: Path) -> str:
    """A profile's path as files and JSON can hold it: of a letter that is only half there, its code."""
    return str(profile).encode(errors="backslashreplace").decode()


def is_here(url: str) -> bool:
    """Whether an address is on this machine, without a user name that could disguise another host."""
    try:
        address = urlsplit(url)
    except ValueError:
        return False
    return address.scheme in {"http", "https"} and address.hostname in _LOOPBACK and "@" not in address.netloc


def must_be_address(url: str | None) -> None:
    """Let pass only the address of a page, or none.

    Raises:
        Misconfigured: it is something else.
    """
    try:
        address = urlsplit("http://127.0.0.1" if url is None else url)
        is_one = address.scheme in {"http", "https"} and bool(address.hostname)
    except ValueError:
        is_one = False
    if not is_one:
        words = _("--url must be the address of a page, and this is none: {url}")
        raise Misconfigured(words.format(url=url), hint=_("Write all of it, such as https://HOST/PATH."))


def as_words(given: Mapping[str, str | bool | None]) -> tuple[str, ...]:
    """Options as they are typed on a command line; empty ones are left out."""
    pairs = ((name,) if value is True else (name, value) for name, value in given.items() if value)
    return tuple(word for pair in pairs for word in pair)


def taken_over(count: int) -> str:
    """The words for an older ledger's live runs that are in the person's own now."""
    words = plural(
        "{n} live run of an earlier version is in your own ledger now.",
        "{n} live runs of an earlier version are in your own ledger now.",
        count,
    )
    return words.format(n=count)
