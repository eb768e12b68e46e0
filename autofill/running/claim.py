"""One job's place in the ledger, from before a page is opened until its verdict. Knows neither page nor event."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from autofill.cases.ledger.ledger import Ledger
from autofill.cases.model.run_states import Space
from autofill.errors import AutofillError
from autofill.events import Verdict
from autofill.evidence.keeping.folder import new_run_id
from autofill.evidence.keeping.summary import RunSummary
from autofill.evidence.sealing.seal import seal_hash_if_any
from autofill.inquiry.fields import content_of
from autofill.organisations.registry import organisation_of_form
from autofill.running.job import Job, RunConditions


@dataclass(slots=True)
class Claim:
    """One job's place in the ledger: nobody else can be at the same inquiry while it lasts."""

    job: Job
    conditions: RunConditions
    ledger: Ledger
    run_id: str
    follows: str | None = None

    @property
    def predecessor(self) -> str | None:
        """The seal of the recording that this run's recording comes after, if it is there."""
        return seal_hash_if_any(self.conditions.recordings / self.follows) if self.follows else None

    @property
    def space(self) -> Space:
        """Practice never stands in the way of the real thing."""
        return "live" if self.conditions.target == "live" else "practice"

    def before_click(self) -> None:
        """Committed when this returns; only then may the button be pressed."""
        self.ledger.filled(self.run_id)
        self.ledger.submitting(self.run_id)

    def release(self) -> None:
        """The run ends before it began."""
        with suppress(AutofillError):  # the next start sees that its owner is gone, and releases it
            self.ledger.settle(self.run_id, Verdict.NOT_SUBMITTED)

    def settle(self, summary: RunSummary) -> None:
        """Write the verdict down; a ledger that fails now leaves the run to be called unknown at the next start.

        Raises:
            AlreadySent, DiskTrouble: it cannot be written down.
        """
        self.ledger.settle(self.run_id, summary.verdict, summary.case_number)

    def is_known(self, number: str) -> bool:
        """Whether an earlier run with this form got this case number, or its case was given it since."""
        return self.ledger.cases.is_known_number(self.space, self.job.plan.form, number)


def claim(job: Job, conditions: RunConditions, ledger: Ledger) -> Claim:
    """Claim an inquiry, before any page is opened.

    Raises:
        Misconfigured: this plan may not be run like that.
        AlreadySent: it was sent, may have been, or somebody is at it; or an answer about the same item may still come.
        DiskTrouble: the ledger cannot be written.
        InvalidFile: the organisation's data are wrong.
    """
    conditions.check(job.plan)
    taken = Claim(job, conditions, ledger, new_run_id(datetime.now(UTC), job.plan.topic))
    (key, *older), item_keys = keys_of(job, conditions, ledger)
    taken.follows = ledger.prepare(
        taken.run_id,
        key,
        older_keys=tuple(older),
        item_keys=item_keys,
        space=taken.space,
        form=job.plan.form,
        again_because=conditions.again_because,
        previous_case=content_of(job.plan.fields).get("previous_case"),
    )
    return taken


def keys_of(job: Job, conditions: RunConditions, ledger: Ledger) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The keys by which a ledger knows an inquiry, today's first, and those of what it is about.

    Raises:
        DiskTrouble: The ledger cannot be read.
        InvalidFile: The organisation's data are wrong.
    """
    # The inquiry's own words, not the site's: a form map that follows the form must not free what was sent.
    files = "\n".join(sorted(attachment.fingerprint for attachment in job.attachments))
    form, place = job.plan.form, conditions.place(job.plan)
    item = organisation_of_form(form).item_in(job.plan.fields)
    own = ledger.keys(form, place, {**content_of(job.plan.fields), "attachments": files})
    return own, ledger.keys(form, place, item) if item else ()
