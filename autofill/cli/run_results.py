"""The summaries of one `autofill run`: shown as they come, and kept for the exit code."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from autofill import console
from autofill.cli.options import name_of
from autofill.cli.run_options import RunOptions
from autofill.errors import AutofillError

# What a summary needs is imported while the driver starts.
if TYPE_CHECKING:
    from autofill.evidence.keeping.summary import RunSummary


@dataclass(frozen=True)
class RunResults:
    """The summaries that were shown, `told`, in the order in which the runs ended."""

    options: RunOptions
    told: list[RunSummary] = field(default_factory=list)

    def finished(self, summary: RunSummary) -> None:
        """Keep and show a run's summary."""
        self.told.append(summary)
        self.show(summary)

    def show(self, summary: RunSummary) -> None:
        """Show a summary, if anybody can still read it."""
        with suppress(OSError, ValueError):  # a full disk, a closed pipe: the exit code still says what came of it
            console.show_summary(summary, json=self.options.json)

    def never(self, profile: Path, error: AutofillError) -> RunSummary:
        """The summary of a run that never began."""
        from autofill.running.summary import never_begun  # noqa: PLC0415 - loaded by now, as a rule

        options = self.options
        return never_begun(name_of(profile), options.form or "", "live" if options.live else "replica", error)

    def untold(self, error: AutofillError, begun: Iterable[RunSummary] = ()) -> list[RunSummary]:
        """Summaries for the profiles that have neither been told nor begun."""
        known = {summary.profile for summary in (*self.told, *begun)}
        return [self.never(profile, error) for profile in self.options.profiles if name_of(profile) not in known]

    def exit_code(self, more: Iterable[RunSummary] = ()) -> int:
        """The exit code of the worst run."""
        from autofill.evidence.keeping.summary import worst  # noqa: PLC0415 - loaded by now

        return worst(summary.exit_code for summary in (*self.told, *more))
