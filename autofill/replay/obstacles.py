"""What stands between the filler and the next step: CAPTCHAs, logins, a lost page.

Only looks; nothing is filled or clicked here.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from playwright.async_api import Page, Request

from autofill.errors import PersonNeeded, TheSite, TryLater
from autofill.forms.form_map import PersonNeeded as PersonNeededMap
from autofill.forms.form_map import Request as MappedRequest

_BY_HAND = "Run again with --headed and do this part yourself in the open window."


def look_for_person_needed(page: Page, known: PersonNeededMap) -> None:
    """Raise if the page shows one of the mapped CAPTCHAs or logins.

    Raises:
        PersonNeeded: it does.
    """
    if any(re.search(pattern, frame.url) for pattern in known.captcha_frames for frame in page.frames):
        raise PersonNeeded("The site shows a CAPTCHA. Nothing was sent.", hint=_BY_HAND)
    if any(re.search(pattern, urlsplit(page.url).path) for pattern in known.login_paths):
        raise PersonNeeded("The site wants a login. Nothing was sent.", hint=_BY_HAND)


def is_gone(page: Page) -> bool:
    """Whether the page or its browser was closed."""
    return page.is_closed() or (page.context.browser is not None and not page.context.browser.is_connected())


def lost_page(page: Page) -> TheSite:
    """The page failed before the submit click, in our words: Playwright's can quote typed values."""
    what = "The browser or its page was closed" if is_gone(page) else "The page failed"
    return TryLater(f"{what} before the submit click. Nothing was sent.", hint="Run again.")


def is_request(request: Request, wanted: MappedRequest) -> bool:
    """Whether a request is the mapped one."""
    return request.method == wanted.method and re.search(wanted.path, urlsplit(request.url).path) is not None
