"""The summary of a run, from what its recorder kept and what ended it early."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from datetime import UTC, datetime

from autofill import __version__
from autofill.errors import AutofillError, FormChanged, SiteUnavailable, TheSite
from autofill.events import Verdict
from autofill.evidence.keeping.log import REDACTOR
from autofill.evidence.keeping.summary import RunSummary, Target, exit_code, retry_safe, submitted
from autofill.evidence.recorder import Recorder
from autofill.language import _
from autofill.running.job import LACKS_FORM, SAY_WHERE, Job, RunConditions

_NOT_SENT = {Verdict.NOT_SUBMITTED, Verdict.REJECTED}
# HTTP statuses from here on are errors.
_ERRORS = 400


def never_begun(profile: str, form: str, target: Target, error: AutofillError) -> RunSummary:
    """The summary of a run that ended before it had a recording."""
    return RunSummary(
        profile=profile,
        form=form,
        target=target,
        retry_safe=retry_safe(error.exit_code),
        exit_code=error.exit_code,
        error=str(error),
        next=error.hint,
    )


def summary_of(
    job: Job, conditions: RunConditions, recorder: Recorder, failure: AutofillError | None, started: datetime
) -> RunSummary:
    """The summary of a run, from what its recorder kept and what ended it early, if anything did."""
    reached = recorder.verdict
    verdict, failure = _came_to(recorder, failure)
    code = exit_code(verdict, evidence_complete=recorder.complete, failure=failure)
    said = (*(reached.messages if reached else ()), *recorder.messages)
    return RunSummary(
        run_id=recorder.run_id,
        profile=job.profile,
        form=job.plan.form,
        target=conditions.target,
        verdict=verdict,
        submitted=submitted(verdict),
        case_number=reached.case_number if reached else None,
        retry_safe=verdict is Verdict.NOT_SUBMITTED or retry_safe(code),
        retry_after=failure.wait if isinstance(failure, TheSite) else 0,
        exit_code=code,
        recording=str(recorder.folder.path),
        steps=recorder.steps,
        faults=(*map(REDACTOR.clean, recorder.faults), *_after_the_click(recorder)),
        next=(_after_rehearsal(verdict, recorder) if conditions.rehearsal else "")
        or _next(verdict, failure, job=job, conditions=conditions, recorder=recorder),
        error=str(failure) if failure else None,
        stopped_at=recorder.at_step if failure else None,
        # A page may say what was typed into it; the pictures keep that, this summary is printed.
        messages=tuple(dict.fromkeys(map(REDACTOR.clean, said))),
        topic=job.plan.topic,
        started=started,
        finished=datetime.now(UTC),
        browser=recorder.browser,
        autofill=__version__,
        form_map_digest=job.plan.form_map_digest,
        plan_digest=job.plan.digest,
    )


def _came_to(recorder: Recorder, failure: AutofillError | None) -> tuple[Verdict, AutofillError | None]:
    """The verdict, and what ended the run early, in words that fit it."""
    without_proof = Verdict.UNKNOWN if recorder.submit_begun else Verdict.NOT_SUBMITTED
    verdict = recorder.verdict.verdict if recorder.verdict else without_proof
    if recorder.leaked and verdict in _NOT_SENT:
        verdict = Verdict.UNKNOWN  # it left after that was found
    if recorder.leaked and failure is not None and verdict is Verdict.UNKNOWN:
        # What stopped the run says of itself that nothing was sent.
        failure = FormChanged(_("The page sent what was typed in a way that autofill cannot block."))
    if failure is None and verdict is Verdict.NOT_SUBMITTED and recorder.submit_begun:
        failure = FormChanged(
            _("The submit button was pressed, but the page sent nothing."),
            hint=_(
                "Look at the last screenshot of the recording: it shows what the form asks for, or that the "
                "form has changed."
            ),
        )
    return verdict, failure


def _after_the_click(recorder: Recorder) -> Iterator[str]:
    """Faults of the site's answer that a person has to know where the page does not say them."""
    for status in recorder.statuses:
        if status >= _ERRORS:
            said = _("the site answered the submit request with {status}").format(status=status)
            yield f"error-answer: {said}"
    reached = recorder.verdict
    if reached and reached.verdict is Verdict.UNKNOWN and not (reached.page_proof or reached.messages):
        said = _("the page showed neither a confirmation nor a refusal")
        yield f"no-outcome: {said}"


def _after_rehearsal(verdict: Verdict, recorder: Recorder) -> str:
    """What is different from after a run that somebody waits for an answer to; empty if nothing is."""
    match verdict:
        case Verdict.CONFIRMED | Verdict.CONFIRMED_NO_CASE:
            words = _("This was a rehearsal; it is in no ledger. Look at it: {command}")
            return words.format(command=shlex.join(["autofill", "open", str(recorder.folder.path)]))
        case Verdict.UNKNOWN:
            return _(
                "Look at the last screenshot of the recording, and check whether the inquiry arrived at your site."
            )
    return ""


def _next(
    verdict: Verdict, failure: AutofillError | None, *, job: Job, conditions: RunConditions, recorder: Recorder
) -> str:
    command = shlex.join(["autofill", "open", str(recorder.folder.path)])
    match verdict:
        case Verdict.NOT_SUBMITTED if (
            isinstance(failure, SiteUnavailable)
            and recorder.at_step is None  # all of its own open
            and conditions.is_at_practice_site(job.plan)
        ):
            return f"{_(LACKS_FORM)} {_(SAY_WHERE)}"
        case Verdict.NOT_SUBMITTED if failure is not None:
            headed = "autofill run --headed"
            return failure.hint.replace(headed, f"{headed} {shlex.join((*conditions.options, job.profile))}")
        case Verdict.NOT_SUBMITTED:
            words = _("Nothing was sent. Look at what was filled in: {command}")
        case Verdict.CONFIRMED if conditions.target == "replica":
            words = _("This was practice: nothing left this computer. Look at it: {command}")
        case Verdict.CONFIRMED | Verdict.CONFIRMED_NO_CASE:
            words = _("Keep the recording and wait for the confirmation mail.")
        case Verdict.REJECTED:
            words = _("Fix in the profile what the form complains about, then try again.")
        case Verdict.UNKNOWN:
            words = _("Do not send again. Wait for a confirmation mail, then record the outcome: {command}")
            command = f"autofill resolve {recorder.run_id}"
    return words.format(command=command)
