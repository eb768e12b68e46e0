"""The verb `autofill doctor`: say what a run needs, what of it is there, and what to do about the rest."""

from __future__ import annotations

import typer

from autofill import console
from autofill.answers.tools import DoctorAnswer
from autofill.cli.options import Browser, Json, Recordings
from autofill.errors import ExitCode
from autofill.machine import examine
from autofill.orders.given import DEFAULT_RECORDINGS


def command(*, recordings: Recordings = DEFAULT_RECORDINGS, browser: Browser = None, json: Json = False) -> None:
    """Carry out `autofill doctor`."""
    findings = list(examine(recordings, browser))
    if json:
        console.say_json(DoctorAnswer(findings=tuple(findings)))
    else:
        console.show_findings(findings)
    raise typer.Exit(ExitCode.DONE if all(finding.fine for finding in findings) else ExitCode.UNAVAILABLE)
