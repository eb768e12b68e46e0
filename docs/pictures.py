"""Makes all pictures of the documents anew, and the sample recording, from real runs. No picture is made by hand.

Run it as `python -m docs.pictures`; it takes three minutes.
"""  # noqa: INP001 - a script, not a package

from __future__ import annotations

import asyncio
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path
from unittest import mock

from playwright.async_api import async_playwright

from autofill.cli.app import app
from autofill.evidence import recorder
from autofill.evidence.keeping.pictures import Camera
from autofill.page.browser import BrowserSettings, launched
from docs import app_pictures, form_pictures, share_pictures
from docs.newcomer import newcomers_folder
from docs.shots import PICTURES, REPOSITORY, shoot
from docs.terminal import draw, terminal_text

SAMPLE = REPOSITORY / "recordings" / "sample-missing-package"
FIRST = "profiles/01-missing-package.yaml"
SHOWN = (("validate", FIRST), ("run", FIRST))
# A person of each other language, and what they have to say.
PROFILES = {"ko": "02-track-package-korea", "de": "04-claim-germany", "id": "07-general-question-indonesia"}
# The sample recording is in the repository: two thirds of the size keep it small, and the pictures are packed tighter.
small_camera = partial(Camera, zoom=0.67)


def make_sample() -> None:
    """Run the first example with a small camera, and keep its recording."""
    with mock.patch.object(recorder, "Camera", small_camera):
        if code := app(["run", FIRST], standalone_mode=False):
            raise SystemExit(f"a run ended with exit code {code}")
    shutil.rmtree(SAMPLE, ignore_errors=True)
    shutil.copytree(min(Path("recordings").glob("2*")), SAMPLE)
    shutil.rmtree("recordings")


async def photograph(pages: dict[str, tuple[Path, int, int]]) -> None:
    """Take pictures of pages that are files, by the pictures' names."""
    async with async_playwright() as driver, launched(driver, BrowserSettings()) as browser:
        for name, (page, width, height) in pages.items():
            await shoot(browser, page.as_uri(), name, width, height)


def report() -> Path:
    """The report of the first run in the folder where we stand."""
    return min(Path("recordings").glob("2*")).absolute() / "data" / "report.html"


def main() -> None:
    """Make everything in folders of its own, so that no path and no key of this machine gets into a picture."""
    PICTURES.mkdir(exist_ok=True)
    with newcomers_folder(AUTOFILL_LANG="en"):
        make_sample()
        terminal = draw(terminal_text(SHOWN))
        asyncio.run(photograph({"terminal": (terminal, 1220, 0), "report": (report(), 1280, 860)}))
    for code, profile in PROFILES.items():
        with newcomers_folder(AUTOFILL_LANG=code):
            command = [sys.executable, "-m", "autofill", "run", f"profiles/{profile}.yaml"]
            subprocess.run(command, check=True, capture_output=True)  # noqa: S603
            asyncio.run(photograph({f"report-{code}": (report(), 1000, 720)}))
    for each in (share_pictures, form_pictures, app_pictures):
        each.main()


if __name__ == "__main__":
    main()
