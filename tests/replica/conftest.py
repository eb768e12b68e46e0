"""A site, a browser and a page for the tests of the practice site.

Nothing here asserts.
"""

from __future__ import annotations

import json
import os
import shutil
import urllib.request
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from autofill.replica import ReplicaOptions, serving

_BROWSERS = ("chromium-headless-shell", "chromium", "google-chrome", "chrome")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, _BROWSERS)), None)
    with sync_playwright() as playwright:
        with_root = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=found, args=with_root)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The address of a site that answers without delay."""
    with serving(ReplicaOptions(delay_ms=0)) as replica:
        yield replica.url


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page on which nothing may go wrong unseen."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.set_default_timeout(10_000)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    yield page
    page.close()
    assert errors == []


@pytest.fixture
def wild_page(browser: Browser) -> Iterator[Page]:
    """A page on which anything may go wrong."""
    page = browser.new_page()
    page.set_default_timeout(10_000)
    yield page
    page.close()


ANSWERS = {
    "topic": "feedback",
    "sub_topic": "compliment",
    "message": "Well done.",
    "first_name": "Ada",
    "last_name": "Example",
    "email": "a@example.com",
    "confirm_email": "a@example.com",
    "reply_by": "email",
    "country": "US",
    "street": "1 Main St",
    "city": "Albany",
    "state": "NY",
    "postal_code": "12207",
    "certify_true": "true",
}


@pytest.fixture
def answers() -> dict[str, str]:
    """An inquiry that is accepted."""
    return dict(ANSWERS)


class Hand:
    """A person at the wizard: goes through it the way that is known to work."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def box(self, label: str) -> Locator:
        return self.page.get_by_role("textbox", name=label, exact=True)

    def fill(self, answers: dict[str, str]) -> None:
        for label, answer in answers.items():
            self.box(label).fill(answer)
            self.page.keyboard.press("Tab")

    def choose(self, label: str, option: str) -> None:
        self.page.get_by_role("combobox", name=label, exact=True).click()
        self.page.get_by_role("option", name=option, exact=True).click()
        # Where the focus goes next depends on what the server's answer adds.
        self.page.locator("lightning-spinner").wait_for(state="detached")
        self.page.keyboard.press("Tab")

    def tick(self, group: str, option: str) -> None:
        self.page.get_by_role("radiogroup", name=group).get_by_text(option, exact=True).click()

    def press(self, button: str) -> None:
        """Press a button with no field left in focus, so that no error line goes under the pointer."""
        found = self.page.get_by_role("button", name=button, exact=True)
        found.focus()
        found.click()

    def arrive(self, heading: str) -> None:
        self.page.get_by_role("heading", name=heading, exact=True, level=2).wait_for()

    def leave(self, heading: str) -> None:
        """Go on from the screen of this heading."""
        self.press("Next")
        self.page.get_by_role("heading", name=heading, exact=True, level=2).wait_for(state="detached")

    def skip_to_submit(self) -> None:
        """Leave all the filling out: the wizard is told the answers and shows its last screen."""
        tell = """([wizard, answers]) => {
          for (const [name, answer] of Object.entries(answers)) wizard.answers.set(name, answer);
          wizard.go(3);
        }"""
        wizard = self.page.locator("c-email-us").element_handle()
        self.page.evaluate(tell, [wizard, ANSWERS])

    def tell_feedback(self) -> None:
        self.choose("What can we help you with?", "Feedback or complaint")
        self.choose("Please provide some additional details", "Compliment")
        self.fill({"Additional Information": "Well done."})

    def introduce(self) -> None:
        self.fill({"First Name": "Ada", "Last Name": "Example", "Email": "a@example.com"})
        self.fill({"Confirm Email": "a@example.com"})
        self.tick("Preferred Contact Method", "Email")
        self.choose("Country", "United States")
        self.fill({"Street Address": "1 Main St", "City": "Albany", "ZIP Code": "12207"})
        self.choose("State", "New York")
        self.page.locator("label", has_text="I certify that what I have written is true.").click()


@pytest.fixture
def hand(page: Page) -> Hand:
    return Hand(page)


@pytest.fixture
def wild_hand(wild_page: Page) -> Hand:
    return Hand(wild_page)


def read_json(url: str) -> Any:
    with urllib.request.urlopen(url) as response:
        return json.load(response)


@pytest.fixture
def read() -> Any:
    """Reads the JSON at an address."""
    return read_json


def send_inquiry(site: str, answers: dict[str, str]) -> Any:
    action = {"id": "1;a", "descriptor": "apex://EmailUsController/ACTION$submitInquiry"}
    message = {"actions": [action | {"params": {"answers": answers, "files": []}}]}
    body = urlencode({"message": json.dumps(message)}).encode()
    with urllib.request.urlopen(f"{site}/s/sfsites/aura", body) as response:
        return json.load(response)["actions"][0]


@pytest.fixture
def send() -> Any:
    """Sends an inquiry to a site as its page would, and returns what the page is told."""
    return send_inquiry
