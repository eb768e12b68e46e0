"""The search for planned values in a photograph, and the boxes that mark them.

Too much is marked rather than too little.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, pairwise
from math import ceil, floor

from autofill.evidence.keeping.boxes import UNKNOWN, Box, Boxes, PictureSize, Place, PlannedControl
from autofill.evidence.keeping.personal import PlannedValue, Search, fold
from autofill.evidence.keeping.pictures import Photograph
from autofill.evidence.keeping.png import png_size
from autofill.evidence.keeping.reading import readings
from autofill.page.snapshot import Area
from autofill.page.texts import PageText

# Letters may stand out of their line a little, and pages are drawn at fractions of a pixel.
_MARGIN = 2
# A text with four digits, or with a time of day: a date, a case number, a version.
_CHANGING = re.compile(r"(?:\d\D*){4}|\d:\d\d")


def boxes_in(
    photograph: Photograph, paths: Sequence[str], values: Sequence[PlannedValue], pages: Sequence[PlannedControl] = ()
) -> Boxes:
    """Find the values in a photograph.

    Args:
        photograph: the pictures and what could be read in them.
        paths: where each of the pictures is kept.
        values: what was planned, and what pages made of it.
        pages: what the page is itself, if that is an account's.
    """
    sizes = [png_size(tile) for tile in photograph.tiles]
    scale = sizes[0][0] / max(photograph.area[2], 1)
    texts = photograph.page_texts.texts if photograph.page_texts else ()
    found = list(_found(texts, values))

    def places(text: PageText) -> Iterator[Place]:
        yield from _cut(text.area, photograph.area, scale, sizes) if text.drawn else ()

    boxes = {Box(**dict(what), **dict(place)) for what, text in found for place in places(text)}
    changing = {place for text in texts if _CHANGING.search(text.text) for place in places(text)}
    return Boxes(
        scale=scale,
        pictures=tuple(
            PictureSize(path=path, width=width, height=height)
            for path, (width, height) in zip(paths, sizes, strict=True)
        ),
        entered=(*dict.fromkeys(map(_control_of, values)), *pages),
        boxes=tuple(sorted(boxes, key=lambda box: (box.tile, box.y, box.x, box.field, box.name))),
        unplaced=tuple(dict.fromkeys(what for what, text in found if text.moved or (text.drawn and not text.sure))),
        changing=tuple(sorted(changing, key=lambda place: (place.tile, place.y, place.x, place.width))),
    )


def _control_of(value: PlannedValue) -> PlannedControl:
    return PlannedControl(field=value.field, name=value.name, kind=value.kind or "", personal=value.personal)


def _found(texts: Sequence[PageText], values: Sequence[PlannedValue]) -> Iterator[tuple[PlannedControl, PageText]]:
    """Personal values anywhere in the text of the page, also over several lines; choices where they are all of it."""
    personal = [value for value in values if value.personal]
    choices: dict[str, list[PlannedValue]] = {}
    for value in values:
        if not value.personal:
            choices.setdefault(fold(value.text), []).append(value)
    hit = set()
    search = Search(value.text for value in personal)
    for lines in readings(texts):
        starts = list(accumulate((len(line) + 1 for _, line in lines), initial=0))
        joined = "\n".join(line for _, line in lines)
        for span in chain(search.spans(joined), search.tails(joined)):
            # The lines that this stretch of the joined text touches.
            for place in range(bisect_right(starts, span.start) - 1, bisect_left(starts, span.end)):
                number = lines[place][0]
                hit.add(number)
                yield _control_of(personal[span.value]), texts[number]
    for number, line in enumerate(texts):
        for value in choices.get(fold(line.whole), ()) if choices and line.whole else ():
            hit.add(number)
            yield _control_of(value), line
        if number not in hit and (part := search.of_which_part(line.text)) is not None:
            hit.add(number)
            yield _control_of(personal[part]), line
        if line.typed and number not in hit:
            yield PlannedControl(field=UNKNOWN, name=UNKNOWN, kind="unknown", personal=True), line


def _cut(area: Area, pictured: Area, scale: float, sizes: Sequence[tuple[int, int]]) -> Iterator[Place]:
    """An area of the page as places in each picture that it is in, from top to bottom."""
    x, y, width, height = area
    left, top = (x - pictured[0]) * scale - _MARGIN, (y - pictured[1]) * scale - _MARGIN
    right = min(ceil(left + width * scale + 2 * _MARGIN), sizes[0][0])
    bottom = ceil(top + height * scale + 2 * _MARGIN)
    first_x, first_y = max(floor(left), 0), max(floor(top), 0)
    if right <= first_x or bottom <= 0:
        return
    edges = list(accumulate((height for _, height in sizes), initial=0))
    for tile, (above, below) in enumerate(pairwise(edges), 1):
        upper, lower = max(first_y, above), min(bottom, below)
        if upper < lower:
            yield Place(x=first_x, y=upper - above, width=right - first_x, height=lower - upper, tile=tile)
    if first_y >= edges[-1]:
        yield Place(x=first_x, y=first_y - edges[-1], width=right - first_x, height=bottom - first_y, tile=0)
