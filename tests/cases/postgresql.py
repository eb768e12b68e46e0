"""A PostgreSQL server of the tests' own, on a free port of this machine; ended with them. Nothing here asserts."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def postgresql() -> Iterator[str]:
    """The address of a running server, without a database's name."""
    programs = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)
    assert programs, "The tests of the ledger need a PostgreSQL server: apt-get install postgresql"
    # Elsewhere than pytest's folders: the server refuses to be root, and so could not get into them.
    home = Path(tempfile.mkdtemp(prefix="autofill-postgresql-"))
    who = {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}
    if who:
        shutil.chown(home, **who)
    port = _free_port()
    data, options = home / "data", f"-c listen_addresses=127.0.0.1 -p {port} -k {home}"
    try:
        _as(who, programs / "initdb", "--auth=trust", "--username=autofill", "--no-sync", "-D", data)
        _as(who, programs / "pg_ctl", "start", "-w", "-D", data, "-l", home / "log", "-o", options)
        try:
            yield f"postgresql://autofill@127.0.0.1:{port}"
        finally:
            _as(who, programs / "pg_ctl", "stop", "-w", "-m", "immediate", "-D", data)
    finally:
        shutil.rmtree(home)


def _as(who: dict[str, str], *command: object) -> None:
    subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL, cwd="/", **who)  # type: ignore[call-overload]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
