"""Rivals: the runs that stand in the way of a new one, and what is said of them; in the caller's transaction."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, select

from autofill.cases.ledger import case_queries, runs
from autofill.cases.ledger.tables import SECRET
from autofill.cases.model.business_days import add_business_days
from autofill.cases.model.deadlines import deadline_book
from autofill.cases.model.run_records import RunRecord
from autofill.cases.model.run_states import BLOCKING, IN_PROGRESS, WORDS
from autofill.errors import AlreadySent, SameItem
from autofill.language import _


def claim(
    connection: Connection, row: RunRecord, earlier: Collection[RunRecord], item_keys: Collection[str]
) -> AlreadySent | None:
    """Write a new run down, unless another stands in its way; then, what that one is.

    With a reason to send again, only what is at work does.

    Args:
        connection: A transaction.
        row: The new run.
        earlier: The attempts before it at the same inquiry.
        item_keys: What it is about, if another inquiry about that is one too many.
    """
    in_the_way = BLOCKING if row.because is None else IN_PROGRESS
    refusal: AlreadySent | None = next((already(each) for each in earlier if each.state in in_the_way), None)
    if refusal is None and item_keys:
        refusal = _about_the_same(connection, row, item_keys)
    if refusal is None and not runs.claim(connection, row):
        refusal = already(runs.attempts(connection, row.space, (row.inquiry_key,))[0])
    return refusal


def _about_the_same(connection: Connection, new: RunRecord, item_keys: Collection[str]) -> SameItem | None:
    """The refusal because another inquiry about the item is at work, or because its answer may still come."""
    # Two keys that differ are no rivals to a database: where several machines share one, one at a time may look.
    connection.execute(select(SECRET.c.salt).with_for_update())
    for row in runs.about(connection, new.space, item_keys):
        expected = deadline_book().of(row.form)
        calendar, said = expected.calendar, _(WORDS[row.state])
        if row.state in IN_PROGRESS:
            return SameItem(row.run_id, said, calendar.day_of(row.at))
        if new.because is not None:
            continue
        due = add_business_days(row.at, expected.reply_days, calendar)
        if new.prepared_at < calendar.end_of(due):
            case = case_queries.of_run(connection, row.run_id)
            (number,) = case.numbers[-1:] if case and case.numbers else (None,)
            return SameItem(row.run_id, said, calendar.day_of(row.at), due=due, case_number=number)
    return None


def already(row: RunRecord) -> AlreadySent:
    """The refusal that names a run of the same inquiry."""
    return AlreadySent(row.run_id, row.state, row.case_number, _(WORDS[row.state]))
