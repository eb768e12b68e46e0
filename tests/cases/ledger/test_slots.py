"""A form's times are given out one by one, to however many processes."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from sqlalchemy import select, update

from autofill.cases.ledger.database import reading, transaction
from autofill.cases.ledger.ledger import Ledger
from autofill.cases.ledger.tables import SLOTS, written

# All of this holds in SQLite and in PostgreSQL.
ON_BOTH = True

# Eight processes reserve at the same moment; each says how far away its time is, and when it asked.
RESERVES = """
import os, sys, time
from autofill.cases.ledger.ledger import open_ledger
start, go = os.pipe()
for _ in range(8):
    if not os.fork():
        os.close(go)
        with open_ledger(sys.argv[1]) as ledger:
            os.read(start, 1)
            seconds = ledger.reserve_slot("a-form", 60)
            os.write(1, f"{seconds}\\n".encode())
        os._exit(0)
os.close(go)
for _ in range(8):
    os.wait()
"""


def slot(ledger: Ledger, form: str = "a-form") -> datetime:
    with reading(ledger.engine) as connection:
        return datetime.fromisoformat(connection.execute(select(SLOTS.c.at).where(SLOTS.c.form == form)).scalar_one())


def test_processes_never_pass_together(ledger: Ledger, where: str) -> None:
    done = subprocess.run([sys.executable, "-c", RESERVES, where], check=True, capture_output=True, text=True)

    far = sorted(map(float, done.stdout.split()))
    assert len(far) == 8
    # They asked within a moment, so each time is about a minute after the one before, and no two are the same.
    assert [round(seconds / 60) for seconds in far] == list(range(8))
    assert slot(ledger) - datetime.now(UTC) <= timedelta(minutes=7)


def test_times_are_a_gap_apart(ledger: Ledger) -> None:
    slots = []
    for _ in range(3):
        ledger.reserve_slot("a-form", 60)
        slots.append(slot(ledger))

    assert [later - earlier for earlier, later in pairwise(slots)] == [timedelta(minutes=1)] * 2


def test_the_first_is_at_once_and_forms_do_not_wait_for_each_other(ledger: Ledger) -> None:
    assert [ledger.reserve_slot(form, 60) for form in ("a-form", "another")] == [0, 0]


def test_after_the_gap_nobody_waits(ledger: Ledger) -> None:
    ledger.reserve_slot("a-form", 60)
    _move(ledger, datetime.now(UTC) - timedelta(seconds=61))

    assert ledger.reserve_slot("a-form", 60) == 0


def test_a_clock_that_was_wrong_keeps_nobody_waiting_for_years(ledger: Ledger) -> None:
    ledger.reserve_slot("a-form", 60)
    _move(ledger, datetime.now(UTC) + timedelta(days=365))

    assert ledger.reserve_slot("a-form", 60) == 60


def _move(ledger: Ledger, at: datetime) -> None:
    with transaction(ledger.engine) as connection:
        connection.execute(update(SLOTS).values(at=written(at)))
