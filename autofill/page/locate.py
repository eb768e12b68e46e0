"""Finding things on a page by what people perceive: role and accessible name. Never by id, never the first of many.

Labels of required controls may or may not carry an asterisk in their accessible name, so every name allows one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from playwright.async_api import ElementHandle, Locator, Page
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import TimeoutError as PlaywrightTimeout

from autofill.errors import FormChanged
from autofill.forms.form_map import Element
from autofill.language import _

# Three tries: a click can be lost twice at most, once for each error line above the button that vanishes.
_CLICK_TRIES = 3
_LOST = re.compile(r"(?:has been closed|crashed)\s*$")
_HEAR = """element => {
  const heard = {clicks: 0};
  element.addEventListener('click', () => { heard.clicks += 1 }, {once: true, capture: true});
  return heard;
}"""


def by_name(names: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for any of the names, exactly, with or without the asterisk of a required label."""
    return re.compile(rf"^\s*\*?\s*(?:{'|'.join(map(re.escape, names))})\s*$")


def element_on(page: Page, element: Element) -> Locator:
    """The locator of a mapped element; alerts and status notes are recognised by their text, as they have no name."""
    if element.role in {"alert", "status"}:
        return page.get_by_role(element.role).filter(has_text=re.compile("|".join(map(re.escape, element.names))))
    return page.get_by_role(element.role, name=by_name(element.names))


async def click_until_received(target: Locator, name: str) -> None:
    """Click until the element itself has heard a click.

    A field that shows an error loses it when the mouse goes down elsewhere; the page moves up, and the mouse comes up
    on something else. Playwright reports success, the button never hears a click. So the button is asked.

    Raises:
        FormChanged: the element is missing, doubled, disabled, or never hears a click.
    """
    with _clicking(name):
        for _attempt in range(_CLICK_TRIES):
            heard = await target.evaluate_handle(_HEAR)
            await target.click()
            try:
                if await heard.evaluate("heard => heard.clicks"):
                    return
            except PlaywrightError:
                return  # the page went on, and took the listener with it
    raise FormChanged(
        _("“{name}” does not react to clicks. Nothing was sent.").format(name=name),
        hint=_("Look at the last picture of the recording."),
    )


async def until_enabled(target: Locator, name: str) -> None:
    """Wait until an element can be clicked, without clicking it.

    Raises:
        FormChanged: the element is missing, doubled, or stays disabled.
    """
    with _clicking(name):
        if not await target.is_enabled():
            await target.click(trial=True)


@contextmanager
def _clicking(name: str) -> Iterator[None]:
    try:
        yield
    except PlaywrightTimeout:
        raise FormChanged(
            _("“{name}” cannot be clicked. Nothing was sent.").format(name=name),
            hint=_("Look at the last picture of the recording."),
        ) from None
    except PlaywrightError as error:
        raise not_as_mapped(name, error) from None


async def tick(control: Locator) -> None:
    """Choose a radio or tick a checkbox: by key, as nothing has to be aimed at, and if that does not do by its label.

    The input itself is clipped to a dot and covered by a drawn one; it can have the focus, but not be clicked.
    """
    await control.press("Space")
    if await control.is_checked():
        return
    label = (await control.evaluate_handle("input => input.labels && input.labels[0] || input")).as_element()
    assert isinstance(label, ElementHandle)
    await label.click()


def texts_of(snapshot: str) -> frozenset[str]:
    """The single texts of an accessibility snapshot, white space folded. Its lines read `- role "name": text`."""
    found = set()
    for line in snapshot.splitlines():
        text = line.partition(": ")[2]
        if text.startswith('"'):
            with suppress(ValueError):
                text = json.loads(text)
        found.add(" ".join(text.split()))
    return frozenset(found)


def replace_surrogates(text: str) -> str:
    """A page's text without halves of letters: a page that cuts an emoji in two leaves what no file can hold."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def not_as_mapped(name: str, error: PlaywrightError) -> FormChanged | PlaywrightError:
    """Put a Playwright failure into words; its own text is dropped, because it can quote what was typed.

    That the browser or its page is gone says nothing about the form; that error is given back as it is.
    """
    if _LOST.search(error.message.splitlines()[0]):
        return error
    if "strict mode violation" in error.message:
        return FormChanged(
            _("“{name}” is on the page more than once. Nothing was sent.").format(name=name),
            hint=_("The form map has to say which one; nothing was guessed."),
        )
    return FormChanged(
        _("“{name}” is not on the page as the form map describes it. Nothing was sent.").format(name=name),
        hint=_("Look at the last picture of the recording."),
    )
