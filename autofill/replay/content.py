"""Recogniser of what was typed in what a page sends, however it is written. Pure.

A text is compared without anything but its letters and digits, case and width folded, so that no quoting, spacing or
joining hides it; encodings that browsers and scripts use are read layer by layer.
"""

from __future__ import annotations

import base64
import binascii
import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache
from typing import Final
from urllib.parse import unquote_to_bytes

# A shorter text may stand anywhere by chance; and so may a single word that is not long.
_SHORTEST: Final = 6
_LONG_WORD: Final = 10
_FEW_TEXTS: Final = 2
# A long text is looked for in pieces of this many letters; two of them are no chance.
_PIECE: Final = 12
_FEWEST_PIECES: Final = 2
# Layers of encoding that are read, texts that they may come to, and bytes of one request that are looked through.
_LAYERS: Final = 3
_MOST_READINGS: Final = 60
MOST_BYTES: Final = 4 * 1024 * 1024
# A longer text is not tried at every place where base64 may begin, nor in every encoding of letters.
_SMALL: Final = 128 * 1024
# Addresses and headers, which come again with every request, are shorter than this; bodies need not be kept.
_REMEMBERED: Final = 4 * 1024
_TOKEN: Final = re.compile(r"[A-Za-z0-9+/_-]{8,}={0,2}")
_HEX: Final = re.compile(r"(?:[0-9A-Fa-f]{2}){6,}")
_ESCAPE: Final = re.compile(r"\\(?:u\{?([0-9A-Fa-f]{1,6})\}?|x([0-9A-Fa-f]{2})|(.))", re.DOTALL)
# What can be read in bytes that are no text as a whole: runs of ASCII and of letters in UTF-8.
_RUN: Final = re.compile(rb"(?:[\t\n\r\x20-\x7e]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}){8,}")
_LETTERLESS: Final = re.compile(r"[\W_]+")
# Encodings of forms that do not use UTF-8, likeliest last: it reads anything.
_LEGACY: Final = ("euc-kr", "gb18030", "shift_jis", "utf-16-le", "cp1252")


class Amount(IntEnum):
    """How much of an inquiry something carries: nothing, a part, or its message or most of what is typed."""

    NOTHING = 0
    PART = 1
    INQUIRY = 2


@dataclass(frozen=True, slots=True)
class Carried:
    """What of the typed texts was found: for each field, the pieces of its text by number."""

    pieces: Mapping[str, frozenset[int]] = field(default_factory=dict)

    def __or__(self, other: Carried) -> Carried:
        names = self.pieces.keys() | other.pieces.keys()
        none: frozenset[int] = frozenset()
        return Carried({name: self.pieces.get(name, none) | other.pieces.get(name, none) for name in names})


class TypedContent:
    """What a run types, by field; `message` names the fields whose text is the inquiry by itself.

    What stands in `site_words`, too, is no sign of anything.
    """

    def __init__(
        self, texts: Mapping[str, str], message: frozenset[str] = frozenset({"message"}), site_words: str = ""
    ) -> None:
        theirs = _letters(site_words)
        self._whole = {name: whole for name, text in texts.items() if (whole := _letters(text)) not in theirs}
        self._pieces = {name: pieces for name in self._whole if (pieces := self._own_pieces(name))}
        self._message = message

    def _own_pieces(self, name: str) -> tuple[str, ...]:
        """Pieces of a text in which nothing of a shorter one stands: a letter may quote the order number, say."""
        mine = self._whole[name]
        shorter = {whole for whole in self._whole.values() if _SHORTEST <= len(whole) < len(mine)}
        for other in shorter:
            mine = mine.replace(other, "\n" * len(other))
        pieces = _pieces(self._whole[name])
        # A text of one piece is looked for as a whole.
        return pieces if len(pieces) == 1 else tuple(piece for piece in _pieces(mine) if "\n" not in piece)

    @property
    def known(self) -> bool:
        """Whether there is anything that can be recognised."""
        return bool(self._pieces)

    def carried_in(self, parts: Iterable[str | bytes]) -> Carried:
        """What of the typed texts stands in any of these, in any usual encoding."""
        if not self._pieces:
            return Carried()
        readings = [letters for part in parts for letters in _letters_of(part)]
        found = {
            name: frozenset(n for n, piece in enumerate(pieces) if any(piece in text for text in readings))
            for name, pieces in self._pieces.items()
        }
        return Carried({name: hits for name, hits in found.items() if hits and not self._inside_another(name, found)})

    def _inside_another(self, name: str, found: Mapping[str, frozenset[int]]) -> bool:
        """Whether a text is found because it is part of another: a name that stands in the e-mail address, say."""
        mine = self._whole[name]
        return any(
            len(hits) == len(self._pieces[other]) and mine in self._whole[other] and mine != self._whole[other]
            for other, hits in found.items()
        )

    def fields(self, carried: Carried) -> frozenset[str]:
        """Fields of which so much was found that it is no chance."""
        # Of a short text one piece is no chance.
        enough = {name: min(_FEWEST_PIECES, max(1, len(self._pieces[name]) // 2)) for name in carried.pieces}
        found = frozenset(name for name, hits in carried.pieces.items() if len(hits) >= enough[name])
        return found if len(found) > 1 or any(map(self._is_telling, found)) else frozenset()

    def _is_telling(self, name: str) -> bool:
        whole = self._whole[name]
        # The message counts, and where little is typed at all, every word.
        counts = name in self._message or len(self._pieces) <= _FEW_TEXTS
        return counts or len(whole) >= _LONG_WORD or not whole.isalpha()

    def amount(self, carried: Carried) -> Amount:
        """How much of the inquiry that is."""
        found = {name: self._length(name, carried.pieces[name]) for name in self.fields(carried)}
        if not found:
            return Amount.NOTHING
        whole = {name: self._length(name, range(len(pieces))) for name, pieces in self._pieces.items()}
        half = any(2 * found[name] >= whole[name] for name in self._message & found.keys())
        return Amount.INQUIRY if half or 2 * sum(found.values()) > sum(whole.values()) else Amount.PART

    def _length(self, name: str, pieces: Iterable[int]) -> int:
        return sum(len(self._pieces[name][piece]) for piece in pieces)


def _letters_of(part: str | bytes) -> Iterable[str]:
    """Every reading of a part, as it is compared; addresses and headers come again and again."""
    return _remembered(part) if len(part) < _REMEMBERED else map(_letters, readings_of(part))


@lru_cache(maxsize=256)
def _remembered(part: str | bytes) -> tuple[str, ...]:
    return tuple(map(_letters, readings_of(part)))


def is_readable(body: bytes) -> bool:
    """Whether a body can be looked through: it is text, and not too long."""
    if len(body) > MOST_BYTES:
        return False
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return False
    return not any(unicodedata.category(letter) == "Cc" and letter not in "\t\n\r" for letter in text[:4096])


def readings_of(written: str | bytes) -> Iterator[str]:
    """The text as it stands, and as it reads with one to three layers of encoding taken off."""
    texts = [written] if isinstance(written, str) else list(_decoded(written[:MOST_BYTES]))
    seen = set(texts)
    for _layer in range(_LAYERS):
        yield from texts
        inner = (inner for text in texts for inner in _peeled(text))
        texts = []
        for text in inner:
            if len(seen) >= _MOST_READINGS:
                break
            if text not in seen:
                seen.add(text)
                texts.append(text)
    yield from texts


def _peeled(text: str) -> Iterator[str]:
    """The text with one layer of encoding taken off, for each encoding that it may be in."""
    if "%" in text:
        yield from _decoded(unquote_to_bytes(text))
    if "\\" in text:
        yield _ESCAPE.sub(_unescaped, text)
    if "&" in text and ";" in text:
        yield html.unescape(text)
    # Words of a text are tokens too: only what is decoded at all four places is searched, as one text a place.
    tokens = [match[0] for match in _TOKEN.finditer(text)]
    for place in range(4 if len(text) < _SMALL else 1):
        joined = b"\n".join(_unbase64(token[place:]) for token in tokens)
        yield from _decoded(joined.strip(b"\n"))
    if hexed := b"\n".join(binascii.unhexlify(match[0]) for match in _HEX.finditer(text)):
        yield from _decoded(hexed)


def _unbase64(token: str) -> bytes:
    token = token.rstrip("=").replace("-", "+").replace("_", "/")
    return base64.b64decode(token[: len(token) - (len(token) % 4 == 1)] + "=" * (-len(token) % 4 % 3))


def _unescaped(match: re.Match[str]) -> str:
    code, byte, letter = match.groups()
    if letter is not None:
        return " " if letter in "nrtbf" else letter
    number = int(code or byte, 16)
    return chr(number) if number <= 0x10FFFF else ""


def _decoded(data: bytes) -> Iterator[str]:
    if not data:
        return
    try:
        yield data.decode()
    except UnicodeDecodeError:
        yield b"\n".join(_RUN.findall(data)).decode(errors="ignore")
        if len(data) < _SMALL:
            yield from (data.decode(encoding, errors="ignore") for encoding in _LEGACY)


def _letters(text: str) -> str:
    text = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return _LETTERLESS.sub("", text.casefold())


def _pieces(letters: str) -> tuple[str, ...]:
    """The letters of a text, in pieces where it is long; none where it is too short to tell."""
    if len(letters) < _FEWEST_PIECES * _PIECE:
        return (letters,) if len(letters) >= _SHORTEST else ()
    return tuple(letters[start : start + _PIECE] for start in range(0, len(letters) - _PIECE + 1, _PIECE))
