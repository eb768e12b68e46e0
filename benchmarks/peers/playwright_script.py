"""What one would write by hand: fill the same form from the same values, take the same pictures, and nothing else.

Usage: playwright_script.py BROWSER URL FOLDER [TABLE]   (the practice desk's; the values are those of
profiles/01-missing-package.yaml)

With TABLE, a file with a tracking number a line, it does so for one after the other in one browser.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

TRACKING_NUMBER = "9400111202555830001010"
MESSAGE = """A package with three books was mailed to me from Portland on October 5.
It was expected on October 9 and has not arrived. Tracking shows no scan since October 7.

I have asked my neighbors and the local post office; neither has it.
Could you please search for it and tell me what you find?"""


def text(page: Page, name: str, value: str) -> None:
    page.get_by_role("textbox", name=name, exact=True).fill(value)


def pick(page: Page, name: str, value: str) -> None:
    page.get_by_role("combobox", name=name, exact=True).click()
    page.get_by_role("option", name=value, exact=True).click()


def radio(page: Page, group: str, value: str) -> None:
    page.get_by_role("radiogroup", name=group).locator("label", has_text=re.compile(f"^{value}$")).click()


def problem_details(page: Page, tracking_number: str) -> None:
    pick(page, "What can we help you with?", "Where is my package?")
    pick(page, "Please provide some additional details", "Package not received")
    radio(page, "Do you have a tracking number?", "Yes")
    text(page, "Tracking Number", tracking_number)
    page.keyboard.press("Tab")
    page.get_by_text("Mailpiece information").wait_for()
    text(page, "Mailing Date", "Oct 5, 2026")
    page.get_by_label("Mail Class", exact=True).select_option(label="Media Mail")
    text(page, "Sender Address", "88 Elm Street, Portland, OR 97205-1234")
    text(page, "Recipient Address", "1200 Harbor Street, Apt 4B, San Francisco, CA 94107")
    text(page, "Date of Problem or Best Guess", "Oct 9, 2026")
    text(page, "Subject", "Media Mail package not received")
    text(page, "Additional Information", MESSAGE)


def contact_information(page: Page) -> None:
    text(page, "First Name", "Maria")
    text(page, "Last Name", "O'Brien")
    text(page, "Company Name", "Harbor Street Books")
    text(page, "Email", "maria.obrien@example.com")
    text(page, "Confirm Email", "maria.obrien@example.com")
    radio(page, "Preferred Contact Method", "Email")
    text(page, "Phone Number", "(415) 555-0132")
    pick(page, "Country", "United States")
    text(page, "Street Address", "1200 Harbor Street")
    text(page, "Apartment, Suite or Unit", "Apt 4B")
    text(page, "City", "San Francisco")
    pick(page, "State", "California")
    text(page, "ZIP Code", "94107")
    page.get_by_text("I certify that what I have written is true.").click()


def fill(page: Page, url: str, folder: Path, tracking_number: str) -> str:
    """Fill and send one form; the case number."""

    def shot(name: str) -> None:
        page.screenshot(path=folder / f"{name}.png", full_page=True)

    page.goto(f"{url}/help/contact-us.htm")
    shot("1-contact-us")
    page.get_by_role("link", name="Email Us", exact=True).click()
    problem_details(page, tracking_number)
    shot("2-problem-details")
    page.get_by_role("button", name="Next").click()
    contact_information(page)
    shot("3-contact-information")
    page.get_by_role("button", name="Next").click()
    page.get_by_role("heading", name="Review", exact=True).wait_for()
    shot("4-review")
    page.get_by_role("button", name="Next").click()
    page.get_by_role("heading", name="Submit", exact=True).wait_for()
    shot("5-submit")
    page.get_by_role("button", name="Submit").click()
    page.get_by_role("heading", name="Thank you for contacting us").wait_for()
    shot("6-confirmation")
    return str(re.findall("[0-9]{8}", page.locator(".case-number").inner_text())[0])


def main(browser_path: str, url: str, folder: Path, table: Path | None = None) -> None:
    numbers = table.read_text("ascii").split() if table else [TRACKING_NUMBER]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path)
        for row, number in enumerate(numbers):
            page = browser.new_page(viewport={"width": 1280, "height": 960})
            print(fill(page, url, folder / str(row), number))
            if table:
                page.close()  # and its context; a single one goes with the browser
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], *map(Path, sys.argv[3:]))
