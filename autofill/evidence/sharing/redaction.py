"""Redaction of a share copy: which fields to withhold, and their values taken out of texts."""

from __future__ import annotations

import base64
import html
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from autofill.evidence.keeping.boxes import UNKNOWN, PlannedControl
from autofill.evidence.keeping.personal import Search, Span, fold

# What one line of a page becomes in its source, or in a tree of roles.
_PIECE = re.compile(r'[^\n<>":\[\]]+')
# Tags, and the roles at the beginnings of a tree's lines: a value may be broken over several of them.
_MARKUP = re.compile(r"<[^>]*>|^\s*- \w+:?", re.MULTILINE)
_LABEL = re.compile(r"\[withheld(?:: [^\]]*)?\]")
# Escapes of scripts (four digits, or two after an x) and of styles (up to six, and a space that ends them).
_ESCAPED = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([0-9a-fA-F]{1,6})\s?)")
_HEX = re.compile(r"(?:[0-9a-fA-F]{2}){4,}")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{8,}")
_URL_SAFE = str.maketrans("-_", "+/")
# Percent signs may be escaped themselves; nobody does that more often.
_UNQUOTED = 9
# What is decoded as bytes is mostly noise, and in noise any two letters are found.
_NO_NOISE = 4


@dataclass(frozen=True, slots=True)
class Choice:
    """Which fields to withhold: `only` these, or everything personal; but not those to `keep`."""

    keep: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()

    def withholds(self, what: PlannedControl) -> bool:
        """Whether this control's value, or this place in a picture, must not be seen."""
        if what.field == UNKNOWN:
            return True
        return what.field not in self.keep and (what.field in self.only if self.only else what.personal)


def placeholder(name: str = "") -> str:
    """Text in the place of a value of this field."""
    return f"[withheld: {name}]" if name else "[withheld]"


@dataclass(frozen=True, slots=True)
class Redaction:
    """Redaction of values in texts, however they are spelled."""

    fields: tuple[str, ...]
    search: Search
    search_in_bytes: Search

    @classmethod
    def of(cls, values: Iterable[tuple[str, str]]) -> Redaction:
        """From pairs of a field's name and a value of it."""
        pairs = sorted(set(values))
        texts = [value for _, value in pairs]
        long = (text for text in texts if len(fold(text)) >= _NO_NOISE)
        return cls(tuple(name for name, _ in pairs), Search(texts), Search(long))

    def clean(self, text: str) -> str:
        """The text with each value replaced by the name of its field."""
        cleaned = _PIECE.sub(self._without_parts, self._replaced(text, self.search.spans(text)))
        # A number that markup takes apart is seen as a whole or not at all.
        return self._replaced(cleaned, self.search.tails(cleaned)) if self.is_clean(cleaned) else cleaned

    def _replaced(self, text: str, spans: Iterable[Span]) -> str:
        cleaned, done = "", 0
        for span in sorted(spans, key=lambda span: (span.start, -span.end)):
            if span.start >= done:  # those that overlap are one, named for the longest of those that begin first
                cleaned += text[done : span.start] + placeholder(self.fields[span.value])
            done = max(done, span.end)
        return cleaned + text[done:]

    def _without_parts(self, piece: re.Match[str]) -> str:
        part = self.search.of_which_part(piece[0])
        return piece[0] if part is None else placeholder(self.fields[part])

    def is_clean(self, text: str) -> bool:
        """Whether no value is left, not even in an encoding that `clean` does not see through."""
        text = _LABEL.sub(" ", text)
        forms = (_LABEL.sub(" ", form) for form in _decoded(text))
        return not (any(map(self.search.finds, forms)) or self.search_in_bytes.finds(_bytes_in(text)))


def _decoded(text: str) -> Iterator[str]:
    """The text, and what it says in other words: without markup, entities, percent signs, escapes."""
    yield text
    yield html.unescape(_MARKUP.sub(" ", text))
    yield html.unescape(text)
    inner = text
    for _ in range(_UNQUOTED):
        inner = unquote(inner)
    yield inner
    yield _ESCAPED.sub(lambda match: chr(min(int(match[1] or match[2] or match[3], 16), sys.maxunicode)), text)


def _bytes_in(text: str) -> str:
    """All that stands in the text as base64, from any of four letters on, or as hexadecimal digits; and much noise."""
    found = [bytes.fromhex(match[0]) for match in _HEX.finditer(text)]
    for match in _BASE64.finditer(text.translate(_URL_SAFE)):
        for shift in range(4):
            part = match[0][shift:]
            # A single letter more than whole groups of four says nothing.
            part = part[: len(part) - (len(part) % 4 == 1)]
            found.append(base64.b64decode(part + "=" * (-len(part) % 4)))
    return "\n".join(piece.decode(code, "replace") for piece in found for code in ("utf-8", "latin-1"))
