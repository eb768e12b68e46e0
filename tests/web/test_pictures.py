"""Pictures: small copies of real ones, and nothing unfolds that only says it is one."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from autofill.web.pictures import size_of, thumbnail
from tests.web.conftest import bomb, png


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "picture.png"


def opened(small: bytes | None) -> Image.Image:
    assert small is not None
    return Image.open(io.BytesIO(small))


def test_a_thumbnail_is_the_top_of_the_page_and_small(file: Path) -> None:
    """A page of many screens is cropped, not squeezed."""
    page = Image.new("RGB", (1280, 6000), "white")
    page.paste("red", (0, 0, 1280, 800))
    page.save(file)

    small = opened(thumbnail(file))

    assert (small.format, small.size) == ("WEBP", (640, 400))
    # A WebP is not exact: red all over is red to a few parts in a hundred.
    assert {round(value / 64) for value in small.convert("RGB").tobytes()[0::3]} == {4}
    assert {round(value / 64) for value in small.convert("RGB").tobytes()[1::3]} == {0}


def test_a_low_picture_stays_as_low_as_it_is(file: Path) -> None:
    """Nothing is added to what was there, and nothing is enlarged."""
    file.write_bytes(png(300, 20))

    assert opened(thumbnail(file)).size == (300, 20)


def test_a_picture_that_changed_is_drawn_anew(file: Path) -> None:
    """What is remembered belongs to one state of the file."""
    file.write_bytes(png(100, 50))
    first = thumbnail(file)
    file.write_bytes(png(90, 50, "black"))

    assert opened(first).size == (100, 50)
    assert opened(thumbnail(file)).size == (90, 50)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x89PNG\r\n\x1a\n",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>window.__pwned=1</script></svg>",
        b"<html><script>window.__pwned=1</script>",
        b"GIF89a" + bytes(100),
        bomb(),
        bomb(1, 1 << 31),
        bomb(0, 100),
    ],
    ids=["empty", "mark", "svg", "html", "gif", "bomb", "tower", "flat"],
)
def test_what_is_no_picture_of_ours_is_none(file: Path, content: bytes) -> None:
    """Other kinds of files, and pictures of gigabytes, are not opened at all."""
    file.write_bytes(content)

    assert size_of(file) is None
    assert thumbnail(file) is None


def test_a_damaged_picture_has_a_size_and_no_thumbnail(file: Path) -> None:
    """The header is whole, the rest is not."""
    file.write_bytes(png(100, 50)[:60])

    assert size_of(file) == (100, 50)
    assert thumbnail(file) is None


def test_a_picture_that_is_gone_is_none(file: Path) -> None:
    """It may be purged between the list and its pictures."""
    assert size_of(file) is None
    assert thumbnail(file) is None
