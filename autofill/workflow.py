"""The one composition of a run: open, replay, record, judge, seal. Prints nothing, parses no arguments.

The only module that knows all rooms from `inquiry` to `evidence`; each of them stays a stranger to the others.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from playwright.async_api import Browser

from autofill import __version__
from autofill.errors import AutofillError, DiskTrouble, ExitCode, FormChanged, Stopped
from autofill.events import Event, Verdict
from autofill.evidence.folder import RecordingFolder, new_run_id
from autofill.evidence.recorder import Recorder
from autofill.evidence.summary import RunSummary, Target, exit_code, retry_safe, submitted
from autofill.forms.plan import Plan
from autofill.replay.browser import fresh_page
from autofill.replay.runner import Replay

Listener = Callable[[Event], None]
# After the submit click a signal leaves the run this many seconds to see the outcome.
_LAST_WORDS = 10.0


@dataclass(frozen=True, slots=True)
class Job:
    """One inquiry, ready to run: its plan, and the profile's name for people."""

    profile: str
    plan: Plan


@dataclass(frozen=True, slots=True)
class Conditions:
    """What all runs of one command share. `base_url` (scheme and host) takes the place of the form map's own."""

    recordings: Path
    base_url: str
    target: Target = "replica"
    until_review: bool = False
    headless: bool = True

    @property
    def origins(self) -> frozenset[str]:
        """Where the page may be."""
        address = urlsplit(self.base_url)
        return frozenset({f"{address.scheme}://{address.netloc}"})


Finish = Callable[[], RunSummary]


async def run(job: Job, conditions: Conditions, browser: Browser, listener: Listener) -> Finish:
    """Do one job, and come back as soon as the browser is no longer needed.

    What comes back writes the report, seals the recording and gives the summary; it blocks, and always has to be
    called. Whatever goes wrong stands in the summary.
    """
    started = datetime.now(UTC)
    run_id = new_run_id(started, job.plan.topic)
    try:
        recorder = Recorder(RecordingFolder.create(conditions.recordings, run_id), run_id)
    except AutofillError as error:
        return partial(never_begun, job.profile, job.plan.form, conditions.target, error)
    failure = await _replay(job, conditions, browser, recorder, listener)
    return partial(_finish, recorder, _summary(job, conditions, recorder, failure, started))


def _finish(recorder: Recorder, summary: RunSummary) -> RunSummary:
    try:
        recorder.finish(summary)
    except DiskTrouble as error:
        code = error.exit_code if summary.submitted == "no" else ExitCode.EVIDENCE_INCOMPLETE
        return summary.model_copy(update={"exit_code": code, "faults": (*summary.faults, str(error))})
    return summary.model_copy(update={"sealed": True})


def never_begun(profile: str, form: str, target: Target, error: AutofillError) -> RunSummary:
    """The summary of a run that ended before it had a recording."""
    return RunSummary(
        profile=profile, form=form, target=target, exit_code=error.exit_code, error=str(error), next=error.hint
    )


async def _replay(
    job: Job, conditions: Conditions, browser: Browser, recorder: Recorder, listener: Listener
) -> AutofillError | None:
    """Replay under the recorder's eyes; what ended the run early comes back, once its picture is taken."""
    try:
        async with fresh_page(browser, headless=conditions.headless) as page:
            recorder.watch(page)
            address = start_url(job.plan, conditions.base_url)
            replay = Replay(job.plan, page, address, conditions.origins, conditions.until_review)
            try:
                await _until_done(replay, recorder, listener)
            except AutofillError as error:
                await recorder.stopped(str(error))
                return error
            except asyncio.CancelledError as cancelled:
                stopped = Stopped.by(cancelled)
                await recorder.stopped(str(stopped))
                return stopped
    except AutofillError as error:
        return error
    return None


async def _until_done(replay: Replay, recorder: Recorder, listener: Listener) -> None:
    """Hand every event to whom it concerns. A signal ends this at once before the click, and soon after it."""

    async def listen() -> None:
        async for event in replay.events():
            await recorder.on(event)
            listener(event)

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


def start_url(plan: Plan, base_url: str) -> str:
    """The address a run opens: the form map's path on another origin, or `base_url` as it is if it has a path."""
    own = urlsplit(base_url)
    return base_url if own.path not in {"", "/"} else f"{own.scheme}://{own.netloc}{urlsplit(plan.start_url).path}"


def _summary(
    job: Job, conditions: Conditions, recorder: Recorder, failure: AutofillError | None, started: datetime
) -> RunSummary:
    reached = recorder.verdict
    if reached is not None:
        verdict = reached.verdict
    else:
        verdict = Verdict.UNKNOWN if recorder.submit_begun else Verdict.NOT_SUBMITTED
    if verdict is Verdict.NOT_SUBMITTED and recorder.submit_begun:
        failure = FormChanged("The submit button was pressed, and the page sent nothing.", hint="Run again.")
    code = exit_code(verdict, evidence_complete=recorder.complete)
    if failure is not None and verdict is Verdict.NOT_SUBMITTED:
        code = failure.exit_code
    return RunSummary(
        run_id=recorder.run_id,
        profile=job.profile,
        form=job.plan.form,
        target=conditions.target,
        verdict=verdict,
        submitted=submitted(verdict),
        case_number=reached.case_number if reached else None,
        retry_safe=verdict is Verdict.NOT_SUBMITTED or retry_safe(code),
        exit_code=code,
        recording=str(recorder.folder.path),
        steps=recorder.steps,
        faults=tuple(recorder.faults),
        next=_next(verdict, failure, conditions),
        error=str(failure) if failure else None,
        stopped_at=recorder.at_step if failure else None,
        messages=reached.messages if reached else (),
        topic=job.plan.topic,
        started=started,
        finished=datetime.now(UTC),
        browser=recorder.browser,
        autofill=__version__,
        form_map_digest=job.plan.form_map_digest,
        plan_digest=job.plan.digest,
    )


def _next(verdict: Verdict, failure: AutofillError | None, conditions: Conditions) -> str:
    """The next sensible thing to do."""
    match verdict:
        case Verdict.CONFIRMED if conditions.target == "replica":
            return "This was practice: nothing left this machine. Look through it: autofill review"
        case Verdict.CONFIRMED | Verdict.CONFIRMED_NO_CASE:
            return "Keep the recording, and wait for the confirmation mail."
        case Verdict.REJECTED:
            return "Mend what the form complains about in the profile, then run again."
        case Verdict.UNKNOWN:
            return "Do not send again. Look at the recording and wait for a confirmation mail."
        case Verdict.NOT_SUBMITTED:
            return failure.hint if failure else "Look at the review page in the recording."
