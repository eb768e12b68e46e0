"""Clicks that are known to have reached their element."""

from __future__ import annotations

from contextlib import AbstractContextManager

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Locator

from autofill.errors import FormChanged
from autofill.language import _
from autofill.page.locate import as_mapped
from autofill.page.seen import listening

# Three tries: a click can be lost twice at most, once for each error line above the button that vanishes.
_TRIES = 3
# Until what was done shows: some draw it with the next picture.
SHOWN = """async () => {
  for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
}"""


async def click_until_received(target: Locator, name: str) -> None:
    """Click until the element itself has received a click.

    A field that shows an error loses it when the mouse goes down elsewhere; the page moves up, and the mouse comes up
    on something else. Playwright reports success, but the button receives no click. So the button is made to listen.

    Raises:
        FormChanged: the element is missing, doubled, disabled, or never receives a click.
    """
    with _clicking(name):
        for _attempt in range(_TRIES):
            button, deaf = listening(target)
            await button.click()
            try:
                if not await deaf.count():
                    return
            except PlaywrightError:
                return  # the page went on, and took the listener with it
    raise FormChanged(_("“{name}” does not react to clicks. Nothing was sent.").format(name=name))


async def until_clickable(target: Locator, name: str) -> None:
    """Wait until an element can be clicked, without clicking it.

    Raises:
        FormChanged: the element is missing, doubled, stays disabled, or is covered by something else.
    """
    with _clicking(name):
        await target.click(trial=True)


def _clicking(name: str) -> AbstractContextManager[None]:
    return as_mapped(name, FormChanged(_("“{name}” cannot be clicked. Nothing was sent.").format(name=name)))


async def tick(box: Locator, label: Locator, *, ticked: bool = True, drawn: bool = True) -> bool:
    """Choose a radio or (un)tick a checkbox: by key, as nothing has to be aimed at, and if that fails by its label.

    Gives back whether it is as it should be now.
    The input itself is clipped to a dot and covered by a drawn one; it can have the focus, but not be clicked. One that
    is not drawn at all cannot have the focus either.
    """
    if drawn:
        await box.press("Space")
        if await box.is_checked() is ticked:
            return True
        await box.evaluate(SHOWN)  # some show it with the next picture only
        if await box.is_checked() is ticked:
            return True
    await label.click()
    await box.evaluate(SHOWN)
    return await box.is_checked() is ticked
