"""Composition of a run: claim, open, replay, record, judge, settle, seal."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import aclosing, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from playwright.async_api import Browser, Page

from autofill import __version__
from autofill.errors import AutofillError, ExitCode, PersonNeeded, Stopped, failure_of
from autofill.events import AboutToSubmit, Event, PersonWanted
from autofill.evidence.archiving.age import Recipients
from autofill.evidence.keeping.debug import make_private, traced
from autofill.evidence.keeping.folder import RecordingFolder
from autofill.evidence.keeping.inquiry_copy import InquiryCopy
from autofill.evidence.keeping.log import LOG, REDACTOR, logged_to
from autofill.evidence.keeping.personal import PlannedValue, planned_values, unasked_values
from autofill.evidence.keeping.summary import RunSummary, exit_code
from autofill.evidence.recorder import Recorder
from autofill.language import _
from autofill.page.address import origin_of
from autofill.page.browser import fresh_page
from autofill.replay.login import Access, Credentials
from autofill.replay.runner import Replay
from autofill.running.claim import Claim
from autofill.running.form_watch import FormWatch
from autofill.running.job import Job
from autofill.running.summary import never_begun, summary_of
from autofill.running.watching import keep_seen, watch_over

Listener = Callable[[Event], None]
Finish = Callable[[], RunSummary]
# After the submit click a signal leaves the run this many seconds to see the outcome.
_GRACE_PERIOD = 10.0


@dataclass(slots=True)
class Run:
    """One run, in two parts: `replay` needs the browser, `finish` does not, and always has to be called.

    Whatever is raised on the way stands in the summary. It does not decide what the run came to: that follows from
    what the recorder kept, and the first failure only says why there is no more of it.
    """

    claimed: Claim
    listener: Listener
    _started: datetime = field(default_factory=lambda: datetime.now(UTC))
    _recorder: Recorder | None = None
    _failure: AutofillError | None = None
    _over: bool = False
    _settled: RunSummary | None = None
    _watch: FormWatch | None = None

    async def replay(self, browser: Browser) -> Finish:
        """Come back as soon as the browser is no longer needed, with `finish`; then the ledger knows the verdict.

        A signal cancels this: at once before the submit click, soon after it. What is over is closed in peace.
        """
        try:
            await self._until_signal(asyncio.create_task(self._play(browser)))
        except (Exception, asyncio.CancelledError) as error:  # noqa: BLE001 - even our own mistake must be settled
            self._failure = self._failure or failure_of(error)
        self._settle()
        return self.finish

    def finish(self) -> RunSummary:
        """Write the report, seal the recording, and give the summary; this blocks."""
        summary = self.standing(Stopped(ExitCode.INTERRUPTED))
        try:
            return self._sealed(self._recorder, summary) if self._recorder else summary
        except Exception as error:  # noqa: BLE001 - what became of the inquiry must be said all the same
            return _with_failure(summary, failure_of(error))

    def _sealed(self, recorder: Recorder, summary: RunSummary) -> RunSummary:
        if self._watch is not None:
            summary = keep_seen(self._watch, self.claimed, recorder, summary)
        sealed = recorder.finish(summary, self.claimed.predecessor)
        faults = (*summary.faults, *sealed.faults)
        summary = summary.model_copy(
            update={"sealed": True, "signed": sealed.signed, "stamped": sealed.stamped, "faults": faults}
        )
        encrypt_to = self.claimed.conditions.encrypt_to
        return _encrypted(recorder.folder.path, summary, encrypt_to) if encrypt_to else summary

    def standing(self, stopped: Stopped) -> RunSummary:
        """What the run has come to by now: as it was settled, or as it stands if a signal ends it here."""
        return self._settled or self._summary(self._failure or stopped)

    def _summary(self, failure: AutofillError | None) -> RunSummary:
        job, conditions = self.claimed.job, self.claimed.conditions
        if self._recorder is None:
            assert failure is not None
            return never_begun(job.profile, job.plan.form, conditions.target, failure)
        return summary_of(job, conditions, recorder=self._recorder, failure=failure, started=self._started)

    def _settle(self) -> None:
        """Write the verdict into the ledger; doing it again is harmless, and the summary is newer."""
        summary = self._summary(self._failure)
        try:
            self.claimed.settle(summary)
        except Exception as error:  # noqa: BLE001 - as in `finish`
            summary = _with_failure(summary, failure_of(error))
        self._settled = summary

    async def _until_signal(self, playing: asyncio.Task[None]) -> None:
        try:
            await asyncio.shield(playing)
        except asyncio.CancelledError as signal:
            if self._recorder is not None and self._recorder.submit_begun:
                await asyncio.wait({playing}, timeout=_GRACE_PERIOD)
            if not self._over:
                playing.cancel(*signal.args)
            await playing

    async def _play(self, browser: Browser) -> None:
        """Open a page, replay under the recorder's eyes, and close the page."""
        claimed, job, conditions = self.claimed, self.claimed.job, self.claimed.conditions
        folder = RecordingFolder.create(conditions.recordings, claimed.run_id)
        recorder = self._recorder = Recorder(
            folder,
            claimed.run_id,
            conditions.patience.picture,
            _planned(job),
            left=tuple(PlannedValue(each.value, each.name, each.kind, "") for each in job.plan.left),
            behind_login=job.plan.login is not None,
        )
        REDACTOR.learn(value.text for value in recorder.planned if value.personal)
        log = LOG.bind(run=claimed.run_id)
        with logged_to(folder.path / "data" / "log.jsonl", claimed.run_id):
            log.info(f"autofill {__version__}, plan {job.plan.digest}, form map {job.plan.form_map_digest}")
            recorder.keep_inquiry(_copy(job), job.attachments)
            debug = conditions.debug.folder(folder)
            async with (
                fresh_page(
                    browser, headless=conditions.headless, video=debug if conditions.debug.video else None
                ) as page,
                traced(page, debug if conditions.debug.trace else None, recorder.on),
            ):
                recorder.watch(page)
                self._watch = await watch_over(claimed, page, recorder, self.listener)
                await self._watched(self._replay_on(page, recorder, self._watch), recorder)
            if debug is not None:
                make_private(debug)
            log.info(f"ended: {self._failure or 'as planned'}")

    def _replay_on(self, page: Page, recorder: Recorder, watch: FormWatch) -> Replay:
        claimed, job, conditions = self.claimed, self.claimed.job, self.claimed.conditions

        async def ask_person(why: str) -> None:
            wanted = PersonWanted(why)
            await recorder.on(wanted)
            self.listener(wanted)
            if conditions.ask_person is not None:
                await conditions.ask_person(why)

        return Replay(
            plan=job.plan,
            page=page,
            start_url=conditions.start_url(job.plan),
            origins=conditions.origins(job.plan),
            until=conditions.until,
            ask_person=ask_person if conditions.ask_person else None,
            is_known_case=claimed.is_known,
            patience=conditions.patience,
            files={attachment.path: attachment.data for attachment in job.attachments},
            access=_access(claimed, recorder),
            on_leak=lambda: _leaked(claimed, recorder),
            adapt=watch.adapt,
        )

    async def _watched(self, replay: Replay, recorder: Recorder) -> None:
        """The replay itself; what may have been sent is settled before anything is closed, and the end is pictured."""
        try:
            await self._until_done(replay, recorder)
        except (Exception, asyncio.CancelledError) as error:  # noqa: BLE001 - as in `replay`
            if recorder.verdict is None or isinstance(error, Exception):  # a signal takes no verdict back
                self._failure = failure_of(error)
        self._over = True
        # What says that nothing was sent has to wait until the page, which may still send, is closed.
        if not self._summary(self._failure).retry_safe:
            self._settle()
        if self._failure is not None:
            await recorder.stopped(str(self._failure))

    async def _until_done(self, replay: Replay, recorder: Recorder) -> None:
        """Hand every event to whom it concerns."""
        log = LOG.bind(run=self.claimed.run_id)
        async with aclosing(replay.events()) as events:
            async for event in events:
                await recorder.kept()
                self.listener(event)
                if isinstance(event, AboutToSubmit):
                    await _confirmed(self.claimed, replay)
                await recorder.see(event)
                log.debug(type(event).__name__)
                if isinstance(event, AboutToSubmit):
                    _submit_begins(self.claimed, recorder)


def _leaked(claimed: Claim, recorder: Recorder) -> None:
    """It may have left, before the click or when all seemed over.

    Called from inside the browser's library: what is raised there comes out of its next call, in whatever run.
    """
    with suppress(AutofillError):  # a ledger that fails now is told when the run is settled
        _submit_begins(claimed, recorder)
    recorder.submit_begun = recorder.leaked = True


def _submit_begins(claimed: Claim, recorder: Recorder) -> None:
    """From here on it may have been sent, by the click or by a page that sent it by itself."""
    if not recorder.submit_begun:
        claimed.before_click()
        recorder.submit_begun = True


def _copy(job: Job) -> InquiryCopy:
    plan = job.plan
    return InquiryCopy(
        form=plan.form, organisation=plan.organisation, chosen=tuple(sorted(plan.chosen)), fields=plan.fields
    )


def _planned(job: Job) -> tuple[PlannedValue, ...]:
    """What the run types and chooses, and what else the profile says, as the recorder has to know it."""
    planned = tuple(
        value
        for entry in job.plan.entries
        for value in planned_values(entry.control.value, entry.control.name, entry.control.kind, entry.text)
    )
    return (*planned, *unasked_values(_copy(job), {value.field for value in planned if value.personal}))


def _with_failure(summary: RunSummary, error: AutofillError) -> RunSummary:
    """Ledger or evidence failed: what became of the inquiry stays true, and forbids or allows another try as before."""
    code = exit_code(summary.verdict, evidence_complete=False, failure=error)
    return summary.model_copy(update={"exit_code": code, "faults": (*summary.faults, str(error))})


def _encrypted(recording: Path, summary: RunSummary, encrypt_to: Recipients) -> RunSummary:
    """Whatever goes wrong here, what the run came to stays true, and so does its folder; it is only told."""
    from autofill.evidence.archiving.encryption import encrypt  # noqa: PLC0415 - few ask for it

    try:
        archive = encrypt(recording, encrypt_to)
    except Exception as error:  # noqa: BLE001
        said = _("encryption pending: {why} Later: autofill encrypt {recording}").format(
            why=failure_of(error), recording=recording
        )
        return summary.model_copy(update={"faults": (*summary.faults, said)})
    return summary.model_copy(update={"recording": str(archive)})


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


async def _confirmed(claimed: Claim, replay: Replay) -> None:
    """The filled live form is sent only when a person says so, of the place where it is: forms begin elsewhere."""
    conditions = claimed.conditions
    if conditions.target != "live":
        return
    origin = origin_of(replay.page.url)
    if not (conditions.confirm and await conditions.confirm(origin)):
        raise PersonNeeded(
            _("Sending to {origin} was not confirmed. Nothing was sent.").format(origin=origin),
            hint=_("Run again when you are sure."),
        )
