"""The HTTP/1.1 connection of the practice site, which can be broken in ways that no web framework offers.

When it is broken is decided in network_faults.py.
"""

from __future__ import annotations

import asyncio
import socket
import struct
from typing import TYPE_CHECKING

from uvicorn.protocols.http.h11_impl import H11Protocol

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

# On, with no time to linger: closing then resets.
_NO_LINGERING = struct.pack("ii", 1, 0)


class BreakableConnection(H11Protocol):
    """An HTTP/1.1 connection that the application finds in its scope as `scope["connection"]`."""

    is_held = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as in uvicorn
        """Put this connection into the scope of every request that comes through it."""
        super().connection_made(transport)
        # asyncio forgets it for sockets made without a protocol number; head and body would wait for each other.
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        app: ASGIApp = self.app

        async def with_connection(scope: Scope, receive: Receive, send: Send) -> None:
            scope["connection"] = self
            await app(scope, receive, send)

        self.app = with_connection

    def hold(self) -> None:
        """Let the server shut down without waiting for the answer of this connection."""
        self.is_held = True

    def close(self) -> None:
        """Close after what was written, however incomplete."""
        self.transport.close()

    def reset(self) -> None:
        """Close so that the client gets a reset."""
        sock: socket.socket = self.transport.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGERING)
        self.transport.abort()

    def shutdown(self) -> None:
        """Close when the server shuts down."""
        super().shutdown()
        if self.is_held:
            self.transport.abort()
