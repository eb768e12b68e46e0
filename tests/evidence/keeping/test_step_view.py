"""The part of a picture that a thumbnail shows: what was filled, and never more than there is."""

from __future__ import annotations

import pytest

from autofill.events import ReadBack
from autofill.evidence.keeping.boxes import Box, Boxes, PictureSize
from autofill.evidence.keeping.step_view import Crop, crop_of

CITY = ReadBack("City", "contact.address.city", "Seoul", "Seoul", matches=True)


def boxes(*places: tuple[int, int], field: str = "contact.address.city", tile: int = 1) -> Boxes:
    """Boxes of one field, each at its left and top."""
    found = [
        Box(field=field, name="City", kind="text", personal=True, x=x, y=y, width=99, height=20, tile=tile)
        for x, y in places
    ]
    picture = PictureSize(path="data/steps/1.png", width=900, height=1300)
    return Boxes(scale=1, pictures=(picture,), entered=(), boxes=tuple(found))


@pytest.mark.parametrize(
    ("size", "found", "crop"),
    [
        ((900, 1300), boxes((100, 400), (80, 700)), (56, 376, 480, 300)),
        ((900, 1300), boxes((5, 5)), (0, 0, 480, 300)),
        ((900, 1300), boxes((850, 1290)), (420, 1000, 480, 300)),
        ((300, 120), boxes((100, 40)), (0, 0, 300, 120)),
        ((900, 1300), boxes((100, 400), field="contact.email"), (0, 0, 900, 562)),
        ((900, 1300), boxes((100, 400), tile=2), (0, 0, 900, 562)),
        ((900, 1300), boxes((10**30, -(10**30))), (420, 0, 480, 300)),
        ((900, 1300), None, (0, 0, 900, 562)),
        (None, boxes((100, 400)), None),
        ((0, 10), None, None),
    ],
    ids=["filled", "corner", "end", "small", "elsewhere", "below", "hostile", "unknown", "no picture", "empty"],
)
def test_a_thumbnail_shows_where_the_values_begin(size: Crop, found: Boxes | None, crop: Crop | None) -> None:
    assert crop_of(size[:2] if size else None, [CITY], found) == crop
