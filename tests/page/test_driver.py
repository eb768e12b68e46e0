"""The driver that is started ahead: it is the one that a run gets, and without a run it goes away by itself."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

_RUN = """
import asyncio
from autofill.page import ahead, browser, driver
ahead.start_ahead()
program = ahead.WAITING[0].process
async def main():
    wanted = browser.BrowserSettings()
    async with driver.driver_starting() as starting, browser.browser_starting(starting, wanted) as up:
        speaks = await starting
        print("waiting:", len(ahead.WAITING), "speaks:", speaks.chromium.name, "shows:", (await up).version > "")
        print(program.pid, *map(str.strip, open(f"/proc/{program.pid}/task/{program.pid}/children").read().split()))
asyncio.run(main())
"""
_LEFT_ALONE = """
from autofill.page import ahead
ahead.start_ahead()
print(*(each.process.pid for each in ahead.WAITING))
"""
# Seconds for a program that nobody listens to any more to end.
_TO_END = 10


def _said(program: str, home: Path) -> list[str]:
    # With DEBUG the driver has our stderr, and would complain there.
    environment = {**os.environ, "HOME": str(home), "XDG_CACHE_HOME": str(home / "cache"), "DEBUG": "nothing"}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment, check=True)
    assert done.stderr == ""
    return done.stdout.splitlines()


@pytest.fixture
def used(tmp_path: Path) -> Path:
    """A home in which a run has come to a browser before."""
    (tmp_path / "cache" / "autofill" / "driver").mkdir(parents=True)
    return tmp_path


def _end_by_themselves(processes: list[str]) -> bool:
    until = time.monotonic() + _TO_END
    while (
        there := [each for each in processes if Path(f"/proc/{each}/cmdline").exists()]
    ) and time.monotonic() < until:
        time.sleep(0.05)
    return not there


def test_the_driver_that_was_started_ahead_is_the_one_that_is_used_and_it_closes_its_browser_by_itself(
    used: Path,
) -> None:
    said, processes = _said(_RUN, used)
    assert said == "waiting: 0 speaks: chromium shows: True"
    assert len(processes.split()) > 1
    assert _end_by_themselves(processes.split())


def test_without_a_run_it_ends_by_itself(used: Path) -> None:
    assert _end_by_themselves(_said(_LEFT_ALONE, used))


def test_where_no_run_has_been_nothing_is_started_and_nothing_left(tmp_path: Path) -> None:
    assert _said(_LEFT_ALONE, tmp_path) == [""]
    assert not list(tmp_path.iterdir())
