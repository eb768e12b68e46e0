"""An inquiry is written in the app from nothing, in a real browser, until it is ready."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, Route, expect

from autofill import language
from autofill.forms.catalog import prepare_profile
from autofill.web import RunningApp, serving
from tests.journeys.conftest import REPOSITORY, nothing_in_the_way, tab_to
from tests.web.conftest import gateway_of

FIRST = REPOSITORY / "profiles" / "01-missing-package.yaml"
# A conflict, a file with a mistake, and a request that a test lets fail.
EXPECTED = ("409", "422", "ERR_FAILED")
NARROW_AND_DARK: dict[str, Any] = {"viewport": {"width": 390, "height": 800}, "color_scheme": "dark"}


@pytest.fixture
def profiles(tmp_path: Path) -> Path:
    return tmp_path / "profiles"


@pytest.fixture
def parcel(profiles: Path) -> Path:
    """An inquiry that is complete."""
    profiles.mkdir()
    (profiles / "parcel.yaml").write_text(FIRST.read_text())
    return profiles / "parcel.yaml"


@pytest.fixture
def app(tmp_path: Path, profiles: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningApp]:
    monkeypatch.setenv("AUTOFILL_NOW", "2026-10-12T12:00:00Z")
    with serving(tmp_path / "recordings", gateway_of(tmp_path / "ledger"), profiles=profiles) as running:
        yield running


@asynccontextmanager
async def visiting(browser: Browser, app: RunningApp, at: str = "/", **how: Any) -> AsyncIterator[Page]:
    """A page of the app, whose scripts may not fail."""
    context = await browser.new_context(**how)
    page = await context.new_page()
    failed: list[str] = []
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.on(
        "console",
        lambda said: (
            failed.append(said.text)
            if said.type == "error" and not any(each in said.text for each in EXPECTED)
            else None
        ),
    )
    try:
        await page.goto(app.new_address(at))
        yield page
        assert failed == []
    finally:
        await context.close()


def put(parcel: Path, text: str) -> None:
    """Edit the file as an editor would."""
    parcel.write_text(text)


def put_subject(parcel: Path, subject: str) -> None:
    put(parcel, FIRST.read_text().replace("Media Mail package not received", subject))


def text_of(parcel: Path) -> str:
    return parcel.read_text()


async def write(page: Page, **answers: str) -> None:
    """Type answers; `__` stands for the dot of a field."""
    for path, text in answers.items():
        await page.locator(f'[name="a.{path.replace("__", ".")}"]').fill(text)


async def is_told_and_mended(page: Page, path: str, *, wrong: str, right: str, told: str) -> None:
    """A mistake is told under its field and marked in the file, and goes when it is mended."""
    field = page.locator(f'[name="a.{path}"]')
    await field.fill(wrong)
    await expect(page.locator(".says.bad", has_text=told)).to_be_visible()
    await expect(field).to_have_attribute("aria-invalid", "true")
    await expect(page.locator("#file .wrong")).to_have_count(1)
    await field.fill(right)
    await expect(page.locator(".says.bad")).to_have_count(0)
    await expect(page.locator("#file .wrong")).to_have_count(0)


async def test_an_inquiry_is_written_from_nothing_until_it_is_ready(
    browser: Browser, app: RunningApp, profiles: Path
) -> None:
    async with visiting(browser, app) as page:
        await page.get_by_role("link", name="New inquiry").last.click()
        await nothing_in_the_way(page)
        await page.get_by_role("button", name="Where is my package?").first.click()
        await page.get_by_role("radio", name="Package not received").check()
        await expect(page.locator("#file")).to_contain_text("sub_topic: not-received")

        await is_told_and_mended(
            page,
            "item.tracking_number",
            wrong="9400 1112 0255 5830 0010 11",
            right="9400 1112 0255 5830 0010 10",
            told="check digit",
        )
        await is_told_and_mended(
            page, "contact.email", wrong="maria@@example.com", right="maria@example.com", told="e-mail address"
        )
        await is_told_and_mended(page, "contact.address.postal_code", wrong="9410", right="94107", told="five")

        await page.get_by_label("Mail Class").select_option("Priority Mail Express")
        call = page.get_by_role("link", name="1-800-275-8777")
        await expect(call).to_be_visible()
        await nothing_in_the_way(page)
        await page.locator(".calm").get_by_role("button").click()
        await expect(call).to_have_count(0)

        await write(page, subject="Three books 9400111202555830001010 not received", message="Books.\n\nPlease search.")
        await write(page, contact__first_name="Maria", contact__last_name="O'Brien")
        await write(page, contact__address__street="1200 Harbor Street", contact__address__city="San Francisco")
        await page.get_by_label("State or region").last.select_option("California")
        await expect(page.get_by_role("link", name="Show what is missing")).to_be_visible()
        await page.get_by_role("link", name="Show what is missing").click()
        await expect(page.get_by_text("The form needs this.")).to_have_count(1)
        await page.get_by_role("checkbox").check()
        await page.get_by_role("link", name="Check the answers").click()

        await expect(page.get_by_role("row", name="Tracking Number 9400111202555830001010")).to_be_visible()
        await nothing_in_the_way(page)

    plan = prepare_profile(profiles / "missing-package.yaml").plan
    assert {entry.text for entry in plan.entries} >= {"Books.\n\nPlease search.", "Maria", "California"}


async def test_what_was_meant_is_put_in_with_the_keyboard(browser: Browser, app: RunningApp, parcel: Path) -> None:
    """The answer is right in its field and in the file, the field has the focus, and what is typed next is saved."""
    async with visiting(browser, app, "/i/parcel/write") as page:
        number = page.locator('[name="a.item.tracking_number"]')
        await number.fill("9400 1112 O255 5830 0O10 10")
        await expect(page.get_by_role("button", name="Use “9400111202555830001010”")).to_be_visible()
        await nothing_in_the_way(page)
        await tab_to(page, "button[name=use]")
        await page.keyboard.press("Enter")

        await expect(number).to_have_value("9400111202555830001010")
        await expect(number).to_be_focused()
        await expect(page.locator(".says.bad")).to_have_count(0)
        await write(page, subject="Three books")
        await expect(page.locator("#file")).to_contain_text("subject: Three books")
    assert "tracking_number: 9400111202555830001010" in text_of(parcel).replace('"', "").replace("'", "")


async def test_an_edit_made_elsewhere_comes_into_the_page_or_is_asked_about(
    browser: Browser, app: RunningApp, parcel: Path
) -> None:
    async with visiting(browser, app, "/i/parcel/write", **NARROW_AND_DARK) as page:
        subject = page.locator('[name="a.subject"]')
        put_subject(parcel, "From the editor")
        await page.evaluate("window.dispatchEvent(new Event('focus'))")
        await expect(subject).to_have_value("From the editor")

        put_subject(parcel, "Once more")
        await subject.fill("Mine")
        await expect(page.get_by_text("The file says now: Once more")).to_be_visible()
        await expect(subject).to_have_value("Mine")
        await nothing_in_the_way(page)
        await page.clock.install()
        await subject.press_sequentially(" too")
        await page.clock.run_for(10_000)
        await subject.dispatch_event("focus")
        assert "Once more" in text_of(parcel)
        await page.locator("#conflict").get_by_role("button", name="Save and check").click()
        await expect(page.locator("#saved")).to_contain_text("Saved in parcel.yaml")

        # Another answer is no matter to ask about: both are kept, and shown.
        put(parcel, text_of(parcel).replace("first_name: Maria", "first_name: Ana"))
        await subject.press("End")
        await subject.press_sequentially("!")
        await expect(page.locator('[name="a.contact.first_name"]')).to_have_value("Ana")
        await expect(subject).to_be_focused()
        await subject.press_sequentially("?")
        await expect(page.locator("#file")).to_contain_text("subject: Mine too!?")

    assert "first_name: Ana" in text_of(parcel)


async def test_what_was_typed_stays_on_the_page_while_the_file_is_another_or_wrong(
    browser: Browser, app: RunningApp, parcel: Path
) -> None:
    """Neither a link that is followed at once nor a mistake made in an editor costs a word."""
    async with visiting(browser, app, "/i/parcel/write") as page:
        subject = page.locator('[name="a.subject"]')
        put_subject(parcel, "From the editor")
        await subject.fill("Mine")
        await page.get_by_role("link", name="Check the answers").click()
        await expect(page.get_by_text("The file says now: From the editor")).to_be_visible()
        await expect(subject).to_have_value("Mine")
        await subject.press("Enter")
        await expect(page.locator("#saved")).to_contain_text("Saved in parcel.yaml")

        put(parcel, "subject: [\n")
        await subject.fill("Mine too")
        await expect(page.get_by_text("This file has a mistake")).to_be_visible()
        await expect(page.locator("#saved")).to_contain_text("Not saved")
        await nothing_in_the_way(page)
        await expect(subject).to_have_value("Mine too")
        put(parcel, FIRST.read_text())
        await subject.press("End")
        await subject.press_sequentially("!")
        await expect(page.locator("#conflict")).to_be_visible()
        await expect(subject).to_have_value("Mine too!")


async def test_a_change_of_topic_changes_the_questions_under_ones_hands(
    browser: Browser, app: RunningApp, parcel: Path
) -> None:
    async with visiting(browser, app, "/i/parcel/write") as page:
        chosen = page.get_by_role("radio", name="Where is my package?")
        await chosen.focus()
        await page.keyboard.press("ArrowRight")

        await expect(page.get_by_role("radio", name="No tracking updates")).to_be_visible()
        await expect(page.get_by_role("radio", name="Track a package")).to_be_focused()
        await expect(page.locator("#file")).to_contain_text("# sub_topic: not-received")


async def test_what_could_not_be_saved_is_said_and_saved_later(browser: Browser, app: RunningApp, parcel: Path) -> None:
    async with visiting(browser, app, "/i/parcel/write") as page:
        await page.route("**/write", lambda route: route.abort())
        await write(page, subject="One")
        await expect(page.locator("#saved")).to_contain_text("Not saved")
        await page.unroute("**/write")
        await write(page, contact__company="Two")
        await expect(page.locator("#saved")).to_contain_text("Saved in parcel.yaml")

    assert "subject: One" in text_of(parcel)
    assert "company: Two" in text_of(parcel)


async def test_what_was_typed_last_is_saved_when_one_leaves_at_once(
    browser: Browser, app: RunningApp, parcel: Path
) -> None:
    async with visiting(browser, app, "/i/parcel/write") as page:
        await write(page, subject="Typed last")
        await page.get_by_role("link", name="Check", exact=True).click()

        await expect(page.get_by_role("row", name="Subject Typed last")).to_be_visible()


async def test_what_is_answered_while_a_fix_is_put_in_stays(browser: Browser, app: RunningApp, parcel: Path) -> None:
    """The questions are shown anew then, from before those answers."""
    answered = asyncio.Event()

    async def late(route: Route) -> None:
        await answered.wait()
        await route.continue_()

    put(parcel, FIRST.read_text().replace("maria.obrien@example.com", "maria at example.com"))
    async with visiting(browser, app, "/i/parcel/write") as page:
        await page.route("**/write", late, times=1)
        await page.get_by_role("button", name="Use “maria@example.com”").click()
        await page.get_by_role("radio", name="Package damaged").check()
        await page.get_by_role("checkbox").uncheck()
        await page.locator('[name="a.item.mail_class"]').select_option("other")
        await write(page, message="Typed meanwhile.")
        answered.set()
        await expect(page.locator('[name="a.contact.email"]')).to_have_value("maria@example.com")
        await expect(page.get_by_role("radio", name="Package damaged")).to_be_checked()
        await expect(page.locator("#file")).to_contain_text("sub_topic: damaged")
        for line in ("message: Typed meanwhile.", "certify_true: no", "mail_class: other", "email: maria@example.com"):
            await expect(page.locator("#file")).to_contain_text(line)


async def test_what_is_typed_while_a_save_is_under_way_outlives_the_tab(
    browser: Browser, app: RunningApp, parcel: Path
) -> None:
    """The page has not heard yet what the file is like now."""
    heard = asyncio.Event()

    async def saved_but_not_answered(route: Route) -> None:
        await route.fetch()
        heard.set()

    async with visiting(browser, app, "/i/parcel/write") as page:
        await page.route("**/write", saved_but_not_answered, times=1)
        await write(page, subject="Begun")
        await heard.wait()
        assert "subject: Begun" in text_of(parcel)
        await write(page, subject="Ended", message="가" * 15_000)
        await page.close(run_before_unload=True)
        # What a page leaves behind arrives when it has gone, and nobody is told.
        while "subject: Ended" not in text_of(parcel):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
        async with visiting(browser, app, "/i/parcel/write") as again:
            await expect(again.locator('[name="a.message"]')).to_have_value("가" * 15_000)
            await expect(again.locator('[name="a.subject"]')).to_have_value("Ended")


@pytest.mark.parametrize("code", ["ko", "de", "id"])
async def test_the_pages_fit_and_are_accessible_in_every_language(
    browser: Browser, app: RunningApp, parcel: Path, code: str
) -> None:
    language.choose(code)
    try:
        async with visiting(browser, app, "/new", **NARROW_AND_DARK) as page:
            await nothing_in_the_way(page)
            for at in ("i/parcel/write?check=1", "i/parcel/check"):
                await page.goto(app.home + at)
                await nothing_in_the_way(page)
                assert await page.locator("html").get_attribute("lang") == code
    finally:
        language.choose("en")


async def test_everything_can_be_answered_with_the_keyboard_alone(
    browser: Browser, app: RunningApp, profiles: Path
) -> None:
    """From the new inquiry to its check, by Tab, space, arrows and Enter."""
    async with visiting(browser, app, "/new") as page:
        await tab_to(page, "button[value='usps-chat:feedback']")
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/write")
        for path, text in {"subject": "A kind carrier", "message": "Thank you.", "contact.first_name": "Maria"}.items():
            await tab_to(page, f"[name='a.{path}']")
            await page.keyboard.type(text)
        await tab_to(page, "[name='a.contact.last_name']")
        await page.keyboard.type("O'Brien")
        await tab_to(page, "[name='a.contact.email']")
        await page.keyboard.type("maria@example.com")
        await expect(page.get_by_role("link", name="Check the answers")).to_be_visible()
        await tab_to(page, "#ready a")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", name="Check your answers")).to_be_visible()
