"""What one row of a batch came to: what a person looks for in the results. Holds no value a person typed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from autofill.errors import AlreadySent, AutofillError, ExitCode
from autofill.evidence.keeping.summary import RunSummary
from autofill.jobs.batch_rows import BatchRow

State: TypeAlias = Literal[
    "sent", "sent before", "not sent", "parked", "unknown", "refused",
    "invalid", "failed", "stopped", "not begun", "waiting",
]  # fmt: skip
"""`parked` waits for a person, `waiting` for a worker; `failed` may be tried again; `not sent` was only filled.

`stopped` was ended by a signal before anything was sent: nothing has failed, and the same command begins it again.
"""

DONE: frozenset[State] = frozenset({"sent", "sent before", "not sent"})
AFTER_STATES: dict[str, tuple[State, ExitCode]] = {
    "confirmed": ("sent before", ExitCode.DONE),
    "confirmed-no-case": ("sent before", ExitCode.DONE),
    "unknown": ("unknown", ExitCode.UNKNOWN),
}
"""What the ledger knows of an inquiry's first run, and what that makes of the row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowOutcome:
    """One row's outcome. `exit_code` is what the row's own run ended with, 0 if it was sent before."""

    row: str
    state: State
    verdict: str = ""
    case_number: str | None = None
    recording: str | None = None
    exit_code: int = 0
    note: str = ""

    @property
    def done(self) -> bool:
        """Whether nothing is left to do for the row."""
        return self.state in DONE


def came_to(row: BatchRow, summary: RunSummary) -> RowOutcome:
    """The outcome of a run."""
    match summary.verdict, summary.exit_code:
        case (("confirmed" | "confirmed-no-case"), _code):
            state: State = "sent"
        case "unknown", _code:
            state = "unknown"
        case "rejected", _code:
            state = "refused"
        case _verdict, ExitCode.DONE:
            state = "not sent"
        case _verdict, ExitCode.PERSON_NEEDED:
            state = "parked"
        case _verdict, (ExitCode.INTERRUPTED | ExitCode.TERMINATED):
            state = "stopped"
        case _:
            state = "failed"
    return RowOutcome(
        row=row.label,
        state=state,
        verdict=summary.verdict,
        case_number=summary.case_number,
        recording=summary.recording,
        exit_code=0 if summary.exit_code == ExitCode.NO_CASE_NUMBER else summary.exit_code,
        note=summary.error or "; ".join((*summary.messages, *summary.faults)),
    )


def sent_before(row: BatchRow, error: AlreadySent, recordings: Path) -> RowOutcome:
    """The outcome of a row that another run has, or had."""
    state, code = AFTER_STATES.get(error.state, ("failed", error.exit_code))
    return RowOutcome(
        row=row.label,
        state=state,
        verdict=error.state,
        case_number=error.case_number,
        recording=str(recordings / error.first),
        exit_code=code,
        note="" if state == "sent before" else str(error),
    )


def never_ran(row: BatchRow, error: AutofillError) -> RowOutcome:
    """The outcome of a row that cannot run."""
    invalid = error.exit_code in {ExitCode.INVALID_FILE, ExitCode.FILE_MISSING}
    return RowOutcome(
        row=row.label, state="invalid" if invalid else "failed", exit_code=error.exit_code, note=str(error)
    )
