"""Wherever a picture shows a planned value there is a box; where it shows none, the page stays readable."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Page

from autofill.evidence.keeping.box_search import boxes_in
from autofill.evidence.keeping.boxes import UNKNOWN, Box, Boxes
from autofill.evidence.keeping.personal import PlannedValue
from autofill.evidence.keeping.pictures import Camera, Photograph
from autofill.page.snapshot import Area
from autofill.page.texts import PageText, PageTexts

NAME = PlannedValue("contact.last_name", "Last Name", "text", "Quetzalcoatlus")
PHONE = PlannedValue("contact.phone", "Phone", "text", "(415) 555-0177")
MESSAGE = PlannedValue("message", "Message", "textarea", "My rhinoceros figurine never came.\nThank you")
KOREAN = PlannedValue("contact.first_name", "First Name", "text", "길동")
TOPIC = PlannedValue("topic", "Topic", "combobox", "Where is my package?")
VALUES = (NAME, PHONE, MESSAGE, KOREAN, TOPIC)
PAGE = """<body style="margin: 9px; font: 16px sans-serif">
  <h1 id="free-1">Thank you for contacting us</h1>
  <label id="free-2">Last Name <input id="name" value="QUETZALCOATLUS"></label>
  <p id="free-3">Your phone:</p> <p><span id="phone-1">415</span>-<span id="phone-2">555 0177</span></p>
  <p id="topic">Where is my package?</p> <p id="free-4">Where is my package? Ask us.</p>
  <p style="width: 90px" id="message">My rhinoceros figurine never came. Thank you</p>
  <p id="inside">Dear Mr Quetzalcoatlus, hello</p><p id="korean">홍길동님</p>
  <p><input id="other" value="what nobody planned"></p><p><input value="70775444" readonly id="free-5"></p>
  <div id="host"></div>"""

WHERE = "e => { const {x, y, width, height} = e.getBoundingClientRect(); return {x, y, width, height} }"


async def look(page: Page, html: str = PAGE) -> tuple[Boxes, dict[str, dict[str, float]]]:
    """The boxes of a page, and where the browser says that its elements are."""
    await page.set_content(html)
    await page.evaluate("host.attachShadow({mode: 'open'}).innerHTML = '<b id=shadowed>Mr. quetzalcoatlus</b>'")
    names = set(re.findall(r"id=\"?([a-z0-9-]+)", html)) | {"shadowed"}
    areas = {name: await page.locator(f"#{name}").evaluate(WHERE) for name in names}
    photograph = await Camera(page).take()
    return boxes_in(photograph, ["data/steps/0001-a.png"], VALUES), areas


def over(boxes: Boxes, area: dict[str, float]) -> list[Box]:
    """The boxes that touch an element."""
    right, bottom = area["x"] + area["width"], area["y"] + area["height"]
    return [
        box
        for box in boxes.boxes
        if box.x < right and box.y < bottom and box.x + box.width > area["x"] and box.y + box.height > area["y"]
    ]


async def test_every_value_has_its_box(page: Page) -> None:
    """In a control, in a longer text, over several elements or lines, in a shadow, in another case, in any script."""
    boxes, areas = await look(page)
    expected = {
        "name": "contact.last_name",
        "phone-1": "contact.phone",
        "phone-2": "contact.phone",
        "topic": "topic",
        "message": "message",
        "inside": "contact.last_name",
        "korean": "contact.first_name",
        "shadowed": "contact.last_name",
        "other": UNKNOWN,
    }
    assert {name: {box.field for box in over(boxes, areas[name])} for name in expected} == {
        name: {field} for name, field in expected.items()
    }


async def test_a_box_covers_all_of_its_value(page: Page) -> None:
    """A control as a whole, and each line of a text from its first letter to its last."""
    boxes, areas = await look(page)
    for name in ("name", "shadowed", "other"):
        (box,) = over(boxes, areas[name])
        assert box.x <= areas[name]["x"]
        assert box.x + box.width >= areas[name]["x"] + areas[name]["width"]
        assert box.y <= areas[name]["y"]
        assert box.y + box.height >= areas[name]["y"] + areas[name]["height"]
    lines = {(box.y, box.height) for box in over(boxes, areas["message"])}
    assert len(lines) >= 4


async def test_labels_and_headings_stay_free(page: Page) -> None:
    """Also the heading that a message ends with the words of, and a locked control with the site's own number."""
    boxes, areas = await look(page)
    assert {name: over(boxes, areas[name]) for name in areas if name.startswith("free") and name != "free-2"} == {
        f"free-{number}": [] for number in (1, 3, 4, 5)
    }
    label = areas["free-2"] | {"width": areas["name"]["x"] - areas["free-2"]["x"] - 4}
    assert over(boxes, label) == []


async def test_a_box_says_whose_it_is(page: Page) -> None:
    """And the file what was entered at all, and of which pictures it speaks; no value stands in it."""
    boxes, areas = await look(page)
    (topic,) = over(boxes, areas["topic"])
    assert (topic.name, topic.kind, topic.personal, topic.tile) == ("Topic", "combobox", False, 1)
    (other,) = over(boxes, areas["other"])
    assert (other.kind, other.personal) == ("unknown", True)
    assert [(each.field, each.personal) for each in boxes.entered][-1] == ("topic", False)
    assert [(size.path, size.width, size.height) for size in boxes.pictures] == [("data/steps/0001-a.png", 1280, 960)]
    written = boxes.model_dump_json()
    assert Boxes.model_validate_json(written) == boxes
    assert not re.search("quetzal|rhino|0177|길동|planned", written, re.IGNORECASE)


def photograph(places: list[PageText], area: Area = (0, 0, 100, 300), heights: tuple[int, ...] = (300,)) -> Photograph:
    """A photograph of which only the sizes matter."""
    header = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
    width = int(area[2])
    tiles = tuple(header + width.to_bytes(4, "big") + height.to_bytes(4, "big") for height in heights)
    return Photograph(tiles, area, 300, PageTexts(tuple(places), ()))


def placed(area: Area, **how: object) -> list[tuple[int, int, int, int, int]]:
    """Boxes of one value at this place of the page."""
    taken = photograph([PageText(NAME.text, area, NAME.text)], **how)  # type: ignore[arg-type]
    boxes = boxes_in(taken, [str(number) for number, _ in enumerate(taken.tiles)], [NAME])
    return [(box.x, box.y, box.width, box.height, box.tile) for box in boxes.boxes]


@pytest.mark.parametrize(
    ("area", "heights", "boxes"),
    [
        ((10, 20, 30, 10), (300,), [(8, 18, 34, 14, 1)]),
        ((10.5, 20.5, 30.2, 10.2), (300,), [(8, 18, 35, 15, 1)]),
        ((0, 0, 100, 300), (300,), [(0, 0, 100, 300, 1)]),
        ((90, 95, 30, 10), (100, 200), [(88, 93, 12, 7, 1), (88, 0, 12, 7, 2)]),
        ((10, 310, 30, 10), (300,), [(8, 8, 34, 14, 0)]),
        ((-50, 20, 30, 10), (300,), []),
        ((120, 20, 30, 10), (300,), []),
    ],
    ids=["inside", "fractions", "all", "over an edge", "below all", "left of it", "right of it"],
)
def test_boxes_fit_their_pictures(
    area: Area, heights: tuple[int, ...], boxes: list[tuple[int, int, int, int, int]]
) -> None:
    """Outwards to whole pixels, with a margin, cut at each picture's edges; below them it is no picture's."""
    assert placed(area, heights=heights) == boxes


def test_boxes_follow_the_scale_and_the_corner_of_the_picture() -> None:
    """A window on a page that was scrolled, drawn at twice its size."""
    (taken,) = photograph([]).tiles
    double = taken[:16] + (200).to_bytes(4, "big") + (600).to_bytes(4, "big")
    name = PageText(NAME.text, (10, 1020, 30, 10), NAME.text)
    seen = Photograph((double,), (0, 1000, 100, 300), 2000, PageTexts((name,), ()))
    boxes = boxes_in(seen, ["a.png"], [NAME])
    assert [(box.x, box.y, box.width, box.height) for box in boxes.boxes] == [(18, 38, 64, 24)]
    assert boxes.scale == 2
