"""The real form is opened no oftener than its map says, whoever else opens it; practice as often as one likes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from autofill.cases.ledger.ledger import Ledger, open_ledger
from autofill.events import Event, Paused
from autofill.forms.catalog import prepare_profile
from autofill.running import pace
from autofill.running.claim import Claim, claim
from autofill.running.job import Job, RunConditions

PLAN: Final = prepare_profile(Path(__file__).parents[2] / "profiles" / "06-feedback.yaml").plan


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(tmp_path / "ledger") as opened:
        yield opened


@pytest.fixture
def waited(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """For how long; nobody does."""
    seconds: list[float] = []

    async def sleep(time: float) -> None:
        seconds.append(time)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    return seconds


def claimed(ledger: Ledger, folder: Path, base_url: str | None = None) -> Claim:
    plan = PLAN.model_copy(update={"seconds_between_runs": 60})
    return claim(Job("p", plan), RunConditions(folder, base_url, "here"), ledger)


async def test_the_second_run_waits_and_says_so(ledger: Ledger, tmp_path: Path, waited: list[float]) -> None:
    """Also when the first one was stopped: it may have opened the form."""
    events: list[Event] = []
    for _ in range(2):
        taken = claimed(ledger, tmp_path)
        await pace.wait_for_slot(taken, events.append)
        taken.release()

    assert events == [Paused(seconds) for seconds in waited]
    assert len(waited) == 1
    assert 50 < waited[0] <= 60


async def test_practice_has_no_pace(ledger: Ledger, tmp_path: Path, waited: list[float]) -> None:
    for _ in range(2):
        taken = claimed(ledger, tmp_path, "http://127.0.0.1:1")
        await pace.wait_for_slot(taken, pytest.fail)  # type: ignore[arg-type]
        taken.release()

    assert waited == []
