"""Pace: the real form is opened no oftener than its map says, by whichever process. Practice has none."""

from __future__ import annotations

import asyncio

from autofill.events import Paused
from autofill.run.claim import Claim
from autofill.run.run import Listener


async def wait_for_slot(claimed: Claim, listener: Listener) -> None:
    """Reserve the form's next free time in the ledger, and wait until then.

    A run that is stopped meanwhile gives its time back to nobody: the next one may have taken a later one already.

    Raises:
        DiskTrouble: The ledger cannot be written; the form must not be opened.
    """
    plan = claimed.job.plan
    if claimed.space == "live" and (seconds := claimed.ledger.reserve_slot(plan.form, plan.seconds_between_runs)):
        listener(Paused(seconds))
        await asyncio.sleep(seconds)
