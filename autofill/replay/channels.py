"""Observer of the ways out of a page that no route shows: sockets, and what speculation rules fetch.

They cannot be held, so what leaves by them is known or nothing is: whatever carries what was typed, or may, is a leak.
WebRTC, WebTransport and late fetches are taken away from pages when they are opened (`page.browser`).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page, WebSocket

from autofill.replay.content import MOST_BYTES, Amount, is_readable
from autofill.replay.request_rules import RequestRules

# Bytes that cannot be read and are too few to be a sentence: a heartbeat, say.
_HEARTBEAT = 16


class Channels:
    """Observer of one page's sockets and speculative requests; `leak(amount)` is called when one carries something."""

    def __init__(self, page: Page, rules: RequestRules, leak: Callable[[Amount], None]) -> None:
        self._page, self._rules, self._leak = page, rules, leak
        self._asking: set[asyncio.Task[None]] = set()
        page.on("websocket", self._opened)

    async def watch(self) -> None:
        """Be told what speculation rules fetch, and what goes along with a socket; there is no way to hold it."""
        session = await self._page.context.new_cdp_session(self._page)
        session.on("Preload.ruleSetUpdated", lambda told: self._told(told["ruleSet"]["sourceText"]))
        session.on("Preload.prefetchStatusUpdated", lambda told: self._fetched(told["prefetchUrl"]))
        session.on("Preload.prerenderStatusUpdated", lambda told: self._fetched(told["key"]["url"]))
        # Playwright tells a socket's address, not the protocols and cookies that go along.
        session.on(
            "Network.webSocketWillSendHandshakeRequest",
            lambda told: self._told(*map(str, told["request"]["headers"].values())),
        )
        await session.send("Network.enable", {"maxTotalBufferSize": 0, "maxResourceBufferSize": 0})
        with suppress(PlaywrightError):  # browsers of another make do not know it, nor the rules
            await session.send("Preload.enable")

    async def settled(self) -> None:
        """Wait until everything that was noticed has been looked at."""
        await asyncio.gather(*self._asking, return_exceptions=True)

    def _told(self, *texts: str | bytes) -> None:
        if amount := self._rules.carries(*texts):
            self._leak(amount)

    def _fetched(self, url: str) -> None:
        """Look at the address, and at what goes along unasked: the page's own address, and its cookies."""
        self._told(url, self._page.url)
        task = asyncio.ensure_future(self._look_at_cookies())
        self._asking.add(task)
        task.add_done_callback(self._asking.discard)

    async def _look_at_cookies(self) -> None:
        with suppress(PlaywrightError):
            self._told(*(cookie.get("value", "") for cookie in await self._page.context.cookies()))

    def _opened(self, socket: WebSocket) -> None:
        self._told(socket.url)
        together = bytearray()  # a page may send letter by letter, and for hours

        def frame_sent(payload: Any) -> None:
            data = payload.encode(errors="replace") if isinstance(payload, str) else bytes(payload)
            together.extend(data)
            del together[:-MOST_BYTES]
            self._told(data, bytes(together))
            if len(data) >= _HEARTBEAT and not is_readable(data):
                self._leak(Amount.PART)

        socket.on("framesent", frame_sent)
