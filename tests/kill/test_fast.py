"""SIGKILL at every point of a run whose page is scripted: disk, ledger and each event, in a process forked for it."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from autofill.cases.ledger.ledger import open_ledger
from autofill.errors import AlreadySent
from autofill.events import (
    AboutToSubmit,
    Event,
    OutcomeShown,
    RunStarted,
    StepDone,
    StepStarted,
    SubmitResponded,
    Verdict,
    VerdictReached,
)
from autofill.evidence import recorder
from autofill.evidence.keeping.pictures import Photograph
from autofill.forms.catalog import prepare_profile
from autofill.page.texts import PageTexts
from autofill.running import run
from autofill.running.claim import claim
from autofill.running.job import Job, RunConditions
from tests.conftest import one_in
from tests.kill.invariants import broken_promises
from tests.kill.kill_points import KillPoint, watch_disk, watch_ledger

JOB = Job("profile.yaml", prepare_profile(Path(__file__).parent / "profile.yaml").plan)
SURVIVED, REFUSED = 0, 84
# Of all points each share has every sixth.
SHARES = 6


class ScriptedReplay:
    """Events as a run has them; the click appends one byte to a file, which is the server's count."""

    kill_point: KillPoint
    arrived: Path

    def __init__(self, **_: Any) -> None:
        return

    async def events(self) -> AsyncIterator[Event]:
        for event in self._script():
            self.kill_point()
            if isinstance(event, SubmitResponded):
                with self.arrived.open("ab") as count:
                    count.write(b"x")
            yield event

    def _script(self) -> list[Event]:
        steps: list[Event] = [RunStarted(3, "scripted", "http://127.0.0.1/")]
        for number, name in enumerate(("fill", "submit"), 1):
            steps += [StepStarted(number, name, name), StepDone(number, name, name, "http://127.0.0.1/")]
        return [
            *steps,
            AboutToSubmit(2),
            SubmitResponded(200, "http://127.0.0.1/"),
            OutcomeShown(3, "Confirmation", "confirmation", "http://127.0.0.1/", "Service Request 12345678"),
            VerdictReached(Verdict.CONFIRMED, "12345678", page_proof=True, response_ok=True),
        ]


class ScriptedCamera:
    def __init__(self, _page: object, _patience: float) -> None:
        return

    async def take(self, _look: object) -> Photograph:
        return Photograph((b"\x89PNG picture",), (0, 0, 100, 100), 100, PageTexts((), ()))


class ScriptedPage:
    url = "http://127.0.0.1/"

    async def content(self) -> str:
        return "<p>12345678</p>"


@asynccontextmanager
async def scripted_page(*_: Any, **__: Any) -> AsyncIterator[ScriptedPage]:
    yield ScriptedPage()


def run_in_a_fork(folder: Path, at: int | None) -> int:
    """The exit code of one run; minus the signal's number if it was killed."""
    child = os.fork()
    if not child:
        try:
            os._exit(_run(folder, at))
        finally:
            os._exit(70)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def _run(folder: Path, at: int | None) -> int:
    patch = pytest.MonkeyPatch()
    patch.setattr(run, "Replay", ScriptedReplay)
    patch.setattr(run, "fresh_page", scripted_page)
    patch.setattr(recorder, "Camera", ScriptedCamera)
    kill_point = KillPoint(at)
    ScriptedReplay.kill_point, ScriptedReplay.arrived = kill_point, folder / "arrived"
    watch_disk(kill_point)
    watch_ledger(kill_point)
    recordings = folder / "recordings"

    async def once() -> int:
        with open_ledger(recordings / "ledger.sqlite3") as ledger:
            conditions = RunConditions(recordings, "http://127.0.0.1", "here")
            try:
                claimed = claim(JOB, conditions, ledger)
            except AlreadySent:
                return REFUSED
            return (await run.Run(claimed, lambda _: None).replay(object()))().exit_code  # type: ignore[arg-type]

    return asyncio.Runner().run(once())


# Forking while other tests' threads exist is what the standard library warns of; the child only runs what is above.
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
@pytest.mark.parametrize("first", one_in(SHARES, range(1, SHARES + 1)))
def test_no_kill_point_sends_twice_loses_evidence_or_tells_lies(first: int, tmp_path: Path) -> None:
    """Goes on until a run survives: the number of points is found, not written down."""
    outcomes = {"killed": 0, "sent before": 0, "sent by a rerun": 0, "unknown": 0}
    for point in range(first, 10_000, SHARES):
        folder = tmp_path / str(point)
        folder.mkdir()
        if run_in_a_fork(folder, point) != -signal.SIGKILL:
            break
        outcomes["killed"] += 1
        before = _arrived(folder)
        reruns = [run_in_a_fork(folder, None) for _ in range(3)]
        assert broken_promises(folder / "recordings", _arrived(folder), "") == [], point
        if before:
            outcomes["sent before"] += 1
            assert reruns == [REFUSED] * 3, point
        elif reruns[0] == SURVIVED:
            outcomes["sent by a rerun"] += 1
            assert reruns[1:] == [REFUSED] * 2, point
        else:
            outcomes["unknown"] += 1
            assert (reruns, _arrived(folder)) == ([REFUSED] * 3, 0), point
    assert outcomes["killed"] >= 100 / SHARES
    # A share may have none of the few points at which nobody can know.
    assert min(outcomes["sent before"], outcomes["sent by a rerun"]) > 0, outcomes


def _arrived(folder: Path) -> int:
    counted = folder / "arrived"
    return counted.stat().st_size if counted.exists() else 0
