"""Request guard: the inquiry leaves once, after its claim, and what was typed goes nowhere else.

From the moment the page opens every request of it is judged by what it carries (`request_rules`). Other hosts are
unreachable for the browser itself (`browser.host_rules`). Chromium sends a POST again by itself when a reused
connection is reset or answers 408 or 421 (net/http/http_network_transaction.cc, ShouldResendRequest), unseen by the
page and by Playwright; so the inquiry is taken out of its hands and sent once by Playwright's own client, without
retries and without following redirects. `browser_interceptor` is for the case that the page goes away while a request
is held, `channels` for what cannot be held.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from urllib.parse import urlsplit

from playwright.async_api import APIResponse, Dialog, Page, Request, Route
from playwright.async_api import Error as PlaywrightError

from autofill.errors import FormChanged
from autofill.events import FaultNoticed, SubmitResponded
from autofill.forms.form_map import DialogAnswer
from autofill.language import _
from autofill.page.address import origin_of, without_query
from autofill.page.browser import close_quietly
from autofill.replay.browser_interceptor import BrowserInterceptor
from autofill.replay.channels import Channels
from autofill.replay.content import Amount
from autofill.replay.interruptions import is_agreed
from autofill.replay.request_rules import Decision, Outgoing, RequestRules
from autofill.replay.tls_info import connection_info
from autofill.replay.verdict import Answer

# A redirect with one of these codes asks the browser to send the same POST again somewhere else.
_REPEAT_POST = {307, 308}
_MOST_DIALOGS = 10


class Guard:
    """Guard of one page's requests.

    `rules` say what may leave, `agreed` how dialogs are answered. `on_leak` is called at once when something that was
    typed has left by a way that cannot be held, whatever happens to the run afterwards.
    """

    def __init__(
        self,
        page: Page,
        origins: frozenset[str],
        rules: RequestRules,
        on_leak: Callable[[], None] = lambda: None,
        agreed: Sequence[DialogAnswer] = (),
    ) -> None:
        self._page = page
        self._origins = origins
        self._rules = rules
        self._on_leak = on_leak
        self._agreed = agreed
        self._interceptor = BrowserInterceptor(page, harmless=rules.passes, carries=rules.carries_any)
        self._channels = Channels(page, rules, self._leak)
        self._faults: list[FaultNoticed] = []
        self._dialogs = 0
        self._patience = 0.0
        self._reply: asyncio.Future[APIResponse] = asyncio.get_running_loop().create_future()
        self._typing = False
        self.blocked = 0
        self.leaked = Amount.NOTHING
        self.answers: list[Answer] = []
        self.responses: list[SubmitResponded] = []
        self.dialogs: list[str] = []
        self.declined = 0
        self.unanswered = asyncio.Event()
        page.on("requestfailed", self._request_failed)
        page.on("dialog", self._dialog)
        page.context.on("page", self._popup)
        page.on("close", lambda _page: self._no_answer(closed=True))
        page.on(
            "download", lambda _download: self._notice("download", _("the page offered a file; it was not downloaded"))
        )

    async def start(self) -> None:
        """Be asked for every request from now on: a page that is open already keeps ways out that nobody sees."""
        await self._page.context.route("**/*", self._route)

    async def watch(self) -> None:
        """Judge every request from now on, as something is typed next; those, too, that no route sees."""
        if not self._typing:
            await asyncio.gather(self._interceptor.start(), self._channels.watch())
            self._typing = True

    @property
    def sent(self) -> bool:
        """Whether the inquiry's own request left."""
        return self._rules.submission is not None

    @property
    def unclear(self) -> bool:
        """Whether something left after the click of which nobody can say that it was not the inquiry."""
        return self._rules.unclear

    def tried_to_send(self) -> FormChanged | None:
        """Error if the page tried to send the inquiry by itself, or did by a way that cannot be held."""
        if self.leaked is Amount.INQUIRY:
            return FormChanged(_("The page sent what was typed in a way that autofill cannot block."))
        if self._rules.early:
            return FormChanged(
                _("The page tried to send by itself; nothing was sent."),
                hint=_(
                    "If this form saves entries before they are sent, its form map must list those requests: `lookups`."
                ),
            )
        return None

    def faults(self) -> Iterator[FaultNoticed]:
        """Faults noticed since the last call."""
        while self._faults:
            yield self._faults.pop(0)

    def too_many_dialogs(self) -> FormChanged | None:
        """Error if the page opens one dialog after the other."""
        if self._dialogs <= _MOST_DIALOGS:
            return None
        return FormChanged(_("The page opens one dialog after another. Nothing was sent."), hint=_("Try again later."))

    def left_site(self) -> FormChanged | None:
        """Error if the page is no longer on the form's own site."""
        if self._page.url.startswith("chrome-error:") or origin_of(self._page.url) in self._origins:
            return None
        return FormChanged(
            _("The page led away from the form's own site. Nothing was sent."),
            hint=_("Look at the last screenshot of the recording. Nothing was typed into the other site."),
        )

    def allow_submit(self, patience: float) -> None:
        """Let one request leave that carries the inquiry; its answer is waited for `patience` seconds at most."""
        self._patience = patience
        self._rules.claimed()

    def forbid_submit(self) -> None:
        """Hold the submit request too, if it has not left: the verdict is about to be reached."""
        self._rules.over()

    async def stop_waiting(self) -> None:
        """Stop waiting for the answer; that none came is a fault, whichever time limit ended first."""
        self.forbid_submit()
        self._no_answer()
        await self._channels.settled()

    async def _route(self, route: Route) -> None:
        try:
            if not self._typing:
                await route.fallback()
                return
            match self._rules.decide(_outgoing(route.request)):
                case Decision.PASS:
                    await route.fallback()  # to what others may have laid in the way, or to the site
                case Decision.SUBMIT:
                    await self._send(route)
                case Decision.REPEAT:
                    self._notice("second-request", _("the page tried to send more than one request; only one was sent"))
                    await route.fulfill(response=await self._reply)
                case Decision.HOLD:
                    await self._hold_back(route)
        except (PlaywrightError, asyncio.CancelledError):
            # The page or the browser went away in the middle: what has left has left, and the verdict says unknown.
            self._no_answer()

    async def _hold_back(self, route: Route) -> None:
        self.blocked += 1
        if self.sent:
            self._notice("second-request", _("the page tried to send more than one request; only one was sent"))
        elif (origin := origin_of(route.request.url)) in self._origins:
            self._notice("held-request", _("the page tried to send what was typed elsewhere; this was blocked"))
        else:
            words = _(
                "the page tried to send what was typed to {origin}; this was blocked, as the form map does not have "
                "that under `start`, `origins`"
            )
            self._notice("held-request", words.format(origin=origin))
        await route.abort("blockedbyclient")

    def _leak(self, amount: Amount) -> None:
        """Notice what left by a way that cannot be held; it may be the inquiry, for all that is known."""
        if not self.leaked:
            self._notice("socket", _("the page sent what was typed in a way that autofill cannot block"))
            self._on_leak()
        self.leaked = max(self.leaked, amount)

    async def _send(self, route: Route) -> None:
        try:
            response = await route.fetch(max_redirects=0, max_retries=0, timeout=self._patience * 1000)
        except PlaywrightError:
            self._reply.cancel()
            await route.abort("failed")
            self._no_answer()
            return
        self._rules.answered()
        self.answers.append(Answer(response.status, (await response.body()).decode(errors="replace")))
        address = without_query(route.request.url)
        self.responses.append(SubmitResponded(response.status, address, await connection_info(response)))
        if response.status in _REPEAT_POST:
            self._notice(
                "send-again",
                _("the site asked to send again (status {status}); this was not done").format(status=response.status),
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
            self._notice("foreign-request", _("the page tried to contact {host}; this was blocked").format(host=host))

    async def _dialog(self, dialog: Dialog) -> None:
        if dialog.type != "beforeunload" and self.sent:
            self.dialogs.append(dialog.message)
        self._dialogs += 1
        answer = is_agreed(dialog.message, self._agreed)
        if answer is None and self._dialogs <= _MOST_DIALOGS:
            self._notice(
                "dialog",
                _(
                    "the page opened a dialog ({kind}); it was closed without agreeing, as the form map does not have "
                    "its words under `dialogs`"
                ).format(kind=dialog.type),
            )
        with suppress(PlaywrightError):
            # Leaving a page is the one thing we agree to: a refusal would keep the run on it for ever.
            agrees = dialog.type == "beforeunload" or (answer and self._dialogs <= _MOST_DIALOGS)
            self.declined += not agrees
            await (dialog.accept() if agrees else dialog.dismiss())

    async def _popup(self, page: Page) -> None:
        self._notice("popup", _("the page opened another window; it was closed"))
        await close_quietly(page)

    def _no_answer(self, *, closed: bool = False) -> None:
        """Notice that the answer to the submit request will not be seen."""
        if self.sent and not self.answers and not self.unanswered.is_set():
            if closed:
                self._notice("closed", _("the page was closed while the request was being sent"))
            else:
                self._notice("no-answer", _("the submit request got no answer"))
            self.unanswered.set()

    def _notice(self, kind: str, detail: str) -> None:
        """Note a fault; a page that does the same again and again is told once."""
        fault = FaultNoticed(kind, detail)
        if fault not in self._faults:
            self._faults.append(fault)


def _outgoing(request: Request) -> Outgoing:
    body = request.post_data_buffer or b""
    return Outgoing(request.method, request.url, headers=request.headers, body=body, navigation=_replaces_page(request))


def _replaces_page(request: Request) -> bool:
    with suppress(PlaywrightError):  # a window that is only opening has no frame yet
        return request.is_navigation_request() and request.frame.parent_frame is None
    return False
