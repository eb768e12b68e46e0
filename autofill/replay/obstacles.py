"""What stands between the filler and the next step: CAPTCHAs, logins, a lost page.

Only looks; nothing is filled or clicked here.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page, Request

from autofill.errors import FormChanged, PersonNeeded, SiteUnavailable, TheSite, TryLater
from autofill.forms.form_map import PersonNeeded as PersonNeededMap
from autofill.forms.form_map import Request as MappedRequest
from autofill.replay.elements import element_on

_BY_HAND = "Run again with --headed and do this part yourself in the open window."
# A page whose script never ends answers nothing; a living one answers at once (seconds).
_ALIVE = 3.0


def look_for_person_needed(page: Page, known: PersonNeededMap) -> None:
    """Raise if the page shows one of the mapped CAPTCHAs or logins.

    Raises:
        PersonNeeded: it does.
    """
    if any(re.search(pattern, frame.url) for pattern in known.captcha_frames for frame in page.frames):
        raise PersonNeeded("The site shows a CAPTCHA. Nothing was sent.", hint=_BY_HAND) from None
    if any(re.search(pattern, urlsplit(page.url).path) for pattern in known.login_paths):
        raise PersonNeeded("The site wants a login. Nothing was sent.", hint=_BY_HAND) from None


def is_gone(page: Page) -> bool:
    """Whether the page or its browser was closed."""
    return page.is_closed() or (page.context.browser is not None and not page.context.browser.is_connected())


def lost_page(page: Page) -> TheSite:
    """The page failed before the submit click, in our words: Playwright's can quote typed values."""
    what = "The browser or its page was closed" if is_gone(page) else "The page failed"
    return TryLater(f"{what} before the submit click. Nothing was sent.", hint="Run again.")


Trouble = Callable[[], TheSite | None]


async def explained(
    page: Page,
    known: PersonNeededMap,
    at_once: Iterable[Trouble],
    at_last: Iterable[Trouble],
    error: PlaywrightError | TheSite,
) -> TheSite:
    """The best explanation of a failure before the submit click: what the page turned into, or the failure itself.

    `at_once` are troubles to look for before the page itself is asked, which may never answer; `at_last` those to look
    for when no person can help.
    """
    fallback = error if isinstance(error, TheSite) else lost_page(page)
    if is_gone(page):
        return lost_page(page)
    if not isinstance(error, FormChanged | PlaywrightError):
        at_once, at_last = (), ()
    return _first(at_once) or await _what_it_says(page, known) or _first(at_last) or fallback


async def _what_it_says(page: Page, known: PersonNeededMap) -> TheSite | None:
    """What the page itself shows, if it still answers."""
    try:
        async with asyncio.timeout(_ALIVE):
            await page.evaluate("0")
            look_for_person_needed(page, known)
            for element in known.elements:
                if await element_on(page, element).count():
                    raise PersonNeeded(f"The site says: “{element.name}”. Nothing was sent.", hint=_BY_HAND)
    except PersonNeeded as wanted:
        return wanted
    except TimeoutError:
        return SiteUnavailable("The page does not react any more. Nothing was sent.", hint="Run again later.")
    except PlaywrightError:
        return lost_page(page)
    return None


def _first(troubles: Iterable[Trouble]) -> TheSite | None:
    return next((found for trouble in troubles if (found := trouble())), None)


def is_request(request: Request, wanted: MappedRequest) -> bool:
    """Whether a request is the mapped one."""
    return request.method == wanted.method and re.search(wanted.path, urlsplit(request.url).path) is not None


def origin_of(url: str) -> str:
    """Scheme, host and port of an address."""
    address = urlsplit(url)
    return f"{address.scheme}://{address.netloc}"
