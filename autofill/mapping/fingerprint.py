"""Fingerprints of a form's pages: made of what a page shows, or of what its map says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from autofill.forms.control import Control, ControlKind
from autofill.forms.plan import FillStep, Step, SubmitStep
from autofill.inquiry.fields import question, single_spaced
from autofill.mapping.asking import bare
from autofill.mapping.draft import drafted_controls
from autofill.mapping.drafted import DraftedControl
from autofill.mapping.prints import ControlPrint, FormPrint, PagePrint, Person
from autofill.mapping.recognise import Recognised, recognise
from autofill.mapping.scores import best_of
from autofill.mapping.signals import text_meaning
from autofill.mapping.traps import FORBIDDEN_KINDS, NEWSLETTER, SIGN_IN
from autofill.mapping.words import name_words, normal
from autofill.page.inventory import Inventory, PageControl

__all__ = [
    "FURTHER_PART",
    "WAYS",
    "ControlPrint",
    "FormPrint",
    "PagePrint",
    "controls_of",
    "mapped_print",
    "page_print",
    "print_of",
    "remembered",
    "ways_of",
]

FURTHER_PART: Final = "_zip4"
"""The kind of the further part of a postal code, which is another thing than the code."""

_CAPTCHA: Final = FORBIDDEN_KINDS["_captcha"]
_PERSON: Final[Mapping[str, Person]] = MappingProxyType({_CAPTCHA: "captcha", SIGN_IN: "sign-in"})
# What is on a page and no part of its form: it comes and goes, and says nothing of the form.
_ASIDE: Final = frozenset({SIGN_IN, NEWSLETTER, *FORBIDDEN_KINDS.values()} - {_CAPTCHA, FORBIDDEN_KINDS["_trap"]})
_MEANINGS: Final = 3
_PART: Final = re.compile(r"\b(?:zip|post|postal)\b.* (?:4|four|ext|extension)\b|\bplus (?:4|four)\b|^4\b")
WAYS: Final = ("css", "placeholder", "label", "near", "name", "within", "frame", "nth")
"""Keys by which a map finds a control."""
# What a map says of what a control is; of other kinds the page shows it in several ways.
_TYPES: Final[Mapping[ControlKind | None, str]] = MappingProxyType(
    {
        "textarea": "textarea", "choice": "choice", "select": "choice", "combobox": "choice", "radio": "choice",
        "yes-no": "yes-no", "checkbox": "yes-no", "file": "file",
    }
)  # fmt: skip


def page_print(inventory: Inventory, slug: str = "") -> PagePrint:
    """The page that an inventory shows, traps left out."""
    found = recognise(inventory)
    seen = _controls(inventory, found)
    return PagePrint(
        slug=slug,
        heading=next((control.heading for _each, control in seen if control.heading), ""),
        controls=tuple(each for each, _control in seen),
        buttons=tuple(_buttons(inventory)),
        person=tuple(dict.fromkeys(_PERSON[each.trap] for each in found if each.trap in _PERSON)),
    )


def controls_of(inventory: Inventory) -> tuple[tuple[ControlPrint, PageControl], ...]:
    """The controls that an inventory shows, traps left out, each with the first of the page's own that it is."""
    return _controls(inventory, recognise(inventory))


def mapped_print(step: Step) -> PagePrint:
    """The page of a step as far as map and plan say: the controls that they name, and no others."""
    heading = step.known_by.name if not isinstance(step.known_by, Control) else ""
    controls = tuple(_mapped(control, text) for control, text in _asked(step))
    leads = step.advance.names if step.advance.role == "button" else ()
    return PagePrint(slug=step.slug, heading=heading, controls=controls, buttons=leads, whole=False, leads=leads)


def remembered(kept: PagePrint, step: Step) -> PagePrint:
    """A page that was kept, with what the map and the inquiry in hand say of its controls."""
    controls = list(kept.controls)
    for control, text in _asked(step):
        mapped = _mapped(control, text)
        number = _number_of(control, controls)
        if number is None:
            controls.append(mapped)
        else:
            known = mapped.model_copy(update={"aside": False})
            said = {key: getattr(known, key) for key in ("also", "field", "needed", "chosen", "aside")}
            controls[number] = controls[number].model_copy(update=said)
    known_buttons = {question(each) for each in kept.buttons}
    leads = step.advance.names if any(question(each) in known_buttons for each in step.advance.names) else ()
    return kept.model_copy(update={"controls": tuple(controls), "leads": leads})


def print_of(control: Control, page: PagePrint) -> ControlPrint | None:
    """The control of a page that a map's control is, by what the map finds it by."""
    number = _number_of(control, page.controls)
    return None if number is None else page.controls[number]


def _controls(inventory: Inventory, found: Sequence[Recognised]) -> tuple[tuple[ControlPrint, PageControl], ...]:
    by_index = {each.control.index: each for each in found}
    drawn = drafted_controls([replace(each, trap="") if each.trap in _ASIDE else each for each in found], inventory)
    return tuple((_seen(each, by_index[each.control.index]), each.control) for each in drawn)


def _seen(each: DraftedControl, found: Recognised) -> ControlPrint:
    control = each.control
    scores = sorted(((kind, round(score, 2)) for kind, score in found.scores if score > 0), key=lambda pair: -pair[1])
    entry = {key: str(value) for key, value in each.entry.items()}
    way = next(iter(entry))  # what it is found by stands first
    finds = {key: entry[key] for key in (way, "within", "frame", "nth") if key in entry}
    return ControlPrint(
        words="" if way == "css" else bare(entry[way]),
        role=control.role,
        type=control.type,
        html_name=control.html_name,
        html_id=control.html_id,
        options=each.question.options,
        required=each.required,
        limit=control.maxlength if control.maxlength > 0 else None,
        frame=entry.get("frame", ""),
        legend=control.legend,
        meanings=tuple(_narrowed(control, scores[:_MEANINGS])),
        sure=each.certain,
        finds=tuple(finds.items()),
        aside=found.trap in _ASIDE,
    )


def _narrowed(control: PageControl, scores: Sequence[tuple[str, float]]) -> Iterator[tuple[str, float]]:
    """What recognition makes of a control, more narrowly.

    The further part of a postal code is another thing, and a title that is called otherwise is no subject.
    """
    words = normal(control.words)
    called = " ".join((words, *name_words(control.html_name), *name_words(control.html_id)))
    narrower: dict[str, str] = {}
    if _PART.search(called):
        narrower = {"postal_code": FURTHER_PART, "_phone_ext": FURTHER_PART}
        scores = scores or ((FURTHER_PART, 1.0),)
    elif words != "title" and best_of(text_meaning(words))[0] == "_prefix":
        narrower = {"subject": "_prefix"}
    found: dict[str, float] = {}
    for kind, score in scores:
        found.setdefault(narrower.get(kind, kind), score)
    return iter(found.items())


def _buttons(inventory: Inventory) -> Iterator[str]:
    """The words of every button that could lead on, each once."""
    buttons = (each for each in inventory.controls if each.role == "button" and each.visible and each.name)
    yield from dict.fromkeys(single_spaced(each.name) for each in buttons)


def _asked(step: Step) -> Iterator[tuple[Control, str]]:
    """The controls that a step fills, with what goes in, and those that it leaves."""
    if isinstance(step, FillStep | SubmitStep):
        yield from ((entry.control, entry.text) for entry in step.entries)
        yield from ((control, "") for control in step.left)


def _mapped(control: Control, text: str) -> ControlPrint:
    kind = _TYPES.get(control.kind, "")
    return ControlPrint(
        words=next((bare(words) for words in _names(control)), ""),
        type=kind,
        options=tuple(control.choices.values()),
        required=control.required,
        limit=control.limit.max if control.limit else None,
        frame=control.frame or "",
        legend=control.within or "",
        finds=tuple(ways_of(control).items()),
        also=tuple(bare(words) for words in _names(control)),
        field=next(iter(control.fields), control.value),
        needed=bool(text),
        chosen=() if kind == "yes-no" else tuple(text.splitlines()),
    )


def ways_of(control: Control) -> dict[str, str]:
    """How a map's control is found, by the map's keys."""
    return {key: str(value) for key, value in control.model_dump(include={*WAYS}).items() if value}


def _names(control: Control) -> Iterator[str]:
    """What people call a control; a selector is no name."""
    yield from filter(None, (control.label, control.placeholder, control.near))
    yield from (name for name in control.names if name != control.css)


def _number_of(control: Control, controls: Iterable[ControlPrint]) -> int | None:
    """The number of the one control that a map's control is; none where there is none, or no telling which."""
    names = {question(bare(words)) for words in _names(control)}
    found = [
        (number, each)
        for number, each in enumerate(controls)
        if _is_selected(each, control.css or "") or (each.words and question(each.words) in names)
    ]
    if len(found) > 1 and control.within:
        found = [(number, each) for number, each in found if each.legend == control.within]
    if control.nth and len(found) >= control.nth:
        return found[control.nth - 1][0]
    return found[0][0] if len(found) == 1 else None


def _is_selected(each: ControlPrint, css: str) -> bool:
    return bool(css) and (("css", css) in each.finds or (bool(each.html_id) and css == f"#{each.html_id}"))
