"""Who runs a run, told apart from every other process there ever was, and whether it still lives.

Knows processes only; what follows from a death is decided elsewhere.
"""

from __future__ import annotations

import getpass
import json
import os
import socket
import subprocess
from dataclasses import astuple, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

_PROC: Final = Path("/proc")
# How long a process that cannot be asked counts as alive after its last sign of life; it gives one every HEARTBEAT.
LEASE: Final = timedelta(minutes=2)
HEARTBEAT: Final = timedelta(seconds=20)


@dataclass(frozen=True, slots=True)
class Owner:
    """A process: its number alone would soon be another's, so its boot and its start belong to it.

    `boot` is empty, and `started` a date, where the system does not count from its boot.
    """

    host: str
    boot: str
    pid: int
    started: str

    @classmethod
    def of(cls, pid: int) -> Owner:
        """The process with this number on this machine, as it is now."""
        return cls(socket.gethostname(), _boot(), pid, _started(pid) or "")

    @classmethod
    def read(cls, text: str) -> Owner:
        """The owner that `str` wrote."""
        return cls(*json.loads(text))

    def __str__(self) -> str:
        return json.dumps(astuple(self))


def account() -> str:
    """The name of the person's account on this machine."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user need not have a name
        return f"user {os.getuid()}"


def is_alive(owner: Owner, *, leased: bool) -> bool:
    """Whether the process may still be at work: as its system tells; where that cannot be asked, by its lease.

    Args:
        owner: The process in question.
        leased: Whether its lease goes on.
    """
    if owner.host != socket.gethostname():
        return leased
    if owner.boot != _boot():
        return False
    started = _started(owner.pid)
    return leased if started is None else bool(started) and started == owner.started


def _boot() -> str:
    try:
        return (_PROC / "sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return ""


def _started(pid: int) -> str | None:
    """When the process started; empty if there is none, None if the system does not tell."""
    if not (_PROC / "self/stat").exists():
        return _started_by_ps(pid)
    try:
        stat = (_PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    # proc(5): the name in brackets may hold anything; after it come field 3, the state, to field 22, the start.
    state, *rest = stat.rpartition(")")[2].split()
    return "" if state in {"Z", "X"} else rest[18]


def _started_by_ps(pid: int) -> str | None:
    try:
        found = subprocess.run(  # noqa: S603 - a number is its only argument
            ["ps", "-o", "lstart=", "-p", str(pid)],  # noqa: S607 - where it is differs between systems
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "LC_ALL": "C", "TZ": "UTC"},
        )
    except OSError:
        return None
    return found.stdout.strip()
