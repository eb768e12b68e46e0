"""The ledger's tables as queries see them, and their rows as everyone else does.

No statement may stand here; how the tables are made, and every constraint on them, stands in `migrations.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import Integer, RowMapping, Text, column, table

from autofill.cases.ledger.owner import Owner
from autofill.cases.model.run_states import Mover, Space, State

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
OPINIONS: Final = table(
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


@dataclass(frozen=True, slots=True)
class Row:
    """A run as the ledger knows it. Times are in UTC; `follows` is the attempt before this one, `because` why again."""

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
        return cls(
            run_id=found["run_id"],
            space=found["space"],
            inquiry_key=found["inquiry_key"],
            attempt=found["attempt"],
            form=found["form"],
            state=State(found["state"]),
            case_number=found["case_number"],
            follows=found["follows"],
            because=found["because"],
            owner=Owner.read(found["owner"]),
            prepared_at=datetime.fromisoformat(found["prepared_at"]),
            changed_at=datetime.fromisoformat(found["changed_at"]),
        )


@dataclass(frozen=True, slots=True)
class Change:
    """One line of a run's history, in UTC. `before` is None for the first; `evidence` is the SHA-256 of a file.

    `who` is the account of the person who made the change, if a person did.
    """

    at: datetime
    before: State | None
    after: State
    mover: Mover
    who: str | None = None
    because: str | None = None
    evidence: str | None = None

    @classmethod
    def of(cls, found: RowMapping) -> Change:
        """From what a query found."""
        before = found["state_before"]
        return cls(
            at=datetime.fromisoformat(found["at"]),
            before=State(before) if before else None,
            after=State(found["state_after"]),
            mover=Mover(found["mover"]),
            who=found["who"],
            because=found["because"],
            evidence=found["evidence"],
        )


def now() -> datetime:
    """The time in UTC, as the ledger keeps it."""
    return datetime.now(UTC)


def written(at: datetime) -> str:
    """The time as text that sorts; SQLite has no type for it."""
    return at.isoformat(timespec="microseconds")
