"""What the ledger knows of inquiries that wait for workers: whose job is at which run, and what became of it.

The jobs are another program's tables in the same database; whoever has both in hand changes them in one transaction.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import Engine, delete, insert, select, update

from autofill.cases.ledger import runs
from autofill.cases.ledger.database import joined, reading, time_of, transaction
from autofill.cases.ledger.owner import LEASE, Owner, is_alive
from autofill.cases.ledger.tables import QUEUED, SECRET, WORKERS, now
from autofill.cases.model.run_records import RunRecord
from autofill.cases.model.run_states import Space

Execute: TypeAlias = Callable[[str, Mapping[str, Any]], list[dict[str, Any]]]
"""Carries out a statement in the driver's own words; its rows by name."""


@dataclass(frozen=True, slots=True)
class Queued:
    """One job of the queue: its row, the latest run begun for it, and, once it has ended, its outcome as JSON."""

    job: int
    batch: str
    label: str
    inquiry_key: str
    run_id: str | None
    outcome: str | None
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Worker:
    """A process that works at the queue, or did; times are in UTC, `heard_at` is its last sign of life."""

    owner: Owner
    started_at: datetime
    heard_at: datetime
    alive: bool


class QueueBook:
    """The jobs as the ledger knows them. Its methods raise `DiskTrouble` when the database fails."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def together(self, *, alone: bool = False) -> Iterator[Execute]:
        """One transaction for all that is done inside, by this book, by its ledger, or with what it gives.

        Args:
            alone: Whether no other process may be in here at the same time.
        """
        with joined(self._engine) as connection:
            if alone:
                connection.execute(select(SECRET.c.salt).with_for_update())

            def execute(statement: str, values: Mapping[str, Any]) -> list[dict[str, Any]]:
                found = connection.exec_driver_sql(statement, dict(values))
                return [dict(row) for row in found.mappings()] if found.returns_rows else []

            yield execute

    def add(self, job: int, batch: str, label: str, inquiry_key: str) -> None:
        """Note a new job."""
        row = Queued(job, batch, label, inquiry_key, run_id=None, outcome=None, changed_at=now())
        with transaction(self._engine) as connection:
            connection.execute(insert(QUEUED).values(astuple(row)))

    def begun(self, job: int, run_id: str) -> None:
        """A run has begun for the job."""
        with transaction(self._engine) as connection:
            its = update(QUEUED).where(QUEUED.c.job == job)
            connection.execute(its.values(run_id=run_id, changed_at=now()))

    def ended(self, job: int, run_id: str | None, outcome: str | None) -> None:
        """The job has ended like this, or waits again.

        Args:
            job: Its number.
            run_id: The run that was begun for it; if it is not the latest one, nothing is changed.
            outcome: JSON; none if it waits again.
        """
        its = update(QUEUED).where(QUEUED.c.job == job, QUEUED.c.run_id.is_not_distinct_from(run_id))
        with transaction(self._engine) as connection:
            connection.execute(its.values(outcome=outcome, changed_at=now()))

    def of(self, job: int) -> Queued:
        """One job, which nobody else changes until the transaction ends."""
        its = select(QUEUED).where(QUEUED.c.job == job).with_for_update()
        with transaction(self._engine) as connection:
            return Queued(*connection.execute(its).one())

    def about(self, inquiry_key: str) -> Queued | None:
        """The latest job of an inquiry."""
        its = select(QUEUED).where(QUEUED.c.inquiry_key == inquiry_key).order_by(QUEUED.c.job.desc()).limit(1)
        with reading(self._engine) as connection:
            found = connection.execute(its).first()
        return Queued(*found) if found else None

    def every(self) -> Sequence[Queued]:
        """All jobs, the oldest first."""
        with reading(self._engine) as connection:
            return [Queued(*row) for row in connection.execute(select(QUEUED).order_by(QUEUED.c.job))]

    def run_of(self, queued: Queued) -> RunRecord | None:
        """The latest run of a job, with those settled first whose process is gone."""
        if queued.run_id is None:
            return None
        with transaction(self._engine) as connection:
            runs.recover(connection)
            return runs.find(connection, queued.run_id)

    def latest_attempt(self, space: Space, keys: Sequence[str]) -> RunRecord | None:
        """The latest run of an inquiry, by any of its keys."""
        with reading(self._engine) as connection:
            return next(iter(runs.attempts(connection, space, keys)), None)

    def hire(self, worker: int) -> None:
        """Note that this process is a worker."""
        with transaction(self._engine) as connection:
            at, mine = time_of(connection), str(Owner.of(os.getpid()))
            connection.execute(insert(WORKERS).values(worker=worker, owner=mine, started_at=at, heard_at=at))

    def hear(self, worker: int) -> None:
        """Note a sign of life."""
        with transaction(self._engine) as connection:
            its = update(WORKERS).where(WORKERS.c.worker == worker)
            connection.execute(its.values(heard_at=time_of(connection)))

    def dismiss(self, worker: int) -> None:
        """Forget a worker."""
        with transaction(self._engine) as connection:
            connection.execute(delete(WORKERS).where(WORKERS.c.worker == worker))

    def workers(self) -> dict[int, Worker]:
        """The processes that work or did, by the number that the queue knows them by."""
        with reading(self._engine) as connection:
            at = time_of(connection)
            return {
                number: Worker(
                    Owner.read(owner), started, heard, alive=is_alive(Owner.read(owner), leased=at < heard + LEASE)
                )
                for number, owner, started, heard in connection.execute(select(WORKERS))
            }
