"""One browser for all jobs of a command, and what a signal does to them. Prints nothing.

Ctrl-C and SIGTERM end the runs in order, with their recordings; a second one ends the process at once.
"""

from __future__ import annotations

import asyncio
import gc
import os
import signal
from collections.abc import Callable
from typing import TYPE_CHECKING

from autofill.errors import AutofillError, ExitCode, Stopped
from autofill.replay.browser import driver_starting, launched

# The rest of autofill is imported by `prepare`, while the driver starts: a fifth of a second nobody waits for.
if TYPE_CHECKING:
    from autofill.batch.work import Work

_SIGNALS = {signal.SIGINT: ExitCode.INTERRUPTED, signal.SIGTERM: ExitCode.TERMINATED}


def run_session(prepare: Callable[[], Work]) -> None:
    """Run everything that `prepare` finds to do.

    `prepare` reads and plans the profiles; it runs while Playwright's driver starts, and before any browser does.
    """
    asyncio.run(_run(prepare))


async def _run(prepare: Callable[[], Work]) -> None:
    _cancel_on_signals()
    work: Work | None = None
    try:
        async with driver_starting() as driver:
            work = await asyncio.to_thread(prepare)
            gc.freeze()
            gc.enable()
            if work.waiting:
                warm_up = asyncio.create_task(work.warm_up())
                async with launched(await driver, work.browser) as browser:
                    await work.run(browser)
                await warm_up
    except AutofillError as error:
        if work is None:
            raise
        work.give_up(error)
    except asyncio.CancelledError as cancelled:
        if work is not None:
            work.give_up(Stopped.by(cancelled))
    if work is not None:
        await work.sealed()


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
