"""The one composition of a run: claim, open, replay, record, judge, settle, seal. Prints nothing, parses no arguments.

The only module that knows all rooms from `forms` to `cases`; each of them stays a stranger to the others.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from math import inf

from loguru import logger
from playwright.async_api import Browser, Page

from autofill import __version__
from autofill.cases.ledger import Ledger
from autofill.cases.states import State
from autofill.cases.tables import Space
from autofill.errors import AutofillError, DiskTrouble, ExitCode, OurBug, PersonNeeded, Stopped
from autofill.events import AboutToSubmit, Event, PersonWanted, Verdict
from autofill.evidence.folder import RecordingFolder, new_run_id
from autofill.evidence.log import REDACTOR, logged_to
from autofill.evidence.recorder import Recorder
from autofill.evidence.summary import RunSummary
from autofill.forms.form_map import TYPED
from autofill.outcome import Conditions, Job, never_begun, summary_of
from autofill.replay.browser import fresh_page
from autofill.replay.runner import Replay

Listener = Callable[[Event], None]
Finish = Callable[[], RunSummary]
# After the submit click a signal leaves the run this many seconds to see the outcome.
_LAST_WORDS = 10.0


@dataclass(slots=True)
class Claim:
    """One job's place in the ledger: nobody else can be at the same inquiry while it lasts."""

    job: Job
    conditions: Conditions
    ledger: Ledger
    run_id: str

    @property
    def space(self) -> Space:
        """Practice never stands in the way of the real thing."""
        return "live" if self.conditions.target == "live" else "practice"

    def pause(self) -> float:
        """Seconds to wait before this run may begin: the real form is used no oftener than its map says."""
        plan = self.job.plan
        rows = () if self.space == "practice" else self.ledger.rows()
        ended = [
            row.changed_at
            for row in rows
            if (row.space, row.form) == ("live", plan.form) and row.state is not State.PREPARED
        ]
        since = (datetime.now(UTC) - max(ended)).total_seconds() if ended else inf
        return min(max(0.0, plan.seconds_between_runs - since), plan.seconds_between_runs)

    def before_click(self) -> None:
        """Committed when this returns; only then may the button be pressed."""
        self.ledger.filled(self.run_id)
        self.ledger.submitting(self.run_id)

    def release(self) -> None:
        """The run ends before it began."""
        with suppress(AutofillError):  # the next start sees that its owner is gone, and releases it
            self.ledger.settle(self.run_id, Verdict.NOT_SUBMITTED)

    def settle(self, summary: RunSummary) -> RunSummary:
        """Write the verdict down; a ledger that fails now leaves the run to be called unknown at the next start."""
        try:
            self.ledger.settle(self.run_id, summary.verdict, summary.case_number)
        except AutofillError as error:
            code = ExitCode.EVIDENCE_INCOMPLETE if summary.submitted != "no" else error.exit_code
            return summary.model_copy(update={"exit_code": code, "faults": (*summary.faults, f"ledger: {error}")})
        return summary

    def known_cases(self) -> frozenset[str]:
        """Case numbers of earlier runs with this form."""
        form, rows = self.job.plan.form, self.ledger.rows()
        return frozenset(
            row.case_number for row in rows if row.case_number and (row.form, row.space) == (form, self.space)
        )


def claim(job: Job, conditions: Conditions, ledger: Ledger) -> Claim:
    """Claim an inquiry, before any browser starts.

    Raises:
        AlreadySent: it was sent, may have been, or somebody is at it.
        DiskTrouble: the ledger cannot be written.
    """
    taken = Claim(job, conditions, ledger, new_run_id(datetime.now(UTC), job.plan.topic))
    fields = {entry.control.value: entry.text for entry in job.plan.entries}
    fields["attachments"] = "\n".join(attachment.kept_name for attachment in job.attachments)
    key = ledger.key(job.plan.form, conditions.place(job.plan), fields)
    ledger.prepare(taken.run_id, key, space=taken.space, form=job.plan.form, again_because=conditions.again_because)
    return taken


async def run(claimed: Claim, browser: Browser, listener: Listener) -> Finish:
    """Do one job, and come back as soon as the browser is no longer needed.

    What comes back writes the report, seals the recording and gives the summary; it blocks, and always has to be
    called. Whatever goes wrong stands in the summary.
    """
    job, conditions, started = claimed.job, claimed.conditions, datetime.now(UTC)
    try:
        folder = RecordingFolder.create(conditions.recordings, claimed.run_id)
        recorder = Recorder(folder, claimed.run_id, conditions.patience.picture)
    except AutofillError as error:
        claimed.release()
        return partial(never_begun, job.profile, job.plan.form, conditions.target, error)
    failure = await _replay(claimed, browser, recorder, listener)
    summary = claimed.settle(summary_of(job, conditions, recorder, failure, started))
    return partial(_finish, recorder, summary)


def _finish(recorder: Recorder, summary: RunSummary) -> RunSummary:
    try:
        recorder.finish(summary)
    except DiskTrouble as error:
        code = error.exit_code if summary.submitted == "no" else ExitCode.EVIDENCE_INCOMPLETE
        return summary.model_copy(update={"exit_code": code, "faults": (*summary.faults, str(error))})
    return summary.model_copy(update={"sealed": True})


async def _replay(claimed: Claim, browser: Browser, recorder: Recorder, listener: Listener) -> AutofillError | None:
    """Replay under the recorder's eyes; what ended the run early comes back, once its picture is taken."""
    job = claimed.job
    REDACTOR.learn(entry.text for entry in job.plan.entries if entry.control.kind in TYPED)
    log = logger.bind(run=claimed.run_id)
    try:
        with logged_to(recorder.folder.path / "data" / "log.jsonl", claimed.run_id):
            log.info(f"autofill {__version__}, plan {job.plan.digest}, form map {job.plan.form_map_digest}")
            async with fresh_page(browser, headless=claimed.conditions.headless) as page:
                recorder.watch(page)
                for attachment in job.attachments:
                    recorder.keep_attachment(attachment.kept_name, attachment.data)
                failure = await _watched(claimed, page, recorder, listener)
            log.info(f"ended: {failure or 'as planned'}")
            return failure
    except AutofillError as error:
        return error


async def _watched(claimed: Claim, page: Page, recorder: Recorder, listener: Listener) -> AutofillError | None:
    """The replay itself; whatever stops it is pictured and comes back."""
    job, conditions = claimed.job, claimed.conditions

    async def ask_person(why: str) -> None:
        wanted = PersonWanted(why)
        await recorder.on(wanted)
        listener(wanted)
        if conditions.ask_person is not None:
            await conditions.ask_person(why)

    replay = Replay(
        job.plan,
        page,
        conditions.start_url(job.plan),
        conditions.origins(job.plan),
        conditions.until_review,
        ask_person if conditions.ask_person else None,
        claimed.known_cases(),
        conditions.patience,
        {attachment.path: attachment.data for attachment in job.attachments},
    )
    failure: AutofillError
    try:
        await _until_done(claimed, replay, recorder, listener)
    except AutofillError as error:
        failure = error
    except asyncio.CancelledError as cancelled:
        failure = Stopped.by(cancelled)
    except Exception as error:  # noqa: BLE001 - even our own mistake must leave a recording and a settled claim
        failure = OurBug.of(error)
    else:
        return None
    await recorder.stopped(str(failure))
    return failure


async def _until_done(claimed: Claim, replay: Replay, recorder: Recorder, listener: Listener) -> None:
    """Hand every event to whom it concerns. A signal ends this at once before the click, and soon after it."""
    log = logger.bind(run=claimed.run_id)

    async def listen() -> None:
        async for event in replay.events():
            listener(event)
            if isinstance(event, AboutToSubmit):
                await _confirmed(claimed)
            await recorder.on(event)
            log.debug(type(event).__name__)
            if isinstance(event, AboutToSubmit):
                claimed.before_click()
                recorder.submit_begins()

    listening = asyncio.create_task(listen())
    try:
        await asyncio.shield(listening)
    except asyncio.CancelledError:
        if recorder.submit_begun:
            await asyncio.wait({listening}, timeout=_LAST_WORDS)
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
        if recorder.verdict is None:
            raise


async def _confirmed(claimed: Claim) -> None:
    """The filled live form is sent only when a person says so."""
    conditions = claimed.conditions
    if conditions.target == "live" and not (
        conditions.confirm and await conditions.confirm(conditions.place(claimed.job.plan))
    ):
        raise PersonNeeded("Sending was not confirmed. Nothing was sent.", hint="Run again when you are sure.")
