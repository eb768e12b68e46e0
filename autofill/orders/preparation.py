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
        return self.claimed_in([self.setting.open_ledger()] * len(profiles), profiles, self.setting.conditions())

    def claimed_in(
        self, ledgers: Sequence[Ledger], profiles: Sequence[tuple[Path, Prepared]], conditions: RunConditions
    ) -> Pool:
        """The same, each claimed in the ledger that stands in its place."""
        audience = self.results.audience
        claims = list(self._claims(ledgers, profiles, conditions))
        audience.claimed(claims)
        work = Pool(
            claims,
            ledgers[0],
            at_once=self.results.options.at_once,
            listener=audience.on,
            finished=self.results.finished,
            refused=lambda job, error: self.results.refused(job.profile, error, job.plan.form),
        )
        audience.prepared(work)
        return work

    def _claims(
        self, ledgers: Sequence[Ledger], profiles: Sequence[tuple[Path, Prepared]], conditions: RunConditions
    ) -> Iterator[Claim]:
        """Claim every profile before any page is opened; those that cannot run are refused here and now."""
        for ledger, (profile, prepared) in zip(ledgers, profiles, strict=True):
            job = Job(name_of(profile), prepared.plan, prepared.attachments)
            try:
                claimed = claim(job, conditions, ledger)
            except AutofillError as error:
                self.results.refused(job.profile, error, job.plan.form)
                continue
            self.results.audience.problems(prepared.plan.warnings)
            yield claimed
