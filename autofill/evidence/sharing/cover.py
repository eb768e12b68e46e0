"""Picture cover: solid boxes over parts of a PNG, checked pixel by pixel."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Final, TypeAlias

from PIL import Image, ImageChops

from autofill.errors import OurBug
from autofill.language import _

# Left, top, and the first column and row after it, in pixels.
Corners: TypeAlias = tuple[int, int, int, int]
SOLID: Final = (0, 0, 0)
_UNTOUCHED: Final = (0, 0, 0)


class UnreadablePicture(Exception):
    """A PNG that cannot be decoded."""


def covered(picture: bytes, areas: Sequence[Corners]) -> bytes:
    """The picture with these areas blackened, as a new PNG: nothing but its pixels is taken over.

    Raises:
        UnreadablePicture: it cannot be read.
        OurBug: the new picture shows something in an area, or differs from the old one outside.
    """
    before = opened_picture(picture)
    after = Image.frombytes("RGB", before.size, before.tobytes())
    for area in areas:
        after.paste(SOLID, area)
    file = BytesIO()
    after.save(file, "PNG")
    _check(before, opened_picture(file.getvalue()), areas)
    return file.getvalue()


def opened_picture(picture: bytes) -> Image.Image:
    """A PNG's pixels.

    Raises:
        UnreadablePicture: It cannot be read.
    """
    try:
        with Image.open(BytesIO(picture), formats=["PNG"]) as image:
            return image.convert("RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise UnreadablePicture from None


def _check(before: Image.Image, after: Image.Image, areas: Sequence[Corners]) -> None:
    difference = ImageChops.difference(before, after)
    for left, top, right, bottom in areas:
        inside = after.crop((left, top, right, bottom)).getcolors(1)
        if inside != [((right - left) * (bottom - top), SOLID)]:
            raise OurBug(_("A box over a screenshot is not solid. No copy was made."), hint=_("Please report it."))
        difference.paste(_UNTOUCHED, (left, top, right, bottom))
    if difference.getbbox() is not None:
        raise OurBug(_("A screenshot changed outside its boxes. No copy was made."), hint=_("Please report it."))
