"""Pictures show the whole page, from top to bottom, without loss."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page

from autofill.evidence.pictures import Camera

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
    seen = await look(page, await Camera(page).take(), [0, height - 2, height - 1])
    assert seen["size"] == [WIDTH, max(height, HEIGHT)]
    assert seen["colours"] == [[1, 2, 253], [1, 2, 253], [254, 3, 4]]


@pytest.mark.parametrize(("height", "kept"), [(5_000, 5_000), (20_000, 16_384)])
async def test_a_tall_page_is_kept_up_to_what_the_browser_draws(page: Page, height: int, kept: int) -> None:
    """Beyond that there is no picture at all, so the upper part is better."""
    await painted(page, height)
    seen = await look(page, await Camera(page).take(), [0, kept - 1])
    assert seen["size"] == [WIDTH, kept]
    assert seen["colours"] == [[1, 2, 253], [254, 3, 4] if kept == height else [1, 2, 253]]


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
    assert await camera.take() != first


async def test_a_page_that_is_gone_gives_no_picture(page: Page) -> None:
    """The recorder hears of it as of any trouble with the browser."""
    camera = Camera(page)
    await camera.take()
    await page.close()
    with pytest.raises(PlaywrightError):
        await camera.take()
