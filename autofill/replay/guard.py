"""Request guard: at most one submit request leaves, and nothing leaves for hosts the form map does not name.

Other hosts are unreachable for the browser itself (`browser.host_rules`). Chromium sends a POST again by itself when a
reused connection is reset or answers 408 or 421 (net/http/http_network_transaction.cc, ShouldResendRequest), unseen by
the page and by Playwright; so the request is taken out of its hands and sent once by Playwright's own client, without
retries and without following redirects. `browser_interceptor` is for the case that the page goes away while its request
is held.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import unquote_plus, urlsplit

from playwright.async_api import APIResponse, Dialog, Page, Request, Route
from playwright.async_api import Error as PlaywrightError

from autofill.errors import FormChanged
from autofill.events import FaultNoticed, SubmitResponded
from autofill.forms.form_map import Request as MappedRequest
from autofill.language import _
from autofill.page.address import origin_of, without_query
from autofill.page.browser import close_quietly
from autofill.replay.browser_interceptor import BrowserInterceptor
from autofill.replay.obstacles import is_request
from autofill.replay.tls_info import connection_info

HARMLESS = {"GET", "HEAD", "OPTIONS"}
# A redirect with one of these codes asks the browser to send the same POST again somewhere else.
_REPEAT_POST = {307, 308}
_MOST_DIALOGS = 10


class Guard:
    """Guard of one page's requests: watches from the start, holds requests from before the submit click on.

    `typed` are words that no request may carry before the submit request is answered, whatever its method: one that
    the page made before may come to us after it.
    """

    def __init__(self, page: Page, origins: frozenset[str], typed: frozenset[str] = frozenset()) -> None:
        self._page = page
        self._origins = origins
        self._typed = typed
        self._interceptor = BrowserInterceptor(page, origins, self._is_harmless)
        self._faults: list[FaultNoticed] = []
        self._dialogs = 0
        self._held = False
        self._submit: MappedRequest | None = None
        self._sending: MappedRequest | None = None
        self._patience = 0.0
        self._body: bytes | None = None
        self._reply: asyncio.Future[APIResponse] = asyncio.get_running_loop().create_future()
        self.sent = 0
        self.blocked = 0
        self.leaked = False
        self.answers: list[SubmitResponded] = []
        self.unanswered = asyncio.Event()
        page.on("requestfailed", self._request_failed)
        page.on("dialog", self._dialog)
        page.context.on("page", self._popup)
        page.on("close", lambda _page: self._no_answer(closed=True))
        page.on("websocket", lambda socket: socket.on("framesent", self._frame_sent))
        page.on("download", lambda _download: self._notice("download", _("the page offered a file; it was not taken")))

    def faults(self) -> Iterator[FaultNoticed]:
        """Faults noticed since the last call."""
        while self._faults:
            yield self._faults.pop(0)

    def too_many_dialogs(self) -> FormChanged | None:
        """Error if the page opens one dialog after the other."""
        if self._dialogs <= _MOST_DIALOGS:
            return None
        return FormChanged(
            _("The page opens one dialog after the other. Nothing was sent."), hint=_("Run again later.")
        )

    def left_site(self) -> FormChanged | None:
        """Error if the page is no longer on the form's own site."""
        if self._page.url.startswith("chrome-error:") or origin_of(self._page.url) in self._origins:
            return None
        return FormChanged(
            _("The page led away from the form's own site. Nothing was sent."),
            hint=_("Look at the last picture of the recording; nothing was typed into the other site."),
        )

    async def hold_requests(self) -> None:
        """Hold every request that could change anything: a person who is asked now may press Submit themselves."""
        self._held = True
        await self._interceptor.start()
        await self._page.context.route("**/*", self._route)

    def allow_submit(self, submit: MappedRequest, patience: float) -> None:
        """Let one submit request leave; its answer is waited for `patience` seconds at most."""
        self._submit, self._patience = submit, patience

    def forbid_submit(self) -> None:
        """Hold the submit request too, if it has not left: the verdict is about to be reached."""
        self._submit = None

    def stop_waiting(self) -> None:
        """Stop waiting for the answer; that none came is a fault, whichever time limit ended first."""
        self.forbid_submit()
        self._no_answer()

    async def _route(self, route: Route) -> None:
        request = route.request
        try:
            if self.sent == 0 and self._submit is not None and self._is_submit(request, self._submit):
                self.sent, self._sending = 1, self._submit
                self._body = request.post_data_buffer
                await self._send(route)
            elif self._is_harmless(request.method, request.url):
                await route.continue_()
            else:
                await self._hold_back(route)
        except (PlaywrightError, asyncio.CancelledError):
            # The page or the browser went away in the middle: what has left has left, and the verdict says unknown.
            self._no_answer()

    def _is_submit(self, request: Request, submit: MappedRequest) -> bool:
        return origin_of(request.url) in self._origins and is_request(request, submit)

    def _is_harmless(self, method: str, url: str) -> bool:
        """Whether a request that is not the submit request may leave."""
        return method in HARMLESS and (bool(self.answers) or not self._carries_typed(unquote_plus(url)))

    def _carries_typed(self, text: str) -> bool:
        return any(words in text for words in self._typed)

    async def _hold_back(self, route: Route) -> None:
        """Hold a request; the same inquiry once more gets the first one's answer, anything else gets none."""
        if self.sent:
            self._notice("second-request", _("the page tried to send more than one request; only one left"))
        else:
            self._notice("held-request", _("the page tried to send something else than the inquiry; it was held back"))
        sending = self._sending
        if sending and is_request(route.request, sending) and route.request.post_data_buffer == self._body:
            await route.fulfill(response=await self._reply)
        else:
            self.blocked += 1
            await route.abort("blockedbyclient")

    def _frame_sent(self, payload: str | bytes) -> None:
        """Notice what a WebSocket carries away, as it cannot be held."""
        text = payload if isinstance(payload, str) else payload.decode(errors="replace")
        if self._held and self.sent == 0 and self._carries_typed(text):
            self.leaked = True
            self._notice("socket", _("the page sent what was typed by a way that cannot be held back"))

    async def _send(self, route: Route) -> None:
        try:
            response = await route.fetch(max_redirects=0, max_retries=0, timeout=self._patience * 1000)
        except PlaywrightError:
            self._reply.cancel()
            await route.abort("failed")
            self._no_answer()
            return
        address = without_query(route.request.url)
        self.answers.append(SubmitResponded(response.status, address, await connection_info(response)))
        if response.status in _REPEAT_POST:
            self._notice(
                "send-again",
                _("the site answered {status}: send it again; that was not done").format(status=response.status),
            )
            self._reply.cancel()
            await route.abort("blockedbyclient")
            self.unanswered.set()
            return
        self._reply.set_result(response)
        await route.fulfill(response=response)

    def _request_failed(self, request: Request) -> None:
        host = urlsplit(request.url).netloc
        if request.failure == "net::ERR_NAME_NOT_RESOLVED" and not any(host in origin for origin in self._origins):
            self._notice("foreign-request", _("the page wanted to reach {host}; that was prevented").format(host=host))

    async def _dialog(self, dialog: Dialog) -> None:
        self._dialogs += 1
        if self._dialogs <= _MOST_DIALOGS:
            self._notice(
                "dialog",
                _("the page opened a dialog ({kind}); it was closed without agreeing").format(kind=dialog.type),
            )
        with suppress(PlaywrightError):
            # Leaving a page is the one thing we agree to: a refusal would keep the run on it for ever.
            await (dialog.accept() if dialog.type == "beforeunload" else dialog.dismiss())

    async def _popup(self, page: Page) -> None:
        self._notice("popup", _("the page opened another window; it was closed"))
        await close_quietly(page)

    def _no_answer(self, *, closed: bool = False) -> None:
        """Notice that the answer to the submit request will not be seen."""
        if self.sent and not self.answers and not self.unanswered.is_set():
            if closed:
                self._notice("closed", _("the page was closed while the request was out"))
            else:
                self._notice("no-answer", _("the submit request got no answer"))
            self.unanswered.set()

    def _notice(self, kind: str, detail: str) -> None:
        self._faults.append(FaultNoticed(kind, detail))
