"""Jobs, some at a time, each in a browser context of its own, every one of them ending in a summary. Prints nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.async_api import Browser

from autofill.cases.ledger.ledger import Ledger
from autofill.errors import AutofillError, Stopped
from autofill.events import Event, StepStarted
from autofill.evidence.keeping.report import report_template
from autofill.evidence.keeping.summary import RunSummary
from autofill.evidence.sealing.seal import load_signing
from autofill.running.claim import Claim
from autofill.running.job import Job
from autofill.running.pace import wait_for_slot
from autofill.running.run import Listener, Run


@dataclass(slots=True)
class Pool:
    """What to run, and who listens: a summary goes to `finished` as soon as there is one, an error to `refused`."""

    waiting: list[Claim]
    ledger: Ledger
    at_once: int
    listener: Listener
    finished: Callable[[RunSummary], None]
    refused: Callable[[Job, AutofillError], None]
    _begun: list[Run] = field(default_factory=list)
    _ends: list[asyncio.Task[object]] = field(default_factory=list)
    _warm: bool = False

    async def run(self, browser: Browser) -> None:
        """Run what is waiting; come back as soon as the browser is no longer needed. Live runs go one by one.

        Cancelling this ends the runs in order, and each keeps the browser until it has.
        """
        live = any(claimed.space == "live" for claimed in self.waiting)
        places = asyncio.Semaphore(1 if live else self.at_once)
        ends = (self._one(claimed, browser, places) for claimed in tuple(self.waiting))
        for error in await asyncio.gather(*ends, return_exceptions=True):
            if error is not None:
                raise error

    async def _one(self, claimed: Claim, browser: Browser, places: asyncio.Semaphore) -> None:
        async with places:
            await wait_for_slot(claimed, self.listener)
            self.waiting.remove(claimed)
            run = Run(claimed, self._heard)
            self._begun.append(run)
            await run.replay(browser)
        self._ends.append(asyncio.create_task(self._end(run)))

    async def _end(self, run: Run) -> None:
        """Sealing goes on beside the next run, or beside the closing of the browser."""
        self.finished(await asyncio.to_thread(run.finish))
        self._begun.remove(run)

    def give_up(self, error: AutofillError) -> None:
        """End what has not begun."""
        for claimed in self.waiting:
            claimed.release()
            self.refused(claimed.job, error)

    def standing(self, stopped: Stopped) -> list[RunSummary]:
        """What the runs that have begun and are not finished have come to, if a signal ends them here."""
        return [run.standing(stopped) for run in self._begun]

    async def sealed(self) -> None:
        """Wait until every recording is sealed, and close the ledger."""
        await asyncio.gather(*self._ends, return_exceptions=True)  # a run's end says itself what went wrong in it
        self.ledger.close()

    def _heard(self, event: Event) -> None:
        self.listener(event)
        if isinstance(event, StepStarted) and event.number > 1 and not self._warm:
            # What report and seal need is loaded while the second page comes: nobody waits for it, now or at the end.
            self._warm = True
            self._ends.append(asyncio.create_task(asyncio.to_thread(_load_the_end)))


def _load_the_end() -> None:
    report_template()
    load_signing()
