"""Text: inputs, text areas and editors, into which words go as they are; lines for one line go in each by itself."""

from __future__ import annotations

from autofill.page.seen import Seen
from autofill.replay.controls import words


async def enter(seen: Seen, text: str) -> None:
    """Replace whatever it holds by the text."""
    of_several = seen.does == "text" and len(text.splitlines()) > 1
    if not of_several or not (seen.held == text or await words.all_ended(seen, text)):
        await seen.locator().fill(text)
