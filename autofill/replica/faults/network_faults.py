"""The faults of the network, one function each: connections that break, answers that come late or in part.

When a fault applies is decided in middleware.py.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from autofill.replica.faults.connection import BreakableConnection
from autofill.replica.faults.table import Fault

_HOP: Final = b"hop=1"
_RETRY_AFTER_S: Final = 30


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request, and what is needed to answer it with or without a fault."""

    app: ASGIApp
    scope: Scope
    receive: Receive
    send: Send
    body: bytes
    other_origin: str

    @property
    def connection(self) -> BreakableConnection:
        """The connection it came through."""
        connection: BreakableConnection = self.scope["connection"]
        return connection

    async def answer(self) -> None:
        """Send the site's own answer."""
        await self.app(self.scope, self._receive_again(), self.send)

    async def answered(self) -> list[Message]:
        """The site's own answer, not sent yet."""
        answer: list[Message] = []

        async def keep(message: Message) -> None:
            answer.append(message)

        await self.app(self.scope, self._receive_again(), keep)
        return answer

    async def is_gone(self, within: float | None = None) -> bool:
        """Whether the client leaves `within` so many seconds; None waits until it does."""
        self.connection.hold()
        try:
            async with asyncio.timeout(within):
                while (await self.receive())["type"] != "http.disconnect":
                    pass
        except TimeoutError:
            return False
        return True

    def _receive_again(self) -> Receive:
        messages: list[Message] = [{"type": "http.request", "body": self.body, "more_body": False}]

        async def receive() -> Message:
            return messages.pop() if messages else await self.receive()

        return receive


async def _reset(exchange: Exchange, _: Fault) -> None:
    exchange.connection.reset()
    await exchange.is_gone()


async def _empty(exchange: Exchange, _: Fault) -> None:
    exchange.connection.close()
    await exchange.is_gone()


async def _hang(exchange: Exchange, _: Fault) -> None:
    await exchange.is_gone()


async def _status(exchange: Exchange, fault: Fault) -> None:
    status = HTTPStatus(int(fault.value))
    headers = {"Retry-After": str(_RETRY_AFTER_S)} if status in {429, 503} else {}
    answer = PlainTextResponse(f"{status} {status.phrase}", status_code=status, headers=headers)
    await answer(exchange.scope, exchange.receive, exchange.send)


async def _slow(exchange: Exchange, fault: Fault) -> None:
    if not await exchange.is_gone(int(fault.value) / 1000):
        await exchange.answer()


async def _drip(exchange: Exchange, fault: Fault) -> None:
    start, *bodies = await exchange.answered()
    await exchange.send(start)
    for byte in b"".join(message.get("body", b"") for message in bodies):
        if await exchange.is_gone(1 / int(fault.value)):
            return
        await exchange.send({"type": "http.response.body", "body": bytes([byte]), "more_body": True})
    await exchange.send({"type": "http.response.body"})


async def _truncated(exchange: Exchange, _: Fault) -> None:
    start, *bodies = await exchange.answered()
    body = b"".join(message.get("body", b"") for message in bodies)
    await exchange.send(start)
    await exchange.send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})
    exchange.connection.close()
    await exchange.is_gone()


async def _redirect(exchange: Exchange, address: str) -> None:
    status = 307 if exchange.scope["method"] == "POST" else 302
    await RedirectResponse(address, status)(exchange.scope, exchange.receive, exchange.send)


async def _redirect307(exchange: Exchange, _: Fault) -> None:
    query: bytes = exchange.scope["query_string"]
    if _HOP in query.split(b"&"):
        await exchange.answer()
    else:
        await _redirect(exchange, f"{exchange.scope['path']}?{b'&'.join(filter(None, [query, _HOP])).decode()}")


async def _redirect_loop(exchange: Exchange, _: Fault) -> None:
    await _redirect(exchange, f"{exchange.scope['path']}?{exchange.scope['query_string'].decode()}")


async def _redirect_away(exchange: Exchange, _: Fault) -> None:
    await _redirect(exchange, f"{exchange.other_origin}/")


NETWORK_FAULTS: Final[Mapping[str, Callable[[Exchange, Fault], Awaitable[None]]]] = {
    "reset": _reset,
    "empty": _empty,
    "hang": _hang,
    "status": _status,
    "slow": _slow,
    "drip": _drip,
    "truncated": _truncated,
    "redirect307": _redirect307,
    "redirect-loop": _redirect_loop,
    "redirect-away": _redirect_away,
}
