"""What a page does that its visitor does not expect, in a real browser, and what the site knows of it afterwards."""

from __future__ import annotations

import urllib.request
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Dialog, Page, expect

SUBMIT = {"name": "Submit", "exact": True}


@pytest.fixture(autouse=True)
def _empty(site: str) -> None:
    urllib.request.urlopen(f"{site}/_replica/reset", b"").close()


@pytest.fixture
def record(site: str, read: Any) -> Callable[[], Any]:
    """Tells what arrived."""
    return lambda: read(f"{site}/_replica/submissions")


@pytest.fixture
def visit(site: str, wild_page: Page, wild_hand: Any) -> Callable[..., None]:
    """Opens the wizard with faults and, unless told, goes on to the last screen."""

    def go(*faults: str, shadow: str = "flat", to_submit: bool = True) -> None:
        query = "&".join([f"shadow={shadow}", *(f"fault={fault}" for fault in faults)])
        wild_page.goto(f"{site}/s/?{query}")
        if to_submit:
            wild_hand.skip_to_submit()

    return go


def answered(page: Page, dialogs: list[Dialog], *, yes: bool = True) -> None:
    """Note every dialog, and answer it."""

    def answer(dialog: Dialog) -> None:
        dialogs.append(dialog)
        if yes:
            dialog.accept()
        else:
            dialog.dismiss()

    page.on("dialog", answer)


@pytest.mark.parametrize("shadow", ["flat", "native"])
def test_questions_are_not_as_mapped(visit: Any, wild_page: Page, wild_hand: Any, shadow: str) -> None:
    """Renamed, there twice, missing, cut, disabled, rewritten: in both ways of building."""
    faults = ["renamed=Company Name", "doubled=City", "missing=Phone Number", "cut=Street Address"]
    visit(*faults, "disabled=Last Name", "disabled=Country", "mask=First Name", shadow=shadow)
    wild_hand.press("Previous")
    wild_hand.press("Previous")
    expect(wild_hand.box("Please specify")).to_be_visible()
    expect(wild_hand.box("City")).to_have_count(2)
    expect(wild_hand.box("Phone Number")).to_have_count(0)
    expect(wild_hand.box("Last Name")).to_be_disabled()
    expect(wild_page.get_by_role("combobox", name="Country", exact=True)).to_be_disabled()
    expect(wild_hand.box("Email")).to_be_enabled()
    wild_hand.fill({"Street Address": "1 Main St", "First Name": "Adalbert"})
    expect(wild_hand.box("Street Address")).to_have_value("1 Mai")
    expect(wild_hand.box("First Name")).to_have_value("ADA-LBE-RT")


def test_a_button_is_disabled(visit: Any, wild_page: Page) -> None:
    """The last one, and no other."""
    visit("disabled=Submit")
    expect(wild_page.get_by_role("button", name="Submit", exact=True)).to_be_disabled()
    expect(wild_page.get_by_role("button", name="Previous", exact=True)).to_be_enabled()


def test_a_refusal_leads_back_to_the_field(visit: Any, wild_page: Page, wild_hand: Any, record: Any) -> None:
    """Toast and marked field, as the site's own refusals."""
    visit("reject=City")
    wild_hand.press("Submit")
    expect(wild_page.get_by_role("alert").filter(has_text="Error")).to_contain_text("City: We cannot accept")
    expect(wild_hand.box("City")).to_have_attribute("aria-invalid", "true")
    assert [entry["accepted"] for entry in record()["submissions"]] == [False]


def test_a_silent_refusal_shows_the_same_screen(visit: Any, wild_page: Page, wild_hand: Any, record: Any) -> None:
    """The answer has come, and nothing tells."""
    visit("reject-silently")
    with wild_page.expect_response("**/aura?**"):
        wild_hand.press("Submit")
    wild_page.locator("lightning-spinner").wait_for(state="detached")
    expect(wild_page.get_by_role("button", name="Submit", exact=True)).to_be_enabled()
    expect(wild_page.get_by_role("alert")).to_have_count(0)
    assert record() == {"requests": 1, "leaked": 0, "submissions": []}


@pytest.mark.parametrize(("fault", "shown"), [("no-number", 0), ("two-numbers", 2), ("same-number-twice", 2)])
@pytest.mark.parametrize("way", ["slow=1", "native-post"])
def test_a_confirmation_shows_what_it_is_told(
    visit: Any, wild_page: Page, wild_hand: Any, fault: str, shown: int, way: str
) -> None:
    """Within the wizard and on a page of its own."""
    visit(fault, way)
    wild_hand.press("Submit")
    wild_hand.arrive("Thank you for contacting us")
    expect(wild_page.get_by_text("Your Service Request Number is")).to_have_count(shown)


@pytest.mark.parametrize(("step", "solved_first"), [("open", True), ("submit", False)])
def test_a_captcha_covers_the_page_until_it_is_solved(
    visit: Any, wild_page: Page, wild_hand: Any, record: Any, step: str, *, solved_first: bool
) -> None:
    """On opening, and between the click and the request; then everything goes on."""
    visit(f"captcha@{step}", to_submit=not solved_first)
    if not solved_first:
        wild_hand.press("Submit")
    cover = wild_page.get_by_role("dialog", name="Security check")
    robot = wild_page.frame_locator("iframe").get_by_role("button", name="I am not a robot")
    expect(robot).to_be_visible()
    assert [frame.url.endswith("/recaptcha/api2/anchor") for frame in wild_page.frames] == [False, True]
    assert record()["requests"] == 0
    robot.click()
    expect(cover).to_have_count(0)
    if solved_first:
        wild_hand.skip_to_submit()
        wild_hand.press("Submit")
    wild_hand.arrive("Thank you for contacting us")


@pytest.mark.parametrize(("fault", "filed"), [("login@submit", 0), ("login@submit=after", 1)])
def test_a_login_comes_between(
    visit: Any, wild_page: Page, wild_hand: Any, record: Any, fault: str, filed: int
) -> None:
    """Before the request, or in place of its confirmation; the way back leads to an empty form."""
    visit(fault)
    wild_hand.press("Submit")
    wild_page.get_by_label("Password").fill("anything")
    assert len(record()["submissions"]) == filed
    wild_page.get_by_role("button", name="Sign In").click()
    wild_hand.arrive("Problem Details")
    wild_hand.skip_to_submit()
    wild_hand.press("Submit")
    wild_hand.arrive("Thank you for contacting us")
    assert len(record()["submissions"]) == filed + 1


@pytest.mark.parametrize(
    ("fault", "requests"), [("session-expired", 0), ("session-expired@submit", 0), ("session-expired@submit=after", 1)]
)
def test_a_session_expires(visit: Any, wild_page: Page, wild_hand: Any, record: Any, fault: str, requests: int) -> None:
    """The page says so, and the form is gone."""
    visit(fault, to_submit="@" in fault)
    if "@" in fault:
        wild_hand.press("Submit")
    wild_hand.arrive("Session expired")
    expect(wild_page.get_by_role("alert")).to_contain_text("Please start again.")
    expect(wild_page.locator("c-email-us")).to_have_count(0)
    assert record()["requests"] == requests


@pytest.mark.parametrize(("fault", "requests", "filed"), [("slow=1", 4, 4), ("reset=before", 5, 0)])
def test_a_page_sends_more_than_once(
    visit: Any, wild_page: Page, wild_hand: Any, record: Any, fault: str, requests: int, filed: int
) -> None:
    """Three requests and a beacon; a connection that breaks makes a browser add its own."""
    visit("duplicate-request", fault)
    wild_hand.press("Submit")
    if filed:
        wild_hand.arrive("Thank you for contacting us")
    else:
        wild_page.get_by_role("alert").filter(has_text="We could not reach the server.").wait_for()
    wild_page.wait_for_load_state("networkidle")
    assert record()["requests"] >= requests
    assert len(record()["submissions"]) == filed


def test_a_form_leaves_the_page(visit: Any, wild_page: Page, wild_hand: Any, site: str, record: Any) -> None:
    """A real navigation: POST, 303, and a confirmation that can be loaded again without sending again."""
    visit("native-post")
    wild_hand.press("Submit")
    wild_hand.arrive("Thank you for contacting us")
    (submission,) = record()["submissions"]
    assert wild_page.url == f"{site}/s/confirmation?number={submission['case_number']}"
    wild_page.reload()
    assert record()["requests"] == 1


def test_a_form_that_left_the_page_meets_network_faults_too(
    visit: Any, wild_page: Page, wild_hand: Any, record: Any
) -> None:
    """The browser sends a navigation again as it does a request of a script."""
    visit("native-post", "reset")
    with wild_page.expect_event("requestfailed"):
        wild_hand.press("Submit")
    assert record()["requests"] > 1


@pytest.mark.parametrize(("yes", "requests"), [(True, 1), (False, 0)])
def test_a_page_asks_before_it_sends(
    visit: Any, wild_page: Page, wild_hand: Any, record: Any, requests: int, *, yes: bool
) -> None:
    """Who says no, sends nothing."""
    dialogs: list[Dialog] = []
    answered(wild_page, dialogs, yes=yes)
    visit("confirm-dialog")
    wild_hand.press("Submit")
    if yes:
        wild_hand.arrive("Thank you for contacting us")
    assert [dialog.type for dialog in dialogs] == ["confirm"]
    assert record()["requests"] == requests


def test_a_page_shows_alerts(visit: Any, wild_page: Page, wild_hand: Any) -> None:
    """As many as it is told; a million unless it is."""
    dialogs: list[Dialog] = []
    answered(wild_page, dialogs)
    visit("alert-loop=12")
    wild_hand.press("Submit")
    wild_hand.arrive("Thank you for contacting us")
    assert [dialog.type for dialog in dialogs] == ["alert"] * 12


def test_a_page_asks_before_it_is_left(visit: Any, wild_page: Page) -> None:
    """Once somebody has touched it."""
    dialogs: list[Dialog] = []
    answered(wild_page, dialogs)
    visit("beforeunload")
    wild_page.locator("h1").click()
    wild_page.reload()
    assert [dialog.type for dialog in dialogs] == ["beforeunload"]


def test_a_page_never_comes_back(visit: Any, wild_page: Page, wild_hand: Any, record: Any) -> None:
    """The inquiry is filed, and the page does not answer any more."""
    visit("busy-loop")
    with wild_page.expect_response("**/aura?**"):
        wild_page.get_by_role("button", name="Submit", exact=True).dispatch_event("click")
    assert len(record()["submissions"]) == 1
    with pytest.raises(Exception, match="Timeout"):
        wild_page.locator("h1").inner_text(timeout=300)


def test_a_page_crashes(visit: Any, wild_page: Page, record: Any) -> None:
    """The inquiry is filed; the browser says that the page is no more."""
    visit("crash")
    with wild_page.expect_event("crash"):
        wild_page.get_by_role("button", name="Submit", exact=True).dispatch_event("click")
    assert len(record()["submissions"]) == 1


def test_a_page_opens_windows(visit: Any, wild_page: Page, wild_hand: Any) -> None:
    """Five of them."""
    visit("popups")
    with wild_page.context.expect_event("page", lambda _: len(wild_page.context.pages) == 6):
        wild_hand.press("Submit")
    wild_hand.arrive("Thank you for contacting us")
    assert len(wild_page.context.pages) == 6
    for other in wild_page.context.pages[1:]:
        other.close()


def test_a_page_starts_a_download(visit: Any, wild_page: Page) -> None:
    """Under a name that means no good."""
    with wild_page.expect_download() as download:
        visit("download", to_submit=False)
    assert download.value.suggested_filename.endswith("evil.sh")


def test_a_page_wants_a_file(visit: Any, wild_page: Page) -> None:
    """From a control that nobody sees, on any click."""
    visit("hidden-file-input")
    expect(wild_page.locator("input[type=file]")).to_be_hidden()
    with wild_page.expect_file_chooser():
        wild_page.locator("h1").click()


def test_a_page_is_very_high(visit: Any, wild_page: Page) -> None:
    """Higher than one picture can be."""
    visit("tall")
    assert wild_page.evaluate("document.documentElement.scrollHeight") >= 200_000


def test_a_page_writes_to_the_console(visit: Any, wild_page: Page) -> None:
    """10,000 lines."""
    lines: list[str] = []
    wild_page.on("console", lambda message: lines.append(message.text))
    visit("console-spam")
    assert len(lines) == 10_000


def test_texts_carry_markup(visit: Any, wild_page: Page, wild_hand: Any) -> None:
    """In the title, on the screens and in the confirmation; the page itself does not run it."""
    dialogs: list[Dialog] = []
    answered(wild_page, dialogs)
    visit("script-in-texts")
    assert "<script>" in wild_page.title()
    wild_hand.press("Submit")
    expect(wild_page.get_by_text("Your Service Request Number is")).to_contain_text("<img src=x onerror")
    assert dialogs == []


def test_a_page_tells_another_origin(visit: Any, wild_page: Page, wild_hand: Any, record: Any) -> None:
    """Whatever is typed goes out in three ways, before anything is sent."""
    visit("exfiltrate", to_submit=False)
    wild_hand.fill({"Subject": "secret"})
    wild_page.wait_for_load_state("networkidle")
    assert record() == {"requests": 0, "leaked": 3, "submissions": []}


def test_the_hub_has_faults_too(site: str, wild_page: Page) -> None:
    """Those of pages, at their step."""
    wild_page.goto(f"{site}/help/contact-us.htm?fault=session-expired@hub")
    expect(wild_page.get_by_role("heading", name="Session expired")).to_be_visible()
    wild_page.goto(f"{site}/help/contact-us.htm?fault=session-expired@submit")
    expect(wild_page.get_by_role("link", name="Email Us")).to_be_visible()


@pytest.mark.parametrize(("step", "choice"), [("topic", "File a claim"), ("open", "")])
def test_a_deed_is_done_at_its_step(visit: Any, wild_page: Page, wild_hand: Any, step: str, choice: str) -> None:
    """Not before."""
    dialogs: list[Dialog] = []
    answered(wild_page, dialogs)
    visit(f"alert-loop@{step}=1", to_submit=False)
    wild_hand.arrive("Problem Details")
    assert len(dialogs) == (0 if choice else 1)
    if choice:
        wild_hand.choose("What can we help you with?", choice)
    assert len(dialogs) == 1
