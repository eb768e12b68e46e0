"""Makes the pictures of docs/review.md anew, from real runs against the replica. No picture is made by hand.

Run it as `python -m docs.gallery_pictures`; it takes a minute.
"""  # noqa: INP001 - a script, not a package

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, async_playwright

from autofill.cases.ledger.ledger import Ledger, open_ledger
from autofill.cases.ledger.ledgers import LedgerPlaces
from autofill.cases.model.reviews import ReviewStance
from autofill.page.browser import BrowserSettings, launched
from autofill.replica import ReplicaOptions
from autofill.replica import serving as replica_with
from autofill.web import RunningGallery, serving
from autofill.web.ledger_gateway import LedgerGateway
from docs.newcomer import newcomers_folder

REPOSITORY = Path(__file__).resolve().parents[1]
PICTURES = REPOSITORY / "docs" / "pictures"
RECORDINGS, LEDGER = Path("recordings"), Path("recordings/ledger.sqlite3")
# Profile, what goes wrong on the desk, and further options; the last one is the newest.
RUNS: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("06-feedback", ("no-number",), ()),
    ("03-mail-delivery", (), ()),
    ("05-refund", ("reject",), ()),
    ("09-missing-package-korea", (), ("--until", "review")),
    ("04-claim-germany", ("duplicate-request",), ()),
    ("01-missing-package", (), ()),
)
# Pages load and draw their pictures when there is time; a photograph does not give it any.
_ALL_IMAGES_NOW = """() => Promise.all(Array.from(document.images, image => {
  image.loading = 'eager';
  image.decoding = 'sync';
  return image.decode();
}))"""


def run(profile: str, faults: tuple[str, ...], options: tuple[str, ...]) -> str:
    """Run one profile against a desk of its own, however that ends; the name of its recording."""
    with replica_with(ReplicaOptions(delay_ms=0, faults=faults)) as desk:
        command = [sys.executable, "-m", "autofill", "run", "--json", f"profiles/{profile}.yaml", "--url", desk.url]
        done = subprocess.run([*command, *options], check=False, capture_output=True, text=True)  # noqa: S603
    answer = json.loads(done.stdout)
    if not answer["steps"]:
        raise SystemExit(f"{profile} did not get as far as a picture: {answer['error']}")
    return str(answer["run_id"])


def judge(ledger: Ledger, names: list[str]) -> None:
    """What a person thought of some of them."""
    ledger.add_review(names[-1], ReviewStance.NOTE, "The confirmation mail came at once.")
    ledger.add_review(names[-1], ReviewStance.ACCEPT, "Number and address are right.")
    ledger.add_review(names[-2], ReviewStance.DOUBT, "Did it arrive once or three times?")


async def photograph(gallery: RunningGallery, name: str) -> None:
    """Take all pictures; `name` is the recording that is shown from near."""
    one = f"r/{name}/"
    async with async_playwright() as driver, launched(driver, BrowserSettings()) as browser:
        await _shoot(browser, gallery, "", "list", 1180, 830)
        await _shoot(browser, gallery, one, "dark", 1280, 960, color_scheme="dark")
        await _shoot(browser, gallery, one, "recording", 1280, 1180, at=".pair")
        await _shoot(browser, gallery, one, "narrow", 360, 900, device_scale_factor=1.5)


async def _shoot(
    browser: Browser,
    gallery: RunningGallery,
    place: str,
    name: str,
    width: int,
    height: int,
    *,
    at: str = "",
    **how: Any,
) -> None:
    context = await browser.new_context(viewport={"width": width, "height": height}, **how)
    page: Page = await context.new_page()
    await page.goto(gallery.new_address())
    await page.goto(gallery.home + place)
    await page.evaluate(_ALL_IMAGES_NOW)
    if at:
        await page.locator(at).evaluate("element => element.scrollIntoView()")
    await page.screenshot(path=PICTURES / f"gallery-{name}.png")
    await context.close()


def main() -> None:
    """Make everything in a folder of its own, so that no path or account of this machine gets into a picture."""
    with newcomers_folder(LOGNAME="maria", AUTOFILL_LANG="en"):
        names = [run(*each) for each in RUNS]
        with open_ledger(LEDGER) as ledger:
            judge(ledger, names)
        with serving(RECORDINGS, LedgerGateway(LedgerPlaces(LEDGER, LEDGER))) as gallery:
            asyncio.run(photograph(gallery, names[-1]))


if __name__ == "__main__":
    main()
