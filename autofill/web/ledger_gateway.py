"""The web app's access to the ledger: reviews of recordings, and the status of cases. Knows no page and no file.

The gallery works without a ledger: when none can be used, the snapshot is empty and its `trouble` says why.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from autofill.cases.ledger.ledger import Ledger, open_ledger
from autofill.cases.ledger.reviews import Review, Stance
from autofill.cases.model.case_status import CaseStatus
from autofill.cases.model.deadlines import deadline_book
from autofill.clock import case_now
from autofill.errors import AutofillError


@dataclass(frozen=True, slots=True)
class LedgerSnapshot:
    """The ledger's content by recording: its reviews, oldest first, and the status of its case.

    `trouble` is the error that kept the ledger from being read, if there was one.
    """

    reviews: Mapping[str, tuple[Review, ...]] = field(default_factory=dict)
    case_statuses: Mapping[str, CaseStatus] = field(default_factory=dict)
    trouble: str = ""


class LedgerGateway:
    """One ledger, opened when it is first needed. Reading never creates one."""

    def __init__(self, where: str | Path) -> None:
        self._where = where
        self._ledger: Ledger | None = None
        self._opening = threading.Lock()

    def read(self) -> LedgerSnapshot:
        """The ledger's content now."""
        if "://" not in str(self._where) and not Path(self._where).exists():
            return LedgerSnapshot()
        try:
            ledger = self._open()
            case_statuses = ledger.cases.standings(case_now(), deadline_book())
            return LedgerSnapshot(
                ledger.reviews(), {name: one for one in case_statuses for name in one.case.recordings}
            )
        except AutofillError as error:
            return LedgerSnapshot(trouble=str(error))

    def add(self, recording: str, stance: Stance, note: str) -> None:
        """Save a person's review.

        Raises:
            DiskTrouble: The ledger cannot be used; nothing was saved.
            Misconfigured: Its address cannot be used, or a newer version of the program made it.
        """
        self._open().add_review(recording, stance, note)

    def close(self) -> None:
        """Close the ledger."""
        if self._ledger:
            self._ledger.close()

    def _open(self) -> Ledger:
        with self._opening:
            if self._ledger is None:
                self._ledger = open_ledger(self._where)
            return self._ledger
