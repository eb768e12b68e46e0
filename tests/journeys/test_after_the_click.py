"""What happens around the run after the click: signals, a full disk, a browser that dies. Nothing is sent twice."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright

from autofill import workflow
from autofill.cases.ledger import open_ledger
from autofill.claim import claim
from autofill.errors import DiskTrouble
from autofill.events import AboutToSubmit, Event
from autofill.evidence.keeping.folder import RecordingFolder
from autofill.forms.catalog import prepare_profile
from autofill.outcome import Conditions, Job
from autofill.replay.browser import BrowserSettings, launched
from autofill.replay.runner import Patience
from autofill.replica import ReplicaOptions, serving
from tests.journeys.conftest import REPOSITORY, RunDesk

PROFILE = REPOSITORY / "profiles" / "06-feedback.yaml"
JOB = Job("a profile", prepare_profile(PROFILE).plan)


def requests(url: str) -> int:
    with urllib.request.urlopen(f"{url}/_replica/submissions") as answer:
        return int(json.load(answer)["requests"])


@pytest.fixture
def slow_desk(tmp_path: Path):  # type: ignore[no-untyped-def]
    """A server that has the request at once and answers two seconds later."""
    with serving(ReplicaOptions(delay_ms=0, faults=("slow@submit=2000",))) as replica:
        yield RunDesk(replica.url, tmp_path / "recordings")


def sent_by(desk: RunDesk) -> subprocess.Popen[str]:
    """A run in a process group of its own, whose request has just arrived."""
    running = subprocess.Popen(
        desk.command("--json", PROFILE), stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    while requests(desk.url) == 0:
        assert running.poll() is None
        time.sleep(0.02)
    return running


def test_a_signal_after_the_click_waits_for_the_outcome(slow_desk: RunDesk) -> None:
    """Fault 28: the answer comes within the last seconds the run allows itself, and is kept."""
    running = sent_by(slow_desk)
    os.killpg(running.pid, signal.SIGINT)
    answer = json.loads(running.communicate(timeout=60)[0])

    assert (running.returncode, answer["verdict"], answer["sealed"]) == (0, "confirmed", True)
    assert requests(slow_desk.url) == 1


def test_a_second_signal_leaves_at_once_and_the_ledger_is_right(slow_desk: RunDesk) -> None:
    running = sent_by(slow_desk)
    os.killpg(running.pid, signal.SIGINT)
    time.sleep(0.2)
    os.killpg(running.pid, signal.SIGINT)
    running.communicate(timeout=60)

    assert running.returncode == 130
    with open_ledger(slow_desk.recordings / "ledger.sqlite3") as ledger:
        assert [row.state for row in ledger.rows()] == ["unknown"]
    code, (answer,), _ = slow_desk.run(PROFILE)
    assert (code, answer["submitted"]) == (84, "no")
    assert requests(slow_desk.url) == 1


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
async def test_a_full_disk(after: bool, browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Faults 29 and 30: before the click it stops the run; after it the outcome counts, and pictures go elsewhere."""
    full = not after
    monkeypatch.setenv("TMPDIR", str(tmp_path / "elsewhere"))
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.setattr("tempfile.tempdir", None)
    write = RecordingFolder.write

    def fail(self: RecordingFolder, name: str, content: bytes) -> None:
        if full and "elsewhere" not in str(self.path):
            raise DiskTrouble(f"{name} could not be written: No space left on device.")
        write(self, name, content)

    def listen(event: Event) -> None:
        nonlocal full
        full = full or isinstance(event, AboutToSubmit)

    monkeypatch.setattr(RecordingFolder, "write", fail)
    with serving(ReplicaOptions(delay_ms=0)) as replica, open_ledger(tmp_path / "ledger") as ledger:
        claimed = claim(JOB, Conditions(tmp_path / "r", replica.url, "here"), ledger)
        summary = (await workflow.run(claimed, browser, listen))()
        arrived, (row,) = requests(replica.url), ledger.rows()

    if after:
        assert (summary.exit_code, summary.verdict, row.state, arrived) == (81, "confirmed", "confirmed", 1)
        (picture,) = (tmp_path / "elsewhere").rglob("confirmation.png")
        assert picture.read_bytes().startswith(b"\x89PNG")
    else:
        assert (summary.exit_code, summary.verdict, row.state, arrived) == (74, "not-submitted", "not-submitted", 0)
    assert not summary.sealed


@pytest.mark.parametrize(("step", "code", "verdict"), [("open", 75, "not-submitted"), ("submit", 80, "unknown")])
async def test_a_browser_that_is_killed(step: str, code: int, verdict: str, tmp_path: Path) -> None:
    """Fault 25: the page hangs at a step, and its browser gets SIGKILL there."""
    patience = Patience(opening=8, change=8, outcome=8, picture=2)
    faults = (f"hang@{step}",)
    async with async_playwright() as driver, launched(driver, BrowserSettings()) as browser:
        with serving(ReplicaOptions(delay_ms=0, faults=faults)) as replica, open_ledger(tmp_path / "l") as ledger:
            claimed = claim(JOB, Conditions(tmp_path, replica.url, "here", patience=patience), ledger)
            running = asyncio.create_task(workflow.run(claimed, browser, print))
            await asyncio.to_thread(
                _until, lambda: _going_on(tmp_path) if step == "open" else requests(replica.url) > 0
            )
            for pid in _browsers_of(os.getpid()):
                os.kill(pid, signal.SIGKILL)
            summary = (await running)()
            arrived, (row,) = requests(replica.url), ledger.rows()

    assert (summary.exit_code, summary.verdict, row.state) == (code, verdict, verdict), summary.error
    assert arrived == (1 if step == "submit" else 0)
    assert summary.sealed


def _until(holds: Callable[[], bool]) -> None:
    while not holds():
        time.sleep(0.05)


def _going_on(recordings: Path) -> bool:
    """The contact page is done, and its link to the page that hangs is about to be followed."""
    return any("contact-us.png" in journal.read_text() for journal in recordings.glob("*/data/journal.jsonl"))


def _browsers_of(ancestor: int) -> list[int]:
    """The browser processes that this process's drivers started last."""
    parents: dict[int, tuple[int, str]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            number, _, rest = stat.read_text().partition(" (")
        except OSError:
            continue
        name, _, numbers = rest.rpartition(") ")
        parents[int(number)] = (int(numbers.split()[1]), name)
    drivers = sorted(pid for pid, (parent, name) in parents.items() if parent == ancestor and "node" in name)
    return [pid for pid, (parent, _) in parents.items() if parent == drivers[-1]]
