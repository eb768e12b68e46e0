"""What the ledger says to the database about cases: list them, add to them; inside the caller's transaction.

A case has no row of its own: it is the first run's, so that no run is without a case and no case without a run.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection, RowMapping, func, insert, select

from autofill.cases.ledger import runs
from autofill.cases.ledger.tables import CASE_EVENTS, HISTORY, RUNS, Row, now, written
from autofill.cases.model.case_records import Case, Event, Sending
from autofill.cases.model.case_states import Kind
from autofill.cases.model.run_states import Space, State
from autofill.clock import case_now


def every(connection: Connection) -> tuple[Case, ...]:
    """All cases, the oldest first; those of runs that sent nothing are none."""
    return tuple(case for case in possible(connection) if case.is_real)


def possible(connection: Connection) -> tuple[Case, ...]:
    """What is a case, or would be one if its runs had sent something; the oldest first."""
    rows = {row.run_id: row for row in reversed(runs.every(connection))}
    events = defaultdict[str, list[Event]](list)
    in_order = select(CASE_EVENTS).order_by(CASE_EVENTS.c.case_id, CASE_EVENTS.c.number)
    for found in connection.execute(in_order).mappings():
        events[found["case_id"]].append(_event(found))
    clicks = select(HISTORY.c.run_id, HISTORY.c.at).where(HISTORY.c.state_after == State.SUBMITTING)
    clicked = {run_id: datetime.fromisoformat(at) for run_id, at in connection.execute(clicks)}
    joined = {event.run_id for of_one in events.values() for event in of_one if event.run_id}
    return tuple(_case(row, events[row.run_id], rows, clicked) for row in rows.values() if row.run_id not in joined)


def join(connection: Connection, row: Row, number: str | None) -> str | None:
    """Let a new run join the case of the attempt before it, or the only case of its space that has the number.

    Returns:
        The case's last run until now.
    """
    if not (row.follows or number):
        return None
    cases = [case for case in every(connection) if case.space == row.space]
    found = [case for case in cases if row.follows in {run.run_id for run in case.runs}]
    found = found or [case for case in cases if number in case.numbers]
    if len(found) != 1:
        return row.follows
    add(connection, found[0].case_id, row.space, Event(Kind.SENT, case_now(), run_id=row.run_id))
    return found[0].runs[-1].run_id


def add(connection: Connection, case_id: str, space: Space, event: Event) -> bool:
    """Write an event down; False if the case has one under its key already. What is real lies in no future."""
    # Where several machines share a ledger, one at a time may add to a case; SQLite lets only one write anyway.
    connection.execute(select(RUNS.c.run_id).where(RUNS.c.run_id == case_id).with_for_update())
    its_own = CASE_EVENTS.c.case_id == case_id
    if event.once and connection.execute(select(CASE_EVENTS).where(its_own, CASE_EVENTS.c.once == event.once)).first():
        return False
    last = connection.execute(select(func.max(CASE_EVENTS.c.number)).where(its_own)).scalar() or 0
    at = min(event.at, now()) if space == "live" else event.at
    values = {**asdict(event), "case_id": case_id, "number": last + 1, "at": written(at)}
    connection.execute(insert(CASE_EVENTS).values(values))
    return True


def _case(first: Row, events: list[Event], rows: dict[str, Row], clicked: dict[str, datetime]) -> Case:
    members = (first, *(rows[event.run_id] for event in events if event.run_id))
    sendings = (
        Sending(row.run_id, row.state, clicked.get(row.run_id, row.prepared_at), row.case_number, row.run_id in clicked)
        for row in members
    )
    return Case(first.run_id, first.space, first.form, tuple(sendings), tuple(events))


def _event(found: RowMapping) -> Event:
    fields = {name: found[name] for name in ("detail", "case_number", "run_id", "evidence", "who", "because", "once")}
    return Event(Kind(found["kind"]), datetime.fromisoformat(found["at"]), **fields)
