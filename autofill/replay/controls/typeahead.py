"""Fields that suggest while one types, and want one of the suggestions."""

from __future__ import annotations

from collections.abc import Set

from autofill.page.seen import Seen, find
from autofill.replay.controls import words
from autofill.replay.controls.choice import click_option, several_shown


async def enter(seen: Seen, text: str) -> None:
    """Type, wait for the suggestions, and pick the one that says just this; several, one a line.

    Raises:
        FormChanged: none does, or several do.
    """
    if several_shown(text, seen.held):
        return
    lines = text.splitlines()
    for number, line in enumerate(lines):
        await _pick(seen, line, {*lines[:number]})
    # A Tab takes what is next in a list that is still open.
    if await seen.locator().get_attribute("aria-expanded") == "true":
        await seen.locator().press("Escape")


async def _pick(seen: Seen, text: str, taken: Set[str]) -> None:
    field = seen.locator()
    await field.fill(text)
    now = await find(seen.page, seen.control, (text,), opened=True)
    if not now.offered and not all(now.indices):  # some listen to keys only
        await field.clear()
        await field.press_sequentially(text)
        now = await find(seen.page, seen.control, (text,), opened=True)
    if not now.offered and not all(now.indices):  # and some are lists that open
        await field.clear()
        await field.press("ArrowDown")
        now = await find(seen.page, seen.control, (text,), opened=True)
    # An Enter would take what is offered; what was taken before may be drawn as if it were.
    if all(now.indices) or not await words.ended(seen, text, by_enter={*now.offered} <= taken):
        await click_option(now, text)
