"""The rows that a worker gets from the queue: each is taken and claimed in one transaction, and ended in another.

A worker that dies is noticed by the others. What it was at before the click goes to another worker; what may have been
sent is never sent again.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from shutil import disk_usage
from socket import gethostname
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Final, TypeVar

from autofill.cases.ledger.ledger import Ledger
from autofill.cases.ledger.owner import HEARTBEAT
from autofill.cases.model.run_states import IN_PROGRESS
from autofill.errors import AlreadySent, AutofillError, DiskTrouble, ExitCode, Misconfigured, SameItem, failure_of
from autofill.events import Verdict
from autofill.evidence.archiving.store import Store
from autofill.evidence.keeping.summary import RunSummary
from autofill.forms.catalog import Prepared, prepare
from autofill.intake.package import unpack
from autofill.jobs.batch_outcome import AFTER_STATES, RowOutcome, came_to, never_ran, sent_before
from autofill.jobs.batch_rows import BatchRow
from autofill.jobs.left_behind import bring_in
from autofill.jobs.queue import Doing, Queue, QueuedInquiry, Turn, Waiting, queue_of
from autofill.jobs.supply import NO_PLACE, TEMPORARY, TRIES, Taken
from autofill.language import _
from autofill.organisations.registry import form_files
from autofill.running.claim import Claim, claim
from autofill.running.job import Job, RunConditions

# Seconds between two looks into an empty queue, and the most between two tries at a database that is gone.
_POLL: Final = 1.0
_LONGEST_PAUSE: Final = 30.0
# What another process has at work, or a site in trouble, is looked at again after so many seconds.
_LATER: Final = 30.0
# A row whose workers die is what they die of.
_DEATHS: Final = 5
# Bytes that a recording may take, and then some.
_ROOM: Final = 64 * 1024**2
_SIGNALLED: Final = {ExitCode.INTERRUPTED, ExitCode.TERMINATED}
_T = TypeVar("_T")


@dataclass(slots=True)
class QueueSupply:
    """The jobs of a queue, until it is told to stop, or until it is empty.

    `conditions` are those of one inquiry's run, and `recordings` is where recordings are made. `troubled` is called
    whenever the database or the store fails.
    """

    queue: Queue
    ledger: Ledger
    store: Store
    conditions: Callable[[QueuedInquiry], RunConditions]
    live: bool
    until_empty: bool
    recordings: Path
    troubled: Callable[[AutofillError], None]
    _jobs: dict[str, tuple[QueuedInquiry, str, int]] = field(default_factory=dict)
    _looked_after: float = float("-inf")

    async def take(self, like: Claim | None) -> Taken | RowOutcome | None:
        """The next row; waits for one, unless it is for a browser that is open already."""
        while True:
            found = await self.persist(lambda: self._take(like))
            if found is not None:
                return found
            if like is not None or (
                self.until_empty and await self.persist(lambda: self.queue.is_empty(live=self.live))
            ):
                return None
            await asyncio.sleep(_POLL)

    async def ended(self, row: BatchRow, summary: RunSummary, *, may_try_again: bool) -> RowOutcome | None:  # noqa: ARG002 - another worker may
        """What a run came to; its recording is in the store by then."""
        outcome = came_to(row, summary)
        if outcome.recording is not None:
            outcome = await asyncio.to_thread(self._kept, outcome)
        return await self.persist(lambda: self._end(row, summary, outcome))

    def give_back(self, taken: Taken) -> None:
        """Put a row back that was taken and not begun."""
        row, claimed = taken
        _inquiry, run_id, _tries = self._jobs.pop(row.label)
        claimed.release()
        with suppress(DiskTrouble), self.queue.ending(int(row.label), run_id) as turn:  # or others notice our end
            if turn is not None:
                turn.try_again()

    async def persist(self, do: Callable[[], _T]) -> _T:
        """Do something with the database until it succeeds; a signal waits until it is known what was done."""
        pause = _POLL
        while True:
            doing = asyncio.ensure_future(asyncio.to_thread(do))
            try:
                return await asyncio.shield(doing)
            except asyncio.CancelledError:
                with suppress(DiskTrouble):
                    found = await doing
                    if isinstance(found, tuple):
                        self.give_back(found)
                raise
            except DiskTrouble as error:
                self.troubled(error)
            await asyncio.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)

    def _take(self, like: Claim | None) -> Taken | RowOutcome | None:
        """Take and claim a row, both or neither."""
        self._look_after()
        forms = [like.job.plan.form] if like else form_files()
        queues = sorted({queue_of(form, live=self.live) for form in forms})
        begun: list[str] = []
        try:
            return self._take_from(queues, begun)
        except DiskTrouble:  # nobody knows whether it was taken; if it was, it is seen to as if we were gone
            for label in begun:
                del self._jobs[label]
            raise

    def _take_from(self, queues: Sequence[str], begun: list[str]) -> Taken | RowOutcome | None:
        with self.queue.taking(queues) as waiting:
            if waiting is None:
                return None
            row = BatchRow(str(waiting.job), waiting.inquiry.name, partial(self._prepared, waiting.inquiry))
            try:
                prepared = row.prepare()
                job = Job(row.name, prepared.plan, prepared.attachments)
                claimed = claim(job, self.conditions(waiting.inquiry), self.ledger)
            except DiskTrouble:  # of the database or the store: nothing was taken
                raise
            except AlreadySent as error:
                return self._refused(waiting, row, error)
            except Exception as error:  # noqa: BLE001 - our own mistake with one row must not decide for all
                return _finished(waiting.turn, waiting.inquiry, never_ran(row, failure_of(error)))
            self.queue.book.begun(waiting.job, claimed.run_id)
            self._jobs[row.label] = waiting.inquiry, claimed.run_id, waiting.tries
            begun.append(row.label)
            return row, claimed

    def _prepared(self, inquiry: QueuedInquiry) -> Prepared:
        """The inquiry as it was checked before it was put into the queue.

        Raises:
            DiskTrouble: The store cannot be used.
            Misconfigured: Its package is gone or another one, or this machine has another form map.
        """
        try:
            content = self.store.get(inquiry.package)
            if sha256(content).hexdigest() != inquiry.sha256:
                raise ValueError
            with TemporaryDirectory(prefix="autofill-") as folder:
                package = unpack(content, Path(folder))
                prepared = prepare(package.source, package.folder, inquiry.form)
        except (FileNotFoundError, ValueError):
            raise Misconfigured(
                _("The package of this inquiry is missing from the store, or was changed there. Nothing was sent."),
                hint=_("Queue it again."),
            ) from None
        if prepared.plan.form_map_digest != inquiry.form_map_digest:
            raise Misconfigured(
                _(
                    "The form map {form} on this computer differs from the one that the inquiry was checked with."
                ).format(form=inquiry.form),
                hint=_("Install the same version and the same form maps on all computers: autofill forms add"),
            )
        return prepared

    def _refused(self, waiting: Waiting, row: BatchRow, error: AlreadySent) -> RowOutcome | None:
        """What a row came to that another run has, or had; none if that run is still at work."""
        if self.ledger.row(error.first).state in IN_PROGRESS:
            waiting.turn.try_again(_LATER)
            return None
        same = isinstance(error, SameItem)
        outcome = never_ran(row, error) if same else sent_before(row, error, Path(self.store.place_of(Path())))
        return _finished(waiting.turn, waiting.inquiry, outcome)

    def _kept(self, outcome: RowOutcome) -> RowOutcome:
        """The outcome, with its recording in the store; where the store refuses, it waits here, and that is said."""
        recording = Path(outcome.recording or "")
        try:
            return replace(outcome, recording=self.store.keep(recording))
        except (DiskTrouble, OSError) as error:
            self.troubled(failure_of(error))
            words = _("The recording stays on {host} until the store accepts it.").format(host=gethostname())
            note = f"{outcome.note} {words}".strip()
            return replace(outcome, recording=self.store.place_of(recording), note=note)

    def _end(self, row: BatchRow, summary: RunSummary, outcome: RowOutcome) -> RowOutcome | None:
        """Settle the run, if the ledger could not be reached before, and end its job, both or neither."""
        inquiry, run_id, tries = self._jobs[row.label]
        again = summary.retry_safe and _passes(summary.exit_code, tries)
        with self.queue.ending(int(row.label), run_id) as turn:
            if turn is not None:
                try:
                    self.ledger.settle(run_id, summary.verdict, summary.case_number)
                except AlreadySent as error:  # the ledger gave this run up while it was out of reach
                    outcome = sent_before(row, error, Path(self.store.place_of(Path())))
                    again = False
                if outcome.exit_code in NO_PLACE and not summary.retry_safe:
                    outcome = replace(outcome, exit_code=0 if outcome.done else ExitCode.UNKNOWN)
                if again:
                    turn.try_again(0.0 if summary.exit_code in _SIGNALLED else max(_LATER, summary.retry_after))
                else:
                    outcome = _finished(turn, inquiry, outcome)
        del self._jobs[row.label]
        if not again:
            self._let_go(inquiry)
        return None if again and not self.is_over(summary.exit_code) else outcome

    def is_over(self, code: int) -> bool:
        """Whether this machine cannot go on, and not only the database could not be reached for a while."""
        full = code == ExitCode.DISK and disk_usage(self.recordings).free < _ROOM
        return full or code == ExitCode.CANNOT_RECORD

    def _let_go(self, inquiry: QueuedInquiry) -> None:
        """The package of an inquiry that is over is not needed any more."""
        with suppress(DiskTrouble):  # it is in nobody's way
            self.store.delete(inquiry.package)

    def _look_after(self) -> None:
        """Now and then, see to what nobody is at any more, and bring in recordings that were left behind."""
        if monotonic() - self._looked_after < HEARTBEAT.total_seconds():
            return
        self._looked_after = monotonic()
        held = set(self._jobs)
        with self.queue.recovering() as doing:
            for each in doing:
                # Neither before we looked nor since: it was taken when nobody knew.
                lost = each.worker == self.queue.worker and str(each.turn.job) not in held | set(self._jobs)
                if each.gone or lost:
                    self._abandoned(each, lost=lost)
        with suppress(DiskTrouble):  # the store is down: later
            at_work = {run_id for _inquiry, run_id, _tries in tuple(self._jobs.values())}
            bring_in(self.recordings, self.ledger, self.store, at_work=at_work)

    def _abandoned(self, doing: Doing, *, lost: bool) -> None:
        """End a job whose worker is gone as the ledger knows its run, or have it tried again if nothing was sent."""
        queued = self.queue.book.of(doing.turn.job)
        run = self.queue.book.run_of(queued)
        if run is not None and run.state in IN_PROGRESS:
            if not lost:  # its lease goes on
                return
            self.ledger.settle(run.run_id, Verdict.NOT_SUBMITTED)
        if run is None or not (run.is_sent or doing.tries >= _DEATHS):
            doing.turn.try_again()
            return
        outcome = RowOutcome(
            row=queued.label,
            state=AFTER_STATES[run.state][0] if run.is_sent else "failed",
            verdict=run.state,
            case_number=run.case_number,
            recording=self.store.place_of(Path(run.run_id)),
            exit_code=AFTER_STATES[run.state][1] if run.is_sent else ExitCode.OUR_BUG,
            note=_("Its worker crashed."),
        )
        doing.turn.finish(json.dumps(asdict(outcome)), done=outcome.done)


def _finished(turn: Turn, inquiry: QueuedInquiry, outcome: RowOutcome) -> RowOutcome:
    """End a job with an outcome, by the name of its row there and of its table and row here."""
    turn.finish(json.dumps(asdict(replace(outcome, row=inquiry.row))), done=outcome.done)
    return replace(outcome, row=inquiry.name)


def _passes(code: int, tries: int) -> bool:
    """Whether a run that sent nothing is tried again: here or elsewhere, now or later."""
    return code in _SIGNALLED or code in NO_PLACE or (code in TEMPORARY and tries + 1 < TRIES)
