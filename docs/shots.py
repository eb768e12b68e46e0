"""Where the documents' pictures are, and how small they are kept. No picture is made by hand."""  # noqa: INP001 - a script, not a package

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.async_api import Browser, Page

REPOSITORY: Final = Path(__file__).resolve().parents[1]
PICTURES: Final = REPOSITORY / "docs" / "pictures"
# Pages load and draw their pictures when there is time; a photograph does not give it any.
_ALL_IMAGES_NOW: Final = """() => Promise.all(Array.from(document.images, image => {
  image.loading = 'eager';
  image.decoding = 'sync';
  return image.decode();
}))"""


def keep(picture: Image.Image, name: str, quality: int = 75) -> None:
    """Keep a picture of the documents; 75 leaves every letter sharp."""
    picture.save(PICTURES / f"{name}.webp", quality=quality, method=4)


async def picture_of(page: Page, url: str, at: str = "") -> Image.Image:
    """What a page shows in its window, with all of its pictures; scrolled, if there is something to be seen `at`."""
    await page.goto(url)
    await page.evaluate(_ALL_IMAGES_NOW)
    if await page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        raise SystemExit(f"{url} has to be scrolled sideways")
    if at:
        await page.locator(at).first.evaluate("element => element.scrollIntoView({block: 'center'})")
    return Image.open(BytesIO(await page.screenshot())).convert("RGB")


async def shoot(browser: Browser, url: str, name: str, width: int, height: int) -> None:
    """Keep a picture of so much of a page; without a height, of all of what is drawn in it."""
    page = await browser.new_page(viewport={"width": width, "height": height or 100})
    if height:
        keep(await picture_of(page, url), name)
    else:
        await page.goto(url)
        keep(Image.open(BytesIO(await page.locator("svg").screenshot())).convert("RGB"), name)
    await page.close()
