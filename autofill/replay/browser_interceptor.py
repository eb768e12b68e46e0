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

from playwright.async_api import BrowserContext, CDPSession, Page
from playwright.async_api import Error as PlaywrightError

from autofill.replay.request_rules import Outgoing

# A closing page's last requests come within milliseconds.
_LINGER = 2.0


class BrowserInterceptor:
    """Interceptor that blocks requests of a page, and of windows that it opens, unless they are `harmless`.

    Other pages of the browser are left alone: they may be the person's own, or another run's.
    """

    def __init__(self, page: Page, harmless: Callable[[Outgoing], bool]) -> None:
        self._page = page
        self._harmless = harmless
        self._frames: set[str] = set()
        self._outermost = ""
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Block what the page's own route did not answer, until shortly after its context has been closed."""
        browser = self._page.context.browser
        if browser is None:
            return
        page = await self._page.context.new_cdp_session(self._page)
        page.on("Page.frameAttached", lambda attached: self._frames.add(attached["frameId"]))
        await page.send("Page.enable")
        tree = (await page.send("Page.getFrameTree"))["frameTree"]
        self._frames |= _frame_ids(tree)
        self._outermost = tree["frame"]["id"]
        session = await browser.new_browser_cdp_session()
        session.on("Fetch.requestPaused", lambda paused: self._in_background(self._answer(session, paused)))
        session.on("Target.targetCreated", lambda created: self._opened(created["targetInfo"]))
        await session.send("Target.setDiscoverTargets", {"discover": True})
        await session.send("Fetch.enable")
        # An open page keeps the way to the network that it has; asked to hold requests itself, it gets a new one.
        await page.send("Fetch.enable", {"patterns": [{"urlPattern": "about:nothing"}]})

        def stop_later(_context: BrowserContext) -> None:
            asyncio.get_running_loop().call_later(_LINGER, lambda: self._in_background(session.detach()))

        self._page.context.on("close", stop_later)

    def _opened(self, target: dict[str, Any]) -> None:
        """Count in a window that the page or one of its windows opened; it has the number of its outermost frame."""
        if target.get("openerId") in self._frames:
            self._frames.add(target["targetId"])

    def _in_background(self, doing: Any) -> None:
        task = asyncio.ensure_future(_ignoring_closed(doing))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _answer(self, session: CDPSession, paused: dict[str, Any]) -> None:
        which = {"requestId": paused["requestId"]}
        replaces = paused.get("resourceType") == "Document" and paused.get("frameId") == self._outermost
        asked = _outgoing(paused["request"], navigation=replaces)
        if paused.get("frameId") not in self._frames or self._harmless(asked):
            await session.send("Fetch.continueRequest", which)
        else:
            await session.send("Fetch.failRequest", which | {"errorReason": "BlockedByClient"})


def _outgoing(request: dict[str, Any], *, navigation: bool) -> Outgoing:
    entries = request.get("postDataEntries", ())
    body = b"".join(base64.b64decode(entry.get("bytes", "")) for entry in entries)
    return Outgoing(request["method"], request["url"], request["headers"], body, navigation=navigation)


async def _ignoring_closed(doing: Any) -> None:
    """Await something that no longer matters once its request, page or browser is gone."""
    with suppress(PlaywrightError):
        await doing


def _frame_ids(tree: dict[str, Any]) -> set[str]:
    return {tree["frame"]["id"]}.union(*map(_frame_ids, tree.get("childFrames", ())))
