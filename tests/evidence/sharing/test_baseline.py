"""Screenshots beside saved ones: what people see is found, what they do not see is not, and nothing else is deleted."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from autofill.errors import Misconfigured
from autofill.evidence.sharing.baseline import Baseline
from autofill.evidence.sharing.comparison import difference_between
from autofill.evidence.sharing.masked import MaskedPicture

WHITE, BLACK = (255, 255, 255), (0, 0, 0)


def page(text: str = "Message", *, size: tuple[int, int] = (240, 120), shift: float = 0, colour: int = 0) -> bytes:
    """A page with one line of text."""
    image = Image.new("RGB", size, WHITE)
    ImageDraw.Draw(image).text((20 + shift, 40), text, fill=(colour, colour, colour), font_size=16)
    file = BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def picture(file: str, content: bytes | None, *areas: tuple[int, int, int, int]) -> MaskedPicture:
    return MaskedPicture(file, file, content, areas)


@pytest.mark.parametrize(
    ("now", "share"),
    [
        (page("Massage"), 0.001),
        (page("Message."), 0.0005),
        (page("Message", colour=90), 0.005),
        (page("Message", shift=4), 0.005),
    ],
    ids=["one letter", "a full stop", "grey", "moved"],
)
def test_what_people_see_is_found(now: bytes, share: float) -> None:
    found = difference_between(page(), now, [])
    assert found is not None
    assert share < found.share < 0.1


@pytest.mark.parametrize("now", [page(), page("Message", colour=30)], ids=["the same", "a shade"])
def test_what_nobody_sees_is_not(now: bytes) -> None:
    assert difference_between(page(), now, []) is None


def test_smoothed_edges_are_no_difference() -> None:
    """The same letters, each pixel mixed a little with its neighbours, as another machine may draw them."""
    with Image.open(BytesIO(page())) as before:
        blurred = Image.blend(before, before.resize((480, 240)).resize((240, 120)), 0.5)
    file = BytesIO()
    blurred.save(file, "PNG")
    assert file.getvalue() != page()
    assert difference_between(page(), file.getvalue(), []) is None


def test_masked_areas_of_either_do_not_count() -> None:
    assert difference_between(page(), page("Another"), [(15, 35, 120, 65)]) is None
    assert difference_between(page(), page("Another"), [(15, 35, 40, 65)]) is not None


def test_another_size_is_a_difference() -> None:
    found = difference_between(page(), page(size=(240, 160)), [])
    assert found is not None
    assert (found.before, found.after) == ((240, 120), (240, 160))
    # A quarter of the new page was not there.
    assert found.share == pytest.approx(0.25, abs=0.01)


def test_a_baseline_is_saved_compared_and_saved_again(tmp_path: Path) -> None:
    folder = tmp_path / "contact"
    empty = Baseline.at(folder)
    assert [each.state for each in empty.compare([picture("a.png", page())], whole=True)] == ["new"]
    empty.save(
        [picture("a.png", page()), picture("b.png", page("b"), (1, 2, 3, 4)), picture("c.png", None)], "chromium"
    )
    assert sorted(file.name for file in folder.iterdir()) == ["a.png", "b.png", "baseline.json"]

    kept = Baseline.at(folder)
    assert kept.kept.pictures[1].masked == ((1, 2, 3, 4),)
    now = [picture("a.png", page("Massage")), picture("c.png", None), picture("d.png", page())]
    assert [(each.file, each.state) for each in kept.compare(now, whole=True)] == [
        ("a.png", "changed"),
        ("c.png", "withheld"),
        ("d.png", "new"),
        ("b.png", "gone"),
    ]
    assert "gone" not in [each.state for each in kept.compare(now, whole=False)]

    (folder / "notes.txt").write_text("mine", "utf-8")
    kept.save(now, "chromium")
    assert sorted(file.name for file in folder.iterdir()) == ["a.png", "baseline.json", "d.png", "notes.txt"]
    assert [each.state for each in Baseline.at(folder).compare(now, whole=True)] == ["same", "withheld", "same"]


@pytest.mark.parametrize(
    "text",
    ["", "{}", '{"schema":"autofill.baseline/1","pictures":[{"file":"../../a.png","name":"a"}]}'],
    ids=["empty", "nothing", "outside"],
)
def test_a_baseline_that_cannot_be_read_is_said(text: str, tmp_path: Path) -> None:
    (tmp_path / "baseline.json").write_text(text, "utf-8")
    if text == "{}":
        assert Baseline.at(tmp_path).kept.pictures == ()
        return
    with pytest.raises(Misconfigured):
        Baseline.at(tmp_path)


def test_a_damaged_screenshot_is_said(tmp_path: Path) -> None:
    Baseline.at(tmp_path).save([picture("a.png", page())], "chromium")
    (tmp_path / "a.png").write_bytes(b"no picture")
    with pytest.raises(Misconfigured):
        list(Baseline.at(tmp_path).compare([picture("a.png", page())], whole=True))
