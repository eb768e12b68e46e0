"""Controls by behaviour: each filled in the way of what it is on the page, whatever it is built of, and read back.

How Lightning controls behave was measured (docs/controls.md); docs/form-maps.md says which HTML each way finds.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import PurePosixPath
from typing import Final, TypeAlias

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page
from playwright.async_api import TimeoutError as PlaywrightTimeout

from autofill.events import ReadBack
from autofill.forms.control import Control
from autofill.forms.days import written_date
from autofill.forms.plan import Entry
from autofill.page.frames import form_frame, found_in
from autofill.page.locate import as_mapped
from autofill.page.seen import Seen, find, look
from autofill.replay.controls import boxes, choice, dates, files, pairs, slider, text, typeahead, yes_no
from autofill.replay.controls.misfit import misfit

_Way: TypeAlias = Callable[[Seen, str], Awaitable[None]]
_WAYS: Final[Mapping[str, _Way]] = {
    "text": text.enter, "rich": text.enter, "datalist": text.enter,
    "select": choice.select, "list": choice.pick_from_list, "listbox": choice.pick, "pair": pairs.move,
    "radios": boxes.choose, "boxes": boxes.tick_all, "toggles": boxes.press_all,
    "yes-no": yes_no.answer, "radio": yes_no.answer,
    "typeahead": typeahead.enter, "date": dates.enter, "parts": dates.pick, "segments": dates.type_parts,
    "slider": slider.move,
}  # fmt: skip
# What shows several choices in words of its own.
_MANY: Final = {"list", "typeahead"}
# Behaviours whose way finds again all that it acts on: there, what was seen before other controls were filled will do.
_FOUND_AGAIN: Final[Mapping[str, _Way]] = {"radios": boxes.choose, "list": choice.pick_from_list}
# What holds a day, whatever it says of it.
_DAYS: Final = {"date", "parts", "segments", "calendar"}
# Kinds whose text is a person's own, so that no option of that name is looked for.
_OWN_WORDS: Final = {"text", "textarea", "file", "slider", "checkbox", "yes-no"}
# Milliseconds for what is there and can be used.
_AT_ONCE: Final = 500
# What has the focus is left in no time; what is gone meanwhile, never (milliseconds).
_LEAVING: Final = 3000


async def look_ahead(page: Page, entries: Sequence[Entry]) -> tuple[Seen, ...]:
    """The controls of a page's entries before anything is filled; one question for all of them.

    Raises:
        FormChanged: the page failed meanwhile.
    """
    with as_mapped(entries[0].control.name):
        return await look(page, [entry.control for entry in entries])


async def fill(page: Page, entry: Entry, uploads: Mapping[str, bytes], ahead: Seen | None = None) -> None:
    """Put the entry into its control; `uploads` holds the files by name, `ahead` is what was seen of it earlier.

    Raises:
        FormChanged: the control is missing, doubled, of another kind, disabled, or does not offer the choice.
    """
    control = entry.control
    options = () if control.kind in _OWN_WORDS else entry.text.splitlines()
    if ahead and ahead.fits and await _filled_again(ahead, entry):
        found_in(ahead.frame)
        return
    with as_mapped(control.name, timed_out=misfit(None, control)):
        seen = await find(page, control, options, day=entry.day)
        if not seen.fits or any(len(each) > 1 for each in seen.indices):
            raise misfit(seen, control, options)
        if seen.does in {"file", "chooser"}:
            await files.attach(seen, [files.upload(name, uploads[name]) for name in entry.text.splitlines()])
        elif seen.does == "calendar":
            await dates.click(seen, entry.day, entry.text)
        elif seen.does == "text" and control.kind == "date":
            await dates.type_in(seen, entry.day, entry.text)
        elif seen.does == "text" and control.kind == "typeahead":
            await typeahead.enter(seen, entry.text)
        else:
            await _WAYS[seen.does](seen, _as_held(entry, seen))


async def _filled_again(ahead: Seen, entry: Entry) -> bool:
    """Fill what will be found again; what has become of it meanwhile is seen only where that fails."""
    with suppress(PlaywrightError):
        if ahead.does == "text" and entry.control.kind in {"text", "textarea", "date"}:
            if entry.control.kind == "date":
                await dates.type_in(ahead, entry.day, entry.text, patience=_AT_ONCE)
            else:
                await ahead.locator().fill(entry.text, timeout=_AT_ONCE)
            return True
        if way := _FOUND_AGAIN.get(ahead.does):
            await way(ahead, entry.text)
            return True
    return False


async def leave(page: Page) -> None:
    """Leave the last control: its error line goes before the values are read and the picture is taken.

    Not by a key: a Tab is text to an editor, takes what is lit of an open list, and opens the list of what comes next.
    """
    focused = form_frame(page).locator(":focus")
    with suppress(PlaywrightTimeout):  # what had the focus may be gone by now
        if await focused.count():
            await focused.last.blur(timeout=_LEAVING)


def _as_held(entry: Entry, seen: Seen) -> str:
    """What goes in: a day as the browser's own control has it, all else as planned."""
    return dates.native(entry.day, seen.type) if entry.day and seen.does in _DAYS else entry.text


async def read_back(page: Page, entry: Entry) -> ReadBack:
    """The value that the control holds now, compared with the planned one.

    Raises:
        FormChanged: the control is gone or doubled.
    """
    (value,) = await read_all(page, (entry,))
    return value


async def read_all(page: Page, entries: Sequence[Entry]) -> tuple[ReadBack, ...]:
    """What the controls of all entries hold now, compared with what was planned; one question for all of them.

    Raises:
        FormChanged: a control is gone or doubled.
    """
    with as_mapped(entries[0].control.name if entries else ""):
        controls, days = [entry.control for entry in entries], [entry.day for entry in entries]
        seen = await look(page, controls, days, [entry.text for entry in entries])
        return tuple([await _compared(page, *each) for each in zip(entries, seen, strict=True)])


async def _compared(page: Page, entry: Entry, seen: Seen) -> ReadBack:
    control = entry.control
    if seen.count != 1:
        seen = await find(page, control)  # it may be on its way
    if seen.count != 1:
        raise misfit(seen, control)
    planned, found = entry.text, seen.held
    if control.kind == "file" or seen.does in {"file", "chooser"}:
        # A page sees a file's name, not the folder it is in.
        planned = "\n".join(PurePosixPath(path).name for path in entry.text.splitlines())
        found = found or await files.shown(seen, planned)
    elif found and (found == _as_held(entry, seen) or (seen.does in _MANY and choice.several_shown(planned, found))):
        found = planned
    elif entry.day in seen.days and (seen.does == "calendar" or len(seen.days) == 1):
        found = planned  # in its own words; numbers that can be read either way count over a calendar only
    elif seen.does in _DAYS and (day := dates.day_in(found)):
        found = written_date(day, control.date_format)
    elif seen.does == "slider" and slider.same(planned, found):
        found = planned
    elif seen.several:
        found = _in_order(planned, found)
    matches = entry.model_copy(update={"text": planned}).is_shown_by(found)
    if not matches and seen.does in {"select", "list", "listbox", "radios", "boxes", "toggles", "typeahead"}:
        matches = planned.casefold() == found.casefold()  # the words of a choice, however they are capitalised
    return ReadBack(name=control.name, field=control.value, planned=planned, found=found, matches=matches)


def _in_order(planned: str, found: str) -> str:
    """Several choices in the order that was planned, if they are the same."""
    wanted, there = planned.splitlines(), found.splitlines()
    return planned if sorted(map(str.casefold, wanted)) == sorted(map(str.casefold, there)) else found


async def read_left(page: Page, controls: Iterable[Control]) -> tuple[ReadBack, ...]:
    """What the page itself put into controls into which nothing goes; nothing where they are empty or not shown.

    Raises:
        FormChanged: the page failed while they were read.
    """
    left = list(controls)
    if not left:
        return ()
    with as_mapped(left[0].name):
        seen = await look(page, left)
    held = ((each.control, each.held) for each in seen if each.count and not each.nothing and each.held)
    return tuple(ReadBack(control.name, control.value, planned="", found=text, matches=False) for control, text in held)
