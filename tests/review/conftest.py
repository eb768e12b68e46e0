"""Recordings to look through, made without a run.

Nothing here asserts.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from autofill.evidence.folder import RecordingFolder
from autofill.evidence.report import render_report
from autofill.evidence.summary import RunSummary, StepSummary

# One grey pixel.
PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==")

Keep = Callable[..., Path]


@pytest.fixture
def recordings(tmp_path: Path) -> Path:
    """The folder that the gallery shows; a secret lies beside it."""
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "recordings").mkdir()
    return tmp_path / "recordings"


@pytest.fixture
def keep(recordings: Path) -> Keep:
    """Make one recording that looks like a finished run's; `what` goes into its summary."""

    def make(name: str, **what: Any) -> Path:
        step = StepSummary(n=1, name="Confirmation", screenshot="data/confirmation.png", ms=1)
        usual = {"profile": "p", "form": "usps-email-us", "target": "replica", "exit_code": 0, "steps": (step,)}
        run = RunSummary(**usual | {"started": datetime(2026, 11, 22, 17, 44, 3, tzinfo=UTC)} | what)
        folder = RecordingFolder.create(recordings, name)
        folder.write("data/run.json", run.model_dump_json(exclude={"sealed"}).encode())
        folder.write("data/report.html", render_report(run, []))
        folder.write("data/confirmation.png", PIXEL)
        return folder.path

    return make
