"""Fifty starts of one inquiry at the same time send it once."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.journeys.conftest import REPOSITORY, RunDesk

STARTS = 50


@pytest.mark.alone
def test_fifty_starts_send_once(desk: RunDesk) -> None:
    """One goes through, the others end with 84 and name it; none of them opens a browser."""
    command = desk.command("--json", REPOSITORY / "profiles" / "06-feedback.yaml")
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(STARTS)]
    answers = [json.loads(process.communicate()[0]) for process in running]

    refusals = sorted({(answer["exit_code"], answer["error"]) for answer in answers} - {(0, None)})
    assert {code for code, _ in refusals} == {84}, refusals
    assert sorted(process.returncode for process in running) == [0] + [84] * (STARTS - 1)
    assert desk.arrived()["requests"] == 1
    (sent,) = [answer for answer in answers if answer["exit_code"] == 0]
    refused = [answer for answer in answers if answer["exit_code"] == 84]
    assert all(sent["run_id"] in answer["error"] for answer in refused)
    assert not any(answer["retry_safe"] for answer in refused)
    assert len([path for path in Path(desk.recordings).iterdir() if path.is_dir()]) == 1
