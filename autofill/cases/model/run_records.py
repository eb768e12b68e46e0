"""What is kept of a run: the run itself, and the lines of its history. Plain values only; no statement, no process."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from autofill.cases.model.run_states import Mover, Space, State


@dataclass(frozen=True, slots=True)
class RunRecord:
    """A run as the ledger knows it. Times are in UTC; `follows` is the attempt before this one, `because` why again.

    `owner` is the process that runs it, as `Owner` writes it; where that cannot be asked, it counts as alive until
    `lease_until`. `clicked_at` is when it came to the submit click. `item_key` names what it is about, if that has a
    number, as `inquiry_key` names the inquiry.
    """

    run_id: str
    space: Space
    inquiry_key: str
    attempt: int
    form: str
    state: State
    case_number: str | None
    follows: str | None
    because: str | None
    owner: str
    prepared_at: datetime
    changed_at: datetime
    clicked_at: datetime | None = None
    lease_until: datetime | None = None
    item_key: str | None = None

    @property
    def at(self) -> datetime:
        """When it pressed Submit, or began if it has not."""
        return self.clicked_at or self.prepared_at

    @property
    def is_sent(self) -> bool:
        """Whether it reached the organisation, or may have."""
        return self.state in {State.CONFIRMED, State.CONFIRMED_NO_CASE, State.UNKNOWN}

    @property
    def lacks_number(self) -> bool:
        """Whether a confirmation may still bring its number, also if somebody said that it never arrived."""
        unsent = self.clicked_at is not None and self.state is State.NOT_SUBMITTED
        return unsent or self.state in {State.UNKNOWN, State.CONFIRMED_NO_CASE}


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
