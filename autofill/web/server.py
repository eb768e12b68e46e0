"""Serving the gallery on this machine, in a thread of its own or in the foreground.

Nothing but 127.0.0.1 is ever listened on; what is served is decided elsewhere.
"""

from __future__ import annotations

import secrets
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from autofill.web.app import create_app
from autofill.web.ledger_gateway import Notebook
from autofill.web.recording_store import Shelf

_LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class RunningGallery:
    """A gallery that answers at `url`, which holds the token: whoever has it may look."""

    url: str


@contextmanager
def serving(recordings: Path, notebook: Notebook, port: int = 0) -> Iterator[RunningGallery]:
    """Serve a gallery from a daemon thread until the block is left.

    Args:
        recordings: The folder to show; it may not exist yet.
        notebook: What the ledgers know.
        port: The port on 127.0.0.1; 0 takes a free one.

    Raises:
        OSError: The port is taken.
    """
    with socket.create_server((_LOOPBACK, port)) as listener:
        server, url = _make_server(Shelf(recordings), notebook, listener)
        thread = threading.Thread(target=server.run, args=([listener],), name="gallery", daemon=True)
        thread.start()
        try:
            yield RunningGallery(url)
        finally:
            server.should_exit = True
            thread.join()


def serve_forever(recordings: Path, notebook: Notebook, port: int, announce: Callable[[str], None]) -> None:
    """Serve a gallery in the foreground until the process is interrupted.

    Args:
        recordings: The folder to show; it may not exist yet.
        notebook: What the ledgers know.
        port: The port on 127.0.0.1; 0 takes a free one.
        announce: Told the address, token included, once a browser can be sent there.

    Raises:
        OSError: The port is taken.
    """
    with socket.create_server((_LOOPBACK, port)) as listener:
        server, url = _make_server(Shelf(recordings), notebook, listener)
        announce(url)
        server.run([listener])


def _make_server(shelf: Shelf, notebook: Notebook, listener: socket.socket) -> tuple[uvicorn.Server, str]:
    token = secrets.token_urlsafe(24)
    config = uvicorn.Config(
        create_app(shelf, notebook, token),
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
