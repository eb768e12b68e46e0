"""Sliders: the browser's own, and those that are moved by the arrow keys."""

from __future__ import annotations

from autofill.page.seen import Seen, look
from autofill.replay.clicks import SHOWN

# A key for each step; what takes more is no control for exact values.
_STEPS = 300


async def move(seen: Seen, text: str) -> None:
    """Move it to the number; one that it cannot reach is found out when it is read back."""
    if seen.type == "range":
        await seen.locator().fill(text)
        return
    wanted = float(text)
    held = float(seen.held or "nan")
    for _step in range(_STEPS):
        if held == wanted:
            return
        await seen.locator().press("ArrowRight" if held < wanted else "ArrowLeft")
        await seen.locator().evaluate(SHOWN)
        (now,) = await look(seen.page, [seen.control])
        after = float(now.held or "nan")
        if after == held or (after < wanted) is not (held < wanted):
            return
        held = after


def same(planned: str, found: str) -> bool:
    """Whether two texts are the same number, with or without decimals."""
    try:
        return float(planned) == float(found)
    except ValueError:
        return False
