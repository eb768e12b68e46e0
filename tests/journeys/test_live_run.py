"""Runs in the app, in a real browser: rehearsed and watched; and sent, to a desk that is treated as the real form."""

from __future__ import annotations

import shutil
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from autofill import language
from autofill.cases.ledger.ledgers import LedgerPlaces
from autofill.jobs.background import BackgroundRuns
from autofill.jobs.batch_outcome import RowOutcome
from autofill.jobs.batch_results import write_results
from autofill.replica import ReplicaOptions, serving
from autofill.web import RunningApp
from autofill.web import serving as serving_app
from autofill.web.ledger_gateway import LedgerGateway
from tests.journeys.conftest import REPOSITORY, RunDesk, nothing_in_the_way, tab_to
from tests.journeys.test_signals import states

PROGRAM = (sys.executable, "-m", "tests.journeys.started_by_app")
# Nothing of a run takes so long; the default is for pages that wait for nobody.
PATIENCE = 90_000
ROWS = [
    RowOutcome(row="2", state="sent", case_number="48213307"),
    RowOutcome(row="3", state="parked", note="no street"),
    RowOutcome(row="4", state="unknown", note="closed after the submit"),
]


@pytest.fixture
def profiles(tmp_path: Path) -> Path:
    folder = tmp_path / "profiles"
    folder.mkdir()
    shutil.copy(REPOSITORY / "profiles" / "06-feedback.yaml", folder / "feedback.yaml")
    return folder


@pytest.fixture
def app(recordings: Path, profiles: Path) -> Iterator[RunningApp]:
    places = LedgerPlaces.of(None, recordings)
    runs = BackgroundRuns(recordings, program=PROGRAM)
    with serving_app(recordings, LedgerGateway(places), profiles=profiles, runs=runs) as running:
        yield running
        while runs.alive():  # they are over, and gone a moment later
            pass


@asynccontextmanager
async def visiting(browser: Browser, app: RunningApp) -> AsyncIterator[Page]:
    context = await browser.new_context(viewport={"width": 1280, "height": 900})
    try:
        page = await context.new_page()
        page.set_default_timeout(PATIENCE)
        await page.goto(app.new_address())
        yield page
    finally:
        await context.close()


async def start(page: Page, app: RunningApp, button: str) -> None:
    """From the page where the answers are checked."""
    await page.goto(f"{app.home}i/feedback/check")
    await page.get_by_role("button", name=button).click()
    await page.wait_for_url("**/runs/*")


async def test_a_rehearsal_is_begun_by_keyboard_and_watched_picture_by_picture(
    browser: Browser, app: RunningApp, recordings: Path
) -> None:
    """From the words to the recording without a mouse; then no page of the app stands in the way of anybody."""
    async with visiting(browser, app) as page:
        await page.goto(f"{app.home}i/feedback/write")
        for selector, then in (("#ready a", "**/check"), ("button.practice", "**/runs/*")):
            await tab_to(page, selector)
            await page.keyboard.press("Enter")
            await page.wait_for_url(then)
        await expect(page.locator(".ticking li").first).to_be_visible(timeout=PATIENCE)
        assert await page.get_by_text("Practice: nothing leaves this computer").count() == 1
        await expect(page.locator("h1.case-number")).to_be_visible(timeout=PATIENCE)

        steps = page.locator(".strip li")
        assert await steps.count() == await page.locator(".strip svg image").count() > 3
        assert await page.get_by_text("Their answer").count() == 1
        run = page.url.removeprefix(app.home)
        await tab_to(page, "a[href*='/r/']:not(.strip a)")
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/r/*/")
        name = page.url.rstrip("/").rpartition("/")[2]
        write_results(recordings / "batches" / "autumn", "autumn.csv", "replica", ROWS)
        written = ("new", "i/feedback/write?check=1", "i/feedback/check")
        places = ("", *written, run, "recordings", f"r/{name}/", f"cases/{name}", "batches", "batches/autumn")
        await nothing_stands_in_the_way(page, app, places)
        language.choose("de")
        try:
            await page.emulate_media(color_scheme="dark")
            await page.set_viewport_size({"width": 390, "height": 844})
            await nothing_stands_in_the_way(page, app, places)
        finally:
            language.choose("en")


async def nothing_stands_in_the_way(page: Page, app: RunningApp, places: Sequence[str]) -> None:
    """axe-core finds nothing in the language in use, and nothing has to be scrolled sideways."""
    for place in places:
        answer = await page.goto(app.home + place)
        assert answer is not None
        assert (place, answer.status) == (place, 200)
        assert await page.locator("html").get_attribute("lang") == language.spoken()
        await nothing_in_the_way(page)


async def nothing_in_two_languages(page: Page) -> None:
    """The page as it stands, and in German."""
    await nothing_in_the_way(page)
    language.choose("de")
    try:
        await page.reload()
        assert await page.locator("html").get_attribute("lang") == "de"
        await nothing_in_the_way(page)
    finally:
        language.choose("en")
        await page.reload()


@asynccontextmanager
async def without_scripts(visitor: Page, app: RunningApp) -> AsyncIterator[Page]:
    """What the visitor looks at, in a browser that runs no scripts."""
    assert visitor.context.browser is not None
    context = await visitor.context.browser.new_context(java_script_enabled=False)
    cookies = await visitor.context.cookies()
    await context.add_cookies([{"name": c["name"], "value": c["value"], "url": app.home} for c in cookies])
    try:
        page = await context.new_page()
        await page.goto(visitor.url)
        yield page
    finally:
        await context.close()


@pytest.mark.long
async def test_the_page_of_a_run_works_without_scripts(browser: Browser, app: RunningApp) -> None:
    async with visiting(browser, app) as visitor:
        await start(visitor, app, "Rehearse")
        async with without_scripts(visitor, app) as page:
            await expect(page.locator("h1.case-number")).to_be_visible(timeout=PATIENCE)


async def test_a_live_send_is_stopped_without_scripts_while_it_asks_for_the_address(
    browser: Browser, app: RunningApp, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, recordings: Path
) -> None:
    """The page that follows the run by script says so, too."""
    with serving(ReplicaOptions(delay_ms=0)) as site:
        monkeypatch.setenv("FORM_AT", site.url)
        monkeypatch.setenv("DISPLAY", ":0")
        async with visiting(browser, app) as page:
            await start(page, app, "Send for real")
            await expect(page.locator("#address")).to_be_visible(timeout=PATIENCE)
            async with without_scripts(page, app) as plain:
                await plain.get_by_role("button", name="Stop. Nothing is sent").click()
                await expect(plain.get_by_text("The run was stopped. Nothing was sent.")).to_be_visible(
                    timeout=PATIENCE
                )
                assert await plain.get_by_role("button", name="Stop").count() == 0
            await expect(page.get_by_text("The run was stopped. Nothing was sent.")).to_be_visible(timeout=PATIENCE)
            await nothing_in_the_way(page)
        assert RunDesk(site.url, tmp_path).arrived()["requests"] == 0
    assert states(recordings, "live") == ["not-submitted"]


async def test_a_live_send_with_a_captcha_a_wrong_address_and_no_answer_is_found_out_about(
    browser: Browser, app: RunningApp, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """By keyboard: what wants the person has the focus."""
    options = ReplicaOptions(delay_ms=0, faults=("captcha@hub", "reset@submit"))
    with serving(options) as site:
        monkeypatch.setenv("FORM_AT", site.url)
        monkeypatch.setenv("DISPLAY", ":0")
        desk = RunDesk(site.url, tmp_path)
        async with visiting(browser, app) as page:
            await start(page, app, "Send for real")

            await expect(page.locator("h1")).to_have_text("The form needs a person", timeout=PATIENCE)
            await expect(page.locator("h1")).to_be_focused()
            await nothing_in_the_way(page)
            await page.keyboard.press("Tab")
            await page.keyboard.press("Enter")

            await expect(page.locator("#address")).to_be_visible(timeout=PATIENCE)
            await nothing_in_two_languages(page)
            for address in (f"{site.url}.example", site.url):
                await page.locator("#address").focus()
                await page.keyboard.type(address)
                await page.keyboard.press("Enter")
                if address != site.url:
                    await expect(page.locator("#address-wrong")).to_be_visible(timeout=PATIENCE)
                    assert desk.arrived()["requests"] == 0

            await expect(page.locator("h1")).to_have_text("Do not send it again", timeout=PATIENCE)
            assert desk.arrived()["requests"] == 1
            await nothing_in_two_languages(page)
            address = page.url
            await page.get_by_label("It arrived", exact=True).check()
            await page.get_by_label("Case number, if it arrived").fill("48213307")
            await page.keyboard.press("Enter")
            await page.wait_for_url("**/r/*/")
            await page.goto(address)
            await expect(page.locator("h1.case-number bdi")).to_have_text("48213307")
            assert await page.get_by_role("button", name="Send for real").count() == 0
            assert desk.arrived()["requests"] == 1
