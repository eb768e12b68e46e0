"""The browser's own gate, behind every page's: what a closed tab lets go of stops here.

Chromium holds a page's request for us only as long as the page is there; when its tab is closed, it sends what was held
by itself (measured: a `fetch` arrived twice, one with `keepalive` and its beacon three times). A DevTools session with
the browser itself outlives the tab, and its interceptor sits closer to the network than any page's
(content/browser/devtools/devtools_instrumentation.cc, "Order of targets and sessions matters").
"""

from __future__ import annotations

import asyncio
from typing import Any

from playwright.async_api import CDPSession, Page
from playwright.async_api import Error as PlaywrightError

HARMLESS = {"GET", "HEAD", "OPTIONS"}


class LastGate:
    """Lets no request of one page's frames to these origins pass that could change anything.

    Other pages of the browser are left alone: it may be the person's own. For a frame of another site, in a process of
    its own, there is no such gate.
    """

    def __init__(self, page: Page, origins: frozenset[str]) -> None:
        self._page = page
        self._patterns = [{"urlPattern": f"{origin}/*"} for origin in sorted(origins)]
        self._frames: set[str] = set()
        self._session: CDPSession | None = None
        self._deciding: set[asyncio.Task[None]] = set()

    async def shut(self) -> None:
        """From now on nothing passes that the page's own gate did not answer."""
        browser = self._page.context.browser
        if browser is None:
            return
        page = await self._page.context.new_cdp_session(self._page)
        self._frames = _ids((await page.send("Page.getFrameTree"))["frameTree"])
        self._session = await browser.new_browser_cdp_session()
        self._session.on("Fetch.requestPaused", self._paused)
        await self._session.send("Fetch.enable", {"patterns": self._patterns})
        # An open page keeps the way to the network that it has; asked to hold requests itself, it gets a new one.
        await page.send("Fetch.enable", {"patterns": [{"urlPattern": "about:nothing"}]})
        await page.detach()

    async def open(self) -> None:
        """Give the browser its requests back: once none is held any more, a closed tab can let go of none."""
        if self._session is not None:
            await self._session.detach()

    def _paused(self, paused: dict[str, Any]) -> None:
        task = asyncio.ensure_future(self._decide(paused))
        self._deciding.add(task)
        task.add_done_callback(self._deciding.discard)

    async def _decide(self, paused: dict[str, Any]) -> None:
        assert self._session is not None
        which = {"requestId": paused["requestId"]}
        try:
            if paused["request"]["method"] in HARMLESS or paused.get("frameId") not in self._frames:
                await self._session.send("Fetch.continueRequest", which)
            else:
                await self._session.send("Fetch.failRequest", which | {"errorReason": "BlockedByClient"})
        except PlaywrightError:
            # The request went away with its page, or the browser did.
            return


def _ids(tree: dict[str, Any]) -> set[str]:
    return {tree["frame"]["id"]}.union(*map(_ids, tree.get("childFrames", ())))
