"""Choices that all stand on the page: radios, and checkboxes of which several may be ticked."""

from __future__ import annotations

from autofill.page.seen import Seen
from autofill.replay.clicks import tick


async def choose(seen: Seen, text: str) -> None:
    """Choose the radio that says this."""
    await tick(seen.locator("option", text), seen.locator("option-label", text), drawn=seen.drawn)


async def tick_all(seen: Seen, text: str) -> None:
    """Tick the boxes that say one of these lines, and untick all others."""
    wanted, there = ({line.casefold() for line in each.splitlines()} for each in (text, seen.held))
    for words in (*text.splitlines(), *seen.held.splitlines()):
        is_wanted = words.casefold() in wanted
        if is_wanted is not (words.casefold() in there):
            option, label = seen.locator("option", words), seen.locator("option-label", words)
            await tick(option, label, ticked=is_wanted, drawn=seen.drawn)
