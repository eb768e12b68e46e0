"""Request interceptor of the browser itself, for what a page still sends while it closes.

Chromium holds a page's request for us only as long as the page is there; when its tab is closed, it sends what was held
by itself, and what a page sends while it goes away is not held at all (measured: a `fetch` arrived twice, one with
`keepalive` and its beacon three times). A DevTools session with the browser itself outlives the page, and its
interceptor sits closer to the network (content/browser/devtools/devtools_instrumentation.cc, "Order of targets and
sessions matters").
"""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from weakref import WeakValueDictionary

from playwright.async_api import Browser, BrowserContext, CDPSession, Page
from playwright.async_api import Error as PlaywrightError

from autofill.replay.request_rules import Outgoing

# A closing page's last requests come within milliseconds.
_LINGER = 2.0
# Within this time (seconds) a run is told of a frame of its page.
_TOLD = 0.3


class BrowserInterceptor:
    """Interceptor that blocks requests of a page, and of windows that it opens, unless they are `harmless`.

    Other pages of the browser are left alone: they may be the person's own, or another run's. Of a frame that is not
    known what `carries` something of the inquiry is blocked: a page that closes can send from a frame before anybody
    was told of it.
    """

    def __init__(
        self, page: Page, *, harmless: Callable[[Outgoing], bool], carries: Callable[[Outgoing], bool]
    ) -> None:
        self._page = page
        self.harmless = harmless
        self.carries = carries
        self.frames: set[str] = set()
        self.outermost = ""

    async def start(self) -> None:
        """Block what the page's own route did not answer, until shortly after its context has been closed."""
        browser = self._page.context.browser
        if browser is None:
            return
        page = await self._page.context.new_cdp_session(self._page)
        page.on("Page.frameAttached", lambda attached: self.frames.add(attached["frameId"]))
        await page.send("Page.enable")
        tree = (await page.send("Page.getFrameTree"))["frameTree"]
        self.frames |= _frame_ids(tree)
        self.outermost = tree["frame"]["id"]
        held = _HELD.setdefault(browser, _HeldRequests())
        await held.join(self, browser)
        # An open page keeps the way to the network that it has; asked to hold requests itself, it gets a new one.
        await page.send("Fetch.enable", {"patterns": [{"urlPattern": "about:nothing"}]})

        def leave_later(_context: BrowserContext) -> None:
            asyncio.get_running_loop().call_later(_LINGER, held.leave, self)

        self._page.context.on("close", leave_later)


class _HeldRequests:
    """Requests of one browser, held for all its runs by one session: each session holds those of every page."""

    def __init__(self) -> None:
        self._runs: set[BrowserInterceptor] = set()
        self._session: asyncio.Future[CDPSession] | None = None
        self._tasks: set[asyncio.Future[None]] = set()
        self._tabs: set[str] = set()
        self._openers: dict[str, str] = {}

    async def join(self, run: BrowserInterceptor, browser: Browser) -> None:
        """Hold the requests of a run, too."""
        self._runs.add(run)
        self._session = self._session or asyncio.ensure_future(self._listening(browser))
        try:
            await asyncio.shield(self._session)
        except PlaywrightError:
            self._session = None
            raise

    def leave(self, run: BrowserInterceptor) -> None:
        """Hold them no longer; without any run the browser is left alone."""
        self._runs.discard(run)
        if self._session is not None and not self._runs:
            self._in_background(_detached(self._session))
            self._session = None

    async def _listening(self, browser: Browser) -> CDPSession:
        session = await browser.new_browser_cdp_session()
        session.on("Fetch.requestPaused", lambda paused: self._in_background(self._answer(session, paused)))
        session.on("Target.targetCreated", lambda created: self.opened(created["targetInfo"]))
        await session.send("Target.setDiscoverTargets", {"discover": True})
        await session.send("Fetch.enable")
        return session

    def opened(self, target: dict[str, Any]) -> None:
        """Note a window, and what opened it; each has the number of its outermost frame."""
        self._openers[target["targetId"]] = target.get("openerId", "")
        if target["type"] == "page":  # a frame in a process of its own is a target, too, and may be a run's
            self._tabs.add(target["targetId"])

    def _in_background(self, doing: Any) -> None:
        task = asyncio.ensure_future(_ignoring_closed(doing))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _answer(self, session: CDPSession, paused: dict[str, Any]) -> None:
        which = {"requestId": paused["requestId"]}
        if await self.passes(paused.get("frameId", ""), paused["request"], paused.get("resourceType", "")):
            await session.send("Fetch.continueRequest", which)
        else:
            await session.send("Fetch.failRequest", which | {"errorReason": "BlockedByClient"})

    async def passes(self, frame: str, request: dict[str, Any], kind: str) -> bool:
        """Whether a request may leave: as its run says; of a frame that is nobody's, if it carries nothing."""
        run = self._run_of(frame)
        if run is None:
            asked = _outgoing(request, navigation=False)
            if frame in self._tabs or not any(each.carries(asked) for each in self._runs):
                return True
            await asyncio.sleep(_TOLD)
            run = self._run_of(frame)
        return run is not None and run.harmless(
            _outgoing(request, navigation=kind == "Document" and frame == run.outermost)
        )

    def _run_of(self, frame: str) -> BrowserInterceptor | None:
        """The run of a page with this frame, or of one that opened the window."""
        while frame:
            for run in self._runs:
                if frame in run.frames:
                    return run
            frame = self._openers.get(frame, "")
        return None


# A session knows its browser, so that this may not keep it.
_HELD: WeakValueDictionary[Browser, _HeldRequests] = WeakValueDictionary()


def _outgoing(request: dict[str, Any], *, navigation: bool) -> Outgoing:
    entries = request.get("postDataEntries", ())
    body = b"".join(base64.b64decode(entry.get("bytes", "")) for entry in entries)
    return Outgoing(request["method"], request["url"], request["headers"], body, navigation=navigation)


async def _ignoring_closed(doing: Any) -> None:
    """Await something that no longer matters once its request, page or browser is gone."""
    with suppress(PlaywrightError):
        await doing


async def _detached(session: asyncio.Future[CDPSession]) -> None:
    await (await session).detach()


def _frame_ids(tree: dict[str, Any]) -> set[str]:
    return {tree["frame"]["id"]}.union(*map(_frame_ids, tree.get("childFrames", ())))
