"""The web app's server on this machine, in a thread of its own or in the foreground.

It listens on 127.0.0.1 only.
"""

from __future__ import annotations

import secrets
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from autofill.web.app import create_app
from autofill.web.ledger_gateway import LedgerGateway
from autofill.web.recording_store import RecordingStore

_LOOPBACK = "127.0.0.1"


@contextmanager
def serving(recordings: Path, gateway: LedgerGateway, port: int = 0) -> Iterator[str]:
    """Serve the web app from a daemon thread until the block is left; yields its address, token included.

    The folder of recordings may not exist yet; as port, 0 takes a free one.

    Raises:
        OSError: The port is taken.
    """
    with socket.create_server((_LOOPBACK, port)) as listener:
        server, url = _make_server(RecordingStore(recordings), gateway, listener)
        thread = threading.Thread(target=server.run, args=([listener],), name="gallery", daemon=True)
        thread.start()
        try:
            yield url
        finally:
            server.should_exit = True
            thread.join()


def serve_forever(recordings: Path, gateway: LedgerGateway, port: int, announce: Callable[[str], None]) -> None:
    """Serve the web app in the foreground until the process is interrupted; otherwise as `serving`.

    `announce` gets the address, token included, as soon as a browser can open it.
    """
    with socket.create_server((_LOOPBACK, port)) as listener:
        server, url = _make_server(RecordingStore(recordings), gateway, listener)
        announce(url)
        server.run([listener])


def _make_server(store: RecordingStore, gateway: LedgerGateway, listener: socket.socket) -> tuple[uvicorn.Server, str]:
    token = secrets.token_urlsafe(24)
    config = uvicorn.Config(
        create_app(store, gateway, token),
        loop="asyncio",
        http="h11",
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=1,
    )
    return uvicorn.Server(config), f"http://{_LOOPBACK}:{listener.getsockname()[1]}/?token={token}"
