"""The case service: the cases of one ledger, and the one way to add to one.

Every addition is one transaction. Nothing that was written to or by the organisation may be stored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, Engine

from autofill.cases.ledger import case_queries, runs
from autofill.cases.ledger.database import reading, transaction
from autofill.cases.model.case_records import Case, CaseEvent
from autofill.cases.model.case_states import OVER, WORDS, after
from autofill.cases.model.case_status import settled_status
from autofill.cases.model.run_states import IN_PROGRESS, Space, State
from autofill.errors import Misconfigured
from autofill.language import _

# A confirmation comes within minutes; mail servers try for a day, and `matching` looks more closely.
_MAIL_TAKES: Final = timedelta(days=1, hours=1)


class CaseService:
    """A ledger's cases. Its methods raise `DiskTrouble` when the database fails; then nothing was changed."""

    def __init__(self, engine: Engine, space: Space | None = None) -> None:
        self._engine = engine
        self._space = space

    def every(self, space: Space | None = None) -> tuple[Case, ...]:
        """All cases, or those of one space; the oldest first."""
        with reading(self._engine) as connection:
            return tuple(case for case in self._shown(case_queries.every(connection)) if space in {None, case.space})

    def concerned_by(self, words: Iterable[str], at: datetime | None) -> tuple[Case, ...]:
        """The cases that a mail may be about; one whose run is said not to have arrived may have to be one again.

        Args:
            words: What it says, among which may be numbers of cases.
            at: When it was sent.
        """
        with reading(self._engine) as connection:
            numbered = case_queries.numbered(connection, words)
            return self._shown((*numbered, *case_queries.without_number(connection, at, _MAIL_TAKES)))

    def awaiting_mail(self) -> tuple[Case, ...]:
        """One case of every form and space whose mails are awaited."""
        with reading(self._engine) as connection:
            return self._shown(case_queries.one_of_each_form(connection))

    def is_known_number(self, space: Space, form: str, number: str) -> bool:
        """Whether a run of this form got this number before, or its case did since."""
        with reading(self._engine) as connection:
            return case_queries.is_known_number(connection, space, form, number)

    def matching(self, name: str) -> tuple[Case, ...]:
        """The case of this name or with a run of this name, or those with this number."""
        with reading(self._engine) as connection:
            return self._shown(_matching(connection, name))

    def case(self, name: str) -> Case:
        """The case of this name, with a run of this name, or with this number.

        Raises:
            Misconfigured: There is none, or more than one.
        """
        return _only(self.matching(name))

    def record(self, case_id: str, event: CaseEvent, keep: Callable[[], None] | None = None) -> bool:
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
            case = _only(self._shown(_matching(connection, case_id)))
            if event.once and event.once in {known.once for known in case.events}:
                return False
            status = settled_status(case)
            if after(status, event.kind) is None:
                raise Misconfigured(
                    _("The case is “{status}” and cannot be marked like this.").format(status=_(WORDS[status])),
                    hint=_("See: autofill cases {case}").format(case=case.case_id),
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
            rows, cases = runs.every(connection), self._shown(case_queries.every(connection))
        ended = {State.NOT_SUBMITTED, State.REJECTED}
        nothing_came_of = {row.run_id for row in rows if row.state in ended and self._space in {None, row.space}}
        return nothing_came_of.union(*(case.recordings for case in cases if _is_finished(case)))

    def _shown(self, cases: Iterable[Case]) -> tuple[Case, ...]:
        named = {case.case_id: case for case in cases if self._space in {None, case.space}}
        return tuple(named.values())


def _is_finished(case: Case) -> bool:
    at_work = any(run.state in IN_PROGRESS or run.state is State.UNKNOWN for run in case.runs)
    return not at_work and (case.space == "practice" or settled_status(case) in OVER)


def _matching(connection: Connection, name: str) -> tuple[Case, ...]:
    case = case_queries.of_run(connection, name)
    return (case,) if case and case.is_real else case_queries.numbered(connection, (name,))


def _only(cases: tuple[Case, ...]) -> Case:
    # A practice desk may have given the same number as the real one.
    found = [case for case in cases if case.space == "live"] or cases
    if len(found) == 1:
        return found[0]
    if found:
        raise Misconfigured(
            _("More than one case has this number."), hint=_("Give the name of its run; see: autofill cases --all")
        )
    raise Misconfigured(
        _("The ledger has no such case."), hint=_("See: autofill cases --all; add --practice for practice cases.")
    )
