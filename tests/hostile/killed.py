"""Runs that are killed at a random moment, with their browser, and started once more with the same command.

Usage: killed.py run ...    (the arguments of `autofill`, with less patience)
"""

from __future__ import annotations

import asyncio
import random
import sys
from collections.abc import Mapping
from pathlib import Path

from autofill.cases.ledger.ledger import open_ledger
from autofill.cli.app import main as autofill
from autofill.evidence.keeping.summary import RunSummary
from autofill.replay.runner import Patience
from tests.hostile.arrivals import Arrival
from tests.hostile.parts import Page
from tests.hostile.runs import HASTY, PROFILE, Turn, map_for, plan_for, typed_by
from tests.hostile.site import serving

ROOT = Path(__file__).parents[2]
# Seconds after the page was opened within which a run is killed; it is over by then, mostly.
LATEST = 3.0
# Seconds in which the browser of a killed run has sent what it still wanted to.
LINGER = 0.5


async def kill_and_run_again(page: Page, folder: Path, chance: random.Random) -> list[Turn]:
    """Kill a run at a moment of chance after it opened the page; then do as anybody would: run it again."""
    typed = typed_by(plan_for(page, folder))
    async with serving(page) as site:
        command = [sys.executable, "-m", "tests.hostile.killed", "run", "--json", "--form", str(map_for(page, folder))]
        command += ["--recordings", str(folder), "--url", site.url, str(PROFILE)]
        run = await _started(command)
        ended = asyncio.create_task(run.communicate())
        opened = asyncio.create_task(site.opened.wait())
        await asyncio.wait({ended, opened}, return_when=asyncio.FIRST_COMPLETED)
        opened.cancel()
        await asyncio.wait({ended}, timeout=chance.uniform(0, LATEST))
        if run.returncode is None:
            run.kill()
        said, _ = await ended
        await asyncio.sleep(LINGER)
        before = len(site.arrivals)
        first = _turn(said, folder, site.arrivals[:before], typed)
        again = await _started(command)
        said, _ = await again.communicate()
        return [first, _turn(said, folder, site.arrivals[before:], typed)]


async def _started(command: list[str]) -> asyncio.subprocess.Process:
    quiet = asyncio.subprocess.DEVNULL
    return await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=quiet)


def _turn(said: bytes, folder: Path, arrivals: list[Arrival], typed: Mapping[str, str]) -> Turn:
    """What a run left; one that was killed said nothing."""
    summary = RunSummary.model_validate_json(said) if said.strip() else None
    with open_ledger(folder / "ledger.sqlite3") as ledger:
        newest = ledger.rows()[0]
    mine = summary is None or summary.run_id == newest.run_id
    return Turn(summary, newest.clicked_at if mine else None, tuple(arrivals), typed)


if __name__ == "__main__":
    Patience.__init__.__defaults__ = (HASTY.opening, HASTY.change, HASTY.outcome, HASTY.picture)
    autofill()
