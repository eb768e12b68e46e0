"""Everything that can be read on a page is found with its place, wherever the page hides it from its own scripts."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image
from playwright.async_api import Page

from autofill.evidence.keeping.pictures import Camera
from autofill.page.texts import PageText, replace_surrogates


async def read(page: Page, html: str) -> dict[str, PageText]:
    """The places of a page by their text."""
    await page.set_content(f"<body style='margin: 0; font: 16px sans-serif'>{html}")
    return {place.text.strip(): place for place in await places_of(page)}


async def places_of(page: Page) -> tuple[PageText, ...]:
    page_texts = (await Camera(page).take()).page_texts
    assert page_texts is not None
    return page_texts.texts


async def test_a_line_is_where_it_is_seen(page: Page) -> None:
    """Scrolled, transformed, in a box of its own that scrolls: as in a picture of the whole page."""
    html = """<div style="height: 1500px"></div><p id="a">Below</p>
      <div style="overflow: auto; height: 60px"><div style="height: 40px"></div><b id="b">Inside</b><p>x<br>y<br>z</div>
      <div style="transform: translate(50px, 20px)"><i id="c">Moved</i></div>"""
    await page.set_content(html)
    places = await read(page, html)
    await page.evaluate("scrollTo(0, 700)")
    moved = {place.text: place for place in await places_of(page)}
    for name, text in (("a", "Below"), ("b", "Inside"), ("c", "Moved")):
        box = await page.evaluate(
            "name => { const b = document.getElementById(name).getBoundingClientRect(); return [b.x, b.y + scrollY] }",
            name,
        )
        assert abs(places[text].area[1] - box[1]) < 3
        assert abs(places[text].area[0] - box[0]) < 3
        assert moved[text] == places[text]


@pytest.mark.parametrize("side", ["top", "bottom"])
@pytest.mark.parametrize("scrolled", [0, 700])
async def test_a_fixed_line_is_where_the_picture_shows_it(side: str, scrolled: int, page: Page) -> None:
    """It follows the window, which a picture of the whole page has its own idea of: only the picture counts."""
    await page.set_content(
        f"""<body style="margin: 0; background: #fff"><div style="height: 2500px"></div>
        <b style="position: fixed; {side}: 40px; left: 30px; background: #f00; color: #f00">Fixed</b>"""
    )
    await page.evaluate("y => scrollTo(0, y)", scrolled)
    taken = await Camera(page).take()
    assert taken.page_texts is not None
    (area,) = (place.area for place in taken.page_texts.texts if place.text == "Fixed")
    green = Image.open(BytesIO(taken.tiles[0])).convert("RGB").getchannel("G")
    x, y, width, height = area
    assert Image.eval(green, lambda level: 255 - level).getbbox() == pytest.approx((x, y, x + width, y + height), abs=1)


async def test_a_text_over_several_lines_is_as_many_places(page: Page) -> None:
    """Each knows the whole; letters that take two units are not cut apart."""
    places = await read(page, "<p style='width: 80px'>Several \N{GRINNING FACE} words here</p>")
    assert set(places) == {"Several", "\N{GRINNING FACE} words", "here"}
    assert {place.whole for place in places.values()} == {"Several \N{GRINNING FACE} words here"}


async def test_controls_hold_what_they_hold(page: Page) -> None:
    """Inputs, text areas, lists, files; locked ones are the page's own words, buttons and boxes too."""
    places = await read(
        page,
        """<input value="typed"><textarea>long\ntext</textarea><input value="site" readonly>
        <input type="submit" value="Go"><select><option>One<option selected>Two</select>
        <input type="checkbox" value="box"><input type="hidden" value="h"><input type="file" id="file">""",
    )
    assert {text: place.typed for text, place in places.items()} == {
        "typed": True,
        "long\ntext": True,
        "site": False,
        "Go": False,
        "Two": False,
    }
    await page.set_input_files("#file", {"name": "receipt.txt", "mimeType": "text/plain", "buffer": b"x"})
    again = await places_of(page)
    assert "receipt.txt" in [place.text for place in again if place.typed]


async def test_closed_shadows_and_frames_are_seen_into(page: Page) -> None:
    """What is in a frame is anywhere in it."""
    await page.set_content(
        "<div id=host></div><iframe srcdoc='<p>Framed</p><iframe srcdoc=&quot;Deep&quot;>'></iframe>"
    )
    await page.evaluate("host.attachShadow({mode: 'closed'}).innerHTML = '<p>Shadowed</p>'")
    await page.frames[-1].wait_for_load_state()
    places = {place.text: place for place in await places_of(page)}
    assert {"Shadowed", "Framed", "Deep"} <= set(places)
    frame = await page.locator("iframe").first.bounding_box()
    assert frame is not None
    assert places["Framed"].area == places["Deep"].area == tuple(frame.values())


async def test_what_is_not_drawn_is_not_there(page: Page) -> None:
    """Hidden elements, and the pages of hidden frames."""
    html = "<p style='display: none'>Gone</p><iframe style='display: none' srcdoc='Away'></iframe><p>Here</p>"
    assert set(await read(page, html)) == {"Here"}


async def test_a_page_cannot_deceive_its_reader(page: Page) -> None:
    """It may take the document's own means away; the browser answers all the same."""
    html = "<script>document.querySelectorAll = () => []; Element.prototype.getClientRects = () => []</script><p>Seen"
    assert "Seen" in await read(page, html)


@pytest.mark.parametrize(
    ("text", "whole"),
    [("a\ud83d", "a\ufffd"), ("\ude00b", "\ufffdb"), ("\N{GRINNING FACE} 王", "\N{GRINNING FACE} 王"), ("", "")],
)
def test_halves_of_letters_are_marked(text: str, whole: str) -> None:
    """What no file can hold becomes the replacement character; everything else stays."""
    assert replace_surrogates(text) == whole
