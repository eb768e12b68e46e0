"""The ledger's tables as queries see them, and the records that everyone else does.

No statement may stand here; how the tables are made, and every constraint on them, stands in `migrations.py`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from sqlalchemy import Integer, RowMapping, TableClause, Text, column, table, text

from autofill.cases.model.run_records import RunChange, RunRecord
from autofill.cases.model.run_states import Mover, State


def _table(name: str, columns: str, numbers: str = "") -> TableClause:
    """A table with columns of text, and some of numbers."""
    texts = (column(each, Text) for each in columns.split())
    return table(name, *texts, *(column(each, Integer) for each in numbers.split()))


SCHEMA_VERSION: Final = _table("schema_version", "", "version")
SECRET: Final = _table("secret", "salt")
RUNS: Final = _table(
    "runs",
    "run_id space inquiry_key form state case_number follows because owner prepared_at changed_at lease_until"
    " clicked_at",
    "attempt",
)
HISTORY: Final = _table("history", "run_id at state_before state_after mover who because evidence", "number")
REVIEWS: Final = _table("opinions", "recording at who stance note", "number")
CASE_EVENTS: Final = _table(
    "case_events", "case_id kind at detail case_number run_id evidence who because once", "number"
)
SLOTS: Final = _table("slots", "form at")
TAKEN_OVER: Final = _table("taken_over", "place salt newest")

# The words of a partial index have to stand in a query as they stand in the index, or SQLite does not use it.
AT_WORK: Final = text("state IN ('prepared', 'filled', 'submitting')")
WITHOUT_NUMBER: Final = text("clicked_at IS NOT NULL AND state IN ('unknown', 'confirmed-no-case', 'not-submitted')")
# Whatever came to the click may have a mail of its own, but for what the form refused.
CLICKED: Final = text("clicked_at IS NOT NULL AND state <> 'rejected'")


def run_record(found: RowMapping) -> RunRecord:
    """A run, from what a query found."""
    times = {name: _moment(found[name]) for name in ("prepared_at", "changed_at", "clicked_at", "lease_until")}
    return RunRecord(**{**dict(found), **times, "state": State(found["state"])})


def run_change(found: RowMapping) -> RunChange:
    """One line of a run's history, from what a query found."""
    before = found["state_before"]
    return RunChange(
        at=datetime.fromisoformat(found["at"]),
        before=State(before) if before else None,
        after=State(found["state_after"]),
        mover=Mover(found["mover"]),
        who=found["who"],
        because=found["because"],
        evidence=found["evidence"],
    )


def _moment(kept: str | None) -> datetime | None:
    return datetime.fromisoformat(kept) if kept else None


def now() -> datetime:
    """The time in UTC, as the ledger keeps it."""
    return datetime.now(UTC)


def written(at: datetime) -> str:
    """The time as text that sorts; SQLite has no type for it."""
    return at.isoformat(timespec="microseconds")
