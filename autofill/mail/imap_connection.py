"""A connection to an IMAP server that is bounded in bytes and in time, whatever the server says.

The standard library's takes as many bytes as a server announces, and waits as long as a byte comes now and then.
"""

from __future__ import annotations

import imaplib
import socket
import ssl
from contextlib import suppress
from time import monotonic
from typing import Any, Final, NoReturn

from autofill.mail.limits import LARGEST

# Of one answer; the largest that is asked for is a mail of the largest size.
MOST_BYTES: Final = LARGEST + 8 * 1024**2
PATIENCE_S: Final = 30.0
# Who is slower than this is not slow, but keeps us waiting.
_SLOWEST: Final = 16 * 1024
# The library gives up at a longer one.
_LONGEST_LINE: Final = 1_000_000
_AT_ONCE: Final = 64 * 1024


class _Bounded(imaplib.IMAP4):
    """Reads the socket itself: each command starts a new count of bytes, and a new time to answer in."""

    def __init__(self, *where: Any, **how: Any) -> None:
        self._unread = bytearray()
        self._heard_on: socket.socket | None = None
        self._begin()
        super().__init__(*where, **how)

    def send(self, data: bytes) -> None:  # type: ignore[override]
        """Send a command; not if somebody spoke on the open connection for the encrypted one that follows it."""
        if self._unread and self.sock is not self._heard_on:
            self._give_up("spoke before the connection was encrypted")
        self._begin()
        super().send(data)

    def readline(self) -> bytes:
        """A line, with its end."""
        while b"\n" not in self._unread and len(self._unread) <= _LONGEST_LINE and self._receive():
            pass
        return self._take(self._unread.find(b"\n") + 1 or len(self._unread))

    def read(self, size: int) -> bytes:
        """So many bytes; less if the server goes away."""
        if size > MOST_BYTES:
            self._give_up("announces more than was asked for")
        while len(self._unread) < size and self._receive():
            pass
        return self._take(size)

    def _begin(self) -> None:
        self._taken, self._began = 0, monotonic()

    def _receive(self) -> bytes:
        left = self._began + PATIENCE_S + self._taken / _SLOWEST - monotonic()
        if left <= 0:
            self._give_up("is too slow")
        self.sock.settimeout(min(left, PATIENCE_S))
        self._heard_on = self.sock
        data = self.sock.recv(_AT_ONCE)
        self._taken += len(data)
        if self._taken > MOST_BYTES:
            self._give_up("says more than was asked for")
        self._unread += data
        return data

    def _take(self, size: int) -> bytes:
        taken = bytes(self._unread[:size])
        del self._unread[:size]
        return taken

    def _give_up(self, why: str) -> NoReturn:
        raise self.abort(f"the server {why}")


class _Encrypted(_Bounded, imaplib.IMAP4_SSL):
    """The same, encrypted from the first byte."""


def connect(host: str, port: int, trust: ssl.SSLContext, *, at_once: bool) -> imaplib.IMAP4:
    """An encrypted connection: from the first byte, or by STARTTLS.

    Raises:
        imaplib.IMAP4.error: The server says what it must not, or says it too slowly.
        OSError: It cannot be reached, or is not the one its certificate should prove.
    """
    if at_once:
        return _Encrypted(host, port, ssl_context=trust, timeout=PATIENCE_S)
    server = _Bounded(host, port, timeout=PATIENCE_S)
    try:
        server.starttls(trust)
    except BaseException:
        with suppress(OSError):
            server.shutdown()
        raise
    return server
