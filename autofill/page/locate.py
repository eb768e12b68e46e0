"""Locators of mapped elements on a page, by role and accessible name; never by id, never the first of many.

Labels of required controls may or may not carry an asterisk or "(required)" in their accessible name, on the page or in
the map, so every name allows them, and signs that a style draws beside it. White space counts as people see it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Literal

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Locator, Page
from playwright.async_api import TimeoutError as PlaywrightTimeout

from autofill.errors import FormChanged
from autofill.forms.control import Control
from autofill.forms.element import Element
from autofill.inquiry.fields import single_spaced
from autofill.language import _, gettext_noop
from autofill.page.frames import form_frame
from autofill.page.seen import present_on

# Signs of an icon font, for which there are private letters only, and arrows.
_DRAWN = r"[\uE000-\uF8FF←-⇿➔-➾»«›‹]|[\uDB80-\uDBFF][\uDC00-\uDFFF]"
# Before or behind a label.
_MARK = rf"(?:\*|\((?:[Rr]equired|REQUIRED|[Oo]ptional|OPTIONAL)\)|{_DRAWN})"
WHICH_ONE = gettext_noop("The form map must say which one. autofill did not guess.")
_LOST = re.compile(r"(?:has been closed|crashed)\s*$")


@lru_cache(maxsize=1024)  # each is asked for twice: to fill a control, and to read it back
def by_name(names: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for any of the names, exactly, with or without the marks of a required label."""
    bare = [re.sub(rf"^(?:{_MARK}\s*)+|(?:\s*{_MARK})+$", "", single_spaced(name)) or name for name in names]
    return re.compile(rf"^\s*(?:{_MARK}\s*)*(?:{_any_of(bare)})(?:\s*{_MARK})*\s*$")


def _any_of(texts: Iterable[str]) -> str:
    """A pattern for any of the texts, however it is spaced."""
    return "|".join(r"\s+".join(map(re.escape, single_spaced(text).split())) for text in texts)


def element_on(page: Page, element: Element) -> Locator:
    """The locator of a mapped element; alerts and status notes are recognised by their text, as they have no name."""
    where, names = form_frame(page), by_name(element.names)
    if element.role in {"alert", "status"}:
        return where.get_by_role(element.role).filter(has_text=re.compile(_any_of(element.names)))
    found = where.get_by_role(element.role or "button", name=names)
    if element.role is None:
        # What opens more of the page has no role of its own.
        found = found.or_(where.get_by_role("link", name=names)).or_(where.locator("summary", has_text=names))
    return found.nth(element.nth - 1) if element.nth else found


def known_on(page: Page, known: Element | Control) -> Locator:
    """The locator of what a page is known by."""
    return element_on(page, known) if isinstance(known, Element) else present_on(page, known)


def labelled_input(page: Page, names: tuple[str, ...], kind: Literal["password"]) -> Locator:
    """The locator of an input that has no role, by its label."""
    return page.get_by_label(by_name(names)).and_(page.locator(f"input[type={kind}]"))


@contextmanager
def as_mapped(name: str, timed_out: FormChanged | None = None) -> Iterator[None]:
    """Context in which Playwright's failures are told as those of a mapped thing; `timed_out` says more of a wait."""
    try:
        yield
    except PlaywrightError as error:
        if timed_out is not None and isinstance(error, PlaywrightTimeout):
            raise timed_out from None
        raise not_as_mapped(name, error) from None


def not_as_mapped(name: str, error: PlaywrightError) -> FormChanged | PlaywrightError:
    """Error for a Playwright failure; its own text is dropped, because it can quote what was typed.

    That the browser or its page is gone says nothing about the form; that error is given back as it is.
    """
    if _LOST.search(error.message.splitlines()[0]):
        return error
    if "strict mode violation" in error.message:
        return FormChanged(
            _("“{name}” is on the page more than once. Nothing was sent.").format(name=name), hint=_(WHICH_ONE)
        )
    return FormChanged(
        _("“{name}” is not on the page as the form map describes it. Nothing was sent.").format(name=name)
    )
