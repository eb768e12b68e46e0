"""The ledgers of a person: their own, in which live runs are claimed from any folder, and one of practice per folder.

Both are the same file where a ledger is named. Verbs that want a case look in both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from platformdirs import user_state_path

from autofill.cases.ledger.ledger import Ledger, open_ledger
from autofill.cases.ledger.takeover import take_over
from autofill.cases.model.case_records import Case
from autofill.cases.model.case_status import CaseStatus, case_status, most_urgent_first
from autofill.cases.model.deadlines import DeadlineBook
from autofill.cases.model.reviews import Review
from autofill.cases.model.run_records import RunRecord
from autofill.cases.model.run_states import Space

_NAME = "ledger.sqlite3"
Told = Callable[[int], None]


class Ledgers:
    """Open ledgers, that of live runs first, asked as if they were one."""

    def __init__(self, *ledgers: Ledger) -> None:
        self._ledgers = ledgers

    def __bool__(self) -> bool:
        return bool(self._ledgers)

    def of_case(self, name: str) -> Ledger:
        """The ledger whose case is meant by a name or number; any, if none has it."""
        return next((ledger for ledger in self._ledgers if ledger.cases.matching(name)), self._ledgers[0])

    def of_run(self, run_id: str) -> Ledger:
        """The ledger that has a run; any, if none has it."""
        return next((ledger for ledger in self._ledgers if ledger.knows(run_id)), self._ledgers[0])

    def cases(self, space: Space) -> tuple[Case, ...]:
        """All cases of a space, the oldest first."""
        return tuple(case for ledger in self._ledgers for case in ledger.cases.every(space))

    def runs(self) -> dict[str, RunRecord]:
        """All runs by name."""
        return {row.run_id: row for ledger in self._ledgers for row in ledger.rows()}

    def statuses(self, now: datetime, book: DeadlineBook, *spaces: Space) -> tuple[CaseStatus, ...]:
        """Where the cases of these spaces stand at a moment in UTC, the most urgent first."""
        cases = (case for space in spaces for case in self.cases(space))
        return most_urgent_first(case_status(case, now, book.of(case.form)) for case in cases)

    def awaiting_mail(self) -> tuple[Case, ...]:
        """One case of every form and space whose mails are awaited."""
        return tuple(case for ledger in self._ledgers for case in ledger.cases.awaiting_mail())

    def concerned_by(self, words: Iterable[str], at: datetime | None) -> tuple[Case, ...]:
        """The cases that a mail may be about; see `CaseService`."""
        words = tuple(words)
        return tuple(case for ledger in self._ledgers for case in ledger.cases.concerned_by(words, at))

    def finished_recordings(self) -> set[str]:
        """The recordings that nobody waits for."""
        return set().union(*(ledger.cases.finished_recordings() for ledger in self._ledgers))

    def reviews(self) -> dict[str, tuple[Review, ...]]:
        """What people said of each recording, oldest first."""
        said: dict[str, tuple[Review, ...]] = {}
        for ledger in self._ledgers:
            for name, reviews in ledger.reviews().items():
                said[name] = tuple(sorted((*said.get(name, ()), *reviews), key=lambda each: each.at))
        return said


@dataclass(frozen=True, slots=True)
class LedgerPlaces:
    """Where the ledgers are: files, or `postgresql://` addresses."""

    live: str | Path
    practice: str | Path

    @classmethod
    def of(cls, named: str | None, recordings: Path) -> LedgerPlaces:
        """One for everything if it is named; otherwise the person's own, and that beside the recordings."""
        if named:
            return cls(named, named)
        return cls(user_state_path("autofill") / _NAME, recordings / _NAME)

    def open(self, space: Space, told: Told) -> Ledger:
        """The ledger that runs are claimed in; that of live ones knows what an older one beside the recordings knew.

        Args:
            space: Practice or live.
            told: Called with the number of runs that were taken over, if any were.
        """
        if space == "practice":
            return open_ledger(self.practice)
        ledger = open_ledger(self.live)
        if self.live != self.practice and _is_there(self.practice):
            try:
                with open_ledger(self.practice) as older:
                    self._take_over(ledger, older, told=told)
            except BaseException:
                ledger.close()
                raise
        return ledger

    @contextmanager
    def known(self, told: Told) -> Iterator[Ledgers]:
        """All ledgers there are, for whoever looks at what is in them: to look makes none."""
        one = self.live == self.practice
        with ExitStack() as opened:
            ledgers: list[Ledger] = []
            if _is_there(self.practice):
                ledgers = [opened.enter_context(open_ledger(self.practice, space=None if one else "practice"))]
            if not one and (_is_there(self.live) or any(older.has_sent("live") for older in ledgers)):
                ledgers = [opened.enter_context(open_ledger(self.live)), *ledgers]
                self._take_over(*ledgers, told=told)
            yield Ledgers(*ledgers)

    def _take_over(self, ledger: Ledger, *older: Ledger, told: Told) -> None:
        for each in older:
            if taken := take_over(each, str(Path(self.practice).resolve()), ledger):
                told(taken)


def _is_there(where: str | Path) -> bool:
    return "://" in str(where) or Path(where).exists()
