"""One step as report and app show it, and the part of its picture that was filled. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, TypeAlias

from autofill.events import ReadBack
from autofill.evidence.keeping.boxes import Boxes

# Left, top, width and height in pixels of the picture: what SVG calls a view box.
Crop: TypeAlias = tuple[int, int, int, int]
_WIDEST: Final = 480
_MARGIN: Final = 24
# Width by height of a thumbnail.
_SHAPE: Final = (16, 10)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's place inside the recording; width and height are None for what cannot be shown."""

    place: str
    size: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class StepView:
    """One step and its pictures: a very tall page has several, one below the other; `ms` is 0 if not known.

    `crop` is the part of the first picture that a thumbnail shows, if there is one to show.
    """

    number: int
    name: str
    url: str
    ms: int
    pictures: tuple[Picture, ...]
    values: tuple[ReadBack, ...] = ()
    crop: Crop | None = None

    @property
    def matching(self) -> int:
        """How many of its values are as planned."""
        return sum(value.matches for value in self.values)


def crop_of(size: tuple[int, int] | None, values: Iterable[ReadBack], boxes: Boxes | None) -> Crop | None:
    """The part of a step's first picture that was filled: where its values begin; the top, if nobody knows where.

    Args:
        size: The picture's; None if there is none.
        values: What the step entered.
        boxes: Where planned values are seen in it.
    """
    if size is None or not all(size):
        return None
    width, height = size
    wanted = {(value.field, value.name) for value in values}
    found = [box for box in (boxes.boxes if boxes else ()) if box.tile == 1 and (box.field, box.name) in wanted]
    wide = min(width, _WIDEST) if found else width
    tall = min(height, wide * _SHAPE[1] // _SHAPE[0])
    left = min((box.x for box in found), default=0) - _MARGIN
    top = min((box.y for box in found), default=0) - _MARGIN
    return max(0, min(left, width - wide)), max(0, min(top, height - tall)), wide, tall
