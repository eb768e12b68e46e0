"""The second part of an order: what was read is claimed in the ledger before any page is opened.

This module and all that it imports is loaded while the browser starts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from autofill.cases.ledger.ledger import Ledger
from autofill.errors import AutofillError
from autofill.forms.catalog import Prepared
from autofill.jobs.pool import Pool
from autofill.orders.given import name_of
from autofill.orders.results import RunResults
from autofill.orders.setting import RunSetting
from autofill.running.claim import Claim, claim
from autofill.running.job import Job, RunConditions


@dataclass(frozen=True)
class RunPreparation:
    """The way from options to runs."""

    results: RunResults
    setting: RunSetting

    def work(self, profiles: Sequence[tuple[Path, Prepared]]) -> Pool:
        """All runs, claimed, with what they share."""
        audience, ledger = self.results.audience, self.setting.open_ledger()
        claims = list(self._claims(profiles, self.setting.conditions(), ledger))
        audience.claimed(claims)
        work = Pool(
            claims,
            ledger,
            at_once=self.results.options.at_once,
            listener=audience.on,
            finished=self.results.finished,
            refused=lambda job, error: self.results.refused(job.profile, error, job.plan.form),
        )
        audience.prepared(work)
        return work

    def _claims(
        self, profiles: Sequence[tuple[Path, Prepared]], conditions: RunConditions, ledger: Ledger
    ) -> Iterator[Claim]:
        """Claim every profile before any page is opened; those that cannot run are refused here and now."""
        for profile, prepared in profiles:
            name = name_of(profile)
            try:
                claimed = claim(Job(name, prepared.plan, prepared.attachments), conditions, ledger)
            except AutofillError as error:
                self.results.refused(name, error)
                continue
            self.results.audience.problems(prepared.plan.warnings)
            yield claimed
