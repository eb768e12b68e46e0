"""One browser for all jobs of a command. Prints nothing.

A signal ends the runs in order, with their recordings; browser, driver and seals are left in peace by it.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

from autofill.errors import failure_of
from autofill.jobs.signals import Signals
from autofill.page.browser import driver_starting, launched

# The rest of autofill is imported by `prepare`, while the driver starts: a fifth of a second nobody waits for.
if TYPE_CHECKING:
    from autofill.jobs.pool import Pool


def run_session(prepare: Callable[[], Pool], signals: Signals) -> None:
    """Run everything that `prepare` finds to do; whatever is raised afterwards stands in the summaries.

    `prepare` reads and plans the profiles; it runs while Playwright's driver starts, and before any browser does.
    """
    asyncio.run(_run(prepare, signals))


async def _run(prepare: Callable[[], Pool], signals: Signals) -> None:
    work: Pool | None = None
    try:
        async with driver_starting() as driver, AsyncExitStack() as closing:
            work = await asyncio.to_thread(prepare)
            gc.freeze()
            gc.enable()
            if work.waiting:
                work.warm_up()
                with signals.interrupting():
                    launching = launched(await asyncio.shield(driver), work.browser)
                    await work.run(await closing.enter_async_context(launching))
    except Exception as error:
        if work is None:
            raise
        work.give_up(failure_of(error))
    if work is not None:
        await work.sealed()
