"""`make hostile-test`: pages put together at random, and what must hold on every one of them.

Usage: in_chromium.py [--pages N] [--seed N] [--only N] [--at-once N]
The inquiry arrives at most once, never before the click, and nobody is told "safe to retry" when it arrived. In one of
ten pages the run is killed at a random moment, and run again.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from playwright.async_api import Browser, async_playwright

from autofill.evidence.keeping.log import log_to_stderr
from autofill.page.browser import BrowserSettings, launched
from tests.hostile.killed import kill_and_run_again
from tests.hostile.parts import Page, compose
from tests.hostile.runs import Turn, broken_promises, run_page

# Of so many pages one has its run killed.
ONE_KILLED_IN = 10
PAGES = 1_000


@dataclass(slots=True)
class Tally:
    """What happened so far."""

    pages: int = 0
    arrivals: int = 0
    ends: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)

    def note(self, turns: list[Turn]) -> None:
        """Count what the runs of one page came to."""
        self.pages += 1
        self.arrivals += sum(len(turn.inquiries) for turn in turns)
        first = turns[0].summary
        self.ends[str(first.verdict) if first else "killed"] += 1

    def __str__(self) -> str:
        """Counts, as people read them."""
        kinds = {"double": "doubles", "early": "early", "wrong": "wrong 'safe to retry'", "elsewhere": "elsewhere"}
        found = (
            f"{sum(kind in line.split(chr(10))[0] for line in self.broken)} {words}" for kind, words in kinds.items()
        )
        ends = ", ".join(f"{count} {end}" for end, count in sorted(self.ends.items()))
        return f"{self.pages} compositions ({ends}), {self.arrivals} arrivals, {', '.join(found)}"


def composition(seed: int, number: int) -> tuple[Page, random.Random]:
    """One page of a seed, always the same, and the chance that its run has."""
    chance = random.Random(f"{seed} {number}")
    return compose(chance), chance


async def try_page(browser: Browser, seed: int, number: int, tally: Tally) -> None:
    """Run one page, whatever comes of it, and note what does not hold."""
    page, chance = composition(seed, number)
    folder = Path(tempfile.mkdtemp(prefix="hostile-"))
    try:
        if number % ONE_KILLED_IN == 0:
            turns = await kill_and_run_again(page, folder, chance)
        else:
            turns = await run_page(browser, page, folder, until="review" if chance.random() < 0.05 else None)
    except Exception as error:  # noqa: BLE001 - one page must not end the others
        tally.broken.append(f"{number}: {type(error).__name__} {error}\n    {page}")
        return
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    tally.note(turns)
    if broken := broken_promises(turns):
        tally.broken.append(f"{number}: {'; '.join(broken)}\n    {page}")


async def try_pages(seed: int, numbers: range, at_once: int) -> Tally:
    """Run many pages, some at a time, in one browser."""
    tally, places = Tally(), asyncio.Semaphore(at_once)

    async def one(browser: Browser, number: int) -> None:
        async with places:
            await try_page(browser, seed, number, tally)
            print(f"\r{tally.pages} pages, {len(tally.broken)} broken promises ", end="", file=sys.stderr, flush=True)

    async with async_playwright() as driver, launched(driver, BrowserSettings()) as browser:
        await asyncio.gather(*(one(browser, number) for number in numbers))
    return tally


def main(words: list[str] | None = None) -> None:
    log_to_stderr()
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--pages", type=int, default=PAGES)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--only", type=int, metavar="N", help="this page of the seed only")
    arguments.add_argument("--at-once", type=int, default=4)
    wanted = arguments.parse_args(words)
    numbers = range(wanted.only, wanted.only + 1) if wanted.only is not None else range(wanted.pages)
    began = time.monotonic()
    tally = asyncio.run(try_pages(wanted.seed, numbers, wanted.at_once))
    print(f"\nseed {wanted.seed}, {time.monotonic() - began:.0f} s: {tally}")
    for line in tally.broken:
        print(f"  {line}")
    sys.exit(1 if tally.broken else 0)


if __name__ == "__main__":
    main()
