"""Wording: bytes and encoded words as letters, and letters as a reader sees them. Pure; nothing here fails.

What cannot be decoded becomes U+FFFD, and does not take the rest with it.
"""

from __future__ import annotations

import re
import unicodedata
from email.errors import HeaderParseError
from email.header import decode_header
from typing import Final

# Codecs of letters; others unpack, compute or take a long time.
_CHARSET: Final = re.compile(r"(?:utf|iso|latin|windows|cp|euc|gb|big5|shift|koi|mac|ks|johab|hz)")
_ENCODED_WORD: Final = re.compile(r"(=\?[^?\s]+\?[bqBQ]\?[^?]*\?=)")
# Soft hyphens, joiners, marks of direction, and what mailers fill the preview with: nobody sees them.
_UNSEEN: Final = re.compile(
    r"[\xad\u034f\u061c\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
_DASHES: Final = re.compile(r"[\u2010-\u2015\u2212]")


def decoded_text(content: bytes, charset: str) -> str:
    """Bytes as letters: as the mail says, or as mail programs guess where it says nothing, or less than the truth."""
    for name in (charset, charset.replace("windows-", "cp")):
        if _CHARSET.match(name):
            try:
                return content.decode(name, "replace")
            except (LookupError, ValueError):
                continue
    try:
        return content.decode()
    except ValueError:
        return content.decode("cp1252", "replace")


def decoded_header(value: str) -> str:
    """A header's text with its encoded words decoded; one that cannot be stays as it stands there."""
    pieces = _pieces(value)
    if pieces is None:
        pieces = [piece for word in _ENCODED_WORD.split(value) for piece in _pieces(word) or [(word, None)]]
    return " ".join("".join(_letters(*piece) for piece in pieces).encode(errors="replace").decode().split())


def folded(text: str) -> str:
    """A text as it is seen, without what is invisible; letters, dashes and blanks in plain form, a line a line."""
    shown = _DASHES.sub("-", unicodedata.normalize("NFKC", _UNSEEN.sub("", text)))
    lines = (" ".join(line.replace("\ufffd", " ").split()) for line in shown.splitlines())
    return "\n".join(filter(None, lines))


def _pieces(value: str) -> list[tuple[bytes | str, str | None]] | None:
    try:
        return list(decode_header(value))
    except (HeaderParseError, ValueError):
        return None


def _letters(piece: bytes | str, charset: str | None) -> str:
    if isinstance(piece, str):
        return piece
    # The library hands out what stands between encoded words in this codec.
    return decoded_text(piece, charset.lower()) if charset else piece.decode("raw-unicode-escape", "replace")
