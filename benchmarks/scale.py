"""What many workers do to the database, the store and a form's pace: measured for one inquiry, then simulated.

Usage: python -m benchmarks.scale            simulates with the costs below, and prints the table of docs/scale.md
       python -m benchmarks.scale --measure  measures the costs of the database on this machine (needs PostgreSQL)
"""

from __future__ import annotations

import argparse
import heapq
import random
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Self

# Seconds of one core, seconds from taking a job to its end, and bytes of a recording, as docs/scale.md says.
CPU = 2.0
RUN = 3.0
BYTES = 1_500_000
# Seconds of the database for an inquiry: from taking it to its end, and of those inside the ledger's one lock.
DATABASE = 0.030
LOCKED = 0.006
# Seconds of the database for one look into an empty queue, and how often a worker looks.
LOOK = 0.002
POLL = 1.0


@dataclass(frozen=True)
class Firm:
    """Workers that run one inquiry at a time, over so many forms of one pace (seconds), and cores of the database."""

    workers: int
    forms: int
    pace: float
    cores: int = 4


@dataclass(frozen=True)
class Hour:
    """One hour: inquiries done, the shares (0 to 1) of the database's cores and of its lock, bytes a second."""

    done: int
    database: float
    lock: float
    store: float


def simulate(firm: Firm, seed: int = 1) -> Hour:
    """One hour of a firm, inquiry by inquiry; the database's lock and each form's pace are queues of one."""
    chance = random.Random(seed)
    free = [(chance.random() * RUN, number) for number in range(firm.workers)]
    heapq.heapify(free)
    slots = [0.0] * firm.forms
    lock_free, core_free = 0.0, [0.0] * firm.cores
    done, busy, locked = 0, 0.0, 0.0
    while free and free[0][0] < 3600:
        at, worker = heapq.heappop(free)
        begun = max(at, lock_free)
        lock_free = begun + LOCKED
        answered = max(heapq.heappop(core_free), begun) + DATABASE
        heapq.heappush(core_free, answered)
        at = max(begun + LOCKED, answered)
        form = min(range(firm.forms), key=slots.__getitem__) if firm.pace else 0
        opened = max(at, slots[form]) if firm.pace else at
        slots[form] = opened + firm.pace
        ended = opened + RUN * chance.uniform(0.8, 1.3)
        if ended < 3600:
            done, busy, locked = done + 1, busy + DATABASE, locked + LOCKED
        heapq.heappush(free, (ended, worker))
    return Hour(done, busy / 3600 / firm.cores, locked / 3600, done * BYTES / 3600)


def table() -> str:
    """The table of docs/scale.md."""
    lines = [
        "| workers | forms, pace | inquiries an hour | database | its lock | into the store |",
        "|---|---|---|---|---|---|",
    ]
    for forms, pace in ((1, 60.0), (1, 5.0), (50, 5.0), (1, 0.0)):
        for workers in (1, 10, 100, 1000):
            hour = simulate(Firm(workers, forms, pace))
            kind = f"{forms}, {pace:.0f} s" if pace else "no pace (practice)"
            shares = f"{hour.database:.1%} | {hour.lock:.1%} | {hour.store / 1e6:.2f} MB/s"
            lines.append(f"| {workers:,} | {kind} | {hour.done:,} | {shares} |")
    for workers in (1, 10, 100, 1000):
        share = workers / POLL * LOOK / Firm(workers, 0, 0).cores
        lines.append(f"| {workers:,} | nothing to do | 0 | {share:.1%} | 0.0% | 0.00 MB/s |")
    return "\n".join(lines)


def measure(inquiries: int = 200) -> str:
    """What the database takes for one inquiry on this machine: taken, clicked, settled, ended; no browser, no store."""
    from autofill.cases.ledger.ledger import open_ledger  # noqa: PLC0415
    from autofill.events import Verdict  # noqa: PLC0415
    from tests.cases.postgresql import postgresql  # noqa: PLC0415
    from tests.jobs.test_queue import Machine, fresh, taken  # noqa: PLC0415

    with postgresql() as server, tempfile.TemporaryDirectory() as folder, open_ledger(fresh(server)) as ledger:
        machine = Machine(ledger, Path(folder))
        machine.enqueue(inquiries)
        at_first = _transactions(machine)
        with _Clock() as each:
            for number in range(inquiries):
                machine.end(taken(machine), Verdict.CONFIRMED, 0, str(70_000_000 + number))
        transactions = (_transactions(machine) - at_first) / inquiries
        with _Clock() as look:
            for _look in range(inquiries):
                machine.take()
    return (
        f"one inquiry: {each.waited / inquiries * 1000:.1f} ms of the database, {transactions:.1f} transactions,"
        f" {each.own / inquiries * 1000:.1f} ms of the worker's own"
        f"\na look into an empty queue: {look.waited / inquiries * 1000:.1f} ms of the database"
    )


class _Clock:
    """Seconds in which this process worked (`own`), and in which it waited for the database (`waited`)."""

    def __enter__(self) -> Self:
        self._began = time.perf_counter(), time.process_time()
        return self

    def __exit__(self, *_error: object) -> None:
        self.own = time.process_time() - self._began[1]
        self.waited = time.perf_counter() - self._began[0] - self.own


def _transactions(machine: object) -> int:
    with machine.ledger.queue.together() as execute:  # type: ignore[attr-defined]
        found = execute("SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()", {})
    return int(found[0]["xact_commit"])


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--measure", action="store_true")
    print(measure() if options.parse_args().measure else table())


if __name__ == "__main__":
    main()
