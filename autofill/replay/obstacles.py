"""Obstacles between two steps: CAPTCHAs, logins, a lost page. Nothing is filled or clicked here."""

from __future__ import annotations

import asyncio
import re
from urllib.parse import urlsplit

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page, Request

from autofill.errors import PersonNeeded, SiteUnavailable, TheSite, TryLater
from autofill.forms.form_map import Request as MappedRequest
from autofill.forms.outcome import Away
from autofill.forms.outcome import PersonNeeded as PersonNeededMap
from autofill.language import _, gettext_noop
from autofill.page.locate import element_on

# The command is the same in every language: whoever knows the profile adds it.
_BY_HAND = gettext_noop("Run again in an open window, and do this part there yourself: autofill run --headed")
# A page whose script never ends answers nothing; a living one answers at once (seconds).
_RESPONSE_TIMEOUT = 3.0


def raise_if_person_needed(page: Page, known: PersonNeededMap) -> None:
    """Raise if the page shows one of the mapped CAPTCHAs or logins.

    Raises:
        PersonNeeded: it does.
    """
    if any(re.search(pattern, frame.url) for pattern in known.captcha_frames for frame in page.frames):
        raise PersonNeeded(_("The site shows a CAPTCHA. Nothing was sent."), hint=_(_BY_HAND)) from None
    if any(re.search(pattern, urlsplit(page.url).path) for pattern in known.login_paths):
        raise PersonNeeded(_("The site asks for a login. Nothing was sent."), hint=_(_BY_HAND)) from None


def is_gone(page: Page) -> bool:
    """Whether the page or its browser was closed."""
    return page.is_closed() or (page.context.browser is not None and not page.context.browser.is_connected())


def lost_page(page: Page) -> TheSite:
    """Error for a page that failed before the submit click; Playwright's own text can quote typed values."""
    if is_gone(page):
        what = _("The browser or its page was closed before the submit click. Nothing was sent.")
    else:
        what = _("The page failed before the submit click. Nothing was sent.")
    return TryLater(what, hint=_("Try again."))


async def obstacle_shown(page: Page, known: PersonNeededMap, away: Away | None) -> TheSite | None:
    """Error for an obstacle that the page itself shows, if it still answers."""
    try:
        async with asyncio.timeout(_RESPONSE_TIMEOUT):
            await page.evaluate("0")
            raise_if_person_needed(page, known)
            for element in known.elements:
                if await element_on(page, element).count():
                    return PersonNeeded(
                        _("The site says: “{words}”. Nothing was sent.").format(words=element.name), hint=_(_BY_HAND)
                    )
            # A chat that nobody answers has received something, but no request came of it.
            if away is not None:
                for element in away.elements:
                    if await element_on(page, element).count():
                        return TryLater(
                            _("The site says: “{words}”. Nothing was submitted.").format(words=element.name),
                            hint=_("Try again during office hours: {hours}.").format(hours=away.hours),
                        )
    except PersonNeeded as wanted:
        return wanted
    except TimeoutError:
        return SiteUnavailable(_("The page no longer reacts. Nothing was sent."))
    except PlaywrightError:
        return lost_page(page)
    return None


def is_request(request: Request, wanted: MappedRequest) -> bool:
    """Whether a request is the mapped one."""
    return request.method == wanted.method and re.search(wanted.path, urlsplit(request.url).path) is not None
