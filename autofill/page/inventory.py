"""Inventory of a page: every control it shows, with all that a person or a program could know it by.

One pass a frame, by a script that only reads. What a person has typed is never part of it. Shadow roots that are closed
are not seen.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Frame, Page

from autofill.page.engines import INVENTORY, PLACE
from autofill.page.snapshot import Area

_TEXTS: Final = ("label", "aria_label", "row_head", "placeholder", "left", "before", "above", "column_head", "title")


@dataclass(frozen=True, slots=True)
class Option:
    """A choice that a control offers: what it says, and what it sends."""

    text: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageControl:
    """A control as the page shows it.

    `index` is its number in the inventory, `frame` and `form` those of its frame and form (-1: in none), `place` its
    number among `input,select,textarea` of its document (-1: in a shadow root, or something else). `name` is what
    screen readers say, `name_from` where they have it; `label` is the text of its label elements, which stand `around`
    it, are `for` it, or are for nothing and stand `beside` it alone. `before` is the text since the control before,
    `left` and `above` are the nearest by sight. `box` is in pixels of the whole page; `hidden` says why nobody
    can see it. `preset` is what the page wrote into it. What opens a calendar to click a day in
    has the `type` date, whatever it is made of.
    """

    index: int
    frame: int
    form: int
    place: int
    shadow: bool
    tag: str
    type: str
    role: str
    name: str
    name_from: str
    label: str
    label_from: str
    aria_label: str
    placeholder: str
    title: str
    description: str
    autocomplete: str
    html_name: str
    html_id: str
    classes: str
    preset: str
    ticked: bool
    options: tuple[Option, ...]
    maxlength: int
    pattern: str
    minimum: str
    maximum: str
    step: str
    accept: str
    inputmode: str
    multiple: bool
    required: bool
    readonly: bool
    disabled: bool
    tabindex: str
    box: Area
    hidden: tuple[str, ...]
    before: str
    after: str
    left: str
    above: str
    row_head: str
    column_head: str
    legend: str
    heading: str
    wrappers: tuple[str, ...]

    @property
    def visible(self) -> bool:
        """Whether a person could see it; what lies over it is not known."""
        return not self.hidden

    @property
    def is_opener(self) -> bool:
        """Whether one chooses from the list that it opens, and types nothing there."""
        return self.tag == "input" and self.readonly and self.role == "combobox"

    @property
    def usable(self) -> bool:
        """Whether a person could put something into it."""
        return self.visible and not ((self.readonly and not self.is_opener) or self.disabled) and self.role != "button"

    @property
    def words(self) -> str:
        """What a person would read as its label."""
        return next((text for source in _TEXTS if (text := str(getattr(self, source)))), self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageForm:
    """A form around controls, with the words on its buttons.

    `leads` are those on the last of the buttons that can be seen, of those that submit if there are any.
    """

    id: str
    name: str
    classes: str
    action: str
    method: str
    buttons: tuple[str, ...]
    leads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFrame:
    """A document of the page; the first is the page itself. `read` says that its controls are in the inventory."""

    url: str = ""
    name: str = ""
    id: str = ""
    title: str = ""
    box: Area = (0, 0, 0, 0)
    hidden: tuple[str, ...] = ()
    language: str = ""
    read: bool = True


@dataclass(frozen=True, slots=True)
class Inventory:
    """The controls of a page in reading order, frame by frame, and the forms and frames that they are in."""

    controls: tuple[PageControl, ...] = ()
    forms: tuple[PageForm, ...] = ()
    frames: tuple[PageFrame, ...] = field(default=())


async def inventory_of(page: Page) -> Inventory:
    """Everything that a page shows to be filled or pressed, in all its frames.

    Raises:
        playwright.async_api.Error: the page is gone.
    """
    seen: dict[Frame, PageFrame] = {}
    answers: list[Mapping[str, Any]] = []
    for frame in page.frames:
        try:
            around = seen[frame.parent_frame] if frame.parent_frame else None
            answer = await _answer_of(frame)
            place = await _place_of(frame, around) if around and answer["controls"] else {}
        except (PlaywrightError, KeyError):
            if frame is page.main_frame:
                raise
            answer, place = {}, {}  # gone meanwhile, or in a frame that could not be read
        seen[frame] = PageFrame(
            url=frame.url, name=frame.name, language=answer.get("language", ""), read=bool(answer), **place
        )
        answers.append(answer)
    return inventory_from(answers, tuple(seen.values()))


def inventory_from(answers: Sequence[Mapping[str, Any]], frames: tuple[PageFrame, ...] = (PageFrame(),)) -> Inventory:
    """The inventory that the script's answers say, one a frame."""
    controls: list[PageControl] = []
    forms: list[PageForm] = []
    for number, (answer, frame) in enumerate(zip(answers, frames, strict=True)):
        for raw in answer.get("controls", ()):
            x, y, width, height = raw["box"]
            place: dict[str, Any] = {
                "index": len(controls),
                "frame": number,
                "form": raw["form"] + len(forms) if raw["form"] >= 0 else -1,
                "box": (x + frame.box[0], y + frame.box[1], width, height),
                "hidden": (*raw["hidden"], *(f"frame {why}" for why in frame.hidden)),
                "options": tuple(Option(*pair) for pair in raw["options"]),
                "wrappers": tuple(raw["wrappers"]),
            }
            controls.append(PageControl(**{**raw, **place}))
        forms += (
            PageForm(**{**raw, "buttons": tuple(raw["buttons"]), "leads": tuple(raw["leads"])})
            for raw in answer.get("forms", ())
        )
    return Inventory(tuple(controls), tuple(forms), frames)


async def _answer_of(frame: Frame) -> Mapping[str, Any]:
    """What the script reads in a frame."""
    answer: Mapping[str, Any] = json.loads(await frame.locator(INVENTORY).text_content() or "{}")
    return answer


async def _place_of(frame: Frame, around: PageFrame) -> dict[str, Any]:
    """Where a frame is on the page, and why nobody sees it."""
    element = await frame.frame_element()
    answer = await element.query_selector(PLACE)
    found = json.loads(await answer.text_content() or "{}") if answer else {}
    x, y, width, height = found["box"]
    hidden = (*found["hidden"], *around.hidden)
    return {**found, "box": (x + around.box[0], y + around.box[1], width, height), "hidden": hidden}
