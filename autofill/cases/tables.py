"""The ledger's tables as queries see them, and one row of the ledger as everyone else does.

No statement may stand here; how the tables are made, and every constraint on them, stands in `migrations.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Literal

from sqlalchemy import RowMapping, column, table

from autofill.cases.owner import Owner
from autofill.cases.states import Mover, State

Space = Literal["practice", "live"]

SCHEMA_VERSION: Final = table("schema_version", column("version"))
SECRET: Final = table("secret", column("salt"))
RUNS: Final = table(
    "runs",
    column("run_id"),
    column("space"),
    column("inquiry_key"),
    column("attempt"),
    column("form"),
    column("state"),
    column("case_number"),
    column("follows"),
    column("because"),
    column("owner"),
    column("prepared_at"),
    column("changed_at"),
)
HISTORY: Final = table(
    "history",
    column("run_id"),
    column("number"),
    column("at"),
    column("state_before"),
    column("state_after"),
    column("mover"),
    column("why"),
    column("evidence"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """A run as the ledger knows it. Times are in UTC; `follows` is the attempt before this one."""

    run_id: str
    space: Space
    inquiry_key: str
    attempt: int
    form: str
    state: State
    case_number: str | None
    follows: str | None
    because: str | None
    owner: Owner
    prepared_at: datetime
    changed_at: datetime

    @classmethod
    def of(cls, found: RowMapping) -> Row:
        """From what a query found."""
        typed: dict[str, Any] = {
            "state": State(found["state"]),
            "owner": Owner.read(found["owner"]),
            "prepared_at": datetime.fromisoformat(found["prepared_at"]),
            "changed_at": datetime.fromisoformat(found["changed_at"]),
        }
        return cls(**{**found, **typed})


@dataclass(frozen=True, slots=True)
class Change:
    """One line of a run's history. `before` is None for the first; `evidence` is the SHA-256 of a file."""

    at: datetime
    before: State | None
    after: State
    mover: Mover
    why: str
    evidence: str | None


def now() -> str:
    """The time in UTC, as text that sorts."""
    return datetime.now(UTC).isoformat(timespec="microseconds")
