"""The ledger knows before the server does: the claim is committed before the submit request leaves.

That a commit is on disk when it returns is shown with strace in tests/cases/test_database.py.
"""

from __future__ import annotations

import asyncio
import json
import urllib.request
from pathlib import Path

import pytest
from playwright.async_api import Browser

from autofill.cases.ledger.ledger import Ledger, open_ledger
from autofill.errors import DiskTrouble
from autofill.forms.catalog import prepare_profile
from autofill.replica import ReplicaOptions, serving
from autofill.running.claim import claim
from autofill.running.job import Job, RunConditions
from autofill.running.run import Run

PROFILES = Path(__file__).parents[2] / "profiles"
JOB = Job("profile", prepare_profile(PROFILES / "06-feedback.yaml").plan)


async def test_when_the_request_arrives_the_claim_is_there_for_everyone_to_see(
    browser: Browser, tmp_path: Path
) -> None:
    """The server has the request and keeps the answer back; another connection to the ledger reads `submitting`."""
    with (
        serving(ReplicaOptions(delay_ms=0, faults=("slow@submit=1500",))) as replica,
        open_ledger(tmp_path / "ledger") as ledger,
        open_ledger(tmp_path / "ledger") as other,
    ):
        conditions = RunConditions(tmp_path, replica.url, "here")
        running = asyncio.create_task(Run(claim(JOB, conditions, ledger), print).replay(browser))
        states = set()
        while not running.done() and await asyncio.to_thread(_requests, replica.url) == 0:
            states.add(str(other.rows()[0].state) if other.rows() else "nothing")
        seen = str(other.rows()[0].state)
        (await running)()

    assert seen == "submitting"
    assert "prepared" in states
    assert states <= {"prepared", "filled", "submitting"}, "an outcome was known before the request had arrived"


async def test_a_ledger_that_cannot_be_written_stops_the_click(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fault 31: without the claim there is no click."""

    def fail(self: Ledger, run_id: str) -> None:
        raise DiskTrouble("The ledger cannot be written.", hint="Free some space.")

    monkeypatch.setattr(Ledger, "submitting", fail)
    with serving(ReplicaOptions(delay_ms=0)) as replica, open_ledger(tmp_path / "ledger") as ledger:
        finish = await Run(claim(JOB, RunConditions(tmp_path, replica.url, "here"), ledger), print).replay(browser)
        summary, arrived = finish(), _requests(replica.url)

    assert (summary.exit_code, summary.verdict, arrived) == (74, "not-submitted", 0)


def _requests(url: str) -> int:
    with urllib.request.urlopen(f"{url}/_replica/submissions") as answer:
        return int(json.load(answer)["requests"])
