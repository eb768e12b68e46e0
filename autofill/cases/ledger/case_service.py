"""The casebook: every case of a ledger, and the one way to add to one.

Every addition is one transaction. Nothing that was written to or by the organisation may be stored.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Engine

from autofill.cases.ledger import case_queries, runs
from autofill.cases.ledger.database import reading, transaction
from autofill.cases.model.case_records import Case, Event
from autofill.cases.model.case_states import OVER, WORDS, after
from autofill.cases.model.case_status import CaseStatus, most_urgent_first, settled_status, standing
from autofill.cases.model.deadlines import DeadlineBook
from autofill.cases.model.run_states import IN_PROGRESS, Space, State
from autofill.errors import Misconfigured
from autofill.language import _


class CaseService:
    """A ledger's cases. Its methods raise `DiskTrouble` when the database fails; then nothing was changed."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def every(self, space: Space | None = None) -> tuple[Case, ...]:
        """All cases, or those of one space; the oldest first."""
        with reading(self._engine) as connection:
            return tuple(case for case in case_queries.every(connection) if space in {None, case.space})

    def awaiting_mail(self) -> tuple[Case, ...]:
        """Every case that a mail may be about; one whose run is said not to have arrived may have to be one again."""
        with reading(self._engine) as connection:
            possible = case_queries.possible(connection)
        return tuple(case for case in possible if case.is_real or any(run.lacks_number for run in case.runs))

    def standings(self, now: datetime, book: DeadlineBook, space: Space | None = None) -> tuple[CaseStatus, ...]:
        """Where they all stand at a moment in UTC, the most urgent first."""
        return most_urgent_first(standing(case, now, book.of(case.form)) for case in self.every(space))

    def case(self, name: str) -> Case:
        """The case of this name, with a run of this name, or with this number.

        Raises:
            Misconfigured: There is none, or more than one.
        """
        return _named(self.every(), name)

    def record(self, case_id: str, event: Event, keep: Callable[[], None] | None = None) -> bool:
        """Add an event to a case.

        Args:
            case_id: The case's name.
            event: What happened. A live case's events are not dated later than now.
            keep: Writes what belongs to the event, such as a mail; if it fails, nothing is recorded.

        Returns:
            False if the case has an event with the same `once`; then nothing was done.

        Raises:
            Misconfigured: There is no such case, or this cannot happen to it as it stands.
        """
        with transaction(self._engine) as connection:
            case = _named(case_queries.every(connection), case_id)
            if event.once and event.once in {known.once for known in case.events}:
                return False
            status = settled_status(case)
            if after(status, event.kind) is None:
                raise Misconfigured(
                    _("The case is “{status}”: that cannot be said of it.").format(status=_(WORDS[status])),
                    hint=_("Look at it: autofill cases {case}").format(case=case.case_id),
                )
            added = case_queries.add(connection, case.case_id, case.space, event)
            if added and keep:
                keep()
            return added

    def finished_recordings(self) -> set[str]:
        """The recordings that nobody waits for.

        They are those of runs that nothing came of, and of cases that are over or were practice whose outcome is known.
        """
        with reading(self._engine) as connection:
            rows, cases = runs.every(connection), case_queries.every(connection)
        nothing_came_of = {row.run_id for row in rows if row.state in {State.NOT_SUBMITTED, State.REJECTED}}
        return nothing_came_of.union(*(case.recordings for case in cases if _is_finished(case)))


def _is_finished(case: Case) -> bool:
    at_work = any(run.state in IN_PROGRESS or run.state is State.UNKNOWN for run in case.runs)
    return not at_work and (case.space == "practice" or settled_status(case) in OVER)


def _named(cases: tuple[Case, ...], name: str) -> Case:
    for case in cases:
        if name in {run.run_id for run in case.runs}:
            return case
    numbered = [case for case in cases if name in case.numbers]
    # A practice desk may have given the same number as the real one.
    found = [case for case in numbered if case.space == "live"] or numbered
    if len(found) == 1:
        return found[0]
    if found:
        raise Misconfigured(
            _("More than one case has this number."), hint=_("Name it by its run; see: autofill cases --all")
        )
    raise Misconfigured(
        _("The ledger knows no such case."), hint=_("See: autofill cases --all, and with --practice those of practice.")
    )
