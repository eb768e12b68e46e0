"""What the ledger asks the database about runs: find, claim, move, renew; each inside the caller's transaction.

No transaction begins or ends here, and no error is raised: what a refusal means is the ledger's to say.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import astuple, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from autofill.cases.ledger.database import append, time_of
from autofill.cases.ledger.owner import LEASE, Owner, is_alive
from autofill.cases.ledger.tables import AT_WORK, CLICKED, HISTORY, RUNS, SLOTS, now
from autofill.cases.model.run_records import RunChange, RunRecord
from autofill.cases.model.run_states import BLOCKING, IN_PROGRESS, Mover, Space, State, after_death
from autofill.language import gettext_noop

# No queue for a form is this long: a slot further away was reserved by a clock that was wrong.
_LONGEST_QUEUE = timedelta(days=1)


def found(connection: Connection, query: Select[Any]) -> tuple[RunRecord, ...]:
    """The runs that a query for whole rows finds."""
    return tuple(RunRecord(*row) for row in connection.execute(query))


def find(connection: Connection, run_id: str) -> RunRecord | None:
    """The run of this name."""
    return next(iter(found(connection, select(RUNS).where(RUNS.c.run_id == run_id))), None)


def every(connection: Connection) -> tuple[RunRecord, ...]:
    """All runs, newest first."""
    return found(connection, select(RUNS).order_by(RUNS.c.prepared_at.desc(), RUNS.c.run_id.desc()))


def was_any_clicked(connection: Connection, space: Space) -> bool:
    """Whether a run of a space came to the click."""
    return connection.execute(select(RUNS.c.run_id).where(RUNS.c.space == space, CLICKED).limit(1)).first() is not None


def attempts(connection: Connection, space: Space, keys: Collection[str]) -> tuple[RunRecord, ...]:
    """The runs of one inquiry, latest attempt first; `keys` are its names under each salt."""
    same = select(RUNS).where(RUNS.c.space == space, RUNS.c.inquiry_key.in_(keys))
    return found(connection, same.order_by(RUNS.c.attempt.desc()))


def about(connection: Connection, space: Space, item_keys: Collection[str]) -> tuple[RunRecord, ...]:
    """The runs about one item that are at work, were sent or may have been, newest first."""
    of_item = select(RUNS).where(RUNS.c.space == space, RUNS.c.item_key.in_(item_keys), RUNS.c.state.in_(BLOCKING))
    return found(connection, of_item.order_by(RUNS.c.prepared_at.desc(), RUNS.c.run_id.desc()))


def changes(connection: Connection, run_id: str) -> tuple[RunChange, ...]:
    """What happened to a run, oldest first."""
    its_own = select(HISTORY).where(HISTORY.c.run_id == run_id).order_by(HISTORY.c.number)
    return tuple(RunChange(*fields) for _run_id, _number, *fields in connection.execute(its_own))


def claim(connection: Connection, row: RunRecord) -> bool:
    """Write a new run down; False if another process took its place since the caller looked."""
    leased = replace(row, lease_until=time_of(connection) + LEASE)
    try:
        with connection.begin_nested():
            connection.execute(insert(RUNS).values(astuple(leased)))
    except IntegrityError:
        return False
    first = RunChange(row.prepared_at, None, row.state, Mover.RUN, because=row.because)
    append(connection, HISTORY, row.run_id, first)
    return True


def move(connection: Connection, row: RunRecord, change: RunChange, case_number: str | None = None) -> bool:
    """Take a run to another state, and note it; False if it is no longer where the caller saw it."""
    unmoved = update(RUNS).where(RUNS.c.run_id == row.run_id, RUNS.c.state == row.state)
    values: dict[str, object] = {"state": change.after, "changed_at": change.at, "case_number": case_number}
    if change.after in IN_PROGRESS:
        values["lease_until"] = time_of(connection) + LEASE
    if change.after is State.SUBMITTING:
        values["clicked_at"] = change.at
    if connection.execute(unmoved.values(values)).rowcount == 0:
        return False
    append(connection, HISTORY, row.run_id, change)
    return True


def renew(connection: Connection, owner: str) -> None:
    """Lengthen the lease of everything that a process has at work; what was taken from it stays taken."""
    its_own = update(RUNS).where(AT_WORK, RUNS.c.owner == owner)
    connection.execute(its_own.values(lease_until=time_of(connection) + LEASE))


def recover(connection: Connection) -> None:
    """Settle the runs whose process is gone: unknown after the click, otherwise not submitted."""
    rows = found(connection, select(RUNS).where(AT_WORK))
    at = time_of(connection) if rows else now()
    gone = gettext_noop("its process was gone")
    for row in rows:
        if not is_alive(Owner.read(row.owner), leased=row.lease_until is not None and at < row.lease_until):
            move(connection, row, RunChange(now(), row.state, after_death(row.state), Mover.RECOVERY, because=gone))


def reserve_slot(connection: Connection, form: str, gap: timedelta) -> timedelta:
    """Take the form's next free time, at least `gap` after the one before it; how far away it is."""
    at = time_of(connection)
    # The row is there before it is read: two who are the first would both find none.
    connection.execute(
        text("INSERT INTO slots (form, at) VALUES (:form, '') ON CONFLICT (form) DO NOTHING"), {"form": form}
    )
    last: datetime | None = connection.execute(
        select(SLOTS.c.at).where(SLOTS.c.form == form).with_for_update()
    ).scalar_one()
    slot = max(at, last + gap) if last else at
    if slot - at > _LONGEST_QUEUE:
        slot = at + gap
    connection.execute(update(SLOTS).where(SLOTS.c.form == form).values(at=slot))
    return slot - at
