"""Reading of a page's texts: the orders in which a person may read them, and whether a picture shows the values."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final, TypeAlias

from autofill.events import ReadBack
from autofill.evidence.keeping.personal import PlannedValue, Search, fold
from autofill.evidence.keeping.pictures import Hidden, Photograph
from autofill.forms.control import ControlKind
from autofill.language import _
from autofill.page.texts import PageText, PageTexts

# Lines in the order in which they are read, each with its place among the texts of the page.
Reading: TypeAlias = list[tuple[int, str]]

# Letters that stand alone may be set in any order, across and down.
_LETTERS, _MANY_LETTERS = 2, 4
# Shorter values are inside other words.
_SHORT: Final = 8
# What was typed is on the page as it was typed; what was chosen may be shown by other words or signs.
_TYPED: Final[frozenset[ControlKind | None]] = frozenset({"text", "textarea", "typeahead"})
_UNWRITTEN: Final[frozenset[ControlKind | None]] = frozenset({"checkbox", "yes-no", "file"})


def readings(texts: Sequence[PageText]) -> Iterator[Reading]:
    """The texts in the page's own order, as they stand in rows, and in columns if there are letters by themselves."""
    yield [(number, text.text) for number, text in enumerate(texts)]
    as_drawn = [text.text[::-1] if text.backwards else text.text for text in texts]
    if any(text.backwards for text in texts):
        yield list(enumerate(as_drawn))
    drawn = [number for number, text in enumerate(texts) if text.drawn]
    yield [(number, as_drawn[number]) for number in _in_rows(drawn, texts)]
    if sum(len(texts[number].text.strip()) <= _LETTERS for number in drawn) >= _MANY_LETTERS:
        yield [(number, as_drawn[number]) for number in _in_rows(drawn, texts, across=False)]


def _in_rows(drawn: Iterable[int], texts: Sequence[PageText], *, across: bool = True) -> Iterator[int]:
    """Texts from left to right, row by row; or from top to bottom, column by column."""
    along, beside = (0, 1) if across else (1, 0)

    def middle(number: int) -> float:
        area = texts[number].area
        return area[beside] + area[beside + 2] / 2

    row: list[int] = []
    for number in sorted(drawn, key=middle):
        if row and middle(number) - middle(row[0]) > texts[row[0]].area[beside + 2] / 2:
            yield from sorted(row, key=lambda each: texts[each].area[along])
            row = []
        row.append(number)
    yield from sorted(row, key=lambda each: texts[each].area[along])


@dataclass(frozen=True, slots=True)
class Shown:
    """The values that a step read back, of which its picture has to show each."""

    values: Sequence[ReadBack]
    planned: Sequence[PlannedValue]

    def hidden_in(self, photograph: Photograph) -> Iterator[Hidden]:
        """Values that stand on the page and cannot be seen in the photograph, or that were typed and stand nowhere."""
        if photograph.page_texts is None:
            return
        kinds = {(value.field, value.name): value.kind for value in self.planned}
        found = _Places(photograph.page_texts)
        wanted = [value for value in self.values if value.planned and fold(value.found)]
        asked = Counter(fold(value.found) for value in wanted)
        for value in wanted:
            kind = kinds.get((value.field, value.name), "text")
            if kind in _UNWRITTEN:
                continue
            shown, unseen = 0, list[PageText]()
            for place in found.of(value.found):
                if all(photograph.page_texts.shows(line, photograph.area) for line in place):
                    shown += 1
                else:
                    unseen += place
            if shown < asked[fold(value.found)] and (unseen or (not shown and kind in _TYPED)):
                yield Hidden(value.name, tuple(unseen))


def lacks_of(photograph: Photograph, number: int) -> Iterator[str]:
    """What the pictures of a step lack, in words: `evidence` is missing, or a `picture` is less than it could be."""
    if photograph.page_texts is None:
        what = _("the places of the values in the screenshot of step {number} are not known").format(number=number)
        yield f"picture: {what}"
    if photograph.hidden:
        what = _("the screenshot of step {number} does not show what is in: {controls}")
        names = ", ".join(dict.fromkeys(each.name for each in photograph.hidden))
        yield f"evidence: {what.format(number=number, controls=names)}"
    if photograph.failed:
        what = _("the lower part of the screenshot of step {number} could not be taken").format(number=number)
        yield f"evidence: {what}"
    elif not photograph.complete:
        what = _("the page of step {number} is {height} pixels tall; its end is not shown")
        yield f"picture: {what.format(number=number, height=round(photograph.page_height))}"


class _Places:
    """Where values stand: each place is one control, or the lines that a text goes over."""

    def __init__(self, page_texts: PageTexts) -> None:
        self._texts = [text for text in page_texts.texts if not text.moved]
        self._controls: dict[str, list[PageText]] = {}
        self._lines: list[tuple[PageText, str]] = []
        for text in self._texts:
            if text.control:
                self._controls.setdefault(fold(text.text), []).append(text)
            elif text.node and not text.typed:
                self._lines.append((text, fold(text.text)))
        self._joined = "".join(folded for _line, folded in self._lines)
        self._starts = list(accumulate((len(folded) for _line, folded in self._lines), initial=0))

    def of(self, value: str) -> Iterator[tuple[PageText, ...]]:
        folded = fold(value)
        for control in self._controls.get(folded, ()):
            yield (control,)
        search = Search([value])
        at = self._joined.find(folded)
        while at >= 0:
            lines = self._lines[bisect_right(self._starts, at) - 1 : bisect_left(self._starts, at + len(folded))]
            if len(folded) >= _SHORT or (len(lines) == 1 and search.finds(lines[0][0].text)):
                yield tuple(line for line, _folded in lines)
            at = self._joined.find(folded, at + len(folded))
