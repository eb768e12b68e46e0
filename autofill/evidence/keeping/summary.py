"""Summary of one run: what `--json` prints and `run.json` keeps. Holds no value a person typed.

Its JSON is a contract (`autofill.run/1`): fields may be added, never changed or taken away.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from autofill.errors import AutofillError, ExitCode
from autofill.events import Verdict

Submitted = Literal["yes", "no", "unknown"]
Target = Literal["replica", "live", "staging"]

# Whether the inquiry reached the organisation, as far as the verdict tells, and the code of a run that came to it.
_MEANING: dict[Verdict, tuple[Submitted, ExitCode]] = {
    Verdict.CONFIRMED: ("yes", ExitCode.DONE),
    Verdict.CONFIRMED_NO_CASE: ("yes", ExitCode.NO_CASE_NUMBER),
    Verdict.REJECTED: ("no", ExitCode.REJECTED),
    Verdict.UNKNOWN: ("unknown", ExitCode.UNKNOWN),
    Verdict.NOT_SUBMITTED: ("no", ExitCode.DONE),
}
# Milliseconds; a year is longer than anybody waits at a window, and still a number that can be reckoned with.
_LONGEST_STEP = 366 * 24 * 3600 * 1000


class RecordingModel(BaseModel):
    """Base of models kept as JSON: summaries of runs and mails, tombstones, lists of what is withheld."""

    model_config = ConfigDict(frozen=True, extra="forbid", serialize_by_alias=True, validate_by_name=True)

    @property
    def content(self) -> bytes:
        """The bytes of its file."""
        return (self.model_dump_json(indent=1) + "\n").encode()


class StepSummary(RecordingModel):
    """One step; `screenshot` is relative to the recording, `ms` is the step's duration without its picture."""

    n: int
    name: str
    screenshot: str | None
    ms: int = Field(ge=0, le=_LONGEST_STEP)


class RunSummary(RecordingModel):
    """One run. `exit_code` is what the process would end with if this were its only run."""

    schema_: Literal["autofill.run/1"] = Field(default="autofill.run/1", alias="schema")
    run_id: str | None = None
    profile: str
    form: str
    target: Target
    verdict: Verdict = Verdict.NOT_SUBMITTED
    submitted: Submitted = "no"
    case_number: str | None = None
    retry_safe: bool = True
    exit_code: int
    recording: str | None = None
    sealed: bool = False
    steps: tuple[StepSummary, ...] = ()
    faults: tuple[str, ...] = ()
    next: str = ""
    error: str | None = None
    stopped_at: str | None = None
    messages: tuple[str, ...] = Field(default=(), description="What the form itself said when it did not go on.")
    topic: str = ""
    started: datetime | None = None
    finished: datetime | None = None
    browser: str = ""
    autofill: str = ""
    form_map_digest: str = ""
    plan_digest: str = ""
    signed: bool = False
    stamped: bool = False
    retry_after: int = Field(default=0, ge=0, description="Seconds that the site asks to be left alone before a retry.")


def submitted(verdict: Verdict) -> Submitted:
    """Whether the inquiry reached the organisation, as far as the verdict tells."""
    return _MEANING[verdict][0]


def exit_code(verdict: Verdict, *, evidence_complete: bool, failure: AutofillError | None = None) -> ExitCode:
    """The exit code of a run that came to a verdict; a failure decides it only if nothing was sent."""
    if failure is not None and verdict is Verdict.NOT_SUBMITTED:
        return failure.exit_code
    code = _MEANING[verdict][1]
    if code is ExitCode.DONE and not (evidence_complete and failure is None):
        return ExitCode.EVIDENCE_INCOMPLETE
    return code


def retry_safe(code: ExitCode) -> bool:
    """Whether running the same inquiry again cannot send it twice: certainly nothing was sent."""
    return ExitCode.INVALID_FILE <= code < ExitCode.UNKNOWN or code in {ExitCode.INTERRUPTED, ExitCode.TERMINATED}


def worst(codes: Iterable[int]) -> int:
    """The exit code of several runs: the highest, but "do not send again" comes before everything else."""
    return max(codes, key=lambda code: (ExitCode.UNKNOWN <= code <= ExitCode.ALREADY_SENT, code))
