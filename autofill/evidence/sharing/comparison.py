"""Comparison of two screenshots of a page, as people would: what only smooths the edge of a letter does not count."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import Final, TypeAlias

from PIL import Image, ImageChops, ImageFilter

from autofill.evidence.sharing.cover import SOLID, Corners, opened_picture

Size: TypeAlias = tuple[int, int]
# Levels, of 255, by which a colour may differ: smoothed edges are drawn a little differently by another machine.
_LEVELS: Final = 40
# A square of so many pixels a side differs if at least so many of its pixels do.
_SQUARE, _PIXELS = 4, 3
_RED: Final = (214, 40, 40)


@dataclass(frozen=True, slots=True)
class Difference:
    """Difference between two screenshots: the new one in grey, with what changed in red, and the `share` of it (0-1).

    `before` and `after` are width and height in pixels.
    """

    picture: bytes
    share: float
    before: Size
    after: Size


def difference_between(kept: bytes, now: bytes, masked: Iterable[Corners]) -> Difference | None:
    """What differs outside of the `masked` areas of either; None if nothing does.

    Raises:
        UnreadablePicture: One of them is no PNG.
    """
    before, after = opened_picture(kept), opened_picture(now)
    size = max(before.width, after.width), max(before.height, after.height)
    changed = _changed(_on_canvas(before, size), _on_canvas(after, size))
    for area in _beyond(before.size, after.size, size):
        changed.paste(255, area)
    for area in masked:
        changed.paste(0, area)
    squares = changed.reduce(_SQUARE).point([255 * (level * _SQUARE**2 >= 255 * _PIXELS) for level in range(256)])
    count = squares.histogram()[255]
    if not count and before.size == after.size:
        return None
    share = count / (squares.width * squares.height)
    return Difference(_drawn(_on_canvas(after, size), squares), share, before.size, after.size)


def _changed(before: Image.Image, after: Image.Image) -> Image.Image:
    """A picture that is white where any of the three colours differs, and black elsewhere."""
    red, green, blue = ImageChops.difference(before, after).split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return most.point([255 * (level > _LEVELS) for level in range(256)])


def _on_canvas(picture: Image.Image, size: Size) -> Image.Image:
    canvas = Image.new("RGB", size, SOLID)
    canvas.paste(picture, (0, 0))
    return canvas


def _beyond(before: Size, after: Size, size: Size) -> Iterable[Corners]:
    """What only one of the two has."""
    yield min(before[0], after[0]), 0, *size
    yield 0, min(before[1], after[1]), *size


def _drawn(after: Image.Image, squares: Image.Image) -> bytes:
    faded = Image.blend(after.convert("L").convert("RGB"), Image.new("RGB", after.size, (255, 255, 255)), 0.55)
    # A little around it, so that a full stop can be found.
    around = squares.filter(ImageFilter.MaxFilter(3))
    size = squares.width * _SQUARE, squares.height * _SQUARE
    mask = around.resize(size, Image.Resampling.NEAREST).crop((0, 0, *after.size))
    faded.paste(Image.blend(faded, Image.new("RGB", after.size, _RED), 0.6), (0, 0), mask)
    file = BytesIO()
    faded.save(file, "PNG")
    return file.getvalue()
