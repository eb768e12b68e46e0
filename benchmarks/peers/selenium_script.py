"""What one would write by hand with Selenium. Usage: selenium_script.py DRIVER BROWSER URL FOLDER.

Chromium's driver has no picture of a whole page; with its DevTools command it takes one, as Selenium's users do.
"""

from __future__ import annotations

import base64
import json
import os
import re
import sys
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support import expected_conditions
from selenium.webdriver.support.select import Select
from selenium.webdriver.support.wait import WebDriverWait

INQUIRY = json.loads(Path(__file__).with_name("inquiry.json").read_text("utf-8"))


class Form:
    """The form in a browser, and where its pictures go."""

    def __init__(self, driver: webdriver.Chrome, folder: Path) -> None:
        self.driver, self.folder = driver, folder
        self.wait = WebDriverWait(driver, 20, poll_frequency=0.02)

    def shot(self, name: str) -> None:
        size = self.driver.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssContentSize"]
        taken = self.driver.execute_cdp_cmd(
            "Page.captureScreenshot", {"captureBeyondViewport": True, "clip": {**size, "x": 0, "y": 0, "scale": 1}}
        )
        (self.folder / f"{name}.png").write_bytes(base64.b64decode(taken["data"]))

    def named(self, name: str) -> WebElement:
        return self.wait.until(expected_conditions.element_to_be_clickable((By.NAME, name)))

    def with_text(self, tag: str, text: str) -> WebElement:
        where = (By.XPATH, f'//{tag}[normalize-space()="{text}"]')
        return self.wait.until(expected_conditions.element_to_be_clickable(where))

    def fill(self, name: str, value: str) -> None:
        self.named(name).send_keys(value)

    def select(self, name: str, value: str) -> None:
        Select(self.named(name)).select_by_visible_text(value)

    def pick(self, name: str, value: str) -> None:
        self.named(name).click()
        self.with_text('*[@role="option"]', value).click()

    def choose(self, _name: str, value: str) -> None:
        self.with_text("label", value).click()

    def look_up(self, name: str, value: str) -> None:
        self.named(name).send_keys(value, Keys.TAB)
        self.with_text("h3", "Mailpiece information")

    def fill_page(self, page: str) -> None:
        for action, name, value in INQUIRY[page]:
            getattr(self, action)(name, value)

    def next(self, heading: str) -> None:
        self.with_text("button", "Next").click()
        self.with_text("h2", heading)


def main(driver_path: str, browser_path: str, url: str, folder: Path) -> None:
    options = webdriver.ChromeOptions()
    options.binary_location = browser_path
    for argument in ("--headless", "--window-size=1280,960", *([] if os.getuid() else ["--no-sandbox"])):
        options.add_argument(argument)
    with webdriver.Chrome(options=options, service=webdriver.ChromeService(driver_path)) as driver:
        form = Form(driver, folder)
        driver.get(f"{url}/help/contact-us.htm")
        form.shot("1-contact-us")
        form.with_text("a", "Email Us").click()
        form.with_text("h2", "Problem Details")
        form.fill_page("problem")
        form.shot("2-problem-details")
        form.next("Contact Information")
        form.fill_page("contact")
        form.shot("3-contact-information")
        form.next("Review")
        form.shot("4-review")
        form.next("Submit")
        form.shot("5-submit")
        form.with_text("button", "Submit").click()
        form.with_text("h2", "Thank you for contacting us")
        form.shot("6-confirmation")
        print(re.findall("[0-9]{8}", driver.find_element(By.CLASS_NAME, "case-number").text)[0])


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], Path(sys.argv[4]))
