"""The web app's server on this machine, in a thread of its own or in the foreground.

It listens on 127.0.0.1 only.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from autofill.web.app import create_app
from autofill.web.auth_middleware import Entrance
from autofill.web.ledger_gateway import LedgerGateway
from autofill.web.recording_store import RecordingStore

_LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class RunningGallery:
    """A web app that answers; `origin` is where, without a slash at its end."""

    origin: str
    entrance: Entrance

    def new_address(self) -> str:
        """An address that lets one browser in, once."""
        return f"{self.origin}/?token={self.entrance.new_token()}"

    @property
    def home(self) -> str:
        """The first page, for a browser that has been let in."""
        return f"{self.origin}{self.entrance.root}/"


@contextmanager
def serving(recordings: Path, gateway: LedgerGateway, port: int = 0) -> Iterator[RunningGallery]:
    """Serve the web app from a daemon thread until the block is left.

    The folder of recordings may not exist yet; as port, 0 takes a free one.

    Raises:
        OSError: The port is taken.
    """
    with socket.create_server((_LOOPBACK, port)) as listener:
        server, running = _make_server(RecordingStore(recordings), gateway, listener)
        thread = threading.Thread(target=server.run, args=([listener],), name="gallery", daemon=True)
        thread.start()
        try:
            yield running
        finally:
            server.should_exit = True
            thread.join()


def serve_forever(
    recordings: Path, gateway: LedgerGateway, port: int, announce: Callable[[RunningGallery], None]
) -> None:
    """Serve the web app in the foreground until the process is interrupted; otherwise as `serving`.

    `announce` is called as soon as a browser can open it.
    """
    with socket.create_server((_LOOPBACK, port)) as listener:
        server, running = _make_server(RecordingStore(recordings), gateway, listener)
        announce(running)
        server.run([listener])


def _make_server(
    store: RecordingStore, gateway: LedgerGateway, listener: socket.socket
) -> tuple[uvicorn.Server, RunningGallery]:
    running = RunningGallery(f"http://{_LOOPBACK}:{listener.getsockname()[1]}", Entrance())
    config = uvicorn.Config(
        create_app(store, gateway, running.entrance),
        loop="asyncio",
        http="h11",
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=1,
    )
    return uvicorn.Server(config), running
