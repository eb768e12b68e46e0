"""`make mutation-test`: forms that have changed since their map was made, and what must hold on every one of them.

Usage: in_chromium.py [--seeds N] [--first N] [--only N] [--script] [--report FILE]
Each form is run once as it was. Then the same map and profile are run on mutants of it: a run goes through and is
right, or stops with 76, says why, and has sent nothing. It never sends a wrong value, leaves out what was asked of it,
or fills a trap. With --script the same is played with the script that Playwright's codegen makes of each form; with
--report both are written down.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from playwright.async_api import Browser, async_playwright

from autofill.evidence.keeping.log import log_to_stderr
from autofill.page.browser import BrowserSettings, launched
from tests.mutations.codegen import played, recorded
from tests.mutations.forms import BASES, base
from tests.mutations.mutate import mutant
from tests.mutations.report import report
from tests.mutations.runs import GOOD, Turn, try_base, try_mutant
from tests.mutations.site import Site, serving
from tests.mutations.tally import OURS, SCRIPT, Result, by_kind

SEEDS: Final = 300


@dataclass(slots=True)
class Tally:
    """What happened so far: with the program, with the script, and what must not happen."""

    ours: list[Result] = field(default_factory=list)
    script: list[Result] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    browser: str = ""

    def note(self, turn: Turn) -> None:
        """Count what a run came to."""
        self.ours.append(Result(turn.mutant.kinds, turn.outcome))
        if turn.outcome not in GOOD:
            self.findings.append(str(turn))


async def try_seeds(browser: Browser, seeds: Iterable[int]) -> Tally:
    """Run the program on the mutants of some seeds, one after the other."""
    tally = Tally(browser=f"Chromium {browser.version}")
    root = Path(tempfile.mkdtemp(prefix="mutations-"))
    try:
        for number in range(BASES):
            await try_base(browser, number, _made(root / f"base-{number}"))
        for seed in seeds:
            folder = _made(root / str(seed))
            tally.note(await try_mutant(browser, seed, folder, root / f"base-{mutant(seed).number}"))
            shutil.rmtree(folder)
            print(f"\r{len(tally.ours)} forms, {len(tally.findings)} findings ", end="", file=sys.stderr, flush=True)
    finally:
        shutil.rmtree(root)
    return tally


async def play_seeds(browser: Browser, seeds: Iterable[int], tally: Tally) -> None:
    """Play the scripts of codegen on the mutants of some seeds."""
    with ExitStack() as open_sites:
        sites = [open_sites.enter_context(serving(base(number))) for number in range(BASES)]
        made: list[tuple[Site, str]] = [(site, await recorded(browser, site)) for site in sites]
        for seed in seeds:
            changed = mutant(seed)
            outcome, _about = await played(browser, *made[changed.number], changed)
            tally.script.append(Result(changed.kinds, outcome))


async def try_all(seeds: range, *, script: bool) -> Tally:
    """All of it, in one browser."""
    async with async_playwright() as driver, launched(driver, BrowserSettings()) as browser:
        tally = await try_seeds(browser, seeds)
        if script:
            await play_seeds(browser, seeds, tally)
    return tally


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def main(words: list[str] | None = None) -> None:
    log_to_stderr()
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--seeds", type=int, default=SEEDS)
    arguments.add_argument("--first", type=int, default=0, metavar="N", help="begin with this seed")
    arguments.add_argument("--only", type=int, metavar="N", help="this seed only")
    arguments.add_argument("--script", action="store_true", help="play codegen's script, too")
    arguments.add_argument("--report", type=Path, metavar="FILE")
    wanted = arguments.parse_args(words)
    first, many = (wanted.first, wanted.seeds) if wanted.only is None else (wanted.only, 1)
    began = time.monotonic()
    tally = asyncio.run(try_all(range(first, first + many), script=wanted.script or wanted.report is not None))
    print(f"\nautofill, {many} forms, {time.monotonic() - began:.0f} s:\n\n{by_kind(tally.ours, OURS)}")
    if tally.script:
        print(f"The script that codegen makes:\n\n{by_kind(tally.script, SCRIPT)}")
    if wanted.report:
        wanted.report.write_text(report(tally.ours, tally.script, first, tally.browser), "utf-8")
    for finding in tally.findings:
        print(f"  {finding}")
    sys.exit(1 if tally.findings else 0)


if __name__ == "__main__":
    main()
