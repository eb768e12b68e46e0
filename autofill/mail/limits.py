"""Limits: how much of a mail any parser gets to see, counted on its bytes beforehand. Pure.

Parsers of mails take the square of what they are given: a folded header or parts within parts keep them for minutes.
"""

from __future__ import annotations

import re
from typing import Final

# A mail with all its attachments, as most servers take it; in bytes.
LARGEST: Final = 25 * 1024**2
# Of a mailbox, the newest.
MOST_LOOKED_AT: Final = 10_000
HEADER: Final = 64 * 1024
# What a mail has to say stands in front of its attachments.
READ: Final = 1024**2
MOST_HEADER_LINES: Final = 1000
MOST_LINES: Final = 50_000
MOST_PARTS: Final = 500
MOST_BOUNDARIES: Final = 20
MOST_INNER_MAILS: Final = 20
# To check its signature, every line of a mail is looked at; one of the largest size has 350,000.
MOST_SIGNED_LINES: Final = 500_000
_HEADER_END: Final = re.compile(rb"\r?\n\r?\n")
_PART: Final = re.compile(rb"[\r\n]--")


def header_of(raw: bytes) -> bytes:
    """A mail's header, up to the empty line."""
    return _HEADER_END.split(raw, maxsplit=1)[0]


def start_of_header(raw: bytes) -> bytes:
    """As much of a mail's header as may be parsed, for a first look at it."""
    return b"\n".join(header_of(raw[:HEADER]).split(b"\n")[:MOST_HEADER_LINES])


def is_within_limits(raw: bytes) -> bool:
    """Whether a mail may be parsed: header, lines, parts and what their depth comes from are few enough."""
    header, read = header_of(raw[: HEADER + 4]), raw[:READ]
    return (
        len(header) <= HEADER
        and _lines(header) <= MOST_HEADER_LINES
        and _lines(read) <= MOST_LINES
        and _lines(raw) <= MOST_SIGNED_LINES
        and len(_PART.findall(read)) <= MOST_PARTS
        and read.lower().count(b"boundary") <= MOST_BOUNDARIES
        and read.lower().count(b"message/") <= MOST_INNER_MAILS
    )


def _lines(raw: bytes) -> int:
    # A lonely carriage return ends a line for the parser, too.
    return max(raw.count(b"\n"), raw.count(b"\r"))
