"""The page of a rehearsal in a browser: pictures beside it, light and dark, wide and narrow, for everyone."""

from __future__ import annotations

from pathlib import Path

from axe_playwright_python.async_playwright import Axe
from PIL import Image
from playwright.async_api import Page

from autofill.jobs.rehearsal import PictureFinding, Rehearsed
from autofill.jobs.rehearsal_page import write_page
from tests.jobs.test_rehearsal import run

LONG = "/srv/rehearsals/of-a-contact-form-with-a-name-that-is-far-too-long-for-a-telephone/contact.yaml"


def written(folder: Path) -> Path:
    """A report with a page of each state."""
    (folder / "pictures").mkdir()
    for name in ("now", "kept", "difference"):
        Image.new("RGB", (1280, 1800), (120, 140, 160)).save(folder / "pictures" / f"{name}.png")
    shown = {"now": "pictures/now.png"}
    both = {**shown, "kept": "pictures/kept.png", "difference": "pictures/difference.png"}
    pictures = (
        PictureFinding(file="a.png", step="Contact", state="same", **shown),
        PictureFinding(file="b.png", step="Details", state="changed", words="It looks different.", **both),
        PictureFinding(file="c.png", step="Old page", state="gone", words="Not reached.", kept="pictures/kept.png"),
        PictureFinding(file="d.png", step="Account", state="withheld"),
    )
    stopped = PictureFinding(file="e.png", step="Contact (stopped here)", state="stopped", **shown)
    failed = run(76, error="“E-mail” is not on the page. " + "x" * 300, stopped_at="Contact", faults=("a fault",))
    rehearsed = [
        Rehearsed(run=run(0, profile=LONG), pictures=pictures, exit_code=0),
        Rehearsed(run=failed, tries=2, pictures=(stopped,), exit_code=76),
    ]
    return write_page(folder, rehearsed, "http://127.0.0.1:8000/contact")


async def test_everybody_can_read_it(page: Page, tmp_path: Path) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    address = written(tmp_path).as_uri()
    for width in (1280, 390):
        for scheme in ("light", "dark"):
            await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            await page.set_viewport_size({"width": width, "height": 900})
            await page.goto(address)
            found = await Axe().run(page)
            assert found.response["violations"] == [], (width, scheme)
            assert await page.evaluate("document.documentElement.scrollWidth") == width
    for picture in await page.locator("img").all():
        await picture.scroll_into_view_if_needed()
        await picture.evaluate("image => image.decode()")  # raises if it is not shown
    assert await page.locator(".trio").first.locator("img").count() == 3
    assert await page.locator("script").count() == 0
    assert [url for url in asked if not url.startswith("file:")] == []
