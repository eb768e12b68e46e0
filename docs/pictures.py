"""Makes the README's pictures anew, and the sample recording, from real runs. No picture is made by hand.

Run it as `python -m docs.pictures`; it takes half a minute.
"""  # noqa: INP001 - a script, not a package

from __future__ import annotations

import asyncio
import io
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from unittest import mock

from playwright.async_api import Browser, async_playwright
from rich.console import Console
from rich.text import Text

from autofill.cli.app import app
from autofill.evidence import recorder
from autofill.evidence.keeping.pictures import Camera
from autofill.page.browser import BrowserSettings, launched
from docs.newcomer import newcomers_folder

REPOSITORY = Path(__file__).resolve().parents[1]
PICTURES = REPOSITORY / "docs" / "pictures"
SAMPLE = REPOSITORY / "recordings" / "sample-missing-package"
FIRST = "profiles/01-missing-package.yaml"
SHOWN = (("validate", FIRST), ("run", FIRST))


# The sample recording is in the repository: two thirds of the size keep it small, and the pictures are packed tighter.
small_camera = partial(Camera, zoom=0.67)


def run(*arguments: str) -> None:
    """Run the program in this process; a run that does not end well ends the script."""
    if code := app(["run", *arguments], standalone_mode=False):
        raise SystemExit(f"a run ended with exit code {code}")


def make_sample() -> None:
    """Run the first example with a small camera, and keep its recording."""
    with mock.patch.object(recorder, "Camera", small_camera):
        run(FIRST)
    shutil.rmtree(SAMPLE, ignore_errors=True)
    shutil.copytree(min(Path("recordings").glob("2*")), SAMPLE)
    shutil.rmtree("recordings")


def terminal_text(shown: Sequence[Sequence[str]] = SHOWN) -> str:
    """What a person sees who types the commands: the program believes that a terminal reads it."""
    seen = ""
    for arguments in shown:
        ours, theirs = os.openpty()
        environment = os.environ | {"TERM": "xterm-256color"}
        environment.pop("NO_COLOR", None)
        command = [sys.executable, "-m", "autofill", *arguments]
        # stderr is no terminal, or the line that says which step it is would be in the picture a hundred times.
        done = subprocess.run(  # noqa: S603
            command, stdout=theirs, stderr=subprocess.PIPE, text=True, env=environment, check=True
        )
        os.close(theirs)
        said = done.stderr + os.read(ours, 65536).decode()
        seen += f"\x1b[2m$\x1b[0m autofill {' '.join(arguments)}\n{said}\n"
        os.close(ours)
    return seen.replace("\r", "").rstrip()


def draw(terminal: str) -> Path:
    """Draw the terminal's text as a page."""
    drawn = Console(record=True, width=100, file=io.StringIO())
    drawn.print(Text.from_ansi(terminal))
    page = Path("terminal.html").absolute()
    page.write_text(f"<style>*{{margin:0}}</style>{drawn.export_svg(title='autofill')}")
    return page


async def photograph(terminal: Path, report: Path) -> None:
    """Take the pictures that are not in the sample recording."""
    async with async_playwright() as driver, launched(driver, BrowserSettings()) as browser:
        await shoot(browser, terminal.as_uri(), "terminal", 1220, 242)
        await shoot(browser, report.as_uri(), "report", 1280, 860)


async def shoot(browser: Browser, url: str, name: str, width: int, height: int) -> None:
    """Take a picture of so much of a page; without a height, of all of what is drawn in it."""
    page = await browser.new_page(viewport={"width": width, "height": height or 100})
    await page.goto(url)
    path = PICTURES / f"{name}.png"
    await (page.screenshot(path=path) if height else page.locator("svg").screenshot(path=path))
    await page.close()


def main() -> None:
    """Make everything in a folder of its own, so that no path and no key of this machine gets into a picture."""
    PICTURES.mkdir(exist_ok=True)
    with newcomers_folder(AUTOFILL_LANG="en"):
        make_sample()
        terminal = terminal_text()
        report = min(Path("recordings").glob("2*")).absolute() / "data" / "report.html"
        asyncio.run(photograph(draw(terminal), report))


if __name__ == "__main__":
    main()
