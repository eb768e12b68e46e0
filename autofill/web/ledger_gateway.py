"""The web app's access to the ledger: reviews of recordings, and the status of cases. Knows no page and no file.

The gallery works without a ledger: when none can be used, the snapshot is empty and its `trouble` says why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from autofill.cases.ledger.ledgers import LedgerPlaces, Told
from autofill.cases.ledger.reviews import Review, ReviewStance
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
    """The ledgers, opened for each question. Reading never creates one."""

    def __init__(self, places: LedgerPlaces, told: Told = lambda _count: None) -> None:
        self._places = places
        self._told = told

    def read(self) -> LedgerSnapshot:
        """The ledgers' content now."""
        try:
            with self._places.known(self._told) as ledgers:
                statuses = ledgers.statuses(case_now(), deadline_book(), "live", "practice")
                return LedgerSnapshot(
                    ledgers.reviews(), {name: one for one in statuses for name in one.case.recordings}
                )
        except AutofillError as error:
            return LedgerSnapshot(trouble=str(error))

    def add(self, recording: str, stance: ReviewStance, note: str) -> None:
        """Save a person's review, where the run is, or with the recordings.

        Raises:
            DiskTrouble: The ledger cannot be used; nothing was saved.
            Misconfigured: Its address cannot be used, or a newer version of the program made it.
        """
        with self._places.known(self._told) as ledgers:
            if ledgers:
                ledgers.of_run(recording).add_review(recording, stance, note)
                return
        with self._places.open("practice", self._told) as ledger:
            ledger.add_review(recording, stance, note)
