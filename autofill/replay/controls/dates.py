"""Days: typed as the form writes them, put into the browser's own control, or chosen as year, month and day."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from autofill.page.seen import Seen
from autofill.replay.controls import calendar


async def type_in(seen: Seen, day: str, text: str, patience: float | None = None) -> None:
    """Type a day (ISO) by its text, and leave the field: some look at it only then.

    What keeps nothing of it may have a calendar. `patience` (milliseconds) is for the field to be there.
    """
    field = seen.locator()
    await calendar.before(seen, day)
    await field.fill(text, timeout=patience)
    await seen.page.keyboard.press("Tab")
    if await field.input_value(timeout=patience) == "":  # what did not come by keys does not count for some
        await field.press_sequentially(text, timeout=patience)
        await seen.page.keyboard.press("Tab")
    await calendar.close(seen, day)  # some open theirs over what comes next
    if day and await field.input_value(timeout=patience) == "":
        await calendar.choose(seen, day)


async def click(seen: Seen, day: str, text: str) -> None:
    """Click a day (ISO) in the calendar that opens; where none does and keys are taken, type its text."""
    if not await calendar.choose(seen, day):
        await type_in(seen, day, text)


async def enter(seen: Seen, text: str) -> None:
    """Put a day into the browser's own control, which takes it as the standard writes it."""
    await seen.locator().fill(text)


async def pick(seen: Seen, day: str) -> None:
    """Choose year, month and day (ISO), in this order: how many days there are depends on the others; or type them."""
    for number, (index, digits) in enumerate(zip(seen.indices, day.split("-"), strict=True)):
        part = seen.locator("members").nth(number)
        if index[0] < 0:
            await part.fill(digits)
        else:
            await part.select_option(index=index[0])


async def type_parts(seen: Seen, day: str) -> None:
    """Type year, month and day (ISO), each into its own part; whatever stands there goes."""
    for number, digits in enumerate(day.split("-")):
        part = seen.locator("members").nth(number)
        await part.click()
        await part.press_sequentially(digits)


def native(day: str, kind: str) -> str:
    """A day (ISO) as a native control of this type holds it."""
    if kind == "month":
        return day[:7]
    if kind == "week":
        year, week, _weekday = date.fromisoformat(day).isocalendar()
        return f"{year}-W{week:02}"
    return day


def day_in(text: str) -> date | None:
    """The day that a native control holds, if it is one."""
    with suppress(ValueError):
        return date.fromisoformat(text)
    return None
