"""Frames of a page: which of them may hold a mapped control, and in which one the form is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from weakref import WeakKeyDictionary, WeakSet

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Frame, Page

from autofill.page.address import origin_of

# Where controls of a form's page were found. A frame knows its page: held here, it would keep the page for ever.
_FOUND_IN: WeakKeyDictionary[Page, WeakSet[Frame]] = WeakKeyDictionary()


def found_in(frame: Frame) -> None:
    """Note that a control of the form is in this frame."""
    _FOUND_IN.setdefault(frame.page, WeakSet()).add(frame)


def begin_page(page: Page) -> None:
    """Forget where controls were found: the next page of the form may be elsewhere."""
    _FOUND_IN.pop(page, None)


def form_frame(page: Page) -> Frame:
    """The frame in which the form is: the page itself, unless all controls so far were found in one of its frames."""
    only, *more = _FOUND_IN.get(page) or (page.main_frame,)
    return page.main_frame if more or only.is_detached() else only


def is_named(frame: Frame, wanted: str) -> bool:
    """Whether it is the name of a frame, or a pattern for its address."""
    with suppress(re.error):
        return frame.name == wanted or re.search(wanted, frame.url) is not None
    return False


async def belonging(page: Page, frame: Frame, wanted: Iterable[str | None]) -> list[bool]:
    """Whether each of some controls may be in a frame: in the one that its map names, else in any of the page's own."""
    names = list(wanted)
    main = frame is page.main_frame
    ours = main or frame.url in {"about:blank", "about:srcdoc"} or origin_of(frame.url) == origin_of(page.url)
    title: str | None = None
    if any(names) and not main:
        with suppress(PlaywrightError):  # it may go any time
            title = await (await frame.frame_element()).get_attribute("title")
    return [not main and (each == title or is_named(frame, each)) if each else ours for each in names]
