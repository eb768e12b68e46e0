"""Python scripts for Playwright, written from a flow. Whatever stands in the flow is a text there, never code."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from autofill.interchange.flow import Flow, Step, Target

_HEAD: Final = '''\
import os
import re
import sys

from playwright.sync_api import Locator, Page, expect, sync_playwright

# Buttons of a question may have the same words as what is typed into.
ENTERED = "input:not([type=radio]):not([type=checkbox]), textarea, select, button, [contenteditable]"


def named(words: str) -> re.Pattern[str]:
    """A label of these words, with or without the mark of a required one."""
    spaced = r"\\s+".join(map(re.escape, words.split()))
    mark = r"(?:\\*|\\((?:required|optional)\\))"
    return re.compile(rf"^\\s*(?:{mark}\\s*)?{spaced}(?:\\s*{mark})?\\s*$", re.IGNORECASE)


def choose(control: Locator, words: str) -> None:
    """Choose from a list of the browser's own, or from one that opens."""
    if control.evaluate("each => each.tagName") == "SELECT":
        control.select_option(label=words)
    else:
        control.click()
        control.page.get_by_role("option", name=words, exact=True).click()


def tick(control: Locator, wanted: bool) -> None:
    """Tick a box or pick a button by key: many are hidden behind drawn ones."""
    if control.is_checked() != wanted:
        control.press("Space")


def pick(page: Page, question: str, words: str) -> None:
    """Pick one of the buttons of a question."""
    name = named(question)
    group = page.get_by_role("radiogroup", name=name).or_(page.get_by_role("group", name=name))
    tick(group.get_by_role("radio", name=words, exact=True), True)


def fill_in(page: Page) -> None:
'''
_FOOT: Final = """

with sync_playwright() as playwright:
    headless = "--headless" in sys.argv
    # BROWSER_PATH can name another Chromium than Playwright's own.
    browser = playwright.chromium.launch(headless=headless, executable_path=os.environ.get("BROWSER_PATH"))
    page = browser.new_page()
    fill_in(page)
    if not headless:
        page.wait_for_event("close", timeout=0)
    browser.close()
"""


def write(flow: Flow, comment: str) -> str:
    """Write a script; it fills in the form, and stays open unless it is run with --headless."""
    comments = "".join(f"# {_printable(line)}\n" for line in comment.splitlines())
    lines = "".join(f"    {line}\n" for step in flow.steps for line in _lines(step))
    return f"{comments}{_HEAD}{lines}{_FOOT}"


def _lines(step: Step) -> Iterator[str]:
    control, value = _locator(step.target), step.value
    match step.action:
        case "open":
            yield f"page.goto({value!r})"
        case "fill":
            yield f"{control}.fill({value!r})"
        case "upload":
            yield f"{control}.set_input_files({list(step.values)!r})"
        case "set":
            yield f"tick({control}, {value == 'yes'})"
        case "press":
            yield f"{control}.click()"
        case "expect":
            yield f"expect(page.get_by_text({value!r}).first).to_be_visible()"
        case "choose" if step.target.role == "radio" and step.target.name:
            yield f"pick(page, {step.target.name!r}, {value!r})"
        case "choose":
            yield from (f"choose({control}, {each!r})" for each in step.values)


def _locator(target: Target) -> str:
    where = "page"
    if target.frame:
        selector = ", ".join(f"iframe[{key}={_quoted(target.frame)}]" for key in ("name", "title"))
        where = f"page.frame_locator({selector!r})"
    if target.role in {"button", "link", "combobox", "checkbox"} and target.name:
        found = f'{where}.get_by_role("{target.role}", name=named({target.name!r}))'
    elif target.css:
        found = f"{where}.locator({target.css!r})"
    elif target.placeholder:
        found = f"{where}.get_by_placeholder({target.placeholder!r}, exact=True)"
    else:
        found = f"{where}.get_by_label(named({target.name!r})).and_({where}.locator(ENTERED))"
    return f"{found}.nth({target.nth - 1})" if target.nth else found


def _quoted(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _printable(line: str) -> str:
    return "".join(letter for letter in line if letter.isprintable())
