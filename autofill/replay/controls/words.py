"""Words of one's own in a field of several: each counts as soon as it is ended."""

from __future__ import annotations

from autofill.page.seen import Seen
from autofill.replay.clicks import SHOWN

# Types of fields that hold but one line.
_LINE = {"text", "search", "email"}
# An Enter that only the page's scripts hear: no browser sends a form because of it.
_ENTER = {"key": "Enter", "code": "Enter", "keyCode": 13, "bubbles": True, "cancelable": True}


async def all_ended(seen: Seen, text: str) -> bool:
    """Whether the field took several lines, one after the other; not if it leaves one standing."""
    for line in text.splitlines():
        if not await ended(seen, line):
            return False
    return True


async def ended(seen: Seen, text: str, *, by_enter: bool = True) -> bool:
    """Whether the field took the words, and is empty again: at a comma, or else at an Enter."""
    if seen.type not in _LINE:
        return False
    field = seen.locator()
    await field.fill("")
    await field.press_sequentially(text)
    if "," not in text:
        await field.press_sequentially(",")
        await field.evaluate(SHOWN)
        if not await field.input_value():
            return True
        await field.press("Backspace")
    if by_enter:
        await field.dispatch_event("keydown", _ENTER)
        await field.evaluate(SHOWN)
    return not await field.input_value()
