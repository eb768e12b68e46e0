"""Choices that are moved from one list to another, by the buttons that stand with them."""

from __future__ import annotations

from autofill.page.seen import Seen, look
from autofill.replay.clicks import SHOWN

# More than stand with any: one, all, up and down, each way.
_BUTTONS = 8


async def move(seen: Seen, text: str) -> None:
    """Move what is planned to the second list, and from there whatever is not."""
    wanted = {line.casefold() for line in text.splitlines()}
    button = 0
    for words in text.splitlines():
        button = await _moved(seen, words, button, there=True)
    for words in (await _held(seen)).splitlines():
        if words.casefold() not in wanted:
            button = await _moved(seen, words, button, there=False)


async def _moved(seen: Seen, words: str, first: int, *, there: bool) -> int:
    """Mark the words, and press one button after the other until they are where they should be; the last one pressed.

    The `first` to press is that which moved others before.
    """
    pressed = first
    for number in dict.fromkeys((first, *range(_BUTTONS))):
        if (words.casefold() in (await _held(seen)).casefold().splitlines()) is there:
            break
        await seen.locator("option", words).click()
        button = seen.locator("movers").nth(number)  # some can be pressed only when something is marked
        if not await button.count():
            continue
        await button.click()
        await button.evaluate(SHOWN)
        pressed = number
    return pressed


async def _held(seen: Seen) -> str:
    (now,) = await look(seen.page, [seen.control])
    return now.held
