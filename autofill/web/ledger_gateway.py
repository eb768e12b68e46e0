"""The gallery's line to the ledger: what people said of recordings, and where cases stand. Knows no page and no file.

Looking must not need a ledger: where none can be used, nothing is known, and `trouble` says why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from autofill.cases.ledger.ledgers import LedgerPlaces, Told
from autofill.cases.ledger.reviews import Review, ReviewStance
from autofill.cases.model.case_status import CaseStatus
from autofill.cases.model.deadlines import rules_of
from autofill.clock import case_now
from autofill.errors import AutofillError


@dataclass(frozen=True, slots=True)
class Notes:
    """What the ledger knows, by the name of the recording: reviews, oldest first, and the status of its case.

    `trouble` says why nothing is known, if that is so for a reason.
    """

    opinions: Mapping[str, tuple[Review, ...]] = field(default_factory=dict)
    statuses: Mapping[str, CaseStatus] = field(default_factory=dict)
    trouble: str = ""


class Notebook:
    """The ledgers, opened for each question. Looking through recordings makes none where there is none yet."""

    def __init__(self, places: LedgerPlaces, told: Told = lambda _count: None) -> None:
        self._places = places
        self._told = told

    def read(self) -> Notes:
        """All that is known now."""
        try:
            with self._places.known(self._told) as ledgers:
                statuses = ledgers.statuses(case_now(), rules_of(), "live", "practice")
                return Notes(ledgers.reviews(), {name: one for one in statuses for name in one.case.recordings})
        except AutofillError as error:
            return Notes(trouble=str(error))

    def add(self, recording: str, stance: ReviewStance, note: str) -> None:
        """Keep a person's review, where the run is, or with the recordings.

        Raises:
            DiskTrouble: The ledger cannot be used; nothing was kept.
            Misconfigured: Its address cannot be used, or a newer version of the program made it.
        """
        with self._places.known(self._told) as ledgers:
            if ledgers:
                ledgers.of_run(recording).add_review(recording, stance, note)
                return
        with self._places.open("practice", self._told) as ledger:
            ledger.add_review(recording, stance, note)
