"""What is kept of a run: the run itself, and the lines of its history. Plain values only; no statement, no process."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from autofill.cases.model.run_states import Mover, Space, State


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord:
    """A run as the ledger knows it.

    Attributes:
        run_id: Its name, which is its recording's.
        space: Practice or live.
        inquiry_key: What it is known by; see `inquiry_key`.
        attempt: Counts the runs of one inquiry, from 1.
        form: The form map's name.
        state: Where it stands.
        case_number: The number it got.
        follows: The attempt before this one.
        because: Why it was sent again.
        owner: The process that runs it, as `Owner` writes it.
        prepared_at: When it was claimed, in UTC.
        changed_at: When its state last changed, in UTC.
        clicked_at: When it came to the submit click, in UTC.
        lease_until: Until when, in UTC, its owner counts as alive where its process cannot be asked.
    """

    run_id: str
    space: Space
    inquiry_key: str
    attempt: int
    form: str
    state: State
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
