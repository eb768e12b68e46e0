"""One browser for all jobs of a command. Prints nothing.

A signal ends the runs in order, with their recordings; browser, driver and seals are left in peace by it.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable
from contextlib import AbstractContextManager, AsyncExitStack, nullcontext
from typing import TYPE_CHECKING

from autofill.errors import failure_of
from autofill.jobs.signals import Signals
from autofill.jobs.turn import turn
from autofill.page.driver import driver_starting

# The rest of autofill is imported by `read` and `prepare`, while driver and browser start: nobody waits for it.
if TYPE_CHECKING:
    from autofill.jobs.batch import BatchRun
    from autofill.jobs.pool import Pool
    from autofill.page.browser import BrowserSettings


def run_session(read: Callable[[], BrowserSettings | None], prepare: Callable[[], Pool], signals: Signals) -> None:
    """Run everything that `prepare` finds to do; whatever is raised afterwards stands in the summaries.

    Args:
        read: Reads and plans the profiles while Playwright's driver starts; no browser starts if it finds nothing.
        prepare: Claims what was read, while the browser starts; if others are at this point just now, before it does.
        signals: What ends it early.
    """
    asyncio.run(session(read, prepare, signals.interrupting))


def run_batch(work: BatchRun, signals: Signals) -> None:
    """Run a batch to its end, in one browser after another.

    Raises:
        Stopped: A signal came; the runs that had begun have ended in order.
        NoBrowser, InvalidFile: As `BatchRun.run` says.
    """
    asyncio.run(_batch(work, signals))


async def _batch(work: BatchRun, signals: Signals) -> None:
    gc.freeze()
    gc.enable()
    async with driver_starting() as playwright:
        with signals.interrupting():
            await work.run(await playwright)


async def session(
    read: Callable[[], BrowserSettings | None],
    prepare: Callable[[], Pool],
    interrupting: Callable[[], AbstractContextManager[None]] = nullcontext,
) -> None:
    """Run the same in the event loop of whoever waits; to cancel it ends the runs in order, and then raises that.

    Args:
        read: As `run_session` has it.
        prepare: The same.
        interrupting: What may end the runs early, besides.
    """
    work: Pool | None = None
    cancelled: asyncio.CancelledError | None = None
    try:
        async with driver_starting() as playwright, AsyncExitStack() as closing:
            settings = await asyncio.to_thread(read)
            if settings is None:
                return
            from autofill.page.browser import browser_starting  # noqa: PLC0415 - `read` has imported it by now

            starting = browser_starting(playwright, settings)
            # Fifty starts of one inquiry at once would be fifty browsers.
            with turn() as is_mine:
                browser = await closing.enter_async_context(starting) if is_mine else None
                work = await _to_its_end(prepare)
            if work.waiting:
                with interrupting():
                    if browser is None:
                        browser = await closing.enter_async_context(starting)
                    await work.run(await asyncio.shield(browser))
    except (Exception, asyncio.CancelledError) as error:
        if work is None:
            raise
        work.give_up(failure_of(error))
        cancelled = error if isinstance(error, asyncio.CancelledError) else None
    if work is not None:
        await work.sealed()
    if cancelled is not None:
        raise cancelled


async def _to_its_end(prepare: Callable[[], Pool]) -> Pool:
    """What a thread prepares, which nothing stops: whoever is cancelled meanwhile releases what it claimed."""
    preparing = asyncio.ensure_future(asyncio.to_thread(prepare))
    try:
        return await asyncio.shield(preparing)
    except asyncio.CancelledError as cancelled:
        (work := await preparing).give_up(failure_of(cancelled))
        await work.sealed()
        raise
