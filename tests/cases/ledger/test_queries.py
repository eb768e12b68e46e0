"""A run, a mail and a follow-up look at a bounded number of rows, however many the ledger holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event, insert

from autofill.cases.ledger import runs
from autofill.cases.ledger.database import transaction
from autofill.cases.ledger.ledger import Ledger, open_ledger
from autofill.cases.ledger.ledgers import Ledgers
from autofill.cases.ledger.tables import CASE_EVENTS, HISTORY, RUNS, written
from autofill.cases.model.case_records import CaseEvent
from autofill.cases.model.case_states import Kind
from autofill.events import Verdict

LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)
FEW, MANY = 100, 10_000
WORDS = ("12345678", "number-7", "9400111202555830001010", "1 2026")


def filled_ledger(path: Path, size: int) -> Ledger:
    """A ledger of so many live runs that were confirmed, each a case with a mail; the last one has no number."""
    ledger = open_ledger(path)
    ended, history, mails = [], [], []
    for number in range(size):
        at = written(LONG_AGO + timedelta(hours=number))
        state = "unknown" if number == size - 1 else "confirmed"
        ended.append(
            {
                "run_id": f"run-{number}",
                "space": "live",
                "inquiry_key": f"key-{number}",
                "attempt": 1,
                "form": f"form-{number % 5}",
                "state": state,
                "owner": '["elsewhere", "", 1, ""]',
                "prepared_at": at,
                "changed_at": at,
                "clicked_at": at,
                "lease_until": "",
                "case_number": None if state == "unknown" else f"number-{number}",
            }
        )
        for step, (before, after) in enumerate(
            [(None, "prepared"), ("prepared", "filled"), ("filled", "submitting"), ("submitting", state)], 1
        ):
            line = {"run_id": f"run-{number}", "number": step, "at": at, "mover": "run"}
            history.append({**line, "state_before": before, "state_after": after})
        mails.append(
            {
                "case_id": f"run-{number}",
                "number": 1,
                "kind": "acknowledged",
                "at": at,
                "once": f"mail {number}",
                "case_number": f"later-{number}",
            }
        )
    with transaction(ledger.engine) as connection:
        for table, rows in ((RUNS, ended), (HISTORY, history), (CASE_EVENTS, mails)):
            connection.execute(insert(table), rows)
    return ledger


def size_of(ledger: Ledger) -> int:
    return int(Path(str(ledger.engine.url.database)).name)


def a_run(ledger: Ledger) -> None:
    with transaction(ledger.engine) as connection:
        runs.recover(connection)
    key, *older = ledger.keys("form-1", "https://example.com", {"message": "new"})
    ledger.prepare("new", key, older_keys=tuple(older), space="live", form="form-1", previous_case="number-3")
    ledger.has_sent("live")
    ledger.reserve_slot("form-1", 60)
    ledger.renew()
    ledger.filled("new")
    ledger.submitting("new")
    assert ledger.cases.is_known_number("live", "form-1", "number-6")
    assert ledger.cases.is_known_number("live", "form-1", "later-6")
    assert not ledger.cases.is_known_number("live", "form-1", "number-7")
    ledger.settle("new", Verdict.CONFIRMED, "new-number")


def a_mail(ledger: Ledger) -> None:
    ledgers = Ledgers(ledger)
    assert {case.form for case in ledgers.awaiting_mail()} == {f"form-{number}" for number in range(5)}
    concerned = ledgers.concerned_by(WORDS, LONG_AGO + timedelta(hours=size_of(ledger)))
    assert len(concerned) == 2
    unknown = concerned[-1].case_id
    event = CaseEvent(Kind.ACKNOWLEDGED, datetime.now(UTC), "mail", "87654321", evidence="ab", once="mail ab")
    ledgers.of_run(unknown).confirm_by_mail(unknown, unknown, event, lambda: None)


def a_follow_up(ledger: Ledger) -> None:
    cases = Ledgers(ledger).of_case("number-5").cases
    case = cases.case("number-5")
    assert cases.record(case.case_id, CaseEvent(Kind.FOLLOWED_UP, datetime.now(UTC), "reply", once="letter"))
    assert cases.case("later-5").case_id == "run-5"


class Watched:
    """What a ledger's connections do: steps of SQLite's machine, and the plan of each statement."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.steps = 0
        self.plans: list[str] = []
        event.listen(ledger.engine, "begin", self._begin)
        event.listen(ledger.engine, "before_cursor_execute", self._plan)

    def _begin(self, connection: Connection) -> None:
        driver: Any = connection.connection.driver_connection
        driver.set_progress_handler(self._count, 10)

    def _count(self) -> None:
        self.steps += 10

    def _plan(self, connection: Connection, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        if re.match(r"SELECT|INSERT|UPDATE", statement):
            driver: Any = connection.connection.driver_connection
            before = self.steps
            self.plans += [line[-1] for line in driver.execute(f"EXPLAIN QUERY PLAN {statement}", values)]
            self.steps = before


@contextmanager
def watched(ledger: Ledger) -> Iterator[Watched]:
    yield Watched(ledger)
    ledger.close()


@pytest.mark.parametrize("doing", [a_run, a_mail, a_follow_up])
def test_it_costs_the_same_in_a_hundred_runs_and_in_ten_thousand(
    tmp_path: Path, doing: Callable[[Ledger], None]
) -> None:
    steps = []
    for size in (FEW, MANY):
        with watched(filled_ledger(tmp_path / str(size), size)) as watching:
            doing(watching.ledger)
        steps.append(watching.steps)
        assert not [plan for plan in watching.plans if re.match(r"SCAN (runs|history|case_events)\b", plan)]
        assert any("SEARCH runs USING" in plan for plan in watching.plans)

    few, many = steps
    assert few > 0
    assert many < 2 * few, steps
