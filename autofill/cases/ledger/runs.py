"""What the ledger says to the database: find runs, claim, move; each inside the caller's transaction.

No transaction begins or ends here, and no error is raised: what a refusal means is the ledger's to say.
"""

from __future__ import annotations

from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from autofill.cases.ledger.owner import is_alive
from autofill.cases.ledger.tables import HISTORY, RUNS, Change, Row, now, written
from autofill.cases.model.run_states import IN_PROGRESS, Mover, Space, State, after_death
from autofill.language import gettext_noop


def find(connection: Connection, run_id: str) -> Row | None:
    """The run of this name."""
    found = connection.execute(select(RUNS).where(RUNS.c.run_id == run_id)).mappings().one_or_none()
    return Row.of(found) if found else None


def every(connection: Connection) -> tuple[Row, ...]:
    """All runs, newest first."""
    newest = select(RUNS).order_by(RUNS.c.prepared_at.desc(), RUNS.c.run_id.desc())
    return tuple(map(Row.of, connection.execute(newest).mappings()))


def attempts(connection: Connection, space: Space, key: str) -> tuple[Row, ...]:
    """The runs of one inquiry, latest attempt first."""
    same = select(RUNS).where(RUNS.c.space == space, RUNS.c.inquiry_key == key)
    return tuple(map(Row.of, connection.execute(same.order_by(RUNS.c.attempt.desc())).mappings()))


def changes(connection: Connection, run_id: str) -> tuple[Change, ...]:
    """What happened to a run, oldest first."""
    its_own = select(HISTORY).where(HISTORY.c.run_id == run_id).order_by(HISTORY.c.number)
    return tuple(map(Change.of, connection.execute(its_own).mappings()))


def was_clicked(connection: Connection, run_id: str) -> bool:
    """Whether a run came as far as the click."""
    return any(change.after is State.SUBMITTING for change in changes(connection, run_id))


def claim(connection: Connection, row: Row) -> bool:
    """Write a new run down; False if another process took its place since the caller looked."""
    values = {
        "run_id": row.run_id,
        "space": row.space,
        "inquiry_key": row.inquiry_key,
        "attempt": row.attempt,
        "form": row.form,
        "state": row.state,
        "follows": row.follows,
        "because": row.because,
        "owner": str(row.owner),
        "prepared_at": written(row.prepared_at),
        "changed_at": written(row.changed_at),
    }
    try:
        with connection.begin_nested():
            connection.execute(insert(RUNS).values(values))
    except IntegrityError:
        return False
    _note(connection, row.run_id, Change(row.prepared_at, None, row.state, Mover.RUN, because=row.because))
    return True


def move(connection: Connection, row: Row, change: Change, case_number: str | None = None) -> bool:
    """Take a run to another state, and note it; False if it is no longer where the caller saw it."""
    unmoved = update(RUNS).where(RUNS.c.run_id == row.run_id, RUNS.c.state == row.state)
    values = {"state": change.after, "changed_at": written(change.at), "case_number": case_number}
    if connection.execute(unmoved.values(values)).rowcount == 0:
        return False
    _note(connection, row.run_id, change)
    return True


def recover(connection: Connection) -> None:
    """Settle the runs whose process is gone: unknown after the click, otherwise not submitted."""
    at_work = select(RUNS).where(RUNS.c.state.in_(IN_PROGRESS))
    rows = map(Row.of, connection.execute(at_work).mappings().all())
    for row in rows:
        if not is_alive(row.owner, row.changed_at):
            move(connection, row, _death(row.state))


def _death(before: State) -> Change:
    return Change(now(), before, after_death(before), Mover.RECOVERY, because=gettext_noop("its process was gone"))


def _note(connection: Connection, run_id: str, change: Change) -> None:
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
