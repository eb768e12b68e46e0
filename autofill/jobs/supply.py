"""Where the rows of a batch come from, one by one and each claimed, and where what they came to goes."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final, Protocol, TypeAlias, TypeVar

from autofill.cases.ledger.ledger import Ledger
from autofill.errors import AlreadySent, ExitCode, SameItem, failure_of
from autofill.evidence.keeping.summary import RunSummary
from autofill.jobs.batch_outcome import RowOutcome, came_to, never_ran, sent_before
from autofill.jobs.batch_rows import Batch, BatchRow
from autofill.running.claim import Claim, claim
from autofill.running.job import Job, RunConditions

TEMPORARY: Final = {ExitCode.UNAVAILABLE, ExitCode.TRY_LATER}
"""How a run ends whose site has trouble that passes."""
NO_PLACE: Final = {ExitCode.DISK, ExitCode.CANNOT_RECORD}
"""How a run ends that could not be recorded, or whose ledger failed."""
TRIES: Final = 3
"""How often a row is tried at all, if nothing was sent and the reason is temporary."""

_T = TypeVar("_T")
Taken: TypeAlias = tuple[BatchRow, Claim]
"""A row, and its place in the ledger."""


class Supply(Protocol):
    """Where rows come from."""

    async def take(self, like: Claim | None) -> Taken | RowOutcome | None:
        """The next row, claimed; or what it came to, if it cannot run; none if there are no more.

        Args:
            like: Only what can run in the same browser as this, if given.
        """
        ...

    async def ended(self, row: BatchRow, summary: RunSummary, *, may_try_again: bool) -> RowOutcome | None:
        """What a run came to; none if the row will be tried again."""
        ...

    def give_back(self, taken: Taken) -> None:
        """Have a row back that was taken and not begun."""
        ...

    def is_over(self, code: int) -> bool:
        """Whether no other row may begin after one that ended with this exit code."""
        ...

    async def persist(self, do: Callable[[], _T]) -> _T:
        """Ask the ledger something, as often as it takes where others have the ledger, too."""
        ...


@dataclass(slots=True)
class BatchSupply:
    """The rows of a batch, in order; those that are tried again come first."""

    batch: Batch
    conditions: RunConditions
    ledger: Ledger
    _rows: Iterator[BatchRow] = field(init=False)
    _again: deque[BatchRow] = field(default_factory=deque)
    _tries: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        """Begin with the first row."""
        self._rows = self.batch.rows()

    async def take(self, like: Claim | None) -> Taken | RowOutcome | None:  # noqa: ARG002 - all need the same browser
        """The next row.

        Raises:
            InvalidFile: The table cannot be read to its end.
        """
        row = self._again.popleft() if self._again else next(self._rows, None)
        if row is None:
            return None
        try:
            prepared = row.prepare()
            return row, claim(Job(row.name, prepared.plan, prepared.attachments), self.conditions, self.ledger)
        except AlreadySent as error:
            same = isinstance(error, SameItem)
            return never_ran(row, error) if same else sent_before(row, error, self.conditions.recordings)
        except Exception as error:  # noqa: BLE001 - our own mistake with one row must not decide for all
            return never_ran(row, failure_of(error))

    async def ended(self, row: BatchRow, summary: RunSummary, *, may_try_again: bool) -> RowOutcome | None:
        """What a run came to."""
        self._tries[row.label] += 1
        temporary = summary.retry_safe and summary.exit_code in TEMPORARY
        if temporary and self._tries[row.label] < TRIES and may_try_again:
            self._again.append(row)
            return None
        del self._tries[row.label]
        return came_to(row, summary)

    def give_back(self, taken: Taken) -> None:
        """Let go of a row; the same command finds it again."""
        _row, claimed = taken
        claimed.release()

    def is_over(self, code: int) -> bool:
        """Whether nothing can be recorded any more, or the ledger fails."""
        return code in NO_PLACE

    async def persist(self, do: Callable[[], _T]) -> _T:
        """Ask the ledger something; one of this machine's own that fails ends the batch."""
        return do()
