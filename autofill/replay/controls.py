"""Control filler and reader, one way for each kind of control.

How Lightning controls behave was measured (docs/form-maps.md): a combobox opens a listbox, a date wants "Nov 2, 2026",
radios and checkboxes are chosen by key or by label.
"""

from __future__ import annotations

import asyncio
import json
import mimetypes
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import PurePosixPath

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import FilePayload, Locator, Page

from autofill.errors import FormChanged
from autofill.events import ReadBack
from autofill.forms.control import Control, ControlKind
from autofill.forms.plan import Entry
from autofill.language import _
from autofill.page.locate import WHICH_ONE, as_mapped, control_on, exactly, is_doubled
from autofill.page.texts import replace_surrogates
from autofill.replay.clicks import tick

# Read from the element itself, never by a query in the page: Lightning's synthetic shadow blinds the page's own
# queries, and with them Playwright's evaluate_all(). Kinds that are not listed are read by input_value(), which is
# twice as fast.
_READ: dict[ControlKind | None, str] = {
    "select": "select => select.selectedOptions[0]?.label ?? ''",
    "combobox": "button => (button.value || button.textContent).trim()",
    "radio": "input => input.labels[0].textContent.trim()",
    "file": "input => Array.from(input.files, file => file.name).join('\\n')",
}

# The same of controls that nothing went into: the words of a choice that stands for none are no value.
_HELD: dict[ControlKind | None, str] = _READ | {
    "select": "select => select.value && select.selectedOptions[0].label",
    "combobox": "button => button.dataset.value === '' ? '' : (button.value || button.textContent).trim()",
    "checkbox": "input => input.checked ? 'yes' : ''",
}


async def fill(page: Page, entry: Entry, files: Mapping[str, bytes]) -> None:
    """Put the entry into its control; `files` holds the uploads by name.

    Raises:
        FormChanged: the control is missing, doubled, disabled or does not offer the choice.
    """
    control = entry.control
    target = control_on(page, control)
    unusable = FormChanged(
        _(
            "“{control}” is not on the page, cannot be used, or does not offer the planned choice. Nothing was sent."
        ).format(control=control.name),
        hint=_("Look at the last picture of the recording; if the form has changed, its form map has to follow."),
    )
    with as_mapped(control.name, timed_out=unusable):
        match control.kind:
            case "text" | "textarea" | None:
                await target.fill(entry.text)
            case "date":
                await target.fill(entry.text)
                await target.press("Tab")
            case "select" | "combobox" | "radio":
                await target.wait_for(state="attached")  # one alone: only one of two might have the choice
                with _choice_of(control):
                    await _choose(page, target, entry)
            case "checkbox":
                if await target.is_checked() is not (wanted := entry.text == "yes"):
                    await tick(target, ticked=wanted)
            case "file":
                await target.set_input_files([_upload(name, files[name]) for name in entry.text.splitlines()])


@contextmanager
def _choice_of(control: Control) -> Iterator[None]:
    """Context in which two choices with the same words are told as that."""
    try:
        yield
    except PlaywrightError as error:
        if not is_doubled(error):
            raise
        words = _("“{control}” offers the planned choice more than once. Nothing was sent.")
        raise FormChanged(words.format(control=control.name), hint=_(WHICH_ONE)) from None


async def _choose(page: Page, target: Locator, entry: Entry) -> None:
    words = exactly(entry.text)
    if entry.control.kind == "radio":
        await tick(target.get_by_role("radio", name=words))
    elif entry.control.kind == "select":
        # What a page calls its choices when it does not write it inside.
        labelled = target.locator(f"option[label={json.dumps(entry.text, ensure_ascii=False)}]")
        option = target.get_by_role("option", name=words).or_(labelled)
        await target.select_option(element=await option.element_handle())
    else:
        # By key: nothing has to be aimed at, so no vanishing error line can move the button away.
        # In a field to type into, that key submits the form.
        types = await target.and_(page.locator("input, textarea")).count()
        await (target.click() if types else target.press("Enter"))
        await page.get_by_role("option", name=words).click()


def _upload(path: str, data: bytes) -> FilePayload:
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    return FilePayload(name=PurePosixPath(path).name, mimeType=kind, buffer=data)


async def read_back(page: Page, entry: Entry) -> ReadBack:
    """The value that the control holds now, compared with the planned one.

    Raises:
        FormChanged: the control is gone or doubled.
    """
    control = entry.control
    target = control_on(page, control)
    with as_mapped(control.name):
        found = entry.text if await _is_chosen(target, entry) else await _read(target, control.kind)
    if control.kind == "file":
        # A page sees a file's name, not the folder it is in.
        names = "\n".join(PurePosixPath(path).name for path in entry.text.splitlines())
        entry = entry.model_copy(update={"text": names})
    matches = entry.is_shown_by(found)
    return ReadBack(name=control.name, field=control.value, planned=entry.text, found=found, matches=matches)


async def _is_chosen(target: Locator, entry: Entry) -> bool:
    """Whether the planned choice is plainly the one; a question less than reading what else may be there."""
    words = exactly(entry.text)
    match entry.control.kind:
        case "radio":
            return await target.get_by_role("radio", name=words, checked=True).count() == 1
        case "combobox":
            return await target.filter(has_text=words).count() == 1
        case _:
            return False


async def _read(target: Locator, kind: ControlKind | None) -> str:
    if kind == "checkbox":
        return "yes" if await target.is_checked() else "no"
    if kind == "radio":
        target = target.get_by_role("radio", checked=True)
        if not await target.count():
            return ""
    script = _READ.get(kind)
    return replace_surrogates(await (target.evaluate(script) if script else target.input_value()))


async def read_left(page: Page, controls: Iterable[Control]) -> tuple[ReadBack, ...]:
    """What the page itself put into controls into which nothing goes; nothing where they are empty or not shown.

    Raises:
        FormChanged: a control went while it was read.
    """
    kinds: dict[ControlKind | None, list[Control]] = {}
    for control in controls:
        kinds.setdefault(control.kind, []).append(control)
    # Most are empty, or not on the page at all: one question for all of a kind.
    filled = await asyncio.gather(*(_held(page, _any_of(group)) for group in kinds.values()))
    there = [control for held, group in zip(filled, kinds.values(), strict=True) if held for control in group]
    return tuple(chain.from_iterable(await asyncio.gather(*(_held(page, control) for control in there))))


def _any_of(controls: Sequence[Control]) -> Control:
    names = tuple(name for control in controls for name in control.names)
    return controls[0].model_copy(update={"alternatives": names})


async def _held(page: Page, control: Control) -> tuple[ReadBack, ...]:
    target = control_on(page, control)
    if control.kind == "radio":
        target = target.get_by_role("radio", checked=True)
    with as_mapped(control.name):
        script = _HELD.get(control.kind, "input => input.value")
        held = [await each.evaluate(script) for each in await target.element_handles()]
    return tuple(
        ReadBack(control.name, control.value, planned="", found=replace_surrogates(text), matches=False)
        for text in filter(None, held)
    )
