"""Interruptions that a form map knows: what may come at any time and is put away, and dialogs that are agreed to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from playwright.async_api import Locator, Page

from autofill.forms.form_map import DialogAnswer, Dismissal
from autofill.inquiry.fields import single_spaced
from autofill.page.locate import element_on


async def expect(page: Page, dismissals: Iterable[Dismissal]) -> None:
    """Put each away whenever it is there and something is to be done on the page."""
    for each in dismissals:
        button = element_on(page, each.click)

        async def press(_shown: Locator, button: Locator = button) -> None:
            await button.click()

        await page.add_locator_handler(element_on(page, each.when or each.click).first, press)


async def put_away(page: Page, dismissals: Iterable[Dismissal]) -> None:
    """Put away what is there now, so that it is in no picture."""
    for each in dismissals:
        if await element_on(page, each.when or each.click).first.is_visible():
            await element_on(page, each.click).click()


def is_agreed(message: str, answers: Sequence[DialogAnswer]) -> bool | None:
    """Whether the form map agrees to a dialog that says this; None if it does not know it."""
    said = single_spaced(message).casefold()
    return next((each.accept for each in answers if single_spaced(each.text).casefold() in said), None)
