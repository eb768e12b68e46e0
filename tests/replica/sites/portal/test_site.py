"""Informed Delivery's pages, as a browser meets them."""

from __future__ import annotations

import json
import urllib.request
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from autofill.replica import PRACTICE_ACCOUNT

NAME, WORD = PRACTICE_ACCOUNT


@pytest.fixture(autouse=True)
def _empty(site: str) -> None:
    told(f"{site}/_replica/reset")


def told(url: str, **words: str) -> None:
    body = json.dumps(words).encode()
    urllib.request.urlopen(urllib.request.Request(url, body, method="POST")).close()


def log_in(page: Page, word: str = WORD) -> None:
    page.get_by_role("textbox", name="Username").fill(NAME)
    page.get_by_label("Password").fill(word)
    page.get_by_role("button", name="Sign In").click()


def test_the_account_can_be_asked_for(site: str, read: Any) -> None:
    """It is no secret."""
    assert read(f"{site}/_replica/account") == {"username": NAME, "password": WORD}


def test_the_way_to_a_page_leads_through_the_login_and_back(site: str, page: Page) -> None:
    """And nowhere else, whatever the address says."""
    page.goto(f"{site}/portal/report")
    log_in(page)
    expect(page.get_by_role("heading", name="Report a missing mailpiece")).to_be_visible()
    page.goto(f"{site}/entreg/LoginAction_input?appURL=//evil.example/")
    log_in(page)
    expect(page).to_have_url(f"{site}/portal/dashboard")
    page.get_by_role("button", name="Sign Out").click()
    page.goto(f"{site}/portal/dashboard")
    expect(page.get_by_role("heading", name="Sign In To Your Account")).to_be_visible()


def test_a_wrong_password_is_told_and_counted_until_the_account_is_locked(site: str, page: Page) -> None:
    """The user name stays, the password does not."""
    page.goto(f"{site}/portal/dashboard")
    for left in (4, 3, 2, 1):
        log_in(page, "wrong")
        expect(page.get_by_role("alert")).to_contain_text(f"is not right. Tries left: {left}")
        expect(page.get_by_role("textbox", name="Username")).to_have_value(NAME)
        expect(page.get_by_label("Password")).to_have_value("")
    log_in(page, "wrong")
    expect(page.get_by_role("alert")).to_have_text("This account is locked.")
    log_in(page)
    expect(page.get_by_role("alert")).to_have_text("This account is locked.")


def test_a_report_is_checked_shown_again_and_filed_once(site: str, page: Page, read: Any) -> None:
    """What is missing is said beside the form; the number stands on the last page."""
    page.goto(f"{site}/portal/report")
    log_in(page)
    page.get_by_label("Kind of item").select_option(label="Package with a tracking number")
    page.get_by_label("Date it was announced").fill("2026-11-09")
    page.get_by_role("button", name="Next").click()
    alert = page.get_by_role("alert")
    for complaint in ("Tracking Number: Complete", "Comments: Complete", "Date it was announced: Your entry"):
        expect(alert).to_contain_text(complaint)
    page.get_by_label("Tracking Number").fill("9400111202555830001010")
    page.get_by_label("Date it was announced").fill("Nov 9, 2026")
    page.get_by_label("Comments").fill("It is gone.\n<b>Really.</b>")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("It is gone. <b>Really.</b>", exact=True)).to_be_visible()
    page.get_by_role("link", name="Next").click()
    page.get_by_role("button", name="Submit").click()
    number = page.locator(".case-number strong").inner_text()
    (submission,) = read(f"{site}/_replica/submissions")["submissions"]
    assert (submission["case_number"], submission["fields"]["channel"]) == (number, "informed-delivery")
    assert submission["fields"]["comments"] == "It is gone.\n<b>Really.</b>"
    page.goto(f"{site}/portal/report/submit")
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_role("heading", name="Report a missing mailpiece")).to_be_visible()
    assert len(read(f"{site}/_replica/submissions")["submissions"]) == 1


def test_a_session_expires(site: str, page: Page) -> None:
    """After a quarter of an hour on the site's clock."""
    page.goto(f"{site}/portal/dashboard")
    log_in(page)
    told(f"{site}/_replica/clock", advance="1h")
    page.get_by_role("link", name="Report a missing mailpiece").click()
    expect(page.get_by_role("alert")).to_have_text("Your session has expired. Please sign in again.")
