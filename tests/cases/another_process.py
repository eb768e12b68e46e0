"""A process that the tests start, watch and kill. Not a test itself.

another_process.py run LEDGER RUN STATE     brings a live run of the inquiry `key` to STATE, says so, and waits
another_process.py race LEDGER COUNT WHAT   COUNT processes prepare the same inquiry, or inquiries about the same item,
                                            at the same moment
another_process.py claim LEDGER             brings a run to `submitting`, with a mark on stdout before and after
"""

from __future__ import annotations

import os
import sys

from autofill.cases.ledger.ledger import open_ledger
from autofill.errors import AlreadySent

LEDGER = sys.argv[2]


def run(run_id: str, state: str) -> None:
    ledger = open_ledger(LEDGER)
    ledger.prepare(run_id, "key", space="live", form="a-form")
    if state != "prepared":
        ledger.filled(run_id)
    if state == "submitting":
        ledger.submitting(run_id)
    os.write(1, b"there\n")
    sys.stdin.readline()


def race(count: int, what: str) -> None:
    """All stay alive until the last has tried: stdin ends."""
    start, go = os.pipe()
    for number in range(count):
        if not os.fork():
            os.close(go)
            os.read(start, 1)
            os.write(1, racing(f"run-{number}", what))
            sys.stdin.read()
            os._exit(0)
    os.close(go)
    sys.stdin.read()
    for _ in range(count):
        os.wait()


def racing(run_id: str, what: str) -> bytes:
    with open_ledger(LEDGER) as ledger:
        key = "key" if what == "inquiry" else run_id
        try:
            ledger.prepare(run_id, key, item_keys=("item",), space="live", form="a-form")
        except AlreadySent as refusal:
            return f"{run_id} {refusal.first}\n".encode()
    return f"{run_id} won\n".encode()


def claim() -> None:
    with open_ledger(LEDGER) as ledger:
        ledger.prepare("run-1", "key", space="live", form="a-form")
        ledger.filled("run-1")
        os.write(1, b"BEFORE\n")
        ledger.submitting("run-1")
        os.write(1, b"AFTER\n")


if __name__ == "__main__":
    match sys.argv[1], *sys.argv[3:]:
        case "run", run_id, state:
            run(run_id, state)
        case "race", count, what:
            race(int(count), what)
        case _:
            claim()
