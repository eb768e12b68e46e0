"""The driver that is started ahead: it is the one that a run gets, and without a run it goes away by itself."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

_RUN = """
from autofill.page import driver
driver.start_ahead()
ahead = driver._AHEAD[0].process
async def main():
    async with driver.driver_starting() as starting:
        speaks = await starting
        print("waiting:", len(driver._AHEAD), "speaks:", speaks.chromium.name)
driver.run(main())
print("ended:", ahead.returncode)
"""
_LEFT_ALONE = """
from autofill.page import driver
driver.start_ahead()
print(*(ahead.process.pid for ahead in driver._AHEAD))
"""
# Seconds for a program that nobody listens to any more to end.
_TO_END = 10


def _said(program: str, home: Path) -> list[str]:
    environment = {**os.environ, "HOME": str(home), "XDG_CACHE_HOME": str(home / "cache")}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment, check=True)
    assert done.stderr == ""
    return done.stdout.splitlines()


@pytest.fixture
def used(tmp_path: Path) -> Path:
    """A home in which a run has come to a browser before."""
    (tmp_path / "cache" / "autofill" / "driver").mkdir(parents=True)
    return tmp_path


def test_the_driver_that_was_started_ahead_is_the_one_that_is_used(used: Path) -> None:
    assert _said(_RUN, used) == ["waiting: 0 speaks: chromium", "ended: 0"]


def test_without_a_run_it_ends_by_itself(used: Path) -> None:
    (ahead,) = _said(_LEFT_ALONE, used)
    until = time.monotonic() + _TO_END
    while Path(f"/proc/{ahead}/cmdline").exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert not Path(f"/proc/{ahead}/cmdline").exists()


def test_where_no_run_has_been_nothing_is_started_and_nothing_left(tmp_path: Path) -> None:
    assert _said(_LEFT_ALONE, tmp_path) == [""]
    assert not list(tmp_path.iterdir())
