"""One browser for all jobs of a command, some at a time, each in a context of its own. Prints nothing.

Ctrl-C and SIGTERM end the runs in order, with their recordings; a second one ends the process at once.
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from playwright.async_api import Browser

from autofill import workflow
from autofill.errors import AutofillError, ExitCode
from autofill.evidence.report import report_template
from autofill.evidence.summary import RunSummary
from autofill.replay.browser import BrowserSettings, driver_starting, launched
from autofill.workflow import Conditions, Finish, Job, Listener

_SIGNALS = {signal.SIGINT: ExitCode.INTERRUPTED, signal.SIGTERM: ExitCode.TERMINATED}


@dataclass(frozen=True, slots=True)
class Session:
    """What to run, how, and who listens.

    `prepare` reads and plans the profiles; it runs while Playwright's driver starts, and before any browser does.
    `finished` is called with each run's summary as soon as there is one.
    """

    prepare: Callable[[], Sequence[Job]]
    conditions: Conditions
    browser: BrowserSettings
    at_once: int
    listener: Listener
    finished: Callable[[RunSummary], None]

    def run(self) -> None:
        """Run all jobs; every one of them ends in a summary, whatever happens."""
        asyncio.run(self._run())

    async def _run(self) -> None:
        _cancel_on_signals()
        waiting: list[Job] = []
        ends: list[asyncio.Task[None]] = []
        try:
            async with driver_starting() as driver:
                waiting += await asyncio.to_thread(self.prepare)
                if waiting:
                    # The template compiles while the browser starts: nobody waits for it at the end.
                    ends.append(asyncio.create_task(asyncio.to_thread(_warm_up)))
                    async with launched(await driver, self.browser) as browser:
                        await self._work(browser, waiting, ends)
        except AutofillError as error:
            self._give_up(waiting, error)
        except asyncio.CancelledError as cancelled:
            self._give_up(waiting, workflow.stopped_by(cancelled))
        await asyncio.gather(*ends)

    async def _work(self, browser: Browser, waiting: list[Job], ends: list[asyncio.Task[None]]) -> None:
        places = asyncio.Semaphore(self.at_once)

        async def one(job: Job) -> None:
            async with places:
                waiting.remove(job)
                finish = await workflow.run(job, self.conditions, browser, self.listener)
            ends.append(asyncio.create_task(self._end(finish)))

        await asyncio.gather(*map(one, tuple(waiting)))

    async def _end(self, finish: Finish) -> None:
        """Sealing goes on beside the next run, or beside the closing of the browser."""
        self.finished(await asyncio.to_thread(finish))

    def _give_up(self, waiting: list[Job], error: AutofillError) -> None:
        for job in waiting:
            self.finished(workflow.never_begun(job.profile, job.plan.form, self.conditions.target, error))


def _warm_up() -> None:
    report_template()


def _cancel_on_signals() -> None:
    task, loop = asyncio.current_task(), asyncio.get_running_loop()
    heard: list[ExitCode] = []

    def stop(code: ExitCode) -> None:
        if heard:
            os._exit(code)
        heard.append(code)
        if task is not None:
            task.cancel(str(code.value))

    for number, code in _SIGNALS.items():
        loop.add_signal_handler(number, stop, code)
