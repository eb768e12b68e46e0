"""Counts every point at which a run touches disk, ledger or browser, and kills the process at one of them.

As SQLite's own crash tests do: nobody writes down how many points there are; the test goes on until a run survives.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from typing import Any

DISK = ("open", "write", "fsync", "replace", "mkdir", "link")


class KillPoint:
    """Called at each point; at number `at` the process is gone, with nothing flushed and nothing closed."""

    def __init__(self, at: int | None) -> None:
        self.at = at
        self.count = 0

    def __call__(self) -> None:
        self.count += 1
        if self.count == self.at:
            os.kill(os.getpid(), signal.SIGKILL)


def watch_disk(kill_point: KillPoint) -> None:
    """A point before each call that changes something on disk."""
    for name in DISK:
        setattr(os, name, _before(kill_point, getattr(os, name)))


def watch_ledger(kill_point: KillPoint) -> None:
    """A point before each statement and each commit of the ledger."""
    from sqlalchemy import Engine, event

    event.listen(Engine, "before_cursor_execute", lambda *_: kill_point())
    event.listen(Engine, "commit", lambda *_: kill_point())


def watch_browser(kill_point: KillPoint) -> None:
    """A point before each message to the browser's driver."""
    from playwright._impl.transport import PipeTransport

    PipeTransport.send = _before(kill_point, PipeTransport.send)  # type: ignore[method-assign]


def _before(kill_point: KillPoint, call: Callable[..., Any]) -> Callable[..., Any]:
    def counted(*arguments: Any, **named: Any) -> Any:
        kill_point()
        return call(*arguments, **named)

    return counted
