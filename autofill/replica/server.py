"""The web server of the practice site, on this machine only, in a thread or in the foreground.

Uvicorn and the site are imported only when the server starts: a practice run opens its browser meanwhile.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from autofill.replica.options import ReplicaOptions

if TYPE_CHECKING:
    import uvicorn

LOOPBACK = "127.0.0.1"
# Another origin on the same machine; macOS has no such address unless it is configured.
_OTHER_HOST = "127.0.0.2"
# Longer than a person stays on a page: a browser sends again only what it sent on a connection that was used before.
_KEEP_ALIVE_S = 600
_DELIVERY_INTERVAL_S = 1


@dataclass(frozen=True, slots=True)
class RunningReplica:
    """A practice site that answers at `url`, which has no slash at its end."""

    url: str


@contextmanager
def serving(options: ReplicaOptions = ReplicaOptions(), port: int = 0) -> Iterator[RunningReplica]:  # noqa: B008 - frozen
    """A practice site, served from a daemon thread until the block is left.

    Its address is bound before the block is entered, so that a first request waits and does not fail.

    Args:
        options: How the site behaves.
        port: The port on 127.0.0.1; 0 takes a free one.

    Raises:
        OSError: The port is taken.
        RecordsError: The file of records cannot be used; raised when the block is left.
    """
    with socket.create_server((LOOPBACK, port)) as listener:
        replica = RunningReplica(f"http://{LOOPBACK}:{listener.getsockname()[1]}")
        started: Future[uvicorn.Server] = Future()
        thread = threading.Thread(target=_serve, args=(options, listener, started), name="replica", daemon=True)
        thread.start()
        try:
            yield replica
        finally:
            started.result().should_exit = True
            thread.join()


def serve_forever(options: ReplicaOptions, port: int, announce: Callable[[str], None]) -> None:
    """Serve a practice site in the foreground until the process is interrupted.

    Args:
        options: How the site behaves.
        port: The port on 127.0.0.1; 0 takes a free one.
        announce: Called with the address, without a slash at its end, once a browser can open it.

    Raises:
        OSError: The port is taken.
        RecordsError: The file of records cannot be used.
        KeyboardInterrupt: The person stopped it; the site is closed by then.
    """
    with socket.create_server((LOOPBACK, port)) as listener:
        announce(f"http://{LOOPBACK}:{listener.getsockname()[1]}")
        started: Future[uvicorn.Server] = Future()
        _serve(options, listener, started)
        started.result()


def _serve(options: ReplicaOptions, listener: socket.socket, started: Future[uvicorn.Server]) -> None:
    with _listen_at_other_origin() as other:
        try:
            server, close = _make_server(options, "http://{}:{}".format(*other.getsockname()))
        except BaseException as error:  # noqa: BLE001 - whoever waits for the server raises it
            started.set_exception(error)
            listener.close()  # or a first request would wait for ever
            return
        started.set_result(server)
        try:
            server.run(sockets=[listener, other])
        finally:
            close()


def _listen_at_other_origin() -> socket.socket:
    try:
        return socket.create_server((_OTHER_HOST, 0))
    except OSError:
        return socket.create_server((LOOPBACK, 0))


def _make_server(options: ReplicaOptions, other_origin: str) -> tuple[uvicorn.Server, Callable[[], None]]:
    import uvicorn  # noqa: PLC0415 - see the top of this file

    from autofill.replica.app import build_site  # noqa: PLC0415
    from autofill.replica.faults.connection import BreakableConnection  # noqa: PLC0415

    site = build_site(options, other_origin)
    config = uvicorn.Config(
        site.app,
        loop="asyncio",
        http=BreakableConnection,
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="warning",
        access_log=False,
        proxy_headers=False,
        timeout_keep_alive=_KEEP_ALIVE_S,
        timeout_graceful_shutdown=1,
        callback_notify=site.deliver,
        timeout_notify=_DELIVERY_INTERVAL_S,
    )
    return uvicorn.Server(config), site.close
