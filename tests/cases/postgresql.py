"""A PostgreSQL server of the tests' own, on a free port of this machine; ended with them. Nothing here asserts."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Server:
    """A server that can be cut off, as by a power failure, and come back."""

    address: str
    _programs: Path
    _home: Path
    _who: dict[str, str]

    def start(self) -> None:
        port = self.address.rpartition(":")[2]
        # -F: the machine does not crash, so nothing has to wait for the disk.
        options = f"-F -c listen_addresses=127.0.0.1 -p {port} -k {self._home}"
        _as(self._who, self._programs / "pg_ctl", "start", "-w", *self._data, "-l", self._home / "log", "-o", options)

    def cut_off(self) -> None:
        _as(self._who, self._programs / "pg_ctl", "stop", "-w", "-m", "immediate", *self._data)

    @property
    def _data(self) -> tuple[object, ...]:
        return "-D", self._home / "data"


@contextmanager
def server() -> Iterator[Server]:
    """A running server."""
    programs = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)
    assert programs, "The tests of the ledger need a PostgreSQL server: apt-get install postgresql"
    # Elsewhere than pytest's folders: the server refuses to be root, and so could not get into them.
    home = Path(tempfile.mkdtemp(prefix="autofill-postgresql-"))
    who = {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}
    if who:
        shutil.chown(home, **who)
    try:
        _as(who, programs / "initdb", "--auth=trust", "--username=autofill", "--no-sync", "-D", home / "data")
        running = Server(f"postgresql://autofill@127.0.0.1:{_free_port()}", programs, home, who)
        running.start()
        try:
            yield running
        finally:
            running.cut_off()
    finally:
        shutil.rmtree(home)


@contextmanager
def postgresql() -> Iterator[str]:
    """The address of a running server, without a database's name."""
    with server() as running:
        yield running.address


def _as(who: dict[str, str], *command: object) -> None:
    subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL, cwd="/", **who)  # type: ignore[call-overload]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
