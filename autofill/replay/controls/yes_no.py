"""Yes or no: checkboxes, switches and single radios."""

from __future__ import annotations

from autofill.page.seen import Seen
from autofill.replay.clicks import SHOWN, tick
from autofill.replay.controls.misfit import contradiction


async def answer(seen: Seen, text: str) -> None:
    """Tick or untick it.

    Raises:
        FormChanged: what goes in is neither yes nor no.
    """
    if text not in {"yes", "no"}:
        raise contradiction(seen.control, (seen.does,))
    if seen.held != text and not await tick(
        seen.locator(), seen.locator("label"), ticked=text == "yes", drawn=seen.drawn
    ):
        await seen.locator("face").click()  # what is drawn for it, where neither key nor label does it
        await seen.locator().evaluate(SHOWN)
