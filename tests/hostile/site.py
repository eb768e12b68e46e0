"""A hostile site on 127.0.0.1: raw sockets that serve one page, and keep every byte that arrives.

Besides its own port it listens elsewhere (another origin, no part of the form), and for calls over UDP and TCP.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import re
import socket
import struct
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.hostile.arrivals import Arrival
from tests.hostile.parts import REFUSED, Page

HERE = Path(__file__).parent
_NUMBER = '{"number": "12345678"}'
_ERRORS = '{"errors": ["email"]}'
_NO_LINGERING = struct.pack("ii", 1, 0)
_TURN_ALLOCATE, _TURN_REFUSED = 3, 0x0113


class Site:
    """One page on its own origin, and what arrived."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.arrivals: list[Arrival] = []
        self._news = asyncio.Event()
        self.ports: dict[str, int] = {}
        self.opened = asyncio.Event()
        self._asked_for: set[str] = set()
        self._busy: set[asyncio.Task[None]] = set()

    @property
    def url(self) -> str:
        """Its origin."""
        return f"http://127.0.0.1:{self.ports['here']}"

    def note(self, arrival: Arrival, more: bytes = b"") -> None:
        """Something arrived, or more of it."""
        if more:
            arrival.add(more)
        else:
            self.arrivals.append(arrival)
        self._news.set()

    async def until(self, happened: Callable[[], bool]) -> None:
        """Wait until that is so; asked whenever something arrives."""
        while not happened():
            self._news.clear()
            await self._news.wait()

    async def serve(self, to: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, as long as it lasts."""
        me = asyncio.current_task()
        assert me is not None
        self._busy.add(me)
        try:
            if to == "call":
                await self._call(reader, writer)
            while head := await reader.readline():
                while (more := await reader.readline()).strip():
                    head += more
                await self._request(to, head, reader, writer)
        except (OSError, EOFError, asyncio.CancelledError):
            pass
        finally:
            self._busy.discard(me)
            writer.close()

    def stop(self) -> None:
        """Let go of connections that still wait for something."""
        for each in self._busy:
            each.cancel()

    async def _call(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """A call over TCP."""
        arrival = Arrival("stream", bytearray())
        self.note(arrival)
        while data := await reader.read(4096):
            self.note(arrival, data)
            writer.write(_refused(data))

    async def _request(self, to: str, head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        headers = {
            name.strip().lower(): value.strip()
            for name, _, value in (line.partition(":") for line in head.decode("latin-1").splitlines()[1:])
        }
        method, target, *_ = head.decode("latin-1").split(" ")
        body = await reader.readexactly(int(headers.get("content-length") or 0))
        if headers.get("referer", "").removeprefix(self.url) in self._asked_for:
            # That address has arrived and was counted; what its page needs brings it again.
            head = re.sub(rb"(?im)^referer:.*$", b"Referer: as before", head)
        self._asked_for.add(target)
        arrival = Arrival(f"{method} {urlsplit(target).path[:40]}", bytearray(head + body), to=to)
        self.note(arrival)
        if "sec-websocket-key" in headers:
            await self._socket(arrival, headers["sec-websocket-key"], reader, writer)
            return
        path = urlsplit(target).path
        if path == "/submit" and method != "OPTIONS" and to == "here":
            arrival.taken = self.page.answer not in REFUSED
            await self._answer(headers, writer)
        elif path == "/form":
            self.opened.set()
            await _reply(writer, self._html(), kind="text/html", more=self._reports())
        elif path == "/page.js":
            await _reply(writer, (HERE / "page.js").read_text("utf-8"), kind="text/javascript")
        else:
            await _reply(writer, _NUMBER if path == "/stored" else "{}")

    def _reports(self) -> str:
        """Header that has the browser tell of pictures, and of the page that wanted them."""
        if all(part.how != "policy report" for part in self.page.parts):
            return ""
        return "Content-Security-Policy-Report-Only: img-src 'none'; report-uri /read\r\n"

    async def _answer(self, headers: Mapping[str, str], writer: asyncio.StreamWriter) -> None:
        """What the page says is the answer to a submit request."""
        answer = self.page.answer
        as_page = "text/html" in headers.get("accept", "") or answer == "200 page"
        said = _ERRORS if answer in REFUSED else "{}" if answer == "200 without a number" else _NUMBER
        text = self._html(answered=True) if as_page else said
        kind = "text/html" if as_page else "application/json"
        match answer:
            case "reset":
                transport = writer.transport
                transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGERING)
                transport.abort()
            case "empty":
                writer.close()
            case "hang":
                await asyncio.Event().wait()
            case "cut":
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 4000\r\nContent-Type: text/html\r\n\r\nThank")
                writer.close()
            case "303" | "307":
                place = "/stored" if answer == "303" else "/submit?again=1"
                await _reply(writer, "", status=answer, more=f"Location: {place}\r\n")
            case _:
                await _reply(writer, text, status=answer[:3], kind=kind)

    def _html(self, *, answered: bool = False) -> str:
        about = self.page.for_script(
            answered=answered,
            elsewhere=f"http://127.0.0.1:{self.ports['elsewhere']}",
            own=f"http://localhost:{self.ports['here']}",
            turn=f"127.0.0.1:{self.ports['call']}",
        )
        return (HERE / "page.html").read_text("utf-8").replace("{{PAGE}}", json.dumps(about))

    async def _socket(
        self, arrival: Arrival, key: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Frames of a WebSocket, joined: small ones say the same as a large one."""
        accept = base64.b64encode(hashlib.sha1(f"{key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11".encode()).digest()).decode()
        writer.write(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Accept: {accept}\r\n\r\n".encode()
        )
        while True:
            first, second = await reader.readexactly(2)
            size = second & 127
            if size >= 126:
                size = int.from_bytes(await reader.readexactly(2 if size == 126 else 8), "big")
            mask = await reader.readexactly(4)
            payload = await reader.readexactly(size)
            if first & 15 in {0, 1, 2}:
                self.note(arrival, bytes(each ^ mask[index % 4] for index, each in enumerate(payload)))


class _Calls(asyncio.DatagramProtocol):
    """Calls over UDP."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: Any = transport

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self._site.note(Arrival("datagram", bytearray(data)))
        if answer := _refused(data):
            self._transport.sendto(answer, addr)


def _refused(data: bytes) -> bytes:
    """A TURN server's answer to an allocation: no, not before it is told the user's name (RFC 8656)."""
    if int.from_bytes(data[:2], "big") != _TURN_ALLOCATE:
        return b""
    about = struct.pack(">HHHBB", 9, 4, 0, 4, 1) + struct.pack(">HH", 0x14, 4) + b"here"
    about += struct.pack(">HH", 0x15, 4) + b"once"
    return struct.pack(">HH", _TURN_REFUSED, len(about)) + data[4:20] + about


async def _reply(
    writer: asyncio.StreamWriter, text: str, *, status: str = "200", kind: str = "application/json", more: str = ""
) -> None:
    body = text.encode()
    head = f"HTTP/1.1 {status} Hm\r\nContent-Type: {kind}; charset=utf-8\r\nContent-Length: {len(body)}\r\n{more}\r\n"
    writer.write(head.encode() + body)
    await writer.drain()


@asynccontextmanager
async def serving(page: Page) -> AsyncIterator[Site]:
    """The site of a page, in this event loop."""
    site, loop = Site(page), asyncio.get_running_loop()
    servers = []
    for name in ("here", "elsewhere", "call"):
        server = await asyncio.start_server(partial(site.serve, name), "127.0.0.1", 0, limit=2**20)
        servers.append(server)
        site.ports[name] = server.sockets[0].getsockname()[1]
    transport = None
    with suppress(OSError):  # somebody else may have that number; then only TCP is listened to
        transport, _ = await loop.create_datagram_endpoint(
            lambda: _Calls(site), local_addr=("127.0.0.1", site.ports["call"])
        )
    try:
        yield site
    finally:
        if transport is not None:
            transport.close()
        for server in servers:
            server.close()
        site.stop()
