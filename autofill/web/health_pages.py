"""The page of all forms: of each its last success and check, what has changed, and how its last runs ended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from autofill.cases.model.run_records import RunRecord
from autofill.cases.model.run_states import State
from autofill.organisations.registry import form_files
from autofill.running.checks import FormCheck, checks_of
from autofill.web.context import AppContext
from autofill.web.pages import page

# So many runs tell how a form has been lately.
_LATELY: Final = 20
_THROUGH: Final = frozenset({State.CONFIRMED, State.CONFIRMED_NO_CASE})
_ENDED: Final = _THROUGH | {State.UNKNOWN, State.REJECTED, State.NOT_SUBMITTED}


@dataclass(frozen=True, slots=True)
class FormHealth:
    """One form: when a run last went through, how many of the last `runs` did, its last check, and its last changes."""

    form: str
    succeeded: datetime | None
    through: int
    runs: int
    check: FormCheck | None
    changed: FormCheck | None


def health_of(runs: Iterable[RunRecord], forms: Iterable[str]) -> Iterator[FormHealth]:
    """How forms do, by their names; those that are no longer installed too, if they were run."""
    every = sorted(runs, key=lambda run: run.at, reverse=True)
    for form in sorted({*forms, *(run.form for run in every)}):
        ended = [run for run in every if run.form == form and run.state in _ENDED]
        lately = ended[:_LATELY]
        checks = checks_of(form)
        yield FormHealth(
            form=form,
            succeeded=next((run.at for run in ended if run.state in _THROUGH), None),
            through=sum(run.state in _THROUGH for run in lately),
            runs=len(lately),
            check=checks[-1] if checks else None,
            changed=next((check for check in reversed(checks) if check.changes), None),
        )


class HealthPages:
    """The handler."""

    def __init__(self, context: AppContext) -> None:
        self._context = context

    def routes(self) -> list[BaseRoute]:
        """Its address."""
        return [Route("/health", self.show)]

    def show(self, _request: Request) -> Response:
        """All forms."""
        runs = self._context.ledger.read().runs.values()
        return page("health.html.j2", root=self._context.root, forms=tuple(health_of(runs, form_files())))
