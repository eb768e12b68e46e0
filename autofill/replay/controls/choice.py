"""Choices from lists: native ones, those that open, and those that stand on the page."""

from __future__ import annotations

import re
from contextlib import suppress

from playwright.async_api import TimeoutError as PlaywrightTimeout

from autofill.page.seen import Seen, find
from autofill.replay.clicks import SHOWN
from autofill.replay.controls.misfit import misfit

# What parts the steps of a choice, as pages write them.
_STEP = re.compile(r"\s*[/>›»→]\s*")
# How often a list of which only a part is there may be scrolled on.
_SCROLLS = 200
# Milliseconds for a click on what nothing else covers.
_AT_ONCE = 1_000
_SCROLL = """async list => {
  const before = list.scrollTop;
  list.scrollTop += list.clientHeight * 0.8;
  for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
  return list.scrollTop > before;
}"""


async def select(seen: Seen, _text: str) -> None:
    """Select the options of a native list, and no others."""
    await seen.locator().select_option(index=[each[0] for each in seen.indices])


async def pick(seen: Seen, text: str) -> None:
    """Click the options of a list that always shows, those that are not selected yet and those that should not be."""
    wanted, there = ({line.casefold() for line in each.splitlines()} for each in (text, seen.held))
    changing = wanted ^ there if seen.several else wanted - there
    for words in (*text.splitlines(), *seen.held.splitlines()):
        if words.casefold() in changing:
            await seen.locator("option", words).click()
    await seen.locator().evaluate(SHOWN)


async def pick_from_list(seen: Seen, text: str) -> None:
    """Open the list and click the options, those that are not chosen yet and those that should not be.

    Raises:
        FormChanged: it does not offer one, or twice.
    """
    if several_shown(text, seen.held):
        return
    lines = text.splitlines()
    now = await _opened(seen, lines[0])
    wanted, there = ({line.casefold() for line in each} for each in (lines, now.chosen))
    changing = [line for line in (*lines, *now.chosen) if line.casefold() in wanted ^ there]
    for number, line in enumerate(changing):
        # A list of several stays open, most often.
        if line != lines[0] and await _picked_from_open(seen, line):
            continue
        if number:
            now = await _opened(seen, line)
        await _click_through(await _scrolled_to(now, line), line)
    if await (done := seen.locator("done")).count():
        await done.click()
    elif now.several:
        await seen.page.keyboard.press("Escape")


async def _click_through(now: Seen, text: str) -> None:
    """Click the option; or, where only the first step of a path is one, each step as it comes."""
    steps = _STEP.split(text)
    if all(now.indices) or len(steps) == 1:
        await click_option(now, text)
        return
    for step in steps:
        await click_option(await find(now.page, now.control, (step,), opened=True), step)


async def _picked_from_open(seen: Seen, text: str) -> bool:
    """Whether the list is still open, and the option could be clicked."""
    now = await find(seen.page, seen.control, (text,), opened=True)
    if now.several or all(now.indices):
        with suppress(PlaywrightTimeout):
            await click_option(await _scrolled_to(now, text), text, patience=_AT_ONCE)
            return True
    return False


async def _opened(seen: Seen, text: str) -> Seen:
    """The control with its list open."""
    # By key: nothing has to be aimed at, so no vanishing error line can move the button away. By Enter some submit
    # their form, and so do all fields to type into.
    opener, types = seen.locator(), seen.type == "text"
    await (click_face(seen) if types else opener.press("Space"))
    now = await find(seen.page, seen.control, (text,), opened=True)
    if not now.offered and not all(now.indices) and not types:
        await click_face(seen)
        now = await find(seen.page, seen.control, (text,), opened=True)
    if not all(now.indices) and await (field := seen.locator("searcher")).count():
        await field.press_sequentially(text)
        now = await find(seen.page, seen.control, (text,), opened=True)
    return now


async def click_face(seen: Seen) -> None:
    """Click the control, or what its own widget has drawn over it or around it."""
    with suppress(PlaywrightTimeout):
        await seen.locator().click(timeout=_AT_ONCE)
        return
    await seen.locator("face").click()


def several_shown(planned: str, found: str) -> bool:
    """Whether what a control shows is just these several choices, in this order, however it sets them apart."""
    lines = planned.splitlines()
    return len(lines) > 1 and bool(re.fullmatch(r"[\s,;]*".join(map(re.escape, lines)), found.strip(), re.IGNORECASE))


async def click_option(now: Seen, text: str, patience: float | None = None) -> None:
    """Click the option of an open list that says this.

    Raises:
        FormChanged: it does not offer it, or twice.
    """
    if not all(len(each) == 1 for each in now.indices):
        raise misfit(now, now.control, (text,))
    await now.locator("option", text).click(timeout=patience)


async def _scrolled_to(now: Seen, text: str) -> Seen:
    """An open list, scrolled on until the option is there: long ones have only what shows."""
    for _scroll in range(_SCROLLS):
        scroller = now.locator("scroller")
        if all(now.indices) or not await scroller.count() or not await scroller.evaluate(_SCROLL):
            break
        now = await find(now.page, now.control, (text,), opened=True)
    return now
