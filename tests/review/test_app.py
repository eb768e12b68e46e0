"""The gallery's pages over real requests, and in a real browser."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import pytest
from playwright.async_api import Page

from autofill.events import Verdict
from autofill.replay.browser import BrowserSettings, driver_starting, launched
from autofill.review import RunningGallery, serving

Keep = Callable[..., Path]
SCRIPT = "<script>document.title='ran'</script><img src=x onerror=\"document.title='ran'\">"


@pytest.fixture
def gallery(recordings: Path) -> Iterator[RunningGallery]:
    with serving(recordings) as running:
        yield running


class Visitor:
    """A person who came in by the announced address."""

    def __init__(self, url: str) -> None:
        self.home = url.partition("?")[0]
        self._opener: OpenerDirector = build_opener(HTTPCookieProcessor(CookieJar()))
        self._opener.open(url).close()

    def get(self, path: str) -> tuple[int, dict[str, str], str]:
        try:
            with self._opener.open(self.home + path.lstrip("/")) as answer:
                return answer.status, dict(answer.headers), answer.read().decode(errors="replace")
        except HTTPError as error:
            with error:
                return error.code, dict(error.headers), error.read().decode()


@pytest.fixture
def visitor(gallery: RunningGallery) -> Visitor:
    return Visitor(gallery.url)


def test_empty_gallery_says_what_to_do(visitor: Visitor) -> None:
    """Before the first run the page names the command."""
    assert "autofill run" in visitor.get("/")[2]


def test_overview_has_a_card_for_every_recording(visitor: Visitor, keep: Keep) -> None:
    """Verdict in words, case number, form, topic and kind of run stand on the card; pictures wait until seen."""
    keep("r1", verdict=Verdict.CONFIRMED, case_number="48213307", topic="refund")
    keep("r2", target="live", stopped_at="Review", error="x")

    page = visitor.get("/")[2]

    assert page.count("<article") == page.count('loading="lazy"') == 2
    for words in ("Confirmed", "48213307", "refund", "usps-email-us", "2026-11-22 17:44:03 UTC", "Practice"):
        assert words in page
    for words in ("Stopped before sending", "Stopped at", "Live"):
        assert words in page


def test_unfinished_recording_is_shown_as_such(visitor: Visitor, recordings: Path) -> None:
    """A folder without a summary has a card and a page."""
    (recordings / "r" / "data" / "steps").mkdir(parents=True)

    assert "Unfinished recording" in visitor.get("/")[2]
    assert "It left no pictures." in visitor.get("/r/r/")[2]


def test_recordings_page_shows_its_report_in_a_frame_that_may_do_nothing(visitor: Visitor, keep: Keep) -> None:
    """The report comes from the recording, so it is not trusted."""
    keep("r", case_number="48213307")

    assert 'src="/r/r/files/data/report.html"' in visitor.get("/r/r/")[2]
    status, headers, report = visitor.get("/r/r/files/data/report.html")
    assert status == 200
    assert "48213307" in report
    assert headers["content-security-policy"].startswith("sandbox;")
    assert "allow-" not in headers["content-security-policy"]


@pytest.mark.parametrize(
    ("inside", "kind"),
    [("confirmation.png", "image/png"), ("run.json", "application/json"), ("report.html", "text/html; charset=utf-8")],
)
def test_files_are_served_as_what_they_are(visitor: Visitor, keep: Keep, inside: str, kind: str) -> None:
    """No browser guesses another kind, and none keeps a copy."""
    keep("r")

    status, headers, _ = visitor.get(f"/r/r/files/data/{inside}")

    assert (status, headers["content-type"]) == (200, kind)
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "path",
    [
        "/r/nobody/",
        "/r/../",
        "/r/r/files/data/gone.png",
        "/r/r/files/data/%2e%2e/%2e%2e/%2e%2e/secret.txt",
        "/r/r/files/data/..%2f..%2f..%2fsecret.txt",
        "/r/%2e%2e/files/secret.txt",
        "/r/r/files/%2fetc/hostname",
        "/r/r/files/data/%00.txt",
        "/r/r/files/bagit.txt",
    ],
)
def test_anything_else_is_not_there(visitor: Visitor, keep: Keep, path: str) -> None:
    """No address leads out of a recording's data."""
    (keep("r") / "bagit.txt").write_text("x")

    status, _, body = visitor.get(path)

    assert status == 404
    assert "secret" not in body


def test_hostile_recording_stays_text(visitor: Visitor, keep: Keep) -> None:
    """What a summary says is shown and never becomes markup."""
    file = keep("r", case_number=SCRIPT, topic=SCRIPT, stopped_at=SCRIPT, error=SCRIPT) / "data" / "run.json"
    assert SCRIPT in json.loads(file.read_text())["topic"]

    page = visitor.get("/")[2]

    assert "<script" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;" in page


def test_browser_shows_twelve_recordings_and_runs_none_of_their_scripts(
    gallery: RunningGallery, recordings: Path, keep: Keep
) -> None:
    """Every card has its picture, all is reachable by keyboard, and a hostile report or page cannot run anything."""
    for number in range(11):
        keep(f"r{number:02}", verdict=Verdict.CONFIRMED, case_number=f"482133{number:02}", topic=SCRIPT)
    (keep("r11-hostile", messages=(SCRIPT,)) / "data" / "report.html").write_text(f"<title>calm</title>{SCRIPT}")

    seen = asyncio.run(_look_through(gallery.url))

    assert seen == Seen(cards=12, pictures=12, wide=False, title="Recordings · autofill", framed="calm", alone="calm")


@dataclass(frozen=True)
class Seen:
    """What a look through the gallery in a browser found."""

    cards: int
    pictures: int
    wide: bool
    title: str
    framed: str
    alone: str


async def _look_through(url: str) -> Seen:
    async with driver_starting() as driver, launched(await driver, BrowserSettings()) as browser:
        page = await browser.new_page(viewport={"width": 360, "height": 640})
        await page.goto(url)
        pictures = await _pictures_drawn(page)
        cards = await page.locator(".card").count()
        wide = await page.evaluate("document.documentElement.scrollWidth > innerWidth")
        title = await page.title()
        await page.evaluate("scrollTo(0, 0)")
        await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/r/r11-hostile/")
        await page.wait_for_load_state()
        framed = await page.frames[1].title()
        await page.goto(page.frames[1].url)
        return Seen(cards=cards, pictures=pictures, wide=wide, title=title, framed=framed, alone=await page.title())


async def _pictures_drawn(page: Page) -> int:
    """How many pictures are there once a person has scrolled past them."""
    drawn = 0
    for picture in await page.locator(".card img").all():
        await picture.scroll_into_view_if_needed()
        drawn += await picture.evaluate("async (image) => { await image.decode(); return image.naturalWidth > 0; }")
    return drawn
