"""What is kept of a run: the run itself, and the lines of its history. Plain values only; no statement, no process."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from autofill.cases.model.run_states import Mover, Space, State


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord:
    """A run as the ledger knows it. Times are in UTC; `follows` is the attempt before this one, `because` why again.

    `owner` is the process that runs it, as `Owner` writes it; where that cannot be asked, it counts as alive until
    `lease_until`. `clicked_at` is when it came to the submit click.
    """

    run_id: str
    space: Space
    inquiry_key: str
    attempt: int
    form: str
    state: State = State.PREPARED
    case_number: str | None = None
    follows: str | None = None
    because: str | None = None
    owner: str
    prepared_at: datetime
    changed_at: datetime
    clicked_at: datetime | None = None
    lease_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class RunChange:
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
