"""A case in the app, in a real browser: from the confirmation mail over silence and a letter to its end."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from autofill.cases.ledger.ledgers import LedgerPlaces
from autofill.web import RunningApp, serving
from autofill.web.ledger_gateway import LedgerGateway
from tests.journeys.conftest import REPOSITORY, nothing_in_the_way

PROFILE = REPOSITORY / "profiles" / "01-missing-package.yaml"
# Longer than any deadline of an answer, holidays included.
LATER = timedelta(days=14)


@pytest.fixture
def recordings(tmp_path: Path, own_state: Path) -> Path:
    """A practice run of last week, and its confirmation mail, filed."""
    recordings = tmp_path / "recordings"
    for words in (["run", str(PROFILE)], ["mail", "--practice"]):
        command = [sys.executable, "-m", "autofill", *words, "--recordings", str(recordings)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    return recordings


@pytest.fixture
def app(recordings: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningApp]:
    monkeypatch.setenv("AUTOFILL_NOW", (datetime.now(UTC) + LATER).isoformat())
    with serving(recordings, LedgerGateway(LedgerPlaces.of(None, recordings))) as running:
        yield running


async def test_a_case_from_its_confirmation_mail_to_its_end(
    browser: Browser, app: RunningApp, recordings: Path
) -> None:
    context = await browser.new_context(viewport={"width": 390, "height": 844}, color_scheme="dark")
    page = await context.new_page()
    try:
        # What is due stands first, and leads to the case.
        await page.goto(app.new_address())
        await expect(page.locator(".needs .need")).to_have_count(1)
        await page.locator(".needs .need a").first.click()
        await page.wait_for_url("**/cases/*")
        await nothing_in_the_way(page)

        # Their mail can be read; the letter answers their silence, once.
        await page.get_by_text("Read the mail").click()
        await expect(page.locator(".timeline .mail").first).to_contain_text("Service Request Number")
        await page.get_by_role("button", name="Save the letter").click()
        letter = page.locator("a[download]")
        await expect(letter).to_have_count(1)
        await expect(page.get_by_role("button", name="Save the letter")).to_have_count(0)
        assert [file.name for file in (recordings / "letters").iterdir()] == [await letter.inner_text()]

        # They answer by phone.
        await page.get_by_text("Something happened").click()
        await page.get_by_label("How you know").fill("They called: it is on its way.")
        await page.get_by_role("button", name="answered", exact=False).click()
        await expect(page.get_by_text("They called: it is on its way.")).to_be_visible()
        await nothing_in_the_way(page)
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")

        # Home asks whether that settles it, and then nothing any more.
        await page.goto(app.home)
        await expect(page.locator(".needs .need")).to_contain_text("They answered")
        await page.get_by_role("link", name="Read the answer").click()
        await page.get_by_text("Close this case").click()
        await page.get_by_role("button", name="It is settled").click()
        await page.goto(app.home)
        await expect(page.locator(".needs .need")).to_have_count(0)
    finally:
        await context.close()
