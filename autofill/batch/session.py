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
from autofill.evidence.summary import RunSummary
from autofill.replay.browser import BrowserSettings, browser_session
from autofill.workflow import Conditions, Job, Listener

_SIGNALS = {signal.SIGINT: ExitCode.INTERRUPTED, signal.SIGTERM: ExitCode.TERMINATED}


@dataclass(frozen=True, slots=True)
class Session:
    """What to run, how, and who listens. `finished` is called with each run's summary as soon as there is one."""

    jobs: Sequence[Job]
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
        waiting = list(self.jobs)
        try:
            async with browser_session(self.browser) as browser:
                places = asyncio.Semaphore(self.at_once)
                await asyncio.gather(*(self._one(job, browser, places, waiting) for job in self.jobs))
        except AutofillError as error:
            self._give_up(waiting, error)
        except asyncio.CancelledError as cancelled:
            self._give_up(waiting, workflow.stopped_by(cancelled))

    async def _one(self, job: Job, browser: Browser, places: asyncio.Semaphore, waiting: list[Job]) -> None:
        async with places:
            waiting.remove(job)
            self.finished(await workflow.run(job, self.conditions, browser, self.listener))

    def _give_up(self, waiting: list[Job], error: AutofillError) -> None:
        for job in waiting:
            self.finished(workflow.never_begun(job.profile, job.plan.form, self.conditions.target, error))


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
