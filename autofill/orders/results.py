"""The summaries of one order: handed on as they come, and kept for the exit code."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from autofill.errors import AutofillError
from autofill.orders.audience import Audience
from autofill.orders.given import name_of
from autofill.orders.options import RunOptions

# What a summary needs is imported while the driver starts.
if TYPE_CHECKING:
    from autofill.evidence.keeping.summary import RunSummary


@dataclass(frozen=True)
class RunResults:
    """The summaries that the audience has heard, `told`, in the order in which the runs ended."""

    options: RunOptions
    audience: Audience
    told: list[RunSummary] = field(default_factory=list)

    def finished(self, summary: RunSummary) -> None:
        """Keep a run's summary, and hand it on."""
        self.told.append(summary)
        self.audience.finished(summary)

    def refused(self, profile: str, error: AutofillError, form: str = "") -> None:
        """Keep and hand on what kept a run from beginning."""
        summary = self._never(profile, error, form)
        self.told.append(summary)
        self.audience.refused(summary, error)

    def refuse_the_rest(self, error: AutofillError) -> None:
        """Say the same of all profiles of which nothing was said yet."""
        for summary in self.untold(error):
            self.refused(summary.profile, error)

    def untold(self, error: AutofillError, begun: Iterable[RunSummary] = ()) -> list[RunSummary]:
        """Summaries for the profiles that have neither been told nor begun."""
        known = {summary.profile for summary in (*self.told, *begun)}
        names = map(name_of, self.options.profiles)
        return [self._never(profile, error) for profile in names if profile not in known]

    def exit_code(self, more: Iterable[RunSummary] = ()) -> int:
        """The exit code of the worst run."""
        from autofill.evidence.keeping.summary import worst  # noqa: PLC0415 - loaded by now

        return worst(summary.exit_code for summary in (*self.told, *more))

    def _never(self, profile: str, error: AutofillError, form: str = "") -> RunSummary:
        from autofill.running.summary import never_begun  # noqa: PLC0415 - loaded by now, as a rule

        options = self.options
        return never_begun(profile, form or options.form or "", "live" if options.live else "replica", error)
