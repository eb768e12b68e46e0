"""Addresses of pages: their origin, and what of them may be kept. Pure."""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qsl, urlsplit

_WITHHELD: Final = "…"


def origin_of(url: str) -> str:
    """Scheme, host and port of an address."""
    address = urlsplit(url)
    return f"{address.scheme}://{address.netloc}"


def without_query(url: str) -> str:
    """The address without query and fragment."""
    return origin_of(url) + urlsplit(url).path


def redact_url(url: str, known: str) -> str:
    """The address as a journal may hold it: without fragment and user, and without the values of its query.

    Sites put what was typed into the query of the next address; pictures and value tables keep that.

    Args:
        url: The page's address.
        known: The address the run began with; what its query says comes from a form map, and may stay.
    """
    address = urlsplit(url)
    if address.scheme not in {"http", "https"}:
        return f"{address.scheme}:"  # a `data:` address would be the page itself
    harmless = parse_qsl(urlsplit(known).query, keep_blank_values=True)
    pairs = parse_qsl(address.query, keep_blank_values=True)
    query = "&".join(_pair(name, value, known=(name, value) in harmless) for name, value in pairs)
    return address._replace(netloc=address.netloc.rpartition("@")[2], query=query, fragment="").geturl()


def _pair(name: str, value: str, *, known: bool) -> str:
    if known:
        return f"{name}={value}" if value else name
    # A name alone may be the whole of what was typed.
    return f"{name}={_WITHHELD}" if value else _WITHHELD
