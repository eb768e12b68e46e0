"""What holds even where a look-up was wrong, as between two machines: the constraints, and the guarded update."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import Connection

from autofill.cases.ledger import runs
from autofill.cases.ledger.database import connect, transaction
from autofill.cases.ledger.ledger import open_ledger
from autofill.cases.ledger.owner import Owner
from autofill.cases.ledger.tables import now
from autofill.cases.model.run_records import RunChange, RunRecord
from autofill.cases.model.run_states import Mover, State

# All of this holds in SQLite and in PostgreSQL.
ON_BOTH = True

FIRST = RunRecord(
    run_id="run-1",
    space="live",
    inquiry_key="key",
    attempt=1,
    form="a-form",
    state=State.PREPARED,
    owner=str(Owner.of(os.getpid())),
    prepared_at=now(),
    changed_at=now(),
)


@pytest.fixture
def connection(where: str) -> Iterator[Connection]:
    open_ledger(where).close()  # makes the tables
    engine = connect(where)
    with transaction(engine) as begun:
        assert runs.claim(begun, FIRST)
        yield begun
    engine.dispose()


@pytest.mark.parametrize(
    "rival",
    [
        replace(FIRST, run_id="run-2"),
        replace(FIRST, run_id="run-2", attempt=2),
        replace(FIRST, inquiry_key="another", attempt=2),
    ],
    ids=["same attempt", "two at work", "same name"],
)
def test_the_database_itself_refuses_a_rival(connection: Connection, rival: RunRecord) -> None:
    """And the rest of the transaction goes on."""
    assert not runs.claim(connection, rival)

    assert [row.run_id for row in runs.every(connection)] == ["run-1"]


@pytest.mark.parametrize("rival", [replace(FIRST, space="practice"), replace(FIRST, inquiry_key="another")])
def test_another_inquiry_or_space_is_no_rival(connection: Connection, rival: RunRecord) -> None:
    assert runs.claim(connection, replace(rival, run_id="run-2"))


def test_a_run_that_moved_meanwhile_is_not_moved(connection: Connection) -> None:
    filled = RunChange(now(), State.PREPARED, State.FILLED, Mover.RUN)
    assert runs.move(connection, FIRST, filled)

    assert not runs.move(connection, FIRST, filled)
    assert [change.after for change in runs.changes(connection, "run-1")] == [State.PREPARED, State.FILLED]
