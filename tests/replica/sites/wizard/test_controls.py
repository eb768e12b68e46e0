"""Each control behaves as the genuine one was measured to, in both ways of building and with and without the star.

Each test holds what works on such a control, and what fails.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Error, Page, expect

LOOKS = [(shadow, star) for shadow in ("flat", "native") for star in (True, False)]


@pytest.fixture(params=LOOKS, ids=[f"{shadow}-{'star' if star else 'plain'}" for shadow, star in LOOKS])
def look(request: pytest.FixtureRequest, page: Page, site: str) -> tuple[str, str]:
    """Open the wizard built in one of the four ways; gives the way and the star."""
    shadow, star = request.param
    page.goto(f"{site}/s/?shadow={shadow}&star={int(star)}")
    page.get_by_role("heading", name="Problem Details").wait_for()
    return shadow, "*" if star else ""


@pytest.fixture
def contact(look: tuple[str, str], hand: Any) -> tuple[str, str]:
    """Go on to Contact Information."""
    hand.tell_feedback()
    hand.leave("Problem Details")
    hand.arrive("Contact Information")
    return look


def test_text(contact: tuple[str, str], hand: Any) -> None:
    """A text's role and name carry no star; its label does. It takes no more than its limit."""
    _, star = contact
    page = hand.page
    assert page.get_by_role("textbox", name="First Name", exact=True).count() == 1
    assert page.get_by_label("First Name").count() == 1
    assert page.get_by_label("First Name", exact=True).count() == (0 if star else 1)
    assert page.get_by_label(f"{star}First Name", exact=True).count() == 1
    assert page.locator("input[name=first_name]").count() == 1
    hand.box("First Name").fill("x" * 50)
    assert len(hand.box("First Name").input_value()) == 40


def test_email_and_checkbox(contact: tuple[str, str], page: Page) -> None:
    """The word Email labels three controls, and exactly a radio button; a checkbox is out of the pointer's reach."""
    _, star = contact
    email = page.get_by_role("textbox", name="Email", exact=True)
    assert email.count() == 1
    assert (email.get_attribute("type"), email.get_attribute("inputmode")) == ("text", "email")
    assert page.get_by_role("textbox", name="Phone Number").get_attribute("type") == "tel"
    assert page.get_by_label("Email").count() == 3
    assert page.get_by_label("Email", exact=True).count() == (1 if star else 2)
    assert page.get_by_role("button", name="Email Help Info", exact=True).count() == 1
    name = "I certify that what I have written is true."
    checkbox = page.get_by_role("checkbox", name=name, exact=True)
    with pytest.raises(Error, match="intercepts pointer events"):
        checkbox.check(timeout=1500)
    page.locator("label", has_text=name).check()
    assert checkbox.is_checked()
    checkbox.press("Space")
    assert not checkbox.is_checked()


def test_long_text(look: tuple[str, str], hand: Any) -> None:
    """At its limit the long text warns."""
    hand.box("Additional Information").fill("x" * 4001)
    assert len(hand.box("Additional Information").input_value()) == 4000
    expect(hand.page.get_by_role("alert")).to_contain_text("4000")


def test_combobox(look: tuple[str, str], page: Page) -> None:
    """A button with a list that is empty until it is opened; it cannot be filled or selected from."""
    label = "What can we help you with?"
    combobox = page.get_by_role("combobox", name=label, exact=True)
    assert combobox.evaluate("element => element.tagName") == "BUTTON"
    assert page.get_by_label(label).count() == 2
    assert page.locator("[role=option]").count() == 0
    for attempt in (lambda: combobox.fill("x", timeout=300), lambda: combobox.select_option("x", timeout=300)):
        with pytest.raises(Error):
            attempt()
    combobox.click()
    expect(combobox).to_have_attribute("aria-expanded", "true")
    assert page.get_by_role("option").count() == 9
    page.get_by_role("option", name="File a claim", exact=True).click()
    expect(combobox).to_have_text("File a claim")
    expect(combobox).to_have_attribute("data-value", "File a claim")
    assert page.locator("[role=option][data-value=claim]").get_attribute("aria-selected") == "true"


def test_combobox_by_keyboard(look: tuple[str, str], page: Page) -> None:
    """Enter, the first letters, Enter."""
    combobox = page.get_by_role("combobox", name="What can we help you with?", exact=True)
    combobox.press("Enter")
    page.keyboard.type("Tech")
    page.keyboard.press("Enter")
    expect(combobox).to_have_text("Technical support")


def test_select(look: tuple[str, str], hand: Any) -> None:
    """A native list takes a choice by its words or its value."""
    hand.choose("What can we help you with?", "Request a refund")
    select = hand.page.get_by_role("combobox", name="Mail Class", exact=True)
    assert select.evaluate("element => element.tagName") == "SELECT"
    assert select.locator("option").first.text_content() == "Select an Option"
    select.select_option("Media Mail")
    expect(select).to_have_value("media-mail")


def test_radio(look: tuple[str, str], hand: Any) -> None:
    """The native button is out of the pointer's reach; its label, the space bar and an event work."""
    hand.choose("What can we help you with?", "Request a refund")
    _, star = look
    group = hand.page.get_by_role("radiogroup", name=f"{star}Do you have a tracking number?", exact=True)
    radio = group.get_by_role("radio", name="No", exact=True)
    with pytest.raises(Error, match="did not change its state"):
        radio.check(force=True, timeout=1500)
    with pytest.raises(Error, match="intercepts pointer events"):
        radio.check(timeout=1500)
    group.locator("label", has_text="No").check()
    assert radio.is_checked()
    group.get_by_role("radio", name="Yes").press("Space")
    assert not radio.is_checked()
    radio.dispatch_event("click")
    assert radio.is_checked()


def test_date_text(look: tuple[str, str], page: Page) -> None:
    """One form is taken, its long form is shortened, ISO is emptied in silence, the rest stays and is wrong.

    The error shows only after focus has left the calendar button too.
    """
    date = page.get_by_role("textbox", name="Date of Problem or Best Guess", exact=True)
    for typed, shown, wrong in (
        ("11/02/2026", "11/02/2026", True),
        ("Nov 2, 2026", "Nov 2, 2026", False),
        ("Feb 30, 2026", "Feb 30, 2026", True),
        ("November 12, 2026", "Nov 12, 2026", False),
        ("2026-11-02", "", False),
    ):
        date.fill(typed)
        page.keyboard.press("Tab")
        assert date.input_value() == shown
        page.keyboard.press("Tab")
        assert date.get_attribute("aria-invalid") == ("true" if wrong else None)
    date.fill("x")
    page.keyboard.press("Tab")
    assert page.get_by_role("button", name="Select a date for Date of Problem").evaluate("e => e.matches(':focus')")
    assert date.get_attribute("aria-invalid") is None


def test_date_calendar(look: tuple[str, str], page: Page) -> None:
    """A click on the text opens a calendar of this month; the icon lies below the text."""
    date = page.get_by_role("textbox", name="Date of Problem or Best Guess", exact=True)
    with pytest.raises(Error, match="intercepts pointer events"):
        page.get_by_role("button", name="Select a date for Date of Problem").click(timeout=1500)
    date.click()
    calendar = page.get_by_role("dialog", name=re.compile("^Date picker: "))
    calendar.get_by_role("button", name="Previous Month").click()
    calendar.get_by_role("combobox", name="Pick a Year").select_option("2024")
    calendar.get_by_role("gridcell", name="12", exact=True).click()
    expect(date).to_have_value(re.compile(r"^[A-Z][a-z]{2} 12, 2024$"))
    expect(calendar).to_have_count(0)


def test_error_line(look: tuple[str, str], page: Page) -> None:
    """It comes when the field is left and reads label and message in one; its link differs by way of building."""
    shadow, _ = look
    message = page.get_by_role("textbox", name="Additional Information")
    message.focus()
    page.keyboard.press("Tab")
    expect(message).to_have_attribute("aria-invalid", "true")
    host = page.locator("lightning-textarea")
    expect(host).to_have_class(re.compile("slds-has-error"))
    assert host.locator(".slds-form-element__help").text_content() == "Additional InformationComplete this field."
    link = message.get_attribute("aria-describedby")
    assert link == "" if shadow == "native" else re.fullmatch(r"help-message-\d+", str(link))
    assert message.evaluate("element => element.ariaDescribedByElements.length") == 1


def test_tree(look: tuple[str, str], page: Page) -> None:
    """Native roots keep their ids and their content to themselves; a flat tree numbers its ids anew at every load."""
    shadow, star = look

    def ids() -> list[str | None]:
        return [control.get_attribute("id") for control in page.locator("input, textarea, [role=combobox]").all()]

    inputs = page.content().count("<input")
    before = ids()
    page.reload()
    page.get_by_role("heading", name="Problem Details").wait_for()
    after = ids()
    assert page.locator("abbr").count() == (2 if star else 0)
    assert page.locator("input").count() == 3
    assert page.evaluate("document.querySelectorAll('input').length") == (0 if shadow == "native" else 3)
    assert page.locator("xpath=//input").count() == (0 if shadow == "native" else 3)
    if shadow == "native":
        assert inputs == 0
        assert before == after == ["combobox-button", "input", "input", "input", "input"]
    else:
        assert inputs == 3
        assert len(set(before)) == len(before) == 5
        assert not set(before) & set(after)
