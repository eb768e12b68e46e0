"""`make kill-test`: SIGKILL at every point of a real run in real Chromium, then three more runs of the same inquiry.

Usage: in_chromium.py [--every N] [--only A-B] [--workers N]
Prints how many points there were, and every promise broken.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from autofill.replica import ReplicaOptions, serving
from tests.kill.invariants import broken_promises

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
RERUNS = 3
# Fewer points cannot be all there are: then the test is broken, and proves nothing.
FEWEST = 100


class Killer:
    """Kills runs at one point after the other, until one survives: ends well, not merely otherwise."""

    def __init__(self, points: Iterable[int]) -> None:
        self.points = iter(points)
        self.last = 0
        self.survived = threading.Event()
        self.lock = threading.Lock()
        self.killed = 0
        self.broken: list[str] = []

    def work(self) -> None:
        """One worker: a replica of its own, and a point at a time."""
        with serving(ReplicaOptions(delay_ms=0)) as replica:
            while not self.survived.is_set():
                with self.lock:
                    point = next(self.points, None)
                if point is None:
                    return
                self._kill(point, replica.url)

    def _kill(self, point: int, url: str) -> None:
        urllib.request.urlopen(urllib.request.Request(f"{url}/_replica/reset", method="POST")).close()
        folder = Path(tempfile.mkdtemp(prefix="kill-"))
        try:
            code, said = _run(folder, url, point)
            if code != -signal.SIGKILL:
                self.survived.set()
                if code != 0:
                    self._note(point, f"the run was not killed, and ended with {code}: {said[-300:]}")
                return
            for _ in range(RERUNS):
                again, words = _run(folder, url, None)
                said += words
                if again not in {0, 84}:
                    self._note(point, f"a rerun ended with {again}: {words[-300:]}")
            time.sleep(0.3)  # whatever the dead run's browser still wanted to send has been sent by now
            with urllib.request.urlopen(f"{url}/_replica/submissions") as answer:
                requests = json.load(answer)["requests"]
            for promise in broken_promises(folder / "recordings", requests, said):
                self._note(point, promise)
            with self.lock:
                self.killed += 1
                self.last = max(self.last, point)
                print(f"\rkilled at {point} points", end="", file=sys.stderr, flush=True)
        finally:
            shutil.rmtree(folder)

    def _note(self, point: int, what: str) -> None:
        with self.lock:
            self.broken.append(f"point {point}: {what}")


def _run(folder: Path, url: str, point: int | None) -> tuple[int, str]:
    command = [sys.executable, "-m", "tests.kill.killed_run", "run", str(HERE / "profile.yaml"), "--url", url]
    environment = os.environ | {
        "KILL_POINT": str(point or ""),
        "POINTS_PASSED": str(folder / "count"),
        "AUTOFILL_RECORDINGS": str(folder / "recordings"),
    }
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=300)
    return done.returncode, done.stdout + done.stderr


def _span(text: str) -> range:
    first, _, last = text.partition("-")
    return range(int(first), int(last or first) + 1)


def main(words: list[str] | None = None) -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--every", type=int, default=1, help="kill at every Nth point only")
    arguments.add_argument("--only", type=_span, metavar="A-B", help="kill at these points only; proves little")
    arguments.add_argument("--workers", type=int, default=2)
    wanted = arguments.parse_args(words)
    killer = Killer(wanted.only or itertools.count(1, wanted.every))
    began = time.monotonic()
    with ThreadPoolExecutor(wanted.workers) as pool:
        for worker in [pool.submit(killer.work) for _ in range(wanted.workers)]:
            worker.result()
    if not wanted.only and killer.last < FEWEST:
        killer.broken.append(f"only {killer.last} kill points were found: there are at least {FEWEST}")
    kinds = {
        "double submission": "double submissions",
        "lost evidence": "lost evidence",
        "wrong ledger": "wrong ledger states",
    }
    counts = ", ".join(f"{sum(kind in line for line in killer.broken)} {words}" for kind, words in kinds.items())
    print(f"\n{killer.killed} kill points in real Chromium, {RERUNS} reruns each, {time.monotonic() - began:.0f} s:")
    print(f"{counts}, {len(killer.broken)} broken promises in all")
    for line in killer.broken:
        print(f"  {line}")
    sys.exit(1 if killer.broken else 0)


if __name__ == "__main__":
    main()
