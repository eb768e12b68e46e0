"""The practice site in a process of its own, the same for all that is measured, and what arrived there."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from benchmarks.machine import REPOSITORY


@dataclass(frozen=True, slots=True)
class Site:
    """A running practice site."""

    url: str
    process: int

    def arrived(self) -> list[str]:
        """What each inquiry said that has arrived, but for its tracking number."""
        with urllib.request.urlopen(f"{self.url}/_replica/submissions") as answer:
            inquiries = json.load(answer)["submissions"]
        return [json.dumps(each["fields"] | {"tracking_number": ""}, sort_keys=True) for each in inquiries]


@contextmanager
def practice_site() -> Iterator[Site]:
    """A new practice site, without any record, for as long as the block runs."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "autofill", "replica", "--port", str(port)]
    running = subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.DEVNULL)
    site = Site(f"http://127.0.0.1:{port}", running.pid)
    try:
        _wait_for(site)
        yield site
    finally:
        running.terminate()
        running.wait()


def _wait_for(site: Site) -> None:
    for _ in range(200):
        try:
            site.arrived()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit("The practice site did not start.")
