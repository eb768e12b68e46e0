"""A batch of thirty, in the app in a real browser: followed while it runs, and looked through by who has to do what."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, expect

from autofill.cases.ledger.ledgers import LedgerPlaces
from autofill.web import serving
from autofill.web.ledger_gateway import LedgerGateway
from tests.batch import firm
from tests.journeys.conftest import REPOSITORY

ROWS = 30
PATIENCE = 60_000


@pytest.fixture
def form() -> Iterator[firm.Form]:
    with firm.Form() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def started(folder: Path, form: firm.Form) -> subprocess.Popen[bytes]:
    """A batch of thirty orders, one of which says too little."""
    (folder / "template.yaml").write_text(firm.TEMPLATE, "utf-8")
    (folder / "form.yaml").write_text(firm.FORM.format(url=form.url, pace=1), "utf-8")
    (folder / "t.columns.yaml").write_text("First: contact.first_name\n", "utf-8")
    orders = "".join(f"order-{number:06d},{'Ann' if number else ''}\n" for number in range(ROWS))
    (folder / "t.csv").write_text("Order,First\n" + orders, "utf-8")
    options = ["--template", folder / "template.yaml", "--form", folder / "form.yaml", "--url", form.url]
    more = ["--recordings", folder / "recordings", "--skip-invalid"]
    command = [sys.executable, "-m", "autofill", "batch", *map(str, [folder / "t.csv", *options, *more])]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=REPOSITORY)


async def test_a_batch_of_thirty_is_followed_to_its_end(browser: Browser, form: firm.Form, tmp_path: Path) -> None:
    recordings = tmp_path / "recordings"
    recordings.mkdir()
    context = await browser.new_context(viewport={"width": 390, "height": 844}, color_scheme="dark")
    page = await context.new_page()
    gateway = LedgerGateway(LedgerPlaces.of(None, recordings))
    with serving(recordings, gateway) as app, started(tmp_path, form) as batch:
        assert batch.stdout is not None
        batch.stdout.readline()  # the table was checked
        batch.stdout.readline()  # the first row has ended
        await page.goto(app.new_address("/batches"))
        await page.get_by_role("link", name="t.csv").click()
        await expect(page.locator(".badge.running")).to_be_visible()
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        batch.communicate()

        await expect(page.locator(".badge.running")).to_have_count(0, timeout=PATIENCE)
        await expect(page.locator(".legend")).to_contain_text("29 Sent")
        assert (await Axe().run(page)).violations_count == 0
        await page.get_by_role("link", name="Your move 1").focus()
        await page.keyboard.press("Enter")
        await page.wait_for_url("**state=needs-you*")
        assert await page.locator("tbody tr").count() == 1
        await page.get_by_role("link", name="Sent 29").click()
        await page.get_by_role("link", name="Recording 3", exact=True).click()
        await page.wait_for_url("**/r/*/")
    await context.close()
    assert sorted(form.arrived) == [f"order-{number:06d}" for number in range(1, ROWS)]
