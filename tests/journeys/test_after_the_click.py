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

from autofill.cases.ledger.ledger import open_ledger
from autofill.errors import DiskTrouble
from autofill.events import AboutToSubmit, Event, SubmitResponded
from autofill.evidence.keeping.folder import RecordingFolder
from autofill.evidence.keeping.summary import RunSummary
from autofill.forms.catalog import prepare_profile
from autofill.page.browser import BrowserSettings, launched
from autofill.replay.runner import Patience
from autofill.replica import ReplicaOptions, serving
from autofill.running.claim import claim
from autofill.running.job import Job, RunConditions
from autofill.running.run import Listener, Run
from tests.conftest import one_in
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


def sent_by(desk: RunDesk, *arguments: str | Path) -> subprocess.Popen[str]:
    """A run in a process group of its own, whose request has just arrived."""
    running = subprocess.Popen(
        desk.command("--json", PROFILE, *arguments), stdout=subprocess.PIPE, text=True, start_new_session=True
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


def test_a_run_that_has_not_begun_takes_no_browser_from_one_that_waits_for_its_outcome(slow_desk: RunDesk) -> None:
    running = sent_by(slow_desk, REPOSITORY / "profiles" / "01-missing-package.yaml")
    os.killpg(running.pid, signal.SIGTERM)
    lines = running.communicate(timeout=60)[0].splitlines()

    assert running.returncode == 143
    assert sorted((run["exit_code"], run["verdict"], run["sealed"]) for run in map(json.loads, lines)) == [
        (0, "confirmed", True),
        (143, "not-submitted", False),
    ]
    assert requests(slow_desk.url) == 1


def test_a_second_signal_leaves_at_once_and_the_ledger_is_right(slow_desk: RunDesk) -> None:
    """Two signals of one kind that come together may be heard as one."""
    running = sent_by(slow_desk)
    os.killpg(running.pid, signal.SIGINT)
    os.killpg(running.pid, signal.SIGTERM)
    answer = json.loads(running.communicate(timeout=60)[0])

    assert running.returncode == answer["exit_code"] == 80
    assert (answer["verdict"], answer["submitted"], answer["retry_safe"]) == ("unknown", "unknown", False)
    with open_ledger(slow_desk.recordings / "ledger.sqlite3") as ledger:
        assert [row.state for row in ledger.rows()] == ["unknown"]
    code, (answer,), _ = slow_desk.run(PROFILE)
    assert (code, answer["submitted"]) == (84, "no")
    assert requests(slow_desk.url) == 1


def test_what_may_have_been_sent_counts_more_than_what_was_interrupted(slow_desk: RunDesk) -> None:
    running = sent_by(slow_desk, REPOSITORY / "profiles" / "01-missing-package.yaml")
    os.killpg(running.pid, signal.SIGINT)
    os.killpg(running.pid, signal.SIGTERM)
    lines = running.communicate(timeout=60)[0].splitlines()

    assert running.returncode == 80
    assert [json.loads(line)["exit_code"] for line in lines] == [80, 130]


@pytest.mark.parametrize("where", one_in(2, ["full", "closed"]))
def test_nobody_can_read_the_answer(where: str, desk: RunDesk) -> None:
    """The exit code says what came of it all the same."""
    if where == "full":
        out = os.open("/dev/full", os.O_WRONLY)
    else:
        reader, out = os.pipe()
        os.close(reader)
    try:
        done = subprocess.run(
            desk.command("--json", PROFILE), check=False, stdout=out, stderr=subprocess.PIPE, text=True, timeout=120
        )
    finally:
        os.close(out)

    assert (done.returncode, done.stderr) == (0, "")
    assert requests(desk.url) == 1


def fail(*_some: object, **_more: object) -> None:
    raise ValueError("not foreseen")


async def sent(browser: Browser, folder: Path, listen: Listener = print) -> tuple[RunSummary, str]:
    """A run that was sent: its summary, and what the ledger says."""
    with serving(ReplicaOptions(delay_ms=0)) as replica, open_ledger(folder / "ledger") as ledger:
        claimed = claim(JOB, RunConditions(folder / "r", replica.url, "here"), ledger)
        summary = (await Run(claimed, listen).replay(browser))()
        assert requests(replica.url) == 1
        return summary, str(ledger.rows()[0].state)


async def test_a_log_that_cannot_grow_is_not_the_runs_trouble(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is flushed at the log's close fails as the lines before did; they are missing, and nothing else is."""
    opened = os.open

    def onto_a_full_disk(path: Path, *how: int) -> int:
        return opened("/dev/full" if path.name == "log.jsonl" else path, *how)

    monkeypatch.setattr(os, "open", onto_a_full_disk)
    summary, state = await sent(browser, tmp_path)

    assert (summary.exit_code, summary.verdict, state, summary.sealed) == (0, "confirmed", "confirmed", True)


@pytest.mark.parametrize(
    ("failing", "sealed", "told"),
    [
        ("autofill.evidence.recorder.render_report", False, lambda summary: summary.faults[-1]),
        ("autofill.page.browser.close_quietly", True, lambda summary: summary.error),
    ],
    ids=["the report", "the closing of the page"],
)
async def test_what_fails_after_the_outcome_takes_no_verdict_back(
    failing: str,
    sealed: bool,
    told: Callable[[RunSummary], str | None],
    browser: Browser,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is sent, and the evidence is incomplete."""
    monkeypatch.setattr(failing, fail)
    summary, state = await sent(browser, tmp_path)

    assert (summary.exit_code, summary.verdict, state, summary.sealed) == (81, "confirmed", "confirmed", sealed)
    assert "ValueError" in (told(summary) or "")


async def test_a_mistake_of_ours_after_the_click_is_never_not_submitted(browser: Browser, tmp_path: Path) -> None:
    """As when the progress cannot be shown any more."""
    summary, state = await sent(browser, tmp_path, lambda event: fail() if isinstance(event, SubmitResponded) else None)

    assert (summary.exit_code, summary.verdict, state, summary.sealed) == (80, "unknown", "unknown", True)


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
        claimed = claim(JOB, RunConditions(tmp_path / "r", replica.url, "here"), ledger)
        summary = (await Run(claimed, listen).replay(browser))()
        arrived, (row,) = requests(replica.url), ledger.rows()

    if after:
        assert (summary.exit_code, summary.verdict, row.state, arrived) == (81, "confirmed", "confirmed", 1)
        (picture,) = (tmp_path / "elsewhere").rglob("confirmation.png")
        assert picture.read_bytes().startswith(b"\x89PNG")
    else:
        assert (summary.exit_code, summary.verdict, row.state, arrived) == (74, "not-submitted", "not-submitted", 0)
    assert not summary.sealed


@pytest.mark.parametrize(
    ("step", "code", "verdict"), one_in(2, [("submit", 80, "unknown"), ("open", 75, "not-submitted")])
)
async def test_a_browser_that_is_killed(step: str, code: int, verdict: str, tmp_path: Path) -> None:
    """Fault 25: the page hangs at a step, and its browser gets SIGKILL there."""
    patience = Patience(opening=8, change=8, outcome=8, picture=2)
    faults = (f"hang@{step}",)
    async with async_playwright() as driver, launched(driver, BrowserSettings()) as browser:
        with serving(ReplicaOptions(delay_ms=0, faults=faults)) as replica, open_ledger(tmp_path / "l") as ledger:
            claimed = claim(JOB, RunConditions(tmp_path, replica.url, "here", patience=patience), ledger)
            running = asyncio.create_task(Run(claimed, print).replay(browser))
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
