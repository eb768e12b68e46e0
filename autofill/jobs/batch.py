"""A batch of inquiries: some at a time, each claimed when it starts, in browsers that come and go. Prints nothing.

What an earlier command sent is found in the ledger and counts as done, so the same command goes on where it was
stopped. Before the submit a run may be tried again; after it, nothing is.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from playwright.async_api import Browser, Playwright

from autofill.errors import ExitCode, Stopped
from autofill.evidence.keeping.summary import RunSummary
from autofill.jobs.batch_outcome import RowOutcome, came_to
from autofill.jobs.batch_rows import BatchRow
from autofill.jobs.supply import TEMPORARY, Supply, Taken
from autofill.page.browser import BrowserSettings, launched, memory_of
from autofill.running.claim import Claim
from autofill.running.pace import wait_for_slot
from autofill.running.run import Listener, Run

# A browser that was used so often, or has grown so large (bytes), is replaced by a new one.
_RUNS_OF_A_BROWSER: Final = 40
_LARGEST_BROWSER: Final = 2 * 1024**3
# After how many runs it is looked at how large it is.
_WEIGHED: Final = 10
_LONGEST_WAIT: Final = 900.0


@dataclass(slots=True)
class BatchRun:
    """The runs of a batch. Each row's outcome goes to `ended` as soon as there is one.

    `browser` says which one a claim needs. `max_failures` is how many rows may fail before no other is begun;
    `back_off` the seconds that all wait when the site has trouble, twice as many each time in a row, and as long as it
    asks for.
    """

    supply: Supply
    browser: Callable[[Claim], BrowserSettings]
    at_once: int
    ended: Callable[[RowOutcome], None]
    listener: Listener = lambda _event: None
    max_failures: int | None = None
    back_off: float = 30.0
    _begun: dict[str, tuple[BatchRow, Run]] = field(default_factory=dict)
    _failures: int = 0
    _troubles: int = 0
    _not_before: float = 0.0
    _left: int = 0
    _stopped: bool = False

    async def run(self, playwright: Playwright) -> None:
        """Run every row that can be run. Cancelling this ends the runs in order.

        Raises:
            NoBrowser: None could be started.
            InvalidFile: The table cannot be read to its end.
        """
        while (first := await self._next()) is not None:
            try:
                async with launched(playwright, self.browser(first[1])) as browser:
                    self._left = _RUNS_OF_A_BROWSER - 1  # the first one is at hand
                    taken, first = first, None
                    await self._with(browser, taken)
            finally:
                if first is not None:
                    self.supply.give_back(first)
            gc.collect()  # what a browser's library keeps of its runs goes round in circles, some megabytes each

    async def _with(self, browser: Browser, taken: Taken) -> None:
        """Run rows in one browser; whatever ends this, the runs in it have ended. Live runs go one by one."""
        _row, claimed = taken
        others = 0 if claimed.space == "live" else self.at_once - 1
        beginnings = (taken, *[None] * others)
        working = [asyncio.create_task(self._work(browser, claimed, each)) for each in beginnings]
        try:
            await asyncio.gather(*working)
        except BaseException:
            self._stopped = True
            await asyncio.wait(working)
            raise

    def standing(self, stopped: Stopped) -> list[RowOutcome]:
        """What the runs that have begun and are not finished have come to, if a signal ends them here."""
        return [came_to(row, run.standing(stopped)) for row, run in self._begun.values()]

    async def _work(self, browser: Browser, like: Claim, taken: Taken | None) -> None:
        """Run one row after the other; the last one is sealed while the next one runs."""
        sealing: asyncio.Task[None] | None = None
        try:
            while (taken := taken or await self._next_in(browser, like)) is not None:
                row, claimed = taken
                try:
                    await asyncio.sleep(max(0.0, self._not_before - asyncio.get_running_loop().time()))
                    await wait_for_slot(claimed, self.listener, self.supply.persist)
                except BaseException:
                    self.supply.give_back(taken)
                    raise
                taken, run = None, Run(claimed, self.listener)
                self._begun[row.label] = row, run
                await run.replay(browser)
                code = run.standing(Stopped(ExitCode.INTERRUPTED)).exit_code
                self._stopped = self._stopped or self.supply.is_over(code)
                if sealing is not None:
                    await sealing
                sealing = asyncio.create_task(self._end(row, run, browser))
                task = asyncio.current_task()
                assert task is not None
                if task.cancelling():  # the run has ended in order, and took no notice otherwise
                    raise asyncio.CancelledError
                if self._left % _WEIGHED == 0 and await memory_of(browser) > _LARGEST_BROWSER:
                    self._left = 0
        finally:
            if sealing is not None:
                await asyncio.shield(sealing)

    async def _next_in(self, browser: Browser, like: Claim) -> Taken | None:
        """The next row for a browser; none if it has done its part, or is gone."""
        if self._left <= 0 or not browser.is_connected():
            return None
        self._left -= 1
        return await self._next(like)

    async def _next(self, like: Claim | None = None) -> Taken | None:
        """The next row that can run, claimed, in the same browser as another; those that cannot are ended here."""
        while not self._stopped:
            await asyncio.sleep(0)  # a signal is heard between rows, however many were sent before
            found = await self.supply.take(like)
            if not isinstance(found, RowOutcome):
                return found
            self._tell(found)
        return None

    async def _end(self, row: BatchRow, run: Run, browser: Browser) -> None:
        """Seal a run's recording, and tell what it came to, or have it tried again."""
        summary = await asyncio.to_thread(run.finish)
        self._mind_trouble(summary, browser)
        outcome = await self.supply.ended(row, summary, may_try_again=not self._stopped)
        del self._begun[row.label]
        if outcome is not None:
            self._tell(outcome)

    def _mind_trouble(self, summary: RunSummary, browser: Browser) -> None:
        """Leave a site that has trouble alone for a while."""
        if summary.exit_code not in TEMPORARY:
            self._troubles = 0
        elif browser.is_connected():
            wait = max(summary.retry_after, min(self.back_off * 2**self._troubles, _LONGEST_WAIT))
            self._troubles += 1
            self._not_before = asyncio.get_running_loop().time() + wait

    def _tell(self, outcome: RowOutcome) -> None:
        self._failures += outcome.state == "failed"
        too_many = self.max_failures is not None and self._failures > self.max_failures
        self._stopped = self._stopped or too_many or self.supply.is_over(outcome.exit_code)
        self.ended(outcome)
