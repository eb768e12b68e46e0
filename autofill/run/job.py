"""What a run is to do and under which conditions, and what its summary says in the end. Does nothing itself."""

from __future__ import annotations

import shlex
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from autofill import __version__
from autofill.errors import AutofillError, FormChanged, Misconfigured
from autofill.events import Verdict
from autofill.evidence.archiving.age import Recipients
from autofill.evidence.keeping.debug import Debug
from autofill.evidence.keeping.log import REDACTOR
from autofill.evidence.keeping.summary import RunSummary, Target, exit_code, retry_safe, submitted
from autofill.evidence.recorder import Recorder
from autofill.forms.plan import Plan
from autofill.inquiry.attachments import Attachment
from autofill.language import _
from autofill.replay.login import Access
from autofill.replay.obstacles import origin_of
from autofill.replay.runner import AskPerson, Patience

# HTTP statuses from here on are errors.
_ERRORS = 400


@dataclass(frozen=True, slots=True)
class Job:
    """One inquiry, ready to run: the profile's name for people, its plan, and the files that go with it."""

    profile: str
    plan: Plan
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Conditions:
    """What all runs of one command share.

    `base_url` takes the place of the form map's own scheme and host in practice; without it the run is live.
    `claimed_for` is what the ledger calls a place of practice (an origin, or the name of a desk that lives only as long
    as the command). `again_because` sends what was sent before. `ask_person` is there when somebody sits at an open
    window; `confirm` asks a person at the filled live form, with its origin, whether to send. `debug` is kept beside
    the evidence; with `encrypt_to` only they can open the recording afterwards. `access` gives what is kept for the
    login at an origin. `options` are those that a command for another try needs, too.
    """

    recordings: Path
    base_url: str | None
    claimed_for: str = ""
    until_review: bool = False
    headless: bool = True
    again_because: str | None = None
    ask_person: AskPerson | None = None
    confirm: Callable[[str], Awaitable[bool]] | None = None
    patience: Patience = field(default_factory=Patience)
    debug: Debug = field(default_factory=Debug)
    encrypt_to: Recipients | None = None
    access: Callable[[str], Access] | None = None
    options: tuple[str, ...] = ()

    @property
    def target(self) -> Target:
        """Whether this is practice."""
        return "live" if self.base_url is None else "replica"

    def check(self, plan: Plan) -> None:
        """Refuse what no run of this plan may do.

        Raises:
            Misconfigured: with what to do instead.
        """
        if self.target == "live" and plan.practice_only:
            raise Misconfigured(
                _("{form} is for practice only: {why} Nothing was sent.").format(
                    form=plan.form, why=plan.practice_only
                ),
                hint=_("Leave out --live, or use another form: autofill forms"),
            )
        if plan.login and self.debug.trace:
            raise Misconfigured(
                _("A trace would hold the password of this form's login. Nothing was sent."),
                hint=_("Leave out --debug-trace."),
            )

    def start_url(self, plan: Plan) -> str:
        """The address a run opens: the form map's, its path on another origin, or `base_url` if that has a path."""
        if self.base_url is None:
            return plan.start_url
        if urlsplit(self.base_url).path in {"", "/"}:
            return origin_of(self.base_url) + urlsplit(plan.start_url).path
        return self.base_url

    def origins(self, plan: Plan) -> frozenset[str]:
        """Where the page may be."""
        return frozenset(plan.origins if self.base_url is None else {origin_of(self.base_url)})

    def place(self, plan: Plan) -> str:
        """What the ledger calls the place the inquiry goes to."""
        return origin_of(plan.start_url) if self.base_url is None else self.claimed_for


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
    job: Job, conditions: Conditions, recorder: Recorder, failure: AutofillError | None, started: datetime
) -> RunSummary:
    """The summary of a run, from what its recorder kept and what ended it early, if anything did."""
    reached = recorder.verdict
    without_proof = Verdict.UNKNOWN if recorder.submit_begun else Verdict.NOT_SUBMITTED
    verdict = reached.verdict if reached else without_proof
    if failure is None and verdict is Verdict.NOT_SUBMITTED and recorder.submit_begun:
        failure = FormChanged(
            _("The submit button was pressed, and the page sent nothing."),
            hint=_("Look at the last picture of the recording: the form says there what it wants, or it has changed."),
        )
    code = exit_code(verdict, evidence_complete=recorder.complete and failure is None)
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
        faults=(*map(REDACTOR.clean, recorder.faults), *_after_the_click(recorder)),
        next=_next(verdict, failure, job, conditions, recorder.run_id),
        error=str(failure) if failure else None,
        stopped_at=recorder.at_step if failure else None,
        # A page may say what was typed into it; the pictures keep that, this summary is printed.
        messages=tuple(map(REDACTOR.clean, reached.messages)) if reached else (),
        topic=job.plan.topic,
        started=started,
        finished=datetime.now(UTC),
        browser=recorder.browser,
        autofill=__version__,
        form_map_digest=job.plan.form_map_digest,
        plan_digest=job.plan.digest,
    )


def _after_the_click(recorder: Recorder) -> Iterator[str]:
    """What a person has to know of the site's answer where the page does not say it."""
    for status in recorder.statuses:
        if status >= _ERRORS:
            said = _("the site answered the submit request with {status}").format(status=status)
            yield f"error-answer: {said}"
    reached = recorder.verdict
    if reached and reached.verdict is Verdict.UNKNOWN and not (reached.page_proof or reached.messages):
        said = _("the page showed neither a confirmation nor a refusal")
        yield f"no-outcome: {said}"


def _next(verdict: Verdict, failure: AutofillError | None, job: Job, conditions: Conditions, run_id: str) -> str:
    """The next sensible thing to do."""
    match verdict:
        case Verdict.CONFIRMED if conditions.target == "replica":
            return _("This was practice: nothing left this machine. Look through it: autofill review")
        case Verdict.CONFIRMED | Verdict.CONFIRMED_NO_CASE:
            return _("Keep the recording, and wait for the confirmation mail.")
        case Verdict.REJECTED:
            return _("Mend what the form complains about in the profile, then run again.")
        case Verdict.UNKNOWN:
            words = _("Do not send again. Wait for a confirmation mail, then say what became of it: {command}")
            return words.format(command=f"autofill resolve {run_id}")
        case Verdict.NOT_SUBMITTED if failure is None:
            return _("Look at the review page in the recording.")
        case Verdict.NOT_SUBMITTED:
            return failure.hint.replace("autofill run --headed", _headed(job, conditions))


def _headed(job: Job, conditions: Conditions) -> str:
    """The command that does this run once more at an open window, as it was given otherwise."""
    return shlex.join(["autofill", "run", "--headed", *conditions.options, job.profile])
