"""Rows of a batch become jobs of a queue: each once, with its package in the store, unless it was sent before."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from autofill.cases.ledger.ledger import Ledger
from autofill.cases.model.run_states import BLOCKING, WORDS, Space
from autofill.errors import AlreadySent, AutofillError
from autofill.evidence.archiving.store import Store
from autofill.forms.catalog import Prepared
from autofill.intake.package import pack
from autofill.jobs.batch_outcome import RowOutcome, never_ran, sent_before
from autofill.jobs.batch_rows import Batch, BatchRow
from autofill.jobs.queue import Queue, QueuedInquiry
from autofill.language import _
from autofill.running.claim import keys_of
from autofill.running.job import Job, RunConditions

# What a job came to for which the same command does not put it into the queue again.
_STAYS: Final = {"parked"}


@dataclass(frozen=True, slots=True)
class Enqueueing:
    """The rows of a batch on their way into a queue. Each row's standing goes to `ended`.

    `conditions` are those that the runs will have, `url` is where to practise if that is not each worker's own site.
    """

    batch: Batch
    conditions: RunConditions
    ledger: Ledger
    queue: Queue
    store: Store
    url: str | None
    confirm_live: str | None
    ended: Callable[[RowOutcome], None]

    def run(self) -> None:
        """Put in every row that is not done and not in already.

        Raises:
            DiskTrouble: The database or the store cannot be used; the same command goes on from here.
            InvalidFile: The table cannot be read to its end.
        """
        for row in self.batch.rows():
            try:
                prepared = row.prepare()
            except AutofillError as error:
                self.ended(never_ran(row, error))
                continue
            self.ended(self._standing(row, prepared))

    def _standing(self, row: BatchRow, prepared: Prepared) -> RowOutcome:
        job = Job(row.name, prepared.plan, prepared.attachments)
        self.conditions.check(job.plan)
        keys, _items = keys_of(job, self.conditions, self.ledger)
        space: Space = "live" if self.conditions.target == "live" else "practice"
        known = self.ledger.queue.about(keys[0])
        if known is not None and known.outcome is not None:
            outcome = RowOutcome(**{**json.loads(known.outcome), "row": row.label})
            if outcome.done or outcome.state in _STAYS:
                return outcome
        elif known is not None:
            return RowOutcome(row=row.label, state="waiting")
        latest = self.ledger.queue.latest_attempt(space, keys)
        if latest is not None and latest.state in BLOCKING:
            said = _(WORDS[latest.state])
            error = AlreadySent(latest.run_id, latest.state, latest.case_number, said)
            return sent_before(row, error, Path(self.store.place_of(Path())))
        self._add(row, prepared, keys[0])
        return RowOutcome(row=row.label, state="waiting")

    def _add(self, row: BatchRow, prepared: Prepared, key: str) -> None:
        content = pack(prepared.loaded.source, prepared.attachments)
        digest = sha256(content).hexdigest()
        # What another job of the same inquiry lets go of must not be this one's.
        package = f"packages/{digest}-{secrets.token_hex(4)}"
        self.store.put(package, content)
        inquiry = QueuedInquiry(
            batch=self.batch.name,
            row=row.label,
            name=row.name,
            package=package,
            sha256=digest,
            form=prepared.plan.form,
            form_map_digest=prepared.plan.form_map_digest,
            live=self.conditions.target == "live",
            place=self.conditions.claimed_for,
            url=self.url,
            until=self.conditions.until,
            confirm_live=self.confirm_live,
        )
        if not self.queue.add(inquiry, key):
            self.store.delete(package)
