"""`make batch-test`: a thousand inquiries in one batch, killed and resumed on the way, and what memory that takes.

Usage: in_chromium.py [--rows N] [--kills N] [--jobs N] [--seed N] [--one-page]
With --one-page the form has one page instead of the practice desk's, and a row takes a third of the time.
A batch of a tenth of the rows is run first, to compare the memory. Prints how many rows there were, how many arrived,
and every promise broken: nothing is lost, nothing arrives twice, the memory does not grow with the rows.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from autofill.replica import ReplicaOptions, serving
from tests.batch import firm

ROOT = Path(__file__).parents[2]
TEMPLATE = (ROOT / "profiles" / "06-feedback.yaml").read_text("utf-8")
# How much more memory the larger batch may have in use at its highest.
MOST: Final = 1.2
_ORDER: Final = re.compile(r"order-[0-9]{6}")
_LOOKED_AT: Final = 0.25  # seconds


@dataclass
class Batch:
    """One table in a folder, and the program that runs it."""

    folder: Path
    url: str
    jobs: int
    one_page: bool = False
    highest: int = 0
    codes: list[int] = field(default_factory=list)

    def write(self, rows: int) -> None:
        """Write the table, its template and its columns."""
        self.folder.mkdir()
        template = firm.TEMPLATE if self.one_page else TEMPLATE.replace("Our carrier on", "{{Order}}: our carrier on")
        (self.folder / "template.yaml").write_text(template, "utf-8")
        (self.folder / "form.yaml").write_text(firm.FORM.format(url=self.url, pace=1), "utf-8")
        (self.folder / "t.columns.yaml").write_text("First: contact.first_name\n", "utf-8")
        lines = (f"order-{number:06d},Ann\n" for number in range(rows))
        (self.folder / "t.csv").write_text("Order,First\n" + "".join(lines), "utf-8")

    def run(self, kill_after: float | None = None) -> int:
        """Run it to its end, or kill it and all that it started after so many outcomes."""
        command = [sys.executable, "-m", "autofill", "batch", str(self.folder / "t.csv")]
        options = ["--template", str(self.folder / "template.yaml"), "--url", self.url, "--jobs", str(self.jobs)]
        more = ["--recordings", str(self.folder / "recordings"), "--json"]
        more += ["--form", str(self.folder / "form.yaml")] if self.one_page else []
        with subprocess.Popen([*command, *options, *more], stdout=subprocess.PIPE, text=True, cwd=ROOT) as running:
            over = threading.Event()
            watching = threading.Thread(target=self._watch, args=(running.pid, over))
            watching.start()
            assert running.stdout
            ended = 0
            for line in running.stdout:
                answer = json.loads(line)
                ended += answer["schema"] == "autofill.batch-outcome/1" and answer["state"] == "sent"
                if kill_after is not None and ended >= kill_after:
                    running.send_signal(signal.SIGKILL)
                    break
            over.set()
            watching.join()
        self.codes.append(running.returncode)
        return running.returncode

    def _watch(self, process: int, over: threading.Event) -> None:
        while not over.wait(_LOOKED_AT):
            self.highest = max(self.highest, sum(map(_memory, _tree(process))))

    def states(self) -> Counter[str]:
        """How many rows came to each state."""
        with (self.folder / "recordings" / "batches" / "t" / "results.csv").open(encoding="utf-8-sig") as file:
            return Counter(row["state"] for row in csv.DictReader(file))


def _tree(process: int) -> list[int]:
    try:
        tasks = list(Path(f"/proc/{process}/task").iterdir())
        children = [int(child) for task in tasks for child in (task / "children").read_text("ascii").split()]
    except OSError:
        return []
    return [process, *(each for child in children for each in _tree(child))]


def _memory(process: int) -> int:
    """What a process has for itself (bytes)."""
    try:
        _size, resident, shared, *_rest = Path(f"/proc/{process}/statm").read_text("ascii").split()
    except OSError:
        return 0
    return (int(resident) - int(shared)) * os.sysconf("SC_PAGE_SIZE")


def _arrived(url: str) -> Counter[str]:
    """How often each order arrived."""
    with urllib.request.urlopen(f"{url}/_replica/submissions") as answer:
        found = json.load(answer)["submissions"]
    return Counter(order for each in found for order in set(_ORDER.findall(json.dumps(each))))


@contextmanager
def _site(*, one_page: bool) -> Iterator[tuple[str, Callable[[], Counter[str]]]]:
    """A form's address, and what counts how often each order arrived."""
    if one_page:
        with firm.Form() as form:
            threading.Thread(target=form.serve_forever, daemon=True).start()
            yield form.url, lambda: Counter(form.arrived)
            form.shutdown()
    else:
        with serving(ReplicaOptions(delay_ms=0)) as replica:
            yield replica.url, lambda: _arrived(replica.url)


def _run(rows: int, wanted: argparse.Namespace, kill_after: list[int], broken: list[str]) -> Batch:
    """One batch, killed so often after so many more rows were sent, and resumed until it ends by itself."""
    with _site(one_page=wanted.one_page) as (url, counted):
        batch = Batch(Path(tempfile.mkdtemp(prefix="batch-")) / "parcels", url, wanted.jobs, one_page=wanted.one_page)
        batch.write(rows)
        for many in kill_after:
            batch.run(many)
        code = batch.run()
        states, arrived = batch.states(), counted()
    # What was killed between the click and the answer is unknown, and may have arrived or not.
    unknown = states["unknown"]
    if states["sent"] + states["sent before"] + unknown != rows:
        broken.append(f"lost: {dict(states)} of {rows}")
    if code != (80 if unknown else 0):
        broken.append(f"ended with {code}")
    if twice := [order for order, times in arrived.items() if times > 1]:
        broken.append(f"arrived twice: {twice}")
    if not rows - unknown <= len(arrived) <= rows:
        broken.append(f"{len(arrived)} of {rows} arrived, {unknown} unknown")
    print(f"{rows} rows, killed {len(kill_after)} times: {dict(states)}, {len(arrived)} arrived, ", end="")
    print(f"{batch.highest / 1024**2:.0f} MiB at its highest")
    return batch


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--rows", type=int, default=1_000)
    arguments.add_argument("--kills", type=int, default=5)
    arguments.add_argument("--jobs", type=int, default=2)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--one-page", action="store_true")
    wanted = arguments.parse_args()
    chance, began, broken = random.Random(wanted.seed), time.monotonic(), list[str]()
    few = _run(wanted.rows // 10, wanted, [], broken)
    parts = [chance.randint(1, 2 * wanted.rows // (wanted.kills + 2)) for _kill in range(wanted.kills)]
    many = _run(wanted.rows, wanted, parts, broken)
    ratio = many.highest / few.highest
    # A tenth of fewer rows is over before its browser has grown to what one usually is.
    if ratio > MOST and wanted.rows >= 1_000:
        broken.append(f"memory grows with the rows: {ratio:.2f} times that of a tenth")
    print(f"{time.monotonic() - began:.0f} s, {ratio:.2f} times the memory of a tenth, {len(broken)} broken promises")
    for promise in broken:
        print(f"  {promise}")
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
