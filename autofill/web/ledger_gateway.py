"""The web app's access to the ledger: what became of runs, how cases stand, reviews. Knows no page and no file.

The app works without a ledger: when none can be used, the snapshot is empty and its `trouble` says why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from autofill.cases.following.follow_up import FollowUp, FollowUpRequest, follow_up
from autofill.cases.ledger.ledgers import LedgerPlaces, Ledgers, Told
from autofill.cases.ledger.owner import account
from autofill.cases.model.case_records import CaseEvent
from autofill.cases.model.case_states import Kind
from autofill.cases.model.case_status import CaseStatus, case_status
from autofill.cases.model.deadlines import Deadlines, deadline_book
from autofill.cases.model.reviews import Review, ReviewStance
from autofill.cases.model.run_records import RunRecord
from autofill.clock import case_now, refuse_rehearsal
from autofill.errors import AutofillError, Misconfigured
from autofill.language import _


@dataclass(frozen=True, slots=True)
class LedgerSnapshot:
    """The ledger's content by recording: its run, its reviews, oldest first, and the status of its case.

    `trouble` is the error that kept the ledger from being read, if there was one.
    """

    reviews: Mapping[str, tuple[Review, ...]] = field(default_factory=dict)
    case_statuses: Mapping[str, CaseStatus] = field(default_factory=dict)
    runs: Mapping[str, RunRecord] = field(default_factory=dict)
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class CaseNow:
    """A case as it stands now, what is expected of the organisation, and when "now" is."""

    status: CaseStatus
    deadlines: Deadlines
    now: datetime


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
                by_recording = {name: one for one in statuses for name in one.case.recordings}
                return LedgerSnapshot(ledgers.reviews(), by_recording, ledgers.runs())
        except AutofillError as error:
            return LedgerSnapshot(trouble=str(error))

    @property
    def named(self) -> str | None:
        """The ledger that was named for everything, if one was."""
        return str(self._places.live) if self._places.live == self._places.practice else None

    def resolve(self, run_id: str, case_number: str | None, because: str | None) -> None:
        """A person says what became of an unknown run.

        Raises:
            DiskTrouble: The ledger cannot be used; nothing was saved.
            Misconfigured: There is no such run, it is not unknown, or no reason was given.
        """
        with self._places.known(self._told) as ledgers:
            if not ledgers:
                raise Misconfigured(_("The ledger has no run {run_id}.").format(run_id=run_id))
            ledgers.of_run(run_id).resolve(run_id, case_number=case_number, because=because)

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

    def case(self, name: str) -> CaseNow | None:
        """A case by the name of one of its runs, or its number, as it stands now; None if no ledger has it."""
        now, book = case_now(), deadline_book()
        try:
            with self._places.known(self._told) as ledgers:
                found = ledgers.of_case(name).cases.case(name) if ledgers else None
                if found is None:
                    return None
                deadlines = book.of(found.form)
                return CaseNow(case_status(found, now, deadlines), deadlines, now)
        except AutofillError:
            return None

    def add_event(self, name: str, kind: Kind, text: str) -> None:
        """Add what a person says happened to a case; `text` is the number, the note, or how they know.

        Raises:
            DiskTrouble: The ledger cannot be used; nothing was saved.
            Misconfigured: There is no such case, or this cannot happen to it as it stands.
        """
        number = text if kind is Kind.NUMBER_ADDED else None
        with self._places.known(self._told) as ledgers:
            cases = _known(ledgers).of_case(name).cases
            case = cases.case(name)
            refuse_rehearsal(case.space)
            because = None if number else text or None
            cases.record(case.case_id, CaseEvent(kind, case_now(), case_number=number, who=account(), because=because))

    def follow_up(self, name: str, recordings: Path, wanted: FollowUpRequest) -> FollowUp:
        """Write the next letter of a case, once for every silence, or show it.

        Raises:
            AutofillError: As `following.follow_up`; nothing was written.
        """
        with self._places.known(self._told) as ledgers:
            cases = _known(ledgers).of_case(name).cases
            return follow_up(cases, recordings, name=name, wish=wanted, now=case_now(), book=deadline_book())

    def next_letter(self, name: str, recordings: Path) -> FollowUp | None:
        """The next letter of a case, which nobody has written yet; None if it is not the time for one."""
        try:
            return self.follow_up(name, recordings, FollowUpRequest(dry=True))
        except AutofillError:
            return None


def _known(ledgers: Ledgers) -> Ledgers:
    if not ledgers:
        raise Misconfigured(_("The ledger has no such case."))
    return ledgers
