"""Pictures show the whole page, from top to bottom, without loss."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page

from autofill.evidence.keeping import pictures
from autofill.evidence.keeping.pictures import MOST_TILES, TALLEST, WIDEST, Camera
from autofill.evidence.keeping.png import png_size

WIDTH, HEIGHT = 1280, 960


# The browser's own decoder; it fails on half a picture.
LOOK = """async ([picture, places]) => {
  const image = new Image();
  image.src = 'data:image/png;base64,' + picture;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d');
  canvas.drawImage(image, 0, 0);
  const colour = (y) => [...canvas.getImageData(9, y, 1, 1).data].slice(0, 3);
  return {size: [image.width, image.height], colours: places.map(colour)};
}"""


async def look(page: Page, png: bytes, places: list[int]) -> dict[str, list[Any]]:
    """Width and height of a PNG, and the colours of its lines at these places."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    seen: dict[str, list[Any]] = await page.evaluate(LOOK, [base64.b64encode(png).decode(), places])
    return seen


async def painted(page: Page, height: int) -> None:
    """A page of this height whose last line is red, and all above it a blue nobody would round to."""
    await page.set_content(
        f"<body style='margin: 0; background: rgb(1, 2, 253)'><div style='height: {height - 1}px'></div>"
        "<div style='height: 1px; background: rgb(254, 3, 4)'></div>"
    )


@pytest.mark.parametrize("height", [300, HEIGHT, HEIGHT + 1])
async def test_the_whole_page_is_in_the_picture(page: Page, height: int) -> None:
    """One that fits the window and one that does not; exact colours to the last line."""
    await painted(page, height)
    photograph = await Camera(page).take()
    (tile,) = photograph.tiles
    seen = await look(page, tile, [0, height - 2, height - 1])
    assert [list(png_size(tile)), seen["size"]] == [[WIDTH, max(height, HEIGHT)]] * 2
    assert seen["colours"] == [[1, 2, 253], [1, 2, 253], [254, 3, 4]]
    assert photograph.complete


async def test_a_tall_page_is_taken_in_pieces(page: Page) -> None:
    """One below the other, without a gap or a doubled line."""
    await painted(page, TALLEST + 3_000)
    photograph = await Camera(page).take()
    assert [png_size(tile) for tile in photograph.tiles] == [(WIDTH, TALLEST), (WIDTH, 3_000)]
    seen = [await look(page, tile, [0, png_size(tile)[1] - 1]) for tile in photograph.tiles]
    assert [each["colours"] for each in seen] == [[[1, 2, 253], [1, 2, 253]], [[1, 2, 253], [254, 3, 4]]]
    assert (photograph.area, photograph.complete) == ((0, 0, WIDTH, TALLEST + 3_000), True)


async def test_the_end_of_a_page_beyond_all_measure_is_not_taken(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is left out is said; what comes first is what matters."""
    monkeypatch.setattr(pictures, "TALLEST", 1_000)
    await painted(page, 200_000)
    photograph = await Camera(page).take()
    assert [png_size(tile) for tile in photograph.tiles] == [(WIDTH, 1_000)] * MOST_TILES
    assert (photograph.complete, photograph.failed, photograph.page_height) == (False, False, 200_000)


async def test_a_further_piece_that_fails_leaves_those_before(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are worth more than none; the first piece is the picture, and its failure is one."""
    monkeypatch.setattr(pictures, "TALLEST", 1_000)
    await painted(page, 3_000)
    camera = Camera(page)
    shoot, taken = camera._capture, []

    async def second_fails(how: dict[str, Any]) -> bytes:
        taken.append(how)
        if len(taken) == 2:
            raise TimeoutError
        return await shoot(how)

    monkeypatch.setattr(camera, "_capture", second_fails)
    photograph = await camera.take()
    assert (len(photograph.tiles), photograph.complete, photograph.failed) == (1, False, True)
    taken[:] = [{}]
    with pytest.raises(TimeoutError):
        await camera.take()


async def test_a_page_wider_than_the_window_is_taken_whole(page: Page) -> None:
    """But for one that would fill the memory."""
    for wide, kept in ((1_700, 1_700), (100_000, WIDEST)):
        await page.set_content(f"<body style='margin: 0'><div style='width: {wide}px; height: 20px'></div>")
        (tile,) = (await Camera(page).take()).tiles
        assert png_size(tile) == (kept, HEIGHT)


async def test_a_smaller_picture_shows_the_same(page: Page) -> None:
    """For those that have to be kept in little space."""
    await painted(page, 2_000)
    photograph = await Camera(page, zoom=0.5).take()
    assert (png_size(photograph.tiles[0]), photograph.area) == ((WIDTH // 2, 1_000), (0, 0, WIDTH, 2_000))


async def test_the_picture_comes_with_what_can_be_read_in_it(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    """Unless the browser does not tell: then there is the picture alone."""
    await page.set_content("<p>Rhinoceros</p>")
    camera = Camera(page)
    page_texts = (await camera.take()).page_texts
    assert page_texts is not None
    assert [place.text for place in page_texts.texts] == ["Rhinoceros"]

    async def silent(_session: object) -> None:
        raise PlaywrightError("no")

    monkeypatch.setattr(pictures, "snapshot", silent)
    photograph = await camera.take()
    assert (len(photograph.tiles), photograph.page_texts) == (1, None)


async def test_a_picture_that_fails_once_is_taken_again(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    """Chromium under load: "Unable to capture screenshot" (seen once in some 1,900 tests, with ten other programs)."""
    await painted(page, 300)
    session = await page.context.new_cdp_session(page)
    failures = [PlaywrightError("Unable to capture screenshot")]
    send = session.send

    async def busy(method: str, params: dict[str, Any] | None = None) -> dict[str, Any]:
        if method == "Page.captureScreenshot" and failures:
            raise failures.pop()
        return await send(method, params)

    monkeypatch.setattr(session, "send", busy)
    camera = Camera(page)
    monkeypatch.setattr(camera, "_session", session)
    photograph = await camera.take()
    assert (len(photograph.tiles), failures) == (1, [])


async def test_a_page_that_scrolls_is_taken_from_its_top(page: Page) -> None:
    """And is left where it was: a picture changes nothing."""
    await painted(page, 3_000)
    await page.evaluate("scrollTo(0, 1500)")
    await Camera(page).take()
    assert await page.evaluate("scrollY") == 1500


async def test_one_camera_takes_every_picture_of_a_run(page: Page) -> None:
    """Each shows what is there now, across pages."""
    camera = Camera(page)
    await painted(page, 300)
    first = await camera.take()
    await page.goto("about:blank")
    await page.set_content("<h1>Other</h1>")
    assert (await camera.take()).tiles != first.tiles


async def test_a_page_that_is_gone_gives_no_picture(page: Page) -> None:
    """The recorder hears of it as of any trouble with the browser."""
    camera = Camera(page)
    await camera.take()
    await page.close()
    with pytest.raises(PlaywrightError):
        await camera.take()


SCROLLER = (
    "<body style='margin: 0'><div id=s style='height: 22px; overflow: auto'><br><br>"
    "<div style='height: 22px; background: rgb(254, 3, 4)'></div></div>"
)


@pytest.mark.parametrize(
    "html", [SCROLLER, f'<body style="margin: 0"><iframe style="border: 0; height: 20px" srcdoc="{SCROLLER}"></iframe>']
)
async def test_what_was_scrolled_a_moment_ago_is_where_it_is_said_to_be(page: Page, html: str) -> None:
    """A first picture may show it where it was before; not every time, so it is tried several times."""
    camera = Camera(page)
    await camera.take()
    for _time in range(8):
        await page.goto("about:blank")
        await page.set_content(html)
        frame = page.frames[-1]
        await frame.evaluate("() => { s.scrollTop = 999; document.scrollingElement.scrollTop = 0 }")
        (tile,) = (await camera.take()).tiles
        assert (await look(page, tile, [5]))["colours"] == [[254, 3, 4]]
