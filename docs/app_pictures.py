"""Takes the pictures of docs/app.md: every screen of the app, wide and narrow, light and dark, in four languages.

All that they show comes from real runs against the practice site, begun as the app begins them. Nothing is sent.
"""  # noqa: INP001 - a script, not a package

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final
from unittest import mock

from PIL import Image
from playwright.async_api import Browser, Page, async_playwright

from autofill import language
from autofill.cases.ledger.ledgers import LedgerPlaces
from autofill.jobs.background import BackgroundRuns, RunRequest
from autofill.jobs.run_progress import RunProgress
from autofill.page.browser import BrowserSettings, launched
from autofill.replica import ReplicaOptions
from autofill.replica import serving as replica_with
from autofill.web import RunningApp, serving
from autofill.web.ledger_gateway import LedgerGateway
from docs.newcomer import newcomers_folder
from docs.shots import REPOSITORY, keep, picture_of
from tests.batch import firm

RECORDINGS: Final = Path("recordings")
INQUIRIES: Final = Path("inquiries")
# The program as the app starts it, with a practice desk in the place of the real form.
PROGRAM: Final = (sys.executable, "-m", "tests.journeys.started_by_app")
HEIGHT, GAP, ROWS = 1000, 20, 12
# Width, and light or dark, of what stands beside each other on one picture.
LOOKS: Final = ((1280, "light"), (390, "light"), (390, "dark"), (1280, "dark"))
# Profile, what goes wrong on the desk, further options, and how many days ago.
RUNS: Final[tuple[tuple[str, tuple[str, ...], tuple[str, ...], int], ...]] = (
    ("02-track-package-korea", (), (), 8),
    ("05-refund", ("reject",), (), 0),
    ("09-missing-package-korea", (), ("--until", "review"), 0),
    ("04-claim-germany", ("reset",), (), 0),
    ("03-mail-delivery", (), (), 0),
)
PARCELS: Final = """First name,E-mail,Day
Anna,anna@example.com,2026-10-08
Ben,ben@example,2026-10-08
Cho,cho@example.com,08.10.2026
Dewi,dewi@example.com,2026-10-09
"""
COLUMNS: Final = "First name: contact.first_name\nE-mail: contact.email\nDay: problem_date\n"
MISTAKES: Final = {"9400 1112 0255 5830 0010 10": "9400 1112 0255 5830 0010 11", "@example.com": "@@example.com"}


@dataclass(frozen=True)
class Camera:
    """The app, and a page of it for every look."""

    app: RunningApp
    pages: tuple[Page, ...]

    async def take(self, name: str, place: str, at: str = "") -> None:
        """Take one screen in every language and look, the English one, wide and light, also by itself.

        `at` is what must be seen of it, where that is not its beginning.
        """
        for code in language.LANGUAGES:
            language.choose(code)
            shots = [await picture_of(page, self.app.home + place, at) for page in self.pages]
            keep(_beside_each_other(shots), f"app-{name}-{code}", quality=55)
            if code == "en":
                keep(shots[0], f"app-{name}")
        language.choose("en")


def _beside_each_other(shots: list[Image.Image]) -> Image.Image:
    """One picture of all, at two thirds of their size."""
    sheet = Image.new("RGB", (sum(shot.width + GAP for shot in shots) - GAP, HEIGHT), "#8a8f98")
    left = 0
    for shot in shots:
        sheet.paste(shot, (left, 0))
        left += shot.width + GAP
    return sheet.resize((sheet.width * 2 // 3, HEIGHT * 2 // 3), Image.Resampling.LANCZOS)


@asynccontextmanager
async def camera_of(app: RunningApp) -> AsyncIterator[Camera]:
    """A camera at the app, let in with every look."""
    async with async_playwright() as driver, launched(driver, BrowserSettings()) as browser:
        yield Camera(app, tuple([await _let_in(browser, app, width, scheme) for width, scheme in LOOKS]))


async def _let_in(browser: Browser, app: RunningApp, width: int, scheme: str) -> Page:
    context = await browser.new_context(viewport={"width": width, "height": HEIGHT}, color_scheme=scheme)  # type: ignore[arg-type]
    page = await context.new_page()
    await page.goto(app.new_address())
    return page


def write_inquiries() -> None:
    """The person's files: copies of the examples, and one that is still full of mistakes."""
    INQUIRIES.mkdir()
    for number in (1, 2, 3, 4, 5, 6, 9):
        (file,) = Path("profiles").glob(f"{number:02}-*.yaml")
        shutil.copy(file, INQUIRIES)
    text = (INQUIRIES / "01-missing-package.yaml").read_text(encoding="utf-8")
    for right, wrong in MISTAKES.items():
        text = text.replace(right, wrong)
    text = re.sub(r"(?m)^message:.*\n(?:(?: .*)?\n)*", "", text)
    (INQUIRIES / "three-books.yaml").write_text(text, encoding="utf-8")
    (INQUIRIES / "parcels.csv").write_text(PARCELS, encoding="utf-8")
    (INQUIRIES / "parcels.columns.yaml").write_text(COLUMNS, encoding="utf-8")


def run(profile: str, faults: tuple[str, ...], options: tuple[str, ...], ago: int) -> str:
    """Run one file against a desk of its own, however that ends; the name of its recording."""
    moved = {"AUTOFILL_NOW": (datetime.now(UTC) - timedelta(days=ago)).isoformat()} if ago else {}
    with replica_with(ReplicaOptions(delay_ms=0, faults=faults)) as desk:
        command = [sys.executable, "-m", "autofill", "run", "--json", f"{INQUIRIES}/{profile}.yaml", "--url", desk.url]
        done = subprocess.run([*command, *options], check=False, capture_output=True, text=True, env=os.environ | moved)  # noqa: S603
    answer = json.loads(done.stdout)
    if not answer["steps"]:
        raise SystemExit(f"{profile} did not get as far as a picture: {answer['error']}")
    return str(answer["run_id"])


@contextmanager
def batch() -> Iterator[None]:
    """A dozen orders to a form of one page; one of them says too little."""
    with firm.Form() as form:
        threading.Thread(target=form.serve_forever, daemon=True).start()
        Path("template.yaml").write_text(firm.TEMPLATE, "utf-8")
        Path("form.yaml").write_text(firm.FORM.format(url=form.url, pace=0), "utf-8")
        Path("orders.columns.yaml").write_text("First: contact.first_name\n", "utf-8")
        orders = "".join(f"order-{number:06d},{'Ann' if number else ''}\n" for number in range(ROWS))
        Path("orders.csv").write_text("Order,First\n" + orders, "utf-8")
        options = ["--template", "template.yaml", "--form", "form.yaml", "--url", form.url, "--skip-invalid"]
        command = [sys.executable, "-m", "autofill", "batch", "orders.csv", *options]
        subprocess.run(command, check=False, capture_output=True)  # noqa: S603 - it ends with what needs a person
        yield
        form.shutdown()


async def until(runs: BackgroundRuns, name: str, is_so: Callable[[RunProgress], object]) -> RunProgress:
    """Wait for a run to get somewhere."""
    while True:
        is_alive, progress = runs.is_alive(name), runs.progress(name)
        if progress and is_so(progress):
            return progress
        if not is_alive:
            raise SystemExit(f"a run ended too early: {progress.told if progress else ''}")
        await asyncio.sleep(0.01)


async def rehearsed(camera: Camera, runs: BackgroundRuns) -> str:
    """A rehearsal, held in its middle for the pictures, and what it came to; the name of its recording."""
    name = runs.start(RunRequest(INQUIRIES / "01-missing-package.yaml"))
    await until(runs, name, lambda progress: progress.step and progress.step.number > 4)
    process = runs._started[name]  # noqa: SLF001 - nobody but a photographer holds a run in its middle
    process.send_signal(signal.SIGSTOP)
    try:
        await camera.take("running", f"runs/{name}")
    finally:
        process.send_signal(signal.SIGCONT)
    ended = await until(runs, name, lambda progress: progress.is_over and not runs.is_alive(name))
    await camera.take("confirmed", f"runs/{name}")
    return ended.run_id


async def sent(camera: Camera, runs: BackgroundRuns) -> None:
    """A live send to a desk that is treated as the real form: it asks for its address, and then says nothing."""
    with replica_with(ReplicaOptions(delay_ms=0, faults=("reset",))) as desk:
        with mock.patch.dict(os.environ, {"FORM_AT": desk.url}):
            name = runs.start(RunRequest(INQUIRIES / "06-feedback.yaml", live=True, window=True))
        asked = (await until(runs, name, lambda progress: progress.asks)).asks
        assert asked
        await camera.take("confirm", f"runs/{name}")
        runs.answer(name, asked.number, desk.url)
        await until(runs, name, lambda progress: progress.is_over and not runs.is_alive(name))
        await camera.take("unknown", f"runs/{name}")


async def photograph(late: str, runs: BackgroundRuns, app: RunningApp) -> None:
    """Take all screens; `late` is the case without an answer."""
    async with camera_of(app) as camera:
        name = await rehearsed(camera, runs)
        await sent(camera, runs)
        places = {
            "home": "",
            "new": "new",
            "check": "i/01-missing-package/check",
            "recordings": "recordings",
            "recording": f"r/{name}/",
            "case": f"cases/{late}",
            "batch": "batches/orders",
            "batch-start": f"new/batch?source={INQUIRIES}/parcels.csv&template={INQUIRIES}/06-feedback.yaml",
        }
        for screen, place in places.items():
            await camera.take(screen, place)
        await camera.take("write", "i/three-books/write?check=1", at=".says.bad")


def main() -> None:
    """Make everything in a folder of its own, so that no path or account of this machine gets into a picture."""
    with newcomers_folder(LOGNAME="maria", AUTOFILL_LANG="en", PYTHONPATH=str(REPOSITORY), DISPLAY=":0"), batch():
        write_inquiries()
        late, *_ = [run(*each) for each in RUNS]
        runs = BackgroundRuns(RECORDINGS, program=PROGRAM)
        gateway = LedgerGateway(LedgerPlaces.of(None, RECORDINGS))
        with serving(RECORDINGS, gateway, profiles=INQUIRIES, runs=runs) as app:
            asyncio.run(photograph(late, runs, app))


if __name__ == "__main__":
    main()
