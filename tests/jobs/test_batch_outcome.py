"""What a row came to, by what the ledger knows of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from autofill.errors import AlreadySent, ExitCode, Stopped
from autofill.jobs.batch_outcome import came_to, sent_before
from autofill.jobs.batch_rows import BatchRow
from autofill.running.summary import never_begun


def never() -> Any:
    raise NotImplementedError


@pytest.mark.parametrize(
    ("state", "row", "code"),
    [
        ("confirmed", "sent before", ExitCode.DONE),
        ("confirmed-no-case", "sent before", ExitCode.DONE),
        ("unknown", "unknown", ExitCode.UNKNOWN),
        ("submitting", "failed", ExitCode.ALREADY_SENT),
    ],
)
def test_what_an_earlier_command_did(state: str, row: str, code: ExitCode) -> None:
    """Sent is done; what is not known stays so, with its recording; what somebody is at fails here."""
    found = sent_before(BatchRow("7", "t.csv:7", never), AlreadySent("run-1", state, "12345678"), Path("r"))
    assert (found.state, found.exit_code) == (row, code)
    assert (found.recording, found.case_number) == ("r/run-1", "12345678")
    assert bool(found.note) is (row != "sent before")


@pytest.mark.parametrize("code", [ExitCode.INTERRUPTED, ExitCode.TERMINATED])
def test_a_row_that_a_signal_ended_has_not_failed(code: ExitCode) -> None:
    """Whoever presses Ctrl-C has no failures to look into; what was sent by then is sent."""
    row = BatchRow("7", "t.csv:7", never)
    summary = never_begun("t.csv:7", "usps-email-us", "replica", Stopped(code))
    assert came_to(row, summary).state == "stopped"
    assert came_to(row, summary.model_copy(update={"verdict": "confirmed"})).state == "sent"
    assert came_to(row, summary.model_copy(update={"verdict": "unknown"})).state == "unknown"
