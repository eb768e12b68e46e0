"""What many workers do to the database, the store and a form's pace: measured for one inquiry, then simulated.

Usage: python -m benchmarks.scale   prints the tables of docs/scale.md
The database's costs are those that `python -m benchmarks.database` has measured.
"""

from __future__ import annotations

import heapq
import json
import random
from dataclasses import dataclass
from typing import Any, Final

from benchmarks.machine import HERE

# Seconds from taking a job to its end, and bytes of a recording, as docs/scale.md says.
RUN: Final = 3.0
BYTES: Final = 1_500_000
COSTS: Final[dict[str, Any]] = json.loads((HERE / "database.json").read_text("utf-8"))
# Seconds of the database's cores for an inquiry: from taking it to its end; and those inside the ledger's one lock,
# which the worker's own are among.
DATABASE: Final = COSTS["work"]["core_ms"] / 1000
LOCKED: Final = COSTS["alone"]["locked_ms"]["median"] / 1000
# Seconds of the database for one look into an empty queue, and how often a worker looks.
LOOK: Final = COSTS["alone"]["look_core_ms"] / 1000
POLL: Final = 1.0
_KINDS: Final = (("batch", "`batch`"), ("enqueue", "`batch --enqueue`"), ("work", "`work`"))
_ROWS: Final = (
    ("statements", "statements"),
    ("commits", "transactions"),
    ("rows_written", "rows written"),
    ("wal_bytes", "bytes of its log"),
    ("core_ms", "ms of one core"),
)


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


def costs() -> str:
    """The table of what one inquiry costs the database."""
    lines = [f"| the database | {' | '.join(words for _kind, words in _KINDS)} |", "|---|---|---|---|"]
    for name, words in _ROWS:
        lines.append(f"| {words} | {' | '.join(f'{max(0, COSTS[kind][name]):,.0f}' for kind, _words in _KINDS)} |")
    most = (str(COSTS[kind]["connections"]) for kind, _words in _KINDS)
    return "\n".join((*lines, f"| connections of a program, at most | {' | '.join(most)} |"))


def main() -> None:
    """Print the tables."""
    print(costs(), table(), sep="\n\n")


if __name__ == "__main__":
    main()
