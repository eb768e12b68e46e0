"""The ledger's tables as queries see them, and the records that everyone else does.

No statement may stand here; how the tables are made, and every constraint on them, stands in `migrations.py`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from sqlalchemy import Integer, RowMapping, Text, column, table, text

from autofill.cases.model.run_records import RunChange, RunRecord
from autofill.cases.model.run_states import Mover, State

SCHEMA_VERSION: Final = table("schema_version", column("version", Integer))
SECRET: Final = table("secret", column("salt", Text))
RUNS: Final = table(
    "runs",
    column("run_id", Text),
    column("space", Text),
    column("inquiry_key", Text),
    column("attempt", Integer),
    column("form", Text),
    column("state", Text),
    column("case_number", Text),
    column("follows", Text),
    column("because", Text),
    column("owner", Text),
    column("prepared_at", Text),
    column("changed_at", Text),
    column("lease_until", Text),
    column("clicked_at", Text),
)
HISTORY: Final = table(
    "history",
    column("run_id", Text),
    column("number", Integer),
    column("at", Text),
    column("state_before", Text),
    column("state_after", Text),
    column("mover", Text),
    column("who", Text),
    column("because", Text),
    column("evidence", Text),
)
REVIEWS: Final = table(
    "opinions",
    column("recording", Text),
    column("number", Integer),
    column("at", Text),
    column("who", Text),
    column("stance", Text),
    column("note", Text),
)
CASE_EVENTS: Final = table(
    "case_events",
    column("case_id", Text),
    column("number", Integer),
    column("kind", Text),
    column("at", Text),
    column("detail", Text),
    column("case_number", Text),
    column("run_id", Text),
    column("evidence", Text),
    column("who", Text),
    column("because", Text),
    column("once", Text),
)
SLOTS: Final = table("slots", column("form", Text), column("at", Text))
TAKEN_OVER: Final = table("taken_over", column("place", Text), column("salt", Text), column("newest", Text))
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
