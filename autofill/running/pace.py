"""Pace: the real form is opened no oftener than its map says, by whichever process. Practice has none."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from autofill.events import Paused
from autofill.running.claim import Claim
from autofill.running.run import Listener

Persist: TypeAlias = Callable[[Callable[[], float]], Awaitable[float]]


async def wait_for_slot(claimed: Claim, listener: Listener, persist: Persist | None = None) -> None:
    """Reserve the form's next free time in the ledger, and wait until then.

    A run that is stopped meanwhile gives its time back to nobody: the next one may have taken a later one already.

    Args:
        claimed: Whose turn it is.
        listener: Told of the wait.
        persist: Asks the ledger until it answers; otherwise it is asked once.

    Raises:
        DiskTrouble: The ledger cannot be written; the form must not be opened.
    """
    plan = claimed.job.plan

    def reserve() -> float:
        return claimed.ledger.reserve_slot(plan.form, plan.seconds_between_runs)

    if claimed.space == "live" and (seconds := await persist(reserve) if persist else reserve()):
        listener(Paused(seconds))
        await asyncio.sleep(seconds)
