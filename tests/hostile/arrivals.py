"""What arrived at a hostile site's sockets, and which of the typed values it carries, in every usual way to write them.

Shares nothing with the program's own way of telling: it is what that is checked against.
"""

from __future__ import annotations

import base64
import binascii
import gzip
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import unquote_plus

# Wrapped at most as often as a page that means it would: base64 of a form in an address, for instance.
_LAYERS = 4
_TOKEN = re.compile(r"[A-Za-z0-9+/_-]{12,}={0,2}")
_HEX = re.compile(r"(?:[0-9a-fA-F]{2}){6,}")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
# So many of a text's words tell that it is there, whatever became of its line breaks and quotes.
_MOST = 0.6
# And so many that a part of it is.
_FEWEST = 5


def words_of(text: str) -> frozenset[str]:
    """What a text is known by: its words of four letters and more, and the digits of a number."""
    return frozenset(re.findall(r"[^\W_]{4,}", text.casefold()))


@dataclass(slots=True)
class Arrival:
    """A request, a stream, a socket's frames or a datagram: all its bytes, when they came, and whether it was taken."""

    what: str
    data: bytearray
    to: str = "here"
    taken: bool = True
    _came: list[tuple[datetime, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._came.append((datetime.now(UTC), len(self.data)))

    def add(self, data: bytes) -> None:
        """More of it came."""
        self.data += data
        self._came.append((datetime.now(UTC), len(self.data)))

    def carries(self, typed: Mapping[str, str], end: int | None = None) -> frozenset[str]:
        """The fields whose values are in it, or in its first bytes."""
        return self._found(typed, end, lambda wanted, words: len(wanted & words) >= _MOST * len(wanted))

    def touches(self, typed: Mapping[str, str]) -> frozenset[str]:
        """The fields of whose values a part is in it."""
        return self._found(typed, None, lambda wanted, words: len(wanted & words) >= min(_FEWEST, len(wanted)))

    @property
    def can_be_held(self) -> bool:
        """Whether it came as a request that a browser lets its owner hold; sockets and speculation do not."""
        head = self.data.lower()
        # A link's prefetch has the same purpose, but is no navigation.
        speculative = b"sec-purpose: prefetch" in head and b"sec-fetch-mode: navigate" in head
        return b"sec-websocket-key:" not in head and not speculative

    def is_inquiry(self, typed: Mapping[str, str], end: int | None = None) -> bool:
        """Whether it carries the message, or most of what was typed."""
        found = self.carries(typed, end)
        return "message" in found or len(found) > len(typed) / 2

    def at(self, typed: Mapping[str, str]) -> datetime:
        """When it began to carry the inquiry, or else anything."""
        return next((when for when, end in self._came if self.is_inquiry(typed, end)), self._came[0][0])

    def _found(
        self, typed: Mapping[str, str], end: int | None, enough: Callable[[frozenset[str], frozenset[str]], bool]
    ) -> frozenset[str]:
        seen = [words_of(text) for text in readings(bytes(self.data[:end]))]
        wanted = {name: words_of(value) for name, value in typed.items()}
        return frozenset(name for name, words in wanted.items() if words and any(enough(words, each) for each in seen))


def readings(data: bytes) -> set[str]:
    """Everything that these bytes can be read as."""
    found: set[str] = set()
    new = {data.decode("utf-8", "replace"), *_unpacked(data)}
    for _layer in range(_LAYERS):
        found |= new
        new = {each for text in new for each in _decoded(text)} - found
    return found | new


def _unpacked(data: bytes) -> Iterator[str]:
    for start in (match.start() for match in re.finditer(rb"\x1f\x8b\x08", data)):
        try:
            yield gzip.decompress(data[start:]).decode("utf-8", "replace")
        except (OSError, EOFError, zlib.error):
            continue
    if data.count(0) > len(data) / 8:
        yield data.replace(b"\0", b"").decode("utf-8", "replace")


def _decoded(text: str) -> Iterator[str]:
    if "%" in text or "+" in text:
        yield unquote_plus(text)
    if "\\" in text:
        plain = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
        yield plain.replace("\\n", "\n").replace('\\"', '"').replace("\\\\", "\\")
    for match in _TOKEN.finditer(text):
        yield from _of_base64(match[0])
    for match in _HEX.finditer(text):
        yield from _bytes_read(bytes.fromhex(match[0]))


def _of_base64(token: str) -> Iterator[str]:
    token = token.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        data = base64.b64decode(token[: len(token) - (len(token) % 4 == 1)] + "=" * (-len(token) % 4))
    except (ValueError, binascii.Error):
        return
    yield from _bytes_read(data)


def _bytes_read(data: bytes) -> Iterator[str]:
    text = data.decode("utf-8", "replace")
    if text.count("\ufffd") < len(text) / 8:  # anything may look like base64; what was typed is no noise
        yield text
    yield from _unpacked(data)
