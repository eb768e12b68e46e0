"""What the ledger asks the database about cases: find them, add to them; inside the caller's transaction.

A case has no row of its own: it is the first run's, so that no run is without a case and no case without a run.
But for `every`, each question reads the rows of the cases it finds, and no others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, get_args

from sqlalchemy import Connection, Select, and_, func, or_, select

from autofill.cases.ledger.database import append
from autofill.cases.ledger.runs import found
from autofill.cases.ledger.tables import CASE_EVENTS, CLICKED, RUNS, WITHOUT_NUMBER, now
from autofill.cases.model.case_records import Case, CaseEvent
from autofill.cases.model.case_states import Kind
from autofill.cases.model.run_records import RunRecord
from autofill.cases.model.run_states import Space
from autofill.clock import case_now

# Databases take only so many values at once.
_AT_ONCE = 500
# The names of the cases that runs belong to.
_CASES_OF_RUNS = (
    select(func.coalesce(CASE_EVENTS.c.case_id, RUNS.c.run_id))
    .select_from(RUNS)
    .outerjoin(CASE_EVENTS, CASE_EVENTS.c.run_id == RUNS.c.run_id)
)


def every(connection: Connection) -> tuple[Case, ...]:
    """All cases, the oldest first; those of runs that sent nothing are none."""
    return tuple(case for case in _assembled(connection, select(RUNS), select(CASE_EVENTS)) if case.is_real)


def of_run(connection: Connection, run_id: str) -> Case | None:
    """The case, or what would be one, that a run belongs to."""
    joined = select(CASE_EVENTS.c.case_id).where(CASE_EVENTS.c.run_id == run_id)
    (case,) = _named(connection, [connection.execute(joined).scalar() or run_id]) or (None,)
    return case


def numbered(connection: Connection, numbers: Iterable[str]) -> tuple[Case, ...]:
    """The cases that were given one of these numbers, the oldest first."""
    names: set[str] = set()
    for some in _in_lots(numbers):
        by_event = select(CASE_EVENTS.c.case_id).where(CASE_EVENTS.c.case_number.in_(some))
        for named in (_CASES_OF_RUNS.where(RUNS.c.case_number.in_(some)), by_event):
            names.update(connection.execute(named).scalars())
    return tuple(case for case in _named(connection, names) if case.is_real)


def without_number(connection: Connection, at: datetime | None, within: timedelta) -> tuple[Case, ...]:
    """What a confirmation of that time may be about: cases with a run that came to the click and has no number.

    The clock of practice is moved about, so all of it may be meant; of live runs, those of that time.
    """
    when = RUNS.c.space == "practice"
    if at is not None:
        when = or_(when, and_(RUNS.c.space == "live", RUNS.c.clicked_at.between(at - within, at + within)))
    return _named(connection, set(connection.execute(_CASES_OF_RUNS.where(WITHOUT_NUMBER, when)).scalars()))


def one_of_each_form(connection: Connection) -> Iterator[Case]:
    """A case of every form and space that came to a click: enough to know whose mails are awaited."""
    forms = select(RUNS.c.form, RUNS.c.run_id).order_by(RUNS.c.form).limit(1)
    for space in get_args(Space):
        last = ""
        # Each step is one look into the index; DISTINCT would go through all of it.
        of_space = forms.where(CLICKED, RUNS.c.space == space)
        while first := connection.execute(of_space.where(RUNS.c.form > last)).first():
            if case := of_run(connection, first.run_id):
                yield case
            last = first.form


def is_known_number(connection: Connection, space: Space, form: str, number: str) -> bool:
    """Whether a run or a case of a form was given this number before."""
    of_form = (RUNS.c.space == space, RUNS.c.form == form)
    of_runs = select(RUNS.c.run_id).where(RUNS.c.case_number == number, *of_form)
    of_cases = (
        select(RUNS.c.run_id)
        .join(CASE_EVENTS, CASE_EVENTS.c.case_id == RUNS.c.run_id)
        .where(CASE_EVENTS.c.case_number == number, *of_form)
    )
    return any(connection.execute(query.limit(1)).first() for query in (of_runs, of_cases))


def join(connection: Connection, row: RunRecord, number: str | None) -> str | None:
    """Let a new run join the case of the attempt before it, or the only case of its space that has the number.

    Returns:
        The case's last run until now.
    """
    earlier = of_run(connection, row.follows) if row.follows else None
    cases = [earlier] if earlier and earlier.is_real else []
    if not cases and number:
        cases = [case for case in numbered(connection, (number,)) if case.space == row.space]
    if len(cases) != 1:
        return row.follows
    add(connection, cases[0].case_id, row.space, CaseEvent(Kind.SENT, case_now(), run_id=row.run_id))
    return cases[0].runs[-1].run_id


def add(connection: Connection, case_id: str, space: Space, event: CaseEvent) -> bool:
    """Write an event down; False if the case has one under its key already. What is real lies in no future."""
    # Where several machines share a ledger, one at a time may add to a case; SQLite lets only one write anyway.
    connection.execute(select(RUNS.c.run_id).where(RUNS.c.run_id == case_id).with_for_update())
    its_own = CASE_EVENTS.c.case_id == case_id
    if event.once and connection.execute(select(CASE_EVENTS).where(its_own, CASE_EVENTS.c.once == event.once)).first():
        return False
    at = min(event.at, now()) if space == "live" else event.at
    append(connection, CASE_EVENTS, case_id, replace(event, at=at))
    return True


def _named(connection: Connection, names: Collection[str]) -> tuple[Case, ...]:
    cases: list[Case] = []
    for some in _in_lots(names):
        of_these = CASE_EVENTS.c.case_id.in_(some)
        further = select(CASE_EVENTS.c.run_id).where(of_these, CASE_EVENTS.c.run_id.is_not(None))
        members = {*some, *connection.execute(further).scalars()}
        rows = select(RUNS).where(RUNS.c.run_id.in_(members))
        cases += _assembled(connection, rows, select(CASE_EVENTS).where(of_these))
    return tuple(cases)


def _in_lots(values: Iterable[str]) -> Iterator[tuple[str, ...]]:
    each = iter(sorted(set(values)))
    return iter(lambda: tuple(islice(each, _AT_ONCE)), ())


def _assembled(connection: Connection, of_runs: Select[Any], of_events: Select[Any]) -> tuple[Case, ...]:
    """The cases that these runs and events make."""
    oldest_first = of_runs.order_by(RUNS.c.prepared_at, RUNS.c.run_id)
    rows = {row.run_id: row for row in found(connection, oldest_first)}
    events = defaultdict[str, list[CaseEvent]](list)
    for case_id, _number, *fields in connection.execute(of_events.order_by(*CASE_EVENTS.c[:2])):
        events[case_id].append(CaseEvent(*fields))
    joined = {event.run_id for of_one in events.values() for event in of_one if event.run_id}
    return tuple(_case(row, events[row.run_id], rows) for row in rows.values() if row.run_id not in joined)


def _case(first: RunRecord, events: list[CaseEvent], rows: dict[str, RunRecord]) -> Case:
    members = (first, *(rows[event.run_id] for event in events if event.run_id))
    return Case(first.run_id, first.space, first.form, runs=members, events=tuple(events))
