"""Whoever asked for runs: what they hear of them, and how they are asked something."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Protocol

from autofill.errors import AutofillError, Problem
from autofill.events import Event

# What they hear about is imported while driver and browser start.
if TYPE_CHECKING:
    from autofill.evidence.keeping.summary import RunSummary
    from autofill.forms.plan import Plan
    from autofill.jobs.pool import Pool
    from autofill.running.claim import Claim


class Person(Protocol):
    """Somebody who is asked while a run waits."""

    async def help(self, why: str) -> None:
        """Have the person do something at the open window."""

    async def confirm(self, origin: str) -> bool:
        """Whether the person typed the address of the filled form."""


class Audience:
    """Audience that hears everything, says nothing and is asked nothing; others listen to what they need."""

    person: Person | None = None

    def note(self, *lines: str) -> None:
        """Something worth knowing, which stops nothing."""

    def warn(self, *lines: str) -> None:
        """Something that a person should think about before it goes on."""

    def problems(self, problems: Iterable[Problem]) -> None:
        """Errors or warnings of the profiles."""

    def planned(self, plan: Plan) -> None:
        """The plan for a form that nobody has described: nobody has seen before what would go where."""

    def claimed(self, claims: Sequence[Claim]) -> None:
        """What will run, before a page is opened."""

    def prepared(self, work: Pool) -> None:
        """All is imported that takes long, and `work` can say how its runs stand."""

    def on(self, event: Event) -> None:
        """What happens in a run."""

    def finished(self, summary: RunSummary) -> None:
        """What a run came to."""

    def refused(self, summary: RunSummary, error: AutofillError) -> None:
        """What kept a run from beginning; its summary says it, too."""
        del error
        self.finished(summary)
