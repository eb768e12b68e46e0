"""Taking over: the live runs of an older ledger, copied into the person's own, with their history and their cases.

The older ledger is left as it is, for whoever shares the folder. Its keys were made with its own salt, which nobody can
undo: the salt comes along, and inquiries are looked for under every salt.
"""

from __future__ import annotations

from sqlalchemy import Connection, TableClause, func, insert, select, text

from autofill.cases.ledger.database import reading, transaction
from autofill.cases.ledger.ledger import Ledger
from autofill.cases.ledger.tables import AT_WORK, CASE_EVENTS, HISTORY, RUNS, SECRET, TAKEN_OVER
from autofill.errors import TryLater
from autofill.language import _


def take_over(older: Ledger, place: str, ledger: Ledger) -> int:
    """Copy the live runs that the ledger does not have yet: all of them in one transaction, or none.

    Args:
        older: The ledger they are in.
        place: Where that one is.
        ledger: The person's own.

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
                _("A live run of an earlier version is at work in this folder. Nothing was sent."),
                hint=_("Wait until it has ended, then try again."),
            )
        with transaction(ledger.engine) as target:
            known = set(target.execute(select(RUNS.c.run_id)).scalars())
            rows = source.execute(live.order_by(RUNS.c.prepared_at, RUNS.c.attempt)).mappings()
            fresh = {row["run_id"]: dict(row) for row in rows if row["run_id"] not in known}
            _copy(target, RUNS, list(fresh.values()))
            for table, key in ((HISTORY, HISTORY.c.run_id), (CASE_EVENTS, CASE_EVENTS.c.case_id)):
                found = source.execute(select(table).order_by(key, table.c.number)).mappings()
                _copy(target, table, [dict(row) for row in found if row[key.name] in fresh])
            salt = source.execute(select(SECRET.c.salt)).scalar_one()
            target.execute(
                text(
                    "INSERT INTO taken_over (place, salt, newest) VALUES (:place, :salt, :newest)"
                    " ON CONFLICT (place) DO UPDATE SET salt = :salt, newest = :newest"
                ),
                {"place": place, "salt": salt, "newest": newest},
            )
    return len(fresh)


def _newest_known(ledger: Ledger, place: str) -> str | None:
    with reading(ledger.engine) as connection:
        known = select(TAKEN_OVER.c.newest).where(TAKEN_OVER.c.place == place)
        return connection.execute(known).scalar()


def _copy(target: Connection, table: TableClause, rows: list[dict[str, object]]) -> None:
    if rows:
        target.execute(insert(table), rows)
