"""Navigation and look-ups before the submit click: what the site's server answers, and what went wrong.

Everything here may be tried again; only opening is, as it asks for nothing but a page.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page, Request, Response
from playwright.async_api import TimeoutError as PlaywrightTimeout

from autofill.errors import FormChanged, SiteUnavailable, TheSite, TryLater
from autofill.forms.form_map import Request as MappedRequest
from autofill.language import _, gettext_noop
from autofill.page.address import origin_of
from autofill.replay.obstacles import is_gone, is_request, lost_page

_OPEN_TRIES = 3
_ERRORS = 400
_SERVER_ERRORS = 500
_ASKED_TO_WAIT = {408, 425, 429, 503}
_REDIRECTS = 300
# A site that asks for more than a day (seconds) says that it is closed.
_LONGEST_WAIT = 24 * 3600
_LOOK = gettext_noop("Try again. If it happens again, look at the last screenshot of the recording.")
_TOO_MANY_REDIRECTS = "net::ERR_TOO_MANY_REDIRECTS"


async def open_page(page: Page, url: str, navigation: Navigation, patience: float) -> None:
    """Open the first page; a server error is tried three times, within `patience` seconds each.

    Raises:
        SiteUnavailable, TryLater, FormChanged: it does not open, comes in part, or leads elsewhere.
    """
    response = None
    for _attempt in range(_OPEN_TRIES):
        try:
            response = await page.goto(url, timeout=patience * 1000)
        except PlaywrightTimeout:
            raise (navigation.changed() or _timed_out()) from None
        except PlaywrightError:
            if is_gone(page):
                raise lost_page(page) from None
            raise navigation.changed() or SiteUnavailable(
                _("The site cannot be reached. Nothing was sent."), hint=_("Check the connection, then try again.")
            ) from None
        status = response.status if response is not None else 200
        if status < _SERVER_ERRORS or status in _ASKED_TO_WAIT:
            break
    if response is not None and status >= _ERRORS:
        raise _error_status(status, response.headers)


class Navigation:
    """Observer of the page's last change of address."""

    def __init__(self, page: Page, origins: frozenset[str]) -> None:
        self._main = page.main_frame
        self._origins = origins
        self._last: Request | None = None
        self._waiting = False
        self._failed: Request | None = None
        self._status = 0
        self._headers: Mapping[str, str] = {}
        page.on("request", self._requested)
        page.on("response", self._responded)
        page.on("requestfinished", self._request_finished)
        page.on("requestfailed", self._request_failed)

    def broken(self) -> TheSite | None:
        """Error if the next page is still loading, or failed to load."""
        if self._waiting:
            return _timed_out()
        if self._failed is None:
            return None
        if self._failed.failure == _TOO_MANY_REDIRECTS:
            return SiteUnavailable(_("The site redirects in a circle. Nothing was sent."))
        return self.changed() or TryLater(_("The connection to the site broke. Nothing was sent."))

    def changed(self) -> FormChanged | None:
        """Error if the page came only in part, or is on another site."""
        if self._failed is None:
            return None
        if origin_of(self._failed.url) not in self._origins:
            return FormChanged(_("The page leads away from the form's own site. Nothing was sent."), hint=_(_LOOK))
        return _incomplete() if self._status else None

    def refused(self) -> TheSite | None:
        """Error if the site answered with an HTTP error."""
        return _error_status(self._status, self._headers) if self._status >= _ERRORS else None

    def _requested(self, request: Request) -> None:
        if request.is_navigation_request() and request.frame == self._main:
            self._last, self._waiting, self._failed, self._status = request, True, None, 0

    def _responded(self, response: Response) -> None:
        if response.request is self._last:
            self._status, self._headers = response.status, response.headers

    def _request_finished(self, request: Request) -> None:
        if request is self._last:
            self._waiting = False

    def _request_failed(self, request: Request) -> None:
        """Note a failure; a page that is left before it has loaded fails too, but after the next was requested."""
        if request is self._last:
            self._waiting, self._failed = False, request


@asynccontextmanager
async def waiting_for_lookup(page: Page, wanted: MappedRequest, control: str, patience: float) -> AsyncIterator[None]:
    """Context in which the page asks its server something; the end waits `patience` seconds for the answer.

    Raises:
        FormChanged: the page asked nothing, or the answer came only in part.
        SiteUnavailable, TryLater: the server did not answer properly.
    """
    asked = asyncio.Event()
    ended: asyncio.Future[Request] = asyncio.get_running_loop().create_future()

    def begin(request: Request) -> None:
        if is_request(request, wanted):
            asked.set()

    def end(request: Request) -> None:
        if is_request(request, wanted) and not ended.done():
            ended.set_result(request)

    # `Response.finished()` would wait for ever for an answer that breaks off.
    listeners = {"request": begin, "requestfinished": end, "requestfailed": end}
    for kind, listener in listeners.items():
        page.on(kind, listener)  # type: ignore[call-overload]
    try:
        yield
        async with asyncio.timeout(patience):
            request = await ended
            response = await request.response()
    except TimeoutError:
        raise _no_answer(control, asked=asked.is_set()) from None
    finally:
        for kind, listener in listeners.items():
            page.remove_listener(kind, listener)
    if response is None:
        words = _("After “{control}” the connection to the site broke. Nothing was sent.")
        raise TryLater(words.format(control=control))
    if response.status >= _REDIRECTS:
        raise _error_status(response.status, response.headers)
    if request.failure:
        raise _incomplete()


def _no_answer(control: str, *, asked: bool) -> TheSite:
    if asked:
        words = _("After “{control}” the site did not answer in time. Nothing was sent.")
        return TryLater(words.format(control=control))
    return FormChanged(
        _("After “{control}” the page sent nothing to its server. Nothing was sent.").format(control=control),
        hint=_("Try again. If it happens again, the form has changed."),
    )


def _timed_out() -> TheSite:
    return TryLater(_("The site did not answer in time. Nothing was sent."))


def _incomplete() -> FormChanged:
    """Error for an answer that breaks off: it is not what the form map describes, whatever the reason."""
    return FormChanged(_("The site's answer was incomplete. Nothing was sent."), hint=_(_LOOK))


def _error_status(status: int, headers: Mapping[str, str]) -> TheSite:
    kind = TryLater if status in _ASKED_TO_WAIT else SiteUnavailable
    error = kind(_("The site answered with status {status}. Nothing was sent.").format(status=status))
    error.wait = seconds_asked_for(headers.get("retry-after", ""))
    return error


def seconds_asked_for(retry_after: str) -> int:
    """The seconds that a Retry-After asks for, which says them or a date (RFC 9110, 10.2.3); 0 if it says neither."""
    if retry_after.isascii() and retry_after.isdigit():
        return min(int(retry_after[:9]), _LONGEST_WAIT)
    try:
        then = parsedate_to_datetime(retry_after)
    except (ValueError, TypeError):
        return 0
    left = (then.astimezone(UTC) - datetime.now(UTC)).total_seconds()
    return max(0, min(round(left), _LONGEST_WAIT))
