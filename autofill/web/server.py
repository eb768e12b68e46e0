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

from autofill.jobs.background import BackgroundRuns
from autofill.web.app import create_app
from autofill.web.auth_middleware import Entrance
from autofill.web.context import AppContext
from autofill.web.ledger_gateway import LedgerGateway
from autofill.web.recording_store import RecordingStore

_LOOPBACK = "127.0.0.1"
# Where inquiries are, as a rule: the folder of this name in the one where the app was opened.
PROFILES = Path("profiles")


@dataclass(frozen=True, slots=True)
class RunningApp:
    """A web app that answers; `origin` is where, without a slash at its end."""

    origin: str
    entrance: Entrance

    def new_address(self, page: str = "/") -> str:
        """An address that lets one browser in, once, and leads to a page: `/r/NAME/`, say."""
        return f"{self.origin}/?token={self.entrance.new_token(page)}"

    @property
    def home(self) -> str:
        """The first page, for a browser that has been let in."""
        return f"{self.origin}{self.entrance.root}/"


@contextmanager
def serving(
    recordings: Path,
    gateway: LedgerGateway,
    port: int = 0,
    *,
    profiles: Path = PROFILES,
    runs: BackgroundRuns | None = None,
) -> Iterator[RunningApp]:
    """Serve the web app from a daemon thread until the block is left.

    The folders of recordings and profiles may not exist yet; as port, 0 takes a free one. `runs` are those that are
    started otherwise than by `autofill run` of this machine.

    Raises:
        OSError: The port is taken.
    """
    with socket.create_server((_LOOPBACK, port)) as listener:
        running = _running(listener)
        runs = runs or BackgroundRuns(recordings, gateway.named)
        context = AppContext(RecordingStore(recordings), gateway, running.entrance.root, profiles=profiles, runs=runs)
        server = _make_server(context, running)
        thread = threading.Thread(target=server.run, args=([listener],), name="app", daemon=True)
        thread.start()
        try:
            yield running
        finally:
            server.should_exit = True
            thread.join()


def serve_forever(
    recordings: Path,
    gateway: LedgerGateway,
    port: int,
    announce: Callable[[RunningApp], None],
    *,
    profiles: Path = PROFILES,
) -> None:
    """Serve the web app in the foreground until the process is interrupted; otherwise as `serving`.

    `announce` is called as soon as a browser can open it.
    """
    with socket.create_server((_LOOPBACK, port)) as listener:
        running = _running(listener)
        runs = BackgroundRuns(recordings, gateway.named)
        context = AppContext(RecordingStore(recordings), gateway, running.entrance.root, profiles=profiles, runs=runs)
        server = _make_server(context, running)
        announce(running)
        server.run([listener])


def _running(listener: socket.socket) -> RunningApp:
    return RunningApp(f"http://{_LOOPBACK}:{listener.getsockname()[1]}", Entrance())


def _make_server(context: AppContext, running: RunningApp) -> uvicorn.Server:
    app = create_app(context, running.entrance)
    config = uvicorn.Config(
        app,
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
    server = uvicorn.Server(config)
    # A page that follows a run holds a request open; it must not hold up the end.
    app.state.is_closing = lambda: server.should_exit
    return server
