"""The gallery's line to the ledger: what people said of recordings, and where cases stand. Knows no page and no file.

Looking must not need a ledger: where none can be used, nothing is known, and `trouble` says why.
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
class Notes:
    """What the ledger knows, by the name of the recording: opinions, oldest first, and the standing of its case.

    `trouble` says why nothing is known, if that is so for a reason.
    """

    opinions: Mapping[str, tuple[Review, ...]] = field(default_factory=dict)
    standings: Mapping[str, CaseStatus] = field(default_factory=dict)
    trouble: str = ""


class Notebook:
    """One ledger, opened when it is first needed. Looking through recordings makes none where there is none yet."""

    def __init__(self, where: str | Path) -> None:
        self._where = where
        self._ledger: Ledger | None = None
        self._opening = threading.Lock()

    def read(self) -> Notes:
        """All that is known now."""
        if "://" not in str(self._where) and not Path(self._where).exists():
            return Notes()
        try:
            ledger = self._open()
            standings = ledger.cases.standings(case_now(), deadline_book())
            return Notes(ledger.reviews(), {name: one for one in standings for name in one.case.recordings})
        except AutofillError as error:
            return Notes(trouble=str(error))

    def add(self, recording: str, stance: Stance, note: str) -> None:
        """Keep a person's opinion.

        Raises:
            DiskTrouble: The ledger cannot be used; nothing was kept.
            Misconfigured: Its address cannot be used, or a newer version of the program made it.
        """
        self._open().add_review(recording, stance, note)

    def close(self) -> None:
        """Let go of the ledger."""
        if self._ledger:
            self._ledger.close()

    def _open(self) -> Ledger:
        with self._opening:
            if self._ledger is None:
                self._ledger = open_ledger(self._where)
            return self._ledger
