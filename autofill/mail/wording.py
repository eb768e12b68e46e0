"""Wording: bytes and encoded words as letters, and letters as a reader sees them. Pure; nothing here fails.

What cannot be decoded becomes U+FFFD, and does not take the rest with it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from email.errors import HeaderParseError
from email.header import decode_header
from typing import Final

# Codecs of letters; others unpack, compute or take a long time.
_CHARSET: Final = re.compile(r"(?:utf|iso|latin|cp|euc|gb|big5|shift|koi|mac|ks|johab|hz|tis)")
_OF_BYTES: Final = re.compile(r"(?:iso-?8859|latin|cp(?:437|8[57]\d|125\d)|koi|mac|tis)")
# Whoever says the first writes letters of the second, too, and readers know it (WHATWG, Encoding).
_WIDER: Final[Mapping[str, str]] = {
    "iso-8859-1": "cp1252", "latin1": "cp1252", "iso-8859-9": "cp1254", "iso-8859-8-i": "iso-8859-8",
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "gb_2312-80": "gb18030", "big5": "big5hkscs",
    "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "ks_c_5601": "cp949", "tis-620": "cp874", "iso-8859-11": "cp874",
    "shift_jis": "cp932", "shift-jis": "cp932", "x-sjis": "cp932", "sjis": "cp932", "windows-31j": "cp932",
}  # fmt: skip
_ENCODED_WORD: Final = re.compile(r"(=\?[^?\s]+\?[bqBQ]\?[^?]*\?=)")
# Soft hyphens, joiners, marks of direction, and what mailers fill the preview with: nobody sees them.
_UNSEEN: Final = re.compile(
    r"[\xad\u034f\u061c\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
_DASHES: Final = re.compile(r"[\u2010-\u2015\u2212]")


def decoded_text(content: bytes, charset: str) -> str:
    """Bytes as letters: as the mail says, or as mail programs guess where it says nothing, or what is not so."""
    named = charset.replace("windows-", "cp")
    wider = _WIDER.get(named, named)
    # Whatever is right as UTF-8 is that: of codecs in which every byte is a letter, none would ever be wrong.
    codecs = ("utf-8", wider) if _OF_BYTES.match(wider) else (named, "utf-8", wider)
    for codec in filter(_CHARSET.match, codecs):
        with suppress(LookupError, ValueError):
            return content.decode(codec)
    text = content.decode("utf-8", "replace")
    if _CHARSET.match(wider):
        with suppress(LookupError, ValueError):
            text = content.decode(wider, "replace")
    # Letters called UTF-8 of which none are: they are the other usual kind.
    return text if re.search(r"[^\x00-\x7f\ufffd]", text) else content.decode("cp1252", "replace")


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
