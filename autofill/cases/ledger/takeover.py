"""Taking over: the live runs of an older ledger, copied into the person's own, with their history and their cases.

The older ledger is left as it is, for whoever shares the folder. Its keys were made with its own salt, which nobody can
undo: the salt comes along, and inquiries are looked for under every salt.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, insert, select

from autofill.cases.ledger.database import reading, transaction
from autofill.cases.ledger.ledger import Ledger
from autofill.cases.ledger.tables import AT_WORK, CASE_EVENTS, HISTORY, RUNS, SECRET, TAKEN_OVER
from autofill.errors import TryLater
from autofill.language import _


def take_over(older: Ledger, place: str, ledger: Ledger) -> int:
    """Copy the live runs of an older ledger, which is at `place`, that the person's own does not have yet.

    All of them are copied in one transaction, or none.

    Returns:
        How many there were to copy.

    Raises:
        TryLater: One of them is at work.
    """
    with reading(older.engine) as source:
        newest = source.execute(select(func.max(RUNS.c.prepared_at)).where(RUNS.c.space == "live")).scalar()
        if newest is None or newest == _newest_known(ledger, place):
            return 0
        live = select(RUNS).where(RUNS.c.space == "live")
        if source.execute(live.where(AT_WORK)).first():
            raise TryLater(
                _("A live run of an earlier version is still running in this folder. Nothing was sent."),
                hint=_("Wait until it has ended, then try again."),
            )
        with transaction(ledger.engine) as target:
            known = set(target.execute(select(RUNS.c.run_id)).scalars())
            fresh = set(source.execute(select(RUNS.c.run_id).where(RUNS.c.space == "live")).scalars()) - known
            # A run refers to the attempt before it, and everything else to runs.
            in_order = live.order_by(RUNS.c.prepared_at, RUNS.c.attempt)
            for table, query in ((RUNS, in_order), (HISTORY, select(HISTORY)), (CASE_EVENTS, select(CASE_EVENTS))):
                found = source.execute(query).mappings()
                if rows := [dict(row) for row in found if row[table.c[0].name] in fresh]:
                    target.execute(insert(table), rows)
            salt = source.execute(select(SECRET.c.salt)).scalar_one()
            target.execute(delete(TAKEN_OVER).where(TAKEN_OVER.c.place == place))
            target.execute(insert(TAKEN_OVER).values(place=place, salt=salt, newest=newest))
    return len(fresh)


def _newest_known(ledger: Ledger, place: str) -> datetime | None:
    with reading(ledger.engine) as connection:
        return connection.execute(select(TAKEN_OVER.c.newest).where(TAKEN_OVER.c.place == place)).scalar()
