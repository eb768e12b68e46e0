"""Makes the pictures of docs/languages.md anew: report and gallery in four languages, from real runs.

Run it as `python -m docs.language_pictures`; it takes a minute.
"""  # noqa: INP001 - a script, not a package

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

from playwright.async_api import Browser, async_playwright

from autofill import language
from autofill.cases.ledger.ledgers import LedgerPlaces
from autofill.page.browser import BrowserSettings, launched
from autofill.web import serving
from autofill.web.ledger_gateway import LedgerGateway
from docs.newcomer import newcomers_folder

REPOSITORY = Path(__file__).resolve().parents[1]
PICTURES = REPOSITORY / "docs" / "pictures"
# A person of each language, and what they have to say.
PROFILES = {
    "en": ("01-missing-package", "06-feedback"),
    "ko": ("02-track-package-korea", "09-missing-package-korea"),
    "de": ("04-claim-germany", "06-feedback"),
    "id": ("07-general-question-indonesia", "06-feedback"),
}


async def photograph(code: str, report: Path) -> None:
    """A report, and the gallery around it, in one language."""
    notebook = LedgerGateway(LedgerPlaces.of("recordings/ledger.sqlite3", Path("recordings")))
    with serving(Path("recordings"), notebook) as gallery:
        async with async_playwright() as driver, launched(driver, BrowserSettings()) as browser:
            await _shoot(browser, report.as_uri(), f"report-{code}")
            await _shoot(browser, gallery.new_address(), f"gallery-{code}")


async def _shoot(browser: Browser, url: str, name: str) -> None:
    page = await browser.new_page(viewport={"width": 1000, "height": 720})
    await page.goto(url)
    await page.wait_for_function("() => Array.from(document.images).every(image => image.complete)")
    await page.screenshot(path=PICTURES / f"{name}.png")
    await page.close()


def main() -> None:
    """Each language in a folder of its own, so that no path of this machine gets into a picture."""
    for code, profiles in PROFILES.items():
        with newcomers_folder(AUTOFILL_LANG=code):
            for profile in profiles:
                command = [sys.executable, "-m", "autofill", "run", f"profiles/{profile}.yaml"]
                subprocess.run(command, check=True, capture_output=True)  # noqa: S603
            language.choose(code)
            report = min(Path("recordings").glob("2*")).absolute() / "data" / "report.html"
            asyncio.run(photograph(code, report))


if __name__ == "__main__":
    main()
