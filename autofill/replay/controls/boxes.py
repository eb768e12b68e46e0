"""Choices that all stand on the page: radios, checkboxes of which several may be ticked, buttons that stay pressed."""

from __future__ import annotations

from autofill.page.seen import Seen, look
from autofill.replay.clicks import SHOWN, tick


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


async def press_all(seen: Seen, text: str) -> None:
    """Press the buttons that say one of these lines; those that are still pressed then and should not be come up."""
    wanted = {line.casefold() for line in text.splitlines()}
    there = {line.casefold() for line in seen.held.splitlines()}
    for words in text.splitlines():
        if words.casefold() not in there:
            await _press(seen, words)
    # Where only one can be pressed, the other has come up by itself.
    (now,) = await look(seen.page, [seen.control])
    for words in now.held.splitlines():
        if words.casefold() not in wanted:
            await _press(seen, words)


async def _press(seen: Seen, words: str) -> None:
    button = seen.locator("option", words)
    await button.click()
    await button.evaluate(SHOWN)
