"""What the ledger asks the database about runs: find, claim, move, renew; each inside the caller's transaction.

No transaction begins or ends here, and no error is raised: what a refusal means is the ledger's to say.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from autofill.cases.ledger.database import time_of
from autofill.cases.ledger.owner import LEASE, Owner, is_alive
from autofill.cases.ledger.tables import AT_WORK, CLICKED, HISTORY, RUNS, SLOTS, now, run_change, run_record, written
from autofill.cases.model.run_records import RunChange, RunRecord
from autofill.cases.model.run_states import IN_PROGRESS, Mover, Space, State, after_death
from autofill.language import gettext_noop

# No queue for a form is this long: a slot further away was reserved by a clock that was wrong.
_LONGEST_QUEUE = timedelta(days=1)


def find(connection: Connection, run_id: str) -> RunRecord | None:
    """The run of this name."""
    found = connection.execute(select(RUNS).where(RUNS.c.run_id == run_id)).mappings().one_or_none()
    return run_record(found) if found else None


def every(connection: Connection) -> tuple[RunRecord, ...]:
    """All runs, newest first."""
    newest = select(RUNS).order_by(RUNS.c.prepared_at.desc(), RUNS.c.run_id.desc())
    return tuple(map(run_record, connection.execute(newest).mappings()))


def was_any_clicked(connection: Connection, space: Space) -> bool:
    """Whether a run of a space came to the click."""
    return connection.execute(select(RUNS.c.run_id).where(RUNS.c.space == space, CLICKED).limit(1)).first() is not None


def attempts(connection: Connection, space: Space, keys: Collection[str]) -> tuple[RunRecord, ...]:
    """The runs of one inquiry, latest attempt first; `keys` are its names under each salt."""
    same = select(RUNS).where(RUNS.c.space == space, RUNS.c.inquiry_key.in_(keys))
    return tuple(map(run_record, connection.execute(same.order_by(RUNS.c.attempt.desc())).mappings()))


def changes(connection: Connection, run_id: str) -> tuple[RunChange, ...]:
    """What happened to a run, oldest first."""
    its_own = select(HISTORY).where(HISTORY.c.run_id == run_id).order_by(HISTORY.c.number)
    return tuple(map(run_change, connection.execute(its_own).mappings()))


def claim(connection: Connection, row: RunRecord) -> bool:
    """Write a new run down; False if another process took its place since the caller looked."""
    values = {
        **asdict(row),
        "prepared_at": written(row.prepared_at),
        "changed_at": written(row.changed_at),
        "lease_until": _lease(connection),
    }
    try:
        with connection.begin_nested():
            connection.execute(insert(RUNS).values(values))
    except IntegrityError:
        return False
    _note(connection, row.run_id, RunChange(row.prepared_at, None, row.state, Mover.RUN, because=row.because))
    return True


def move(connection: Connection, row: RunRecord, change: RunChange, case_number: str | None = None) -> bool:
    """Take a run to another state, and note it; False if it is no longer where the caller saw it."""
    unmoved = update(RUNS).where(RUNS.c.run_id == row.run_id, RUNS.c.state == row.state)
    values = {"state": change.after, "changed_at": written(change.at), "case_number": case_number}
    if change.after in IN_PROGRESS:
        values["lease_until"] = _lease(connection)
    if change.after is State.SUBMITTING:
        values["clicked_at"] = values["changed_at"]
    if connection.execute(unmoved.values(values)).rowcount == 0:
        return False
    _note(connection, row.run_id, change)
    return True


def renew(connection: Connection, owner: str) -> None:
    """Lengthen the lease of everything that a process has at work; what was taken from it stays taken."""
    connection.execute(update(RUNS).where(AT_WORK, RUNS.c.owner == owner).values(lease_until=_lease(connection)))


def recover(connection: Connection) -> None:
    """Settle the runs whose process is gone: unknown after the click, otherwise not submitted."""
    rows = [run_record(found) for found in connection.execute(select(RUNS).where(AT_WORK)).mappings().all()]
    at = time_of(connection) if rows else now()
    for row in rows:
        if not is_alive(Owner.read(row.owner), leased=row.lease_until is not None and at < row.lease_until):
            move(connection, row, _death(row.state))


def reserve_slot(connection: Connection, form: str, gap: timedelta) -> timedelta:
    """Take the form's next free time, at least `gap` after the one before it; how far away it is."""
    at = time_of(connection)
    # The row is there before it is read: two who are the first would both find none.
    connection.execute(
        text("INSERT INTO slots (form, at) VALUES (:form, '') ON CONFLICT (form) DO NOTHING"), {"form": form}
    )
    last = connection.execute(select(SLOTS.c.at).where(SLOTS.c.form == form).with_for_update()).scalar_one()
    slot = max(at, datetime.fromisoformat(last) + gap) if last else at
    if slot - at > _LONGEST_QUEUE:
        slot = at + gap
    connection.execute(update(SLOTS).where(SLOTS.c.form == form).values(at=written(slot)))
    return slot - at


def _lease(connection: Connection) -> str:
    return written(time_of(connection) + LEASE)


def _death(before: State) -> RunChange:
    return RunChange(now(), before, after_death(before), Mover.RECOVERY, because=gettext_noop("its process was gone"))


def _note(connection: Connection, run_id: str, change: RunChange) -> None:
    last = select(func.max(HISTORY.c.number)).where(HISTORY.c.run_id == run_id)
    values = {
        "run_id": run_id,
        "number": (connection.execute(last).scalar() or 0) + 1,
        "at": written(change.at),
        "state_before": change.before,
        "state_after": change.after,
        "mover": change.mover,
        "who": change.who,
        "because": change.because,
        "evidence": change.evidence,
    }
    connection.execute(insert(HISTORY).values(values))
