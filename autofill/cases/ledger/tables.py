"""The ledger's tables as queries see them.

No statement may stand here; how the tables are made, and every constraint on them, stands in `schema`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Dialect, Enum, Integer, TableClause, Text, TypeDecorator, column, table, text
from sqlalchemy.types import TypeEngine

from autofill.cases.model.case_states import Kind
from autofill.cases.model.reviews import ReviewStance
from autofill.cases.model.run_states import Mover, State


class _Moment(TypeDecorator[datetime]):
    """A time in UTC as text that sorts, since SQLite has no type for it."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return value.isoformat(timespec="microseconds") if value else None

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return datetime.fromisoformat(value) if value else None


def _words(kind: type[StrEnum]) -> Enum:
    return Enum(kind, native_enum=False, values_callable=lambda words: list(map(str, words)))


_AT: Final = _Moment()
_STATE: Final = _words(State)
_TYPES: Final[dict[str, TypeEngine[Any]]] = {
    **dict.fromkeys(
        ("at", "prepared_at", "changed_at", "lease_until", "clicked_at", "newest", "started_at", "heard_at"), _AT
    ),
    **dict.fromkeys(("state", "state_before", "state_after"), _STATE),
    **dict.fromkeys(("attempt", "number", "version", "job", "worker"), Integer()),
    "kind": _words(Kind),
    "mover": _words(Mover),
    "stance": _words(ReviewStance),
}


def _table(name: str, columns: str) -> TableClause:
    """A table; a column that is not in `_TYPES` is text."""
    return table(name, *(column(each, _TYPES.get(each, Text())) for each in columns.split()))


SCHEMA_VERSION: Final = _table("schema_version", "version")
SECRET: Final = _table("secret", "salt")
# As in `RunRecord`.
RUNS: Final = _table(
    "runs",
    "run_id space inquiry_key attempt form state case_number follows because owner prepared_at changed_at clicked_at"
    " lease_until item_key",
)
# Whose row it is and which of them; then, in their order, the fields of `RunChange`, `Review` and `CaseEvent`.
HISTORY: Final = _table("history", "run_id number at state_before state_after mover who because evidence")
REVIEWS: Final = _table("opinions", "recording number at who stance note")
CASE_EVENTS: Final = _table("case_events", "case_id number kind at detail case_number run_id evidence who because once")
SLOTS: Final = _table("slots", "form at")
TAKEN_OVER: Final = _table("taken_over", "place salt newest")
# As in `Queued`.
QUEUED: Final = _table("queued", "job batch label inquiry_key run_id outcome changed_at")
WORKERS: Final = _table("workers", "worker owner started_at heard_at")

# The words of a partial index have to stand in a query as they stand in the index, or SQLite does not use it.
AT_WORK: Final = text("state IN ('prepared', 'filled', 'submitting')")
WITHOUT_NUMBER: Final = text("clicked_at IS NOT NULL AND state IN ('unknown', 'confirmed-no-case', 'not-submitted')")
# Whatever came to the click may have a mail of its own, but for what the form refused.
CLICKED: Final = text("clicked_at IS NOT NULL AND state <> 'rejected'")


def now() -> datetime:
    """The time in UTC, as the ledger keeps it."""
    return datetime.now(UTC)
