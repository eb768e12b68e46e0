"""A covered picture hides what is in its boxes and changes nothing else, or there is none."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image, PngImagePlugin

from autofill.errors import ExitCode, OurBug
from autofill.evidence.sharing.cover import SOLID, UnreadablePicture, covered


def picture(width: int = 40, height: int = 30) -> bytes:
    """Every pixel of another colour, and words in it that no viewer shows."""
    image = Image.new("RGB", (width, height))
    image.putdata([(x * 5 % 256, y * 7 % 256, 99) for y in range(height) for x in range(width)])
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", "Quetzalcoatlus")
    file = BytesIO()
    image.save(file, "PNG", pnginfo=words)
    return file.getvalue()


def pixels(png: bytes) -> Image.Image:
    return Image.open(BytesIO(png)).convert("RGB")


def test_boxes_are_solid_and_the_rest_is_untouched() -> None:
    before, after = pixels(picture()), pixels(covered(picture(), [(3, 4, 10, 9), (8, 6, 20, 30)]))
    for y in range(30):
        for x in range(40):
            inside = (3 <= x < 10 and 4 <= y < 9) or (8 <= x < 20 and 6 <= y < 30)
            assert after.getpixel((x, y)) == (SOLID if inside else before.getpixel((x, y)))


def test_nothing_but_pixels_is_taken_over() -> None:
    """Words in the file would be seen by whoever opens it with an editor."""
    assert b"Quetzalcoatlus" in picture()
    assert b"Quetzalcoatlus" not in covered(picture(), [(0, 0, 1, 1)])


@pytest.mark.parametrize("slip", ["beside", "faint", "outside"])
def test_a_box_that_is_not_as_it_has_to_be_is_found(slip: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever goes wrong while drawing, no picture comes of it."""
    paste = Image.Image.paste
    drawn: list[object] = []

    def wrong(self: Image.Image, colour: tuple[int, ...], box: tuple[int, int, int, int]) -> None:
        left, top, right, bottom = box
        if drawn:
            paste(self, colour, box)  # not the picture, but the comparison's own
            return
        drawn.append(box)
        match slip:
            case "beside":
                paste(self, colour, (left + 1, top, right + 1, bottom))
            case "faint":
                paste(self, (1, 0, 0), box)
            case "outside":
                paste(self, colour, box)
                self.putpixel((30, 20), (1, 2, 3))

    monkeypatch.setattr(Image.Image, "paste", wrong)
    with pytest.raises(OurBug) as caught:
        covered(picture(), [(3, 4, 10, 9)])
    assert caught.value.exit_code is ExitCode.OUR_BUG


@pytest.mark.parametrize("content", [b"", b"<svg/>", picture()[:60], picture()[:-30]])
def test_what_is_no_whole_picture_is_said(content: bytes) -> None:
    with pytest.raises(UnreadablePicture):
        covered(content, [(0, 0, 1, 1)])
