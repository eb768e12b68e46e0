"""A batch of thirty, in the app in a real browser: begun, paused, resumed, and looked through by who has to do what."""

from __future__ import annotations

import re
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from autofill.cases.ledger.ledgers import LedgerPlaces
from autofill.jobs.background import BackgroundRuns
from autofill.jobs.batch_progress import progress_of_batch
from autofill.jobs.locked_log import is_locked
from autofill.web import RunningApp, serving
from autofill.web.ledger_gateway import LedgerGateway
from tests.batch import firm
from tests.journeys.conftest import nothing_in_the_way, tab_to

ROWS = 30
PATIENCE = 90_000
# The program as it is, with options more.
AT = "import sys; from autofill.cli.app import main; sys.argv[2:2] = {options!r}; main()"


@pytest.fixture
def form() -> Iterator[firm.Form]:
    with firm.Form() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def profiles(tmp_path: Path, form: firm.Form, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Thirty orders, one of which says too little, and a template for them; the form is one of the person's own."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    folder, forms = tmp_path / "profiles", tmp_path / "settings" / "autofill" / "forms"
    folder.mkdir()
    forms.mkdir(parents=True)
    (forms / "firm-contact.yaml").write_text(firm.FORM.format(url=form.url, pace=1), "utf-8")
    (folder / "template.yaml").write_text(f"form: firm-contact\n{firm.TEMPLATE}", "utf-8")
    orders = "".join(f"order-{number:06d},{'Ann' if number else ''}\n" for number in range(ROWS))
    (folder / "orders.csv").write_text("Order,First\n" + orders, "utf-8")
    return folder


@pytest.fixture
def app(tmp_path: Path, profiles: Path, form: firm.Form) -> Iterator[RunningApp]:
    """The app; the practice site of what it starts is that form."""
    recordings = tmp_path / "recordings"
    recordings.mkdir()
    program = (sys.executable, "-c", AT.format(options=["--url", form.url]))
    runs = BackgroundRuns(recordings, program=program)
    gateway = LedgerGateway(LedgerPlaces.of(None, recordings))
    with serving(recordings, gateway, profiles=profiles, runs=runs) as running:
        yield running
        while is_locked(recordings / "batches" / "orders" / "command.jsonl"):
            pass


async def press(page: Page, selector: str, key: str = "Enter") -> None:
    await tab_to(page, selector)
    await page.keyboard.press(key)


async def checked(page: Page) -> None:
    """From the batches there are to the rows that are ready."""
    await press(page, "a[href$='/new/batch']")
    await page.wait_for_url("**/new/batch")
    await tab_to(page, "#source")
    await page.keyboard.type(await page.locator("datalist option").first.get_attribute("value") or "")
    await press(page, "#check")
    await expect(page.locator("#template-says")).to_be_visible()
    await tab_to(page, "#template")
    await page.keyboard.type(str(await page.locator("#template option").last.get_attribute("value")))
    await press(page, "#check")
    await expect(page.locator("#columns")).to_have_attribute("open", "")
    await nothing_in_the_way(page)
    await page.get_by_label("Field for First").select_option("contact.first_name")
    await press(page, "#assign")
    await expect(page.get_by_text("29 of 30 rows are ready")).to_be_visible()
    await expect(page.locator("#problems tbody tr").first).to_contain_text("B First")
    await nothing_in_the_way(page)


async def test_a_page_that_hears_no_more_of_a_batch_says_so(browser: Browser, tmp_path: Path) -> None:
    recordings = tmp_path / "recordings"
    context = await browser.new_context()
    page = await context.new_page()
    with progress_of_batch(recordings / "batches" / "b", "b.csv", "replica", 3):
        with serving(recordings, LedgerGateway(LedgerPlaces.of(None, recordings))) as running:
            await page.goto(running.new_address("/batches/b"))
            await expect(page.get_by_text("Running", exact=True)).to_be_visible()
            await expect(page.get_by_text("The app does not answer.")).to_be_hidden()
        await expect(page.get_by_text("The app does not answer.")).to_be_visible(timeout=PATIENCE)
        await nothing_in_the_way(page)
    await context.close()


async def test_a_batch_of_thirty_is_begun_paused_resumed_and_finished(
    browser: Browser, app: RunningApp, form: firm.Form
) -> None:
    """By keyboard, narrow and dark; nothing is sent twice."""
    context = await browser.new_context(viewport={"width": 390, "height": 844}, color_scheme="dark")
    page = await context.new_page()
    await page.goto(app.new_address("/batches"))
    await checked(page)
    await press(page, "button.practice")
    await page.wait_for_url("**/batches/orders")

    # Two rows may end between two looks.
    await expect(page.locator(".legend")).to_contain_text(re.compile(r"\b([3-9]|1\d) Sent"), timeout=PATIENCE)
    await press(page, "#pause")
    await expect(page.get_by_text("Paused")).to_be_visible(timeout=PATIENCE)
    assert 3 <= len(form.arrived) < ROWS - 1
    await nothing_in_the_way(page)
    await press(page, "#resume")
    await expect(page.locator("#pause")).to_be_visible(timeout=PATIENCE)
    await nothing_in_the_way(page)

    await expect(page.get_by_text("Results as CSV")).to_be_visible(timeout=PATIENCE)
    await expect(page.locator(".legend")).to_contain_text("Already sent")
    await nothing_in_the_way(page)
    await press(page, "a[href$='state=needs-you']")
    await page.wait_for_url("**state=needs-you*")
    (needs_me,) = await page.locator("tbody tr").all_inner_texts()
    assert "Not valid" in needs_me
    await page.get_by_role("link", name="Already sent").click()
    await page.get_by_role("link", name="Recording 3", exact=True).click()
    await page.wait_for_url("**/r/*/")
    await context.close()
    assert sorted(form.arrived) == [f"order-{number:06d}" for number in range(1, ROWS)]
