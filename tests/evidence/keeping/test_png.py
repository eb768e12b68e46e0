"""A PNG's size stands at its beginning; what is no PNG has none."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from autofill.evidence.keeping.png import PNG_HEAD, png_size


def picture(kind: str = "PNG") -> bytes:
    """A picture 60 pixels wide and 40 high."""
    file = BytesIO()
    Image.new("RGB", (60, 40)).save(file, kind)
    return file.getvalue()


def test_the_head_alone_tells_the_size() -> None:
    """Of a large file nothing more has to be read."""
    assert [png_size(content) for content in (picture(), picture()[:PNG_HEAD])] == [(60, 40)] * 2


@pytest.mark.parametrize("content", [b"", picture()[: PNG_HEAD - 1], picture()[1:], picture("GIF"), bytes(100)])
def test_what_is_no_png_has_no_size(content: bytes) -> None:
    """Neither a part of one nor another kind of picture."""
    assert png_size(content) == (0, 0)
