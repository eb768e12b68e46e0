"""A batch goes on whatever happens to its browser, its site and its rows, and sends nothing twice."""

from __future__ import annotations

import asyncio
import json
import math
import os
import signal
import sqlite3
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import BrowserType, async_playwright

from autofill.cases.ledger.ledger import open_ledger
from autofill.errors import AutofillError, DiskTrouble, ExitCode, InvalidFile, Problem
from autofill.evidence.keeping.folder import RecordingFolder
from autofill.forms.catalog import Prepared, prepare
from autofill.jobs.batch import BatchRun
from autofill.jobs.batch_outcome import RowOutcome
from autofill.jobs.batch_rows import Batch, BatchRow
from autofill.jobs.supply import BatchSupply
from autofill.page.browser import BrowserSettings
from autofill.replay.runner import Patience
from autofill.replica import ReplicaOptions, serving
from autofill.running.job import RunConditions
from autofill.sources.source import parse_source

PROFILE = Path(__file__).parents[2] / "profiles" / "06-feedback.yaml"
# Seconds, as the practice desk asks for them.
RETRY_AFTER = 30


def planned(number: int) -> Prepared:
    """An inquiry like no other."""
    text = PROFILE.read_text("utf-8").replace("October 8 and", f"October 8, for the {number}th time, and")
    return prepare(parse_source(text.encode(), f"row {number}"), PROFILE.parent)


def rows(count: int) -> Batch:
    every = [BatchRow(str(n), f"t.csv:{n}", lambda n=n: planned(n)) for n in range(count)]  # type: ignore[misc]
    return Batch("t.csv", lambda: iter(every))


class Desk:
    """A practice desk, and batches that are run against it."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url, self.folder = url, folder

    async def run(
        self, batch: Batch, *, ended: Callable[[RowOutcome], None] = lambda _: None, **how: Any
    ) -> dict[str, RowOutcome]:
        """The outcomes by row."""
        found: dict[str, RowOutcome] = {}

        def keep(outcome: RowOutcome) -> None:
            assert outcome.row not in found
            found[outcome.row] = outcome
            ended(outcome)

        patience = how.pop("patience", Patience())
        conditions = RunConditions(self.folder, self.url, "here", patience=patience)
        options = {"at_once": 2, "back_off": 0.0, **how}
        with open_ledger(self.folder / "ledger") as ledger:
            supply = BatchSupply(batch, conditions, ledger)
            work = BatchRun(supply, lambda _claim: BrowserSettings(), ended=keep, **options)
            async with async_playwright() as playwright:
                await work.run(playwright)
        return found

    def arrived(self) -> int:
        with urllib.request.urlopen(f"{self.url}/_replica/submissions") as answer:
            return len(json.load(answer)["submissions"])


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with serving(ReplicaOptions(delay_ms=0)) as replica:
        yield Desk(replica.url, tmp_path)


def states(outcomes: dict[str, RowOutcome]) -> dict[str, str]:
    return {row: outcome.state for row, outcome in outcomes.items()}


async def test_what_was_sent_is_found_again_and_what_is_wrong_decides_for_nobody_else(desk: Desk) -> None:
    def wrong() -> Prepared:
        raise InvalidFile([Problem("t.csv", 2, 1, "message", "is missing")])

    def ours() -> Prepared:
        raise ZeroDivisionError

    good = list(rows(3).rows())
    bad = [BatchRow("bad", "t.csv:bad", wrong), BatchRow("bug", "t.csv:bug", ours)]
    batch = Batch("t.csv", lambda: iter([good[0], *bad, *good[1:]]))
    first = await desk.run(batch)
    assert states(first) == {"0": "sent", "bad": "invalid", "bug": "failed", "1": "sent", "2": "sent"}
    again = await desk.run(batch)
    sent = {row: each for row, each in again.items() if row in "012"}
    assert set(states(sent).values()) == {"sent before"}
    assert {row: each.case_number for row, each in sent.items()} == {row: first[row].case_number for row in sent}
    assert all(_is_there(each.recording) for each in sent.values())
    assert {each.exit_code for each in sent.values()} == {0}
    assert (again["bad"].exit_code, again["bug"].exit_code) == (ExitCode.INVALID_FILE, ExitCode.OUR_BUG)
    assert desk.arrived() == 3


def _is_there(recording: str | None) -> bool:
    return recording is not None and Path(recording).is_dir()


async def test_a_browser_that_is_killed_is_replaced(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows that it was at are tried again if nothing was sent; all arrive once."""
    killed: list[int] = []

    def kill(_outcome: RowOutcome) -> None:
        if not killed:
            killed.extend(_browsers())
            for process in killed:
                os.kill(process, signal.SIGKILL)

    outcomes = await desk.run(rows(5), ended=kill)
    assert killed
    # A run that was just between the click and the answer cannot know.
    assert set(states(outcomes).values()) <= {"sent", "unknown"}
    assert len(outcomes) == 5
    assert list(states(outcomes).values()).count("sent") >= 3
    assert desk.arrived() <= 5


def _browsers() -> list[int]:
    """The browsers that this process's own driver has started."""
    driver = [int(child) for child in _children(os.getpid())]
    return [child for each in driver for child in _children(each)]


def _children(process: int) -> list[int]:
    tasks = Path(f"/proc/{process}/task")
    return [int(child) for task in tasks.iterdir() for child in (task / "children").read_text().split()]


async def test_a_browser_is_used_so_often_and_no_oftener(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("autofill.jobs.batch._RUNS_OF_A_BROWSER", 2)
    launched = _launches(monkeypatch)
    assert set(states(await desk.run(rows(3), at_once=1)).values()) == {"sent"}
    assert len(launched) == 2


async def test_a_browser_that_has_grown_too_large_is_replaced(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("autofill.jobs.batch._LARGEST_BROWSER", 1_000_000)
    monkeypatch.setattr("autofill.jobs.batch._WEIGHED", 1)
    launched = _launches(monkeypatch)
    assert set(states(await desk.run(rows(2), at_once=1)).values()) == {"sent"}
    assert len(launched) == 2


def _launches(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    found: list[object] = []
    launch = BrowserType.launch

    async def counted(self: BrowserType, **how: Any) -> Any:
        found.append(how)
        return await launch(self, **how)

    monkeypatch.setattr(BrowserType, "launch", counted)
    return found


async def test_what_needs_no_browser_starts_none(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    await desk.run(rows(1))
    launched = _launches(monkeypatch)
    assert states(await desk.run(rows(1))) == {"0": "sent before"}
    assert launched == []


def _sleeps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    slept: list[float] = []
    sleep = asyncio.sleep

    async def counted(seconds: float, *rest: Any) -> Any:
        slept.append(math.ceil(round(seconds) / 10) * 10)  # some of it may have passed on a busy machine
        return await sleep(0, *rest)

    monkeypatch.setattr("autofill.jobs.batch.asyncio.sleep", counted)
    return slept


async def test_a_site_in_trouble_is_left_alone_and_tried_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three times a row; each time in a row of times the batch waits twice as long."""
    desk.url = "http://127.0.0.1:9"
    slept = _sleeps(monkeypatch)
    outcomes = await desk.run(rows(1), at_once=1, back_off=20.0)
    assert states(outcomes) == {"0": "failed"}
    assert outcomes["0"].exit_code == ExitCode.UNAVAILABLE
    assert [seconds for seconds in slept if seconds] == [20, 40]


@pytest.mark.long
async def test_a_site_that_asks_to_wait_is_left_alone_as_long_as_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept = _sleeps(monkeypatch)
    with serving(ReplicaOptions(delay_ms=0, faults=("status@open=503",))) as replica:
        outcomes = await Desk(replica.url, tmp_path).run(rows(1), at_once=1, patience=Patience(change=6))
    assert outcomes["0"].exit_code == ExitCode.TRY_LATER
    assert [seconds for seconds in slept if seconds] == [RETRY_AFTER] * 2


@pytest.mark.long
async def test_a_full_disk_ends_a_batch_before_its_next_row(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was sent before is kept; where there is room again, the same command goes on."""
    with_room: list[Path] = []

    def write(self: RecordingFolder, name: str, content: bytes) -> None:
        with_room.extend([] if with_room else [self.path])
        if self.path not in with_room:
            raise DiskTrouble(f"{name} could not be written: No space left on device.")
        written(self, name, content)

    written = RecordingFolder.write
    with monkeypatch.context() as patch:
        patch.setattr(RecordingFolder, "write", write)
        outcomes = await desk.run(rows(4), at_once=1)
    assert states(outcomes) == {"0": "sent", "1": "failed"}
    assert (outcomes["1"].exit_code, desk.arrived()) == (ExitCode.DISK, 1)
    assert "No space left on device" in outcomes["1"].note
    assert states(await desk.run(rows(4))) == {"0": "sent before", "1": "sent", "2": "sent", "3": "sent"}
    assert desk.arrived() == 4


@pytest.mark.long
async def test_a_ledger_that_another_program_keeps_locked_ends_a_batch(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be claimed is not sent; when it is free again, the same command goes on."""
    locks: list[sqlite3.Connection] = []

    def lock(_outcome: RowOutcome) -> None:
        if not locks:
            locks.append(sqlite3.connect(desk.folder / "ledger", isolation_level=None))
            locks[0].execute("BEGIN IMMEDIATE")

    with monkeypatch.context() as patch:
        patch.setattr("autofill.cases.ledger.database.PATIENCE", 0.01)
        outcomes = await desk.run(rows(4), at_once=1, ended=lock)
    locks[0].close()
    assert outcomes["0"].state == "sent"
    assert "The ledger is locked by another program." in outcomes[max(outcomes)].note
    assert len(outcomes) < 4
    again = await desk.run(rows(4))
    # The one that it was at stays this process's own for as long as that lives.
    assert (again["0"].state, again["2"].state, again["3"].state) == ("sent before", "sent", "sent")
    assert desk.arrived() <= 4


async def test_enough_failures_end_a_batch(desk: Desk) -> None:
    """What has begun by then ends."""
    desk.url = "http://127.0.0.1:9"
    outcomes = await desk.run(rows(5), at_once=1, max_failures=1)
    assert {"0": "failed", "1": "failed"}.items() <= states(outcomes).items()
    assert len(outcomes) <= 3


async def test_a_table_that_cannot_be_read_on_ends_the_batch_with_its_place(desk: Desk) -> None:
    def broken() -> Any:
        yield from rows(1).rows()
        raise InvalidFile([Problem("t.csv", 3, 1, "", "is not closed")])

    with pytest.raises(AutofillError, match="is not closed"):
        await desk.run(Batch("t.csv", broken), at_once=1)
    assert desk.arrived() == 1
