"""Observer of the ways out of a page that no route shows: sockets, and what speculation rules fetch.

They cannot be held, so what leaves by them is known or nothing is: whatever carries what was typed, or may, is a leak.
WebRTC, WebTransport and late fetches are taken away from pages when they are opened (`page.browser`).
"""

from __future__ import annotations

import asyncio
from asyncio import Semaphore
from collections import defaultdict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from playwright.async_api import CDPSession, Page, WebSocket, Worker
from playwright.async_api import Error as PlaywrightError

from autofill.replay.content import MOST_BYTES, Amount, is_readable
from autofill.replay.request_rules import RequestRules

# Bytes that cannot be read and are too few to be a sentence: a heartbeat, say.
_HEARTBEAT = 16
# Within this time (seconds) a page's own session tells of a socket that the page opened.
_TOLD = 0.5


class Channels:
    """Observer of one page's sockets and speculative requests; `leak(amount)` is called when one carries something.

    What a worker hears as its page goes away it may send by a socket of its own, and nobody is told of that any more
    (`make hostile-test SEED=3`, page 174). So a worker's socket is a leak as soon as something was typed.
    """

    def __init__(self, page: Page, rules: RequestRules, leak: Callable[[Amount], None]) -> None:
        self._page, self._rules, self._leak = page, rules, leak
        self._asking: set[asyncio.Future[None]] = set()
        self._session: asyncio.Future[CDPSession] | None = None
        self._own_sockets: defaultdict[str, Semaphore] = defaultdict(lambda: Semaphore(0))
        self._unsure: set[WebSocket] = set()
        self._typing = self._unseen = False
        page.on("websocket", self._opened)
        page.on("worker", self._began)
        page.on("close", lambda _page: self._doubt() if self._unsure else None)

    async def watch(self) -> None:
        """Be told what speculation rules fetch, and what goes along with a socket; there is no way to hold it."""
        session = await self._network()
        session.on("Preload.ruleSetUpdated", lambda told: self._told(told["ruleSet"]["sourceText"]))
        session.on("Preload.prefetchStatusUpdated", lambda told: self._fetched(told["prefetchUrl"]))
        session.on("Preload.prerenderStatusUpdated", lambda told: self._fetched(told["key"]["url"]))
        with suppress(PlaywrightError):  # browsers of another make do not know it, nor the rules
            await session.send("Preload.enable")
        self._typing = True
        if self._unseen:
            self._leak(Amount.PART)

    def _began(self, _worker: Worker) -> None:
        """Tell the page's sockets from those of its workers from now on."""
        self._network().add_done_callback(lambda session: session.cancelled() or session.exception())

    def _network(self) -> asyncio.Future[CDPSession]:
        self._session = self._session or asyncio.ensure_future(self._network_of_page())
        return self._session

    async def _network_of_page(self) -> CDPSession:
        """The page's own session, which knows nothing of its workers."""
        session = await self._page.context.new_cdp_session(self._page)
        session.on("Network.webSocketCreated", lambda told: self._own_sockets[told["url"]].release())
        # Playwright tells a socket's address, not the protocols and cookies that go along.
        session.on(
            "Network.webSocketWillSendHandshakeRequest",
            lambda told: self._told(*map(str, told["request"]["headers"].values())),
        )
        await session.send("Network.enable", {"maxTotalBufferSize": 0, "maxResourceBufferSize": 0})
        return session

    async def settled(self) -> None:
        """Wait until everything that was noticed has been looked at."""
        await asyncio.gather(*self._asking, return_exceptions=True)

    def _told(self, *texts: str | bytes) -> None:
        if amount := self._rules.carries(*texts):
            self._leak(amount)

    def _fetched(self, url: str) -> None:
        """Look at the address, and at what goes along unasked: the page's own address, and its cookies."""
        self._told(url, self._page.url)
        self._in_background(self._look_at_cookies())

    def _in_background(self, doing: Awaitable[None]) -> None:
        task = asyncio.ensure_future(doing)
        self._asking.add(task)
        task.add_done_callback(self._asking.discard)

    async def _look_at_cookies(self) -> None:
        with suppress(PlaywrightError):
            self._told(*(cookie.get("value", "") for cookie in await self._page.context.cookies()))

    async def _ask_whose(self, socket: WebSocket) -> None:
        try:
            async with asyncio.timeout(_TOLD):
                await self._own_sockets[socket.url].acquire()
        except TimeoutError:
            self._doubt()
        self._unsure.discard(socket)

    def _doubt(self) -> None:
        """A worker has a socket."""
        self._unseen = True
        if self._typing:
            self._leak(Amount.PART)

    def _opened(self, socket: WebSocket) -> None:
        self._told(socket.url)
        if self._session is not None:
            self._unsure.add(socket)
            self._in_background(self._ask_whose(socket))
        together = bytearray()  # a page may send letter by letter, and for hours

        def frame_sent(payload: Any) -> None:
            data = payload.encode(errors="replace") if isinstance(payload, str) else bytes(payload)
            together.extend(data)
            del together[:-MOST_BYTES]
            self._told(data, bytes(together))
            if len(data) >= _HEARTBEAT and not is_readable(data):
                self._leak(Amount.PART)

        socket.on("framesent", frame_sent)
