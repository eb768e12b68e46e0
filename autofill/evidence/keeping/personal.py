"""Personal values, and the search for them in texts, however they are spelled. Pure.

What a person typed is personal; words of the site that they chose from are not. This is the one place with that rule.
"""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from urllib.parse import quote

from autofill.evidence.keeping.inquiry_copy import InquiryCopy, texts_in
from autofill.forms.control import TYPED, ControlKind
from autofill.inquiry.fields import trail_of

# Shorter values are inside other words ("Jo" in "major", "Maria" in "Mariana"), so only whole words count as them.
_SHORT, _SHORT_WORD = 5, 8
# A part of a value counts by itself from this length on: a message's last line is often "Thank you", and so is the
# heading of the page that confirms it.
_LONG_PART = 10
# Telephone numbers are shown with and without country code and leading zero; the end is always the same.
_NUMBER, _NUMBER_END = 9, 7
# Pages also say "ends in 8490", or show some digits of it: as many by themselves are enough anywhere in the number.
_DIGITS = re.compile(r"(?<!\w)\d(?:[ .\u00a0-]?\d){3,}(?!\w)")
_FEW_DIGITS = 6
# A page may show less than was typed ("Portland, OR 97205" of a whole address, or a text cut off with dots): a line
# with a digit or such an end, at least this long, that is part of a value. Without these marks every label that
# somebody's message mentions would count.
_LONG_ENOUGH = 8
_CUT_OFF = ("…", "...")
_PARTS = re.compile(r"[\n,;@]|(?<=[.!?])\s")


class _Folding(dict[int, str]):
    """Table of letters without case, accents and width; everything but letters and digits is removed."""

    def __missing__(self, letter: int) -> str:
        decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", chr(letter)).casefold())
        self[letter] = "".join(sign for sign in decomposed if sign.isalnum())
        return self[letter]


_FOLDING = _Folding()


def fold(text: str) -> str:
    """Letters and digits alone, so that "(415) 555-0132" and "4155550132" are the same."""
    return text.translate(_FOLDING)


@dataclass(frozen=True, slots=True)
class PlannedValue:
    """One value of the plan: the inquiry's field, the control's name and kind, and what goes into it."""

    field: str
    name: str
    kind: ControlKind | None
    text: str

    @property
    def personal(self) -> bool:
        """Whether the person's own words are in it."""
        return self.kind in TYPED and not (self.kind is None and self.text in {"yes", "no"})


def planned_values(field: str, name: str, kind: ControlKind | None, text: str) -> Iterator[PlannedValue]:
    """What one control takes: one value, or one for each file, of which pages see the name without its folder."""
    texts = (
        {text} if kind != "file" else {part for line in text.splitlines() for part in (line, line.rpartition("/")[2])}
    )
    return (PlannedValue(field, name, kind, each) for each in sorted(texts))


def whole_of(field: str) -> set[str]:
    """A field, and the field that it is a part of."""
    return {field, ".".join(trail_of(field)[:-1]) or field}


def unasked_values(inquiry: InquiryCopy, typed: Set[str]) -> Iterator[PlannedValue]:
    """Values in a person's own words that no control takes, as `typed` fields are: a page may know and show them."""
    for field, text in texts_in(inquiry.fields):
        if not whole_of(field) & typed and inquiry.is_own_words(field):
            yield PlannedValue(field, "", "text", text)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text, `start` to before `end`, that shows a value; `value` is its place among those looked for."""

    value: int
    start: int
    end: int


class Search:
    """Search for texts, each with its parts and its escaped spellings, in other texts."""

    def __init__(self, texts: Iterable[str]) -> None:
        looked_for = list(texts)
        self._wholes = [fold(text) for text in looked_for]
        self._numbers = [
            (number, whole) for number, whole in enumerate(self._wholes) if len(whole) >= _NUMBER and whole.isdecimal()
        ]
        self._needles = [
            (number, needle, _needs_edges(needle))
            for number, text in enumerate(looked_for)
            for needle in sorted(_spellings(text))
        ]

    def spans(self, text: str) -> Iterator[Span]:
        """Where they stand, in no order; spans may overlap."""
        folded = fold(text)
        origins: list[int] = []
        for number, needle, edged in self._needles:
            at = folded.find(needle)
            while at >= 0:
                origins = origins or [place for place, letter in enumerate(text) for _sign in _FOLDING[ord(letter)]]
                start, end = origins[at], origins[at + len(needle) - 1] + 1
                if not edged or _is_word(text, start, end):
                    yield Span(number, start, end)
                at = folded.find(needle, at + 1)

    def tails(self, text: str) -> Iterator[Span]:
        """Where digits of a long number stand by themselves, as in "ends in 8490"."""
        for digits in _DIGITS.finditer(text) if self._numbers else ():
            shown = fold(digits[0])
            for number, whole in self._numbers:
                if whole.endswith(shown) or (len(shown) >= _FEW_DIGITS and shown in whole):
                    yield Span(number, digits.start(), digits.end())

    def of_which_part(self, text: str) -> int | None:
        """The text that this line is part of, by its place among those looked for."""
        folded = fold(text)
        marked = any(letter.isdecimal() for letter in folded) or text.rstrip().endswith(_CUT_OFF)
        if len(folded) < _LONG_ENOUGH or not marked:
            return None
        return next((number for number, whole in enumerate(self._wholes) if folded in whole), None)

    def finds(self, text: str) -> bool:
        """Whether any of them stands in the text."""
        return next(self.spans(text), None) is not None


def _needs_edges(needle: str) -> bool:
    """Scripts that do not put spaces between words have no edges to look for."""
    return needle.isascii() and len(needle) < (_SHORT_WORD if needle.isalpha() else _SHORT)


def _is_word(text: str, start: int, end: int) -> bool:
    """Whether a stretch of text stands alone, or has only the "s" of a genitive behind it."""
    behind = text[end : end + 2].removeprefix("s")
    return not (text[max(start - 1, 0) : start].isalnum() or behind[:1].isalnum())


def _spellings(text: str) -> set[str]:
    """What to look for, folded: the whole, its long parts, the end of a number, and how source texts escape them."""
    parts = {fold(part) for part in _PARTS.split(text)}
    found = {part for part in parts if len(part) >= _LONG_PART}
    whole = fold(text)
    if whole.isdecimal() and len(whole) >= _NUMBER:
        found.add(whole[-_NUMBER_END:])
    if "@" in text:
        found.add(fold(text.replace("@", " at ").replace(".", " dot ")))
    escaped = (html.escape(text), quote(text, errors="replace"), json.dumps(text)[1:-1])
    return {spelling for spelling in found | {whole, *map(fold, escaped)} if spelling}
