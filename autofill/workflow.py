"""The one composition of a run: claim, open, replay, record, judge, settle, seal. Prints nothing, parses no arguments.

The only module that knows all rooms from `forms` to `cases`; each of them stays a stranger to the others.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from loguru import logger
from playwright.async_api import Browser, Page

from autofill import __version__
from autofill.claim import Claim
from autofill.errors import AutofillError, DiskTrouble, ExitCode, OurBug, PersonNeeded, Stopped
from autofill.events import AboutToSubmit, Event, PersonWanted
from autofill.evidence.archiving.age import Recipients
from autofill.evidence.keeping.debug import make_private, traced
from autofill.evidence.keeping.folder import RecordingFolder
from autofill.evidence.keeping.log import REDACTOR, logged_to
from autofill.evidence.keeping.personal import PlannedValue, planned_values
from autofill.evidence.keeping.summary import RunSummary
from autofill.evidence.recorder import Recorder
from autofill.language import _
from autofill.outcome import Job, never_begun, summary_of
from autofill.replay.browser import fresh_page
from autofill.replay.login import Access, Credentials
from autofill.replay.obstacles import origin_of
from autofill.replay.runner import Replay

Listener = Callable[[Event], None]
Finish = Callable[[], RunSummary]
# After the submit click a signal leaves the run this many seconds to see the outcome.
_LAST_WORDS = 10.0


async def run(claimed: Claim, browser: Browser, listener: Listener) -> Finish:
    """Do one job, and come back as soon as the browser is no longer needed.

    What comes back writes the report, seals the recording and gives the summary; it blocks, and always has to be
    called. Whatever goes wrong stands in the summary.
    """
    job, conditions, started = claimed.job, claimed.conditions, datetime.now(UTC)
    try:
        folder = RecordingFolder.create(conditions.recordings, claimed.run_id)
        recorder = Recorder(folder, claimed.run_id, conditions.patience.picture, _planned(job))
    except AutofillError as error:
        claimed.release()
        return partial(never_begun, job.profile, job.plan.form, conditions.target, error)
    failure = await _replay(claimed, browser, recorder, listener)
    summary = claimed.settle(summary_of(job, conditions, recorder, failure, started))
    return partial(_finish, recorder, summary, claimed)


def _planned(job: Job) -> tuple[PlannedValue, ...]:
    """What the run types and chooses, as the recorder has to know it."""
    return tuple(
        value
        for entry in job.plan.entries
        for value in planned_values(entry.control.value, entry.control.name, entry.control.kind, entry.text)
    )


def _finish(recorder: Recorder, summary: RunSummary, claimed: Claim) -> RunSummary:
    encrypt_to = claimed.conditions.encrypt_to
    try:
        sealed = recorder.finish(summary, claimed.predecessor)
    except DiskTrouble as error:
        code = error.exit_code if summary.submitted == "no" else ExitCode.EVIDENCE_INCOMPLETE
        return summary.model_copy(update={"exit_code": code, "faults": (*summary.faults, str(error))})
    faults = (*summary.faults, *sealed.faults)
    summary = summary.model_copy(
        update={"sealed": True, "signed": sealed.signed, "stamped": sealed.stamped, "faults": faults}
    )
    return _encrypted(recorder.folder.path, summary, encrypt_to) if encrypt_to else summary


def _encrypted(recording: Path, summary: RunSummary, encrypt_to: Recipients) -> RunSummary:
    """Whatever goes wrong here, what the run came to stays true, and so does its folder; it is only told."""
    from autofill.evidence.archiving.encryption import encrypt  # noqa: PLC0415 - few ask for it

    try:
        archive = encrypt(recording, encrypt_to)
    except Exception as error:  # noqa: BLE001
        why = error if isinstance(error, AutofillError) else OurBug.of(error)
        said = _("encryption pending: {why} Later: autofill encrypt {recording}").format(why=why, recording=recording)
        return summary.model_copy(update={"faults": (*summary.faults, said)})
    return summary.model_copy(update={"recording": str(archive)})


async def _replay(claimed: Claim, browser: Browser, recorder: Recorder, listener: Listener) -> AutofillError | None:
    """Replay under the recorder's eyes; what ended the run early comes back, once its picture is taken."""
    job, conditions = claimed.job, claimed.conditions
    REDACTOR.learn(value.text for value in recorder.planned if value.personal)
    log = logger.bind(run=claimed.run_id)
    try:
        with logged_to(recorder.folder.path / "data" / "log.jsonl", claimed.run_id):
            log.info(f"autofill {__version__}, plan {job.plan.digest}, form map {job.plan.form_map_digest}")
            debug = conditions.debug.folder(recorder.folder)
            async with (
                fresh_page(
                    browser, headless=conditions.headless, video=debug if conditions.debug.video else None
                ) as page,
                traced(page, debug if conditions.debug.trace else None, recorder.on),
            ):
                recorder.watch(page)
                for attachment in job.attachments:
                    recorder.keep_attachment(attachment.kept_name, attachment.data)
                failure = await _watched(claimed, page, recorder, listener)
            if debug is not None:
                make_private(debug)
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
        _access(claimed, recorder),
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


def _access(claimed: Claim, recorder: Recorder) -> Access:
    """What is kept for the form's login; before it is used, log and recording learn what they must not show."""
    job, conditions = claimed.job, claimed.conditions
    login = job.plan.login
    if login is None or conditions.access is None:
        return Access()
    kept = conditions.access(origin_of(conditions.start_url(job.plan)))

    async def credentials() -> Credentials | None:
        found = await kept.credentials() if kept.credentials else None
        if found is not None:
            REDACTOR.learn((found.password, found.account))
            recorder.planned += (PlannedValue("login.account", login.account, "text", found.account),)
        return found

    return replace(kept, credentials=credentials)


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
        raise PersonNeeded(_("Sending was not confirmed. Nothing was sent."), hint=_("Run again when you are sure."))
