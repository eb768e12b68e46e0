"""Days that are clicked in a calendar: it is opened, turned to the month, and what it then shows is read back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from playwright.async_api import TimeoutError as PlaywrightTimeout

from autofill.language import _
from autofill.page.seen import Seen, look
from autofill.replay.clicks import SHOWN
from autofill.replay.controls.choice import click_face
from autofill.replay.controls.misfit import stopped

# Nothing has changed for so long: what a click does has been done (milliseconds).
_MOMENT: Final = 400
# Milliseconds for a click on what nothing else covers.
_AT_ONCE: Final = 1_000
# Clicks on the way to a month: forty years, one by one.
_STEPS: Final = 480
_YEAR: Final = 12
# What stands among the arrows for a list of months or years.
_SETTER: Final = -1


async def choose(seen: Seen, day: str) -> bool:
    """Click the day (ISO) in the calendar that the control opens, and see that the control says it then.

    Gives back whether a calendar opens; a field that takes keys may have none.

    Raises:
        FormChanged: no calendar opens, it does not come to that month, does not offer the day, or shows another.
    """
    if seen.days == (day,):
        return True
    await before(seen, day)
    shown = await _opened(seen, day)
    if not shown["now"]:
        if seen.type == "text" and await seen.locator().is_editable():
            return False
        words = _("“{control}” takes no keys, and no calendar opens when it is clicked. Nothing was sent.")
        raise stopped(seen.control, words)
    shown = await _turned(seen, day, shown)
    if not shown["offered"]:
        await close(seen, day)
        raise stopped(seen.control, _("The calendar of “{control}” does not offer the planned day. Nothing was sent."))
    await seen.calendar("day", day).click()
    if not await _says(seen, day) and await (done := seen.calendar("done", day)).count():
        await done.click(timeout=_AT_ONCE)
    await close(seen, day)
    if not await _says(seen, day):
        words = _("“{control}” does not show the planned day after it was clicked in its calendar. Nothing was sent.")
        raise stopped(seen.control, words)
    return True


async def before(seen: Seen, day: str) -> None:
    """Note the days that stand on the page already: they are of no calendar that opens."""
    await seen.calendar("before", day).text_content()


async def close(seen: Seen, day: str) -> None:
    """Close the calendar if it stays open, as it may lie over what comes next; never by what could send."""
    if not (await _shown(seen, day, gone=True))["open"]:
        return
    if await (aside := seen.calendar("aside", day)).count():
        await aside.click(timeout=_AT_ONCE)
    if (await _shown(seen, day, gone=True))["open"]:
        await seen.page.keyboard.press("Escape")
        await _shown(seen, day, gone=True)


async def _opened(seen: Seen, day: str) -> dict[str, Any]:
    """What the calendar shows that a click opens, on the control or on the only button beside it."""
    await click_face(seen)
    shown = await _shown(seen, day)
    if not shown["now"] and await (button := seen.calendar("opener", day)).count():
        await button.click(timeout=_AT_ONCE)
        shown = await _shown(seen, day)
    return shown


async def _turned(seen: Seen, day: str, shown: dict[str, Any]) -> dict[str, Any]:
    """What the calendar shows when it has come to the month of the day; that is read again after each step."""
    year, month = map(int, day.split("-")[:2])
    wanted = year * _YEAR + month - 1
    learned: dict[int, int] = {}
    missed: set[int] = set()
    for _step in range(_STEPS):
        now = shown["now"]
        if shown["here"] or not now:
            break
        number = (
            _SETTER if shown["setter"] and _SETTER not in learned else _arrow(shown["arrows"], wanted - now, learned)
        )
        if number is None:
            break
        if number == _SETTER:
            await _set(seen, day, shown["setter"]["index"])
        else:
            await seen.calendar("arrow", day, number=number).click()
        shown = await _shown(seen, day, left=now)
        if shown["now"] == now and number not in missed:
            missed.add(number)  # a click may be lost, once
        elif number != _SETTER or shown["now"] == now:
            learned[number] = shown["now"] - now
    if not shown["here"]:
        await close(seen, day)
        words = _("The calendar of “{control}” does not come to the planned month. Nothing was sent.")
        raise stopped(seen.control, words)
    return shown


async def _set(seen: Seen, day: str, index: int) -> None:
    """Choose the year or the month from its list, or type the year."""
    setter = seen.calendar("setter", day)
    if index >= 0:
        await setter.select_option(index=index)
    else:
        await setter.press("ControlOrMeta+A")
        await setter.press_sequentially(day[:4])


def _arrow(arrows: Sequence[Sequence[int]], need: int, learned: dict[int, int]) -> int | None:
    """The number of the arrow to click: one that is known to lead on, by the largest step, or one that says so."""

    def step(number: int) -> int:
        way, months = arrows[number]
        return learned.get(number, way * months)

    leading = [number for number in range(len(arrows)) if step(number) * need > 0 and abs(step(number)) <= abs(need)]
    return max(leading, key=lambda number: abs(step(number)), default=None)


async def _shown(seen: Seen, day: str, **asked: Any) -> dict[str, Any]:
    """What the calendar shows as soon as it has `left` a month, or is `gone`; or when the page is quiet."""
    try:
        text = await seen.calendar("about", day, moment=_MOMENT, **asked).text_content()
    except PlaywrightTimeout:  # something never stops moving
        text = await seen.calendar("about", day, moment=0, **asked).text_content()
    answer: dict[str, Any] = json.loads(text or "{}")
    return answer


async def _says(seen: Seen, day: str) -> bool:
    """Whether the words of the control mean the day, now or with the next picture."""
    (now,) = await look(seen.page, [seen.control], [day])
    if day not in now.days:
        await seen.page.evaluate(SHOWN)
        (now,) = await look(seen.page, [seen.control], [day])
    return day in now.days
