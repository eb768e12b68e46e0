"""The second part of `autofill run`: what was read is claimed in the ledger before any page is opened.

This module and all that it imports is loaded while the browser starts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from autofill import console
from autofill.cases.ledger.ledger import Ledger
from autofill.cli.options import name_of
from autofill.cli.progress import Progress
from autofill.cli.run_options import RunOptions
from autofill.cli.run_results import RunResults
from autofill.cli.run_setting import RunSetting
from autofill.errors import AutofillError
from autofill.evidence.keeping.summary import RunSummary
from autofill.forms.catalog import Prepared
from autofill.jobs.pool import Pool
from autofill.language import _
from autofill.running.claim import Claim, claim
from autofill.running.job import Job, RunConditions


@dataclass(frozen=True)
class RunPreparation:
    """The way from options to runs."""

    options: RunOptions
    results: RunResults
    setting: RunSetting

    def work(self, profiles: Sequence[tuple[Path, Prepared]]) -> Pool:
        """All runs, claimed, with what they share."""
        options, ledger = self.options, self.setting.open_ledger()
        claims = list(self._claims(profiles, self.setting.conditions(), ledger))
        progress = Progress(wanted=not options.json and options.at_once == 1)
        if claims:
            progress.show(_("Starting the browser"))

        def finished(summary: RunSummary) -> None:
            with suppress(OSError):
                progress.stop()
            self.results.finished(summary)

        listener = progress.on
        if options.events and claims:
            from autofill.cli.run_events import EventLines  # noqa: PLC0415 - few programs ask for it

            listener = EventLines(claims[0]).on
        return Pool(claims, ledger, at_once=options.at_once, listener=listener, finished=finished)

    def _claims(
        self, profiles: Sequence[tuple[Path, Prepared]], conditions: RunConditions, ledger: Ledger
    ) -> Iterator[Claim]:
        """Claim every profile before any page is opened; those that cannot run are finished here and now."""
        for profile, prepared in profiles:
            try:
                claimed = claim(Job(name_of(profile), prepared.plan, prepared.attachments), conditions, ledger)
            except AutofillError as error:
                self.results.finished(self.results.never(profile, error))
                continue
            console.show_problems(prepared.plan.warnings)
            yield claimed
