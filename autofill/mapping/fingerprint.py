"""Fingerprints of a form's pages: what could be filled there, how it was called, and how a map finds it.

They say what a form was like before anything was typed, so that a later look can tell what has changed. Nothing that a
person enters is part of what is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from autofill.forms.control import YES_NO, Control
from autofill.forms.plan import FillStep, Step, SubmitStep
from autofill.inquiry.fields import single_spaced
from autofill.mapping.asking import bare
from autofill.mapping.draft import drafted_controls
from autofill.mapping.drafted import DraftedControl
from autofill.mapping.recognise import FIELDS, Recognised, recognise
from autofill.mapping.traps import FORBIDDEN_KINDS, NEWSLETTER, SIGN_IN
from autofill.page.inventory import Inventory
from autofill.page.locate import by_name

Sort: TypeAlias = Literal["text", "long text", "choice", "yes-no", "file"]
"""What sort of thing goes into a control."""

_CAPTCHA: Final = FORBIDDEN_KINDS["_captcha"]
# What is on a page and no part of its form: it comes and goes, and says nothing of the form.
_ASIDE: Final = frozenset(
    {SIGN_IN, NEWSLETTER, *(why for kind, why in FORBIDDEN_KINDS.items() if kind not in {"_trap", "_captcha"})}
)
_MEANINGS: Final = 3
_SORTS: Final[Mapping[str, Sort]] = MappingProxyType(
    {
        "textarea": "long text", "radio": "choice", "checkbox": "yes-no", "switch": "yes-no", "file": "file",
        "select": "choice", "select-one": "choice", "select-multiple": "choice", "combobox": "choice",
        "listbox": "choice", "choice": "choice", "yes-no": "yes-no",
    }
)  # fmt: skip
_KINDS: Final = MappingProxyType({field: kind for kind, field in reversed([*FIELDS.items()])})


class _Print(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class ControlPrint(_Print):
    """One control as it was seen; the buttons of one question are one control, and their words its options.

    `words` are what a person reads as its label. `meanings` are what recognition made of it, best first. `finds` is
    how a map finds it, by the map's keys. `aside` says that it is no part of the form: a search, a newsletter.
    `field` and `chosen` are what the map and the inquiry in hand say goes in; they are never kept.
    """

    words: str
    role: str = ""
    type: str = ""
    html_name: str = ""
    html_id: str = ""
    options: tuple[str, ...] = ()
    required: bool = False
    limit: int | None = None
    frame: str = ""
    legend: str = ""
    meanings: tuple[tuple[str, float], ...] = ()
    finds: tuple[tuple[str, str], ...] = ()
    aside: bool = False
    field: str = Field(default="", exclude=True)
    chosen: tuple[str, ...] = Field(default=(), exclude=True)

    @property
    def sort(self) -> Sort:
        """What sort of thing goes in."""
        return _SORTS.get(self.type) or _SORTS.get(self.role, "choice" if self.options else "text")

    @property
    def kind(self) -> str:
        """What it takes, as recognition calls it: what its map says, or else what it looks like."""
        return _KINDS.get(self.field) or next((kind for kind, _score in self.meanings), "")

    @property
    def called(self) -> str:
        """What people call it, or else what its page does."""
        return self.words or self.html_name or self.html_id


class PagePrint(_Print):
    """One page as it was seen, or as its map describes it.

    `slug` is its step's in the plan. `person` says what on it wants a person. `whole` says that it was seen, so that
    there was nothing else; a map may leave out much. `leads` are the words of the button that the map presses.
    """

    slug: str
    heading: str = ""
    controls: tuple[ControlPrint, ...] = ()
    buttons: tuple[str, ...] = ()
    person: tuple[str, ...] = ()
    whole: bool = True
    leads: tuple[str, ...] = Field(default=(), exclude=True)


class FormPrint(_Print):
    """The pages of a form at one place, as a run saw them.

    `place` is the origin, `made` when it was seen, `chosen` what tells the choices that decide what is asked.
    """

    form: str
    place: str
    made: AwareDatetime
    chosen: str = ""
    pages: tuple[PagePrint, ...] = ()

    @property
    def content(self) -> bytes:
        """It as JSON, for a file."""
        return f"{self.model_dump_json(indent=1)}\n".encode()

    @classmethod
    def read(cls, content: bytes) -> FormPrint:
        """The form that a file's content says.

        Raises:
            ValueError: it is damaged, or was not written by this version.
        """
        return cls.model_validate_json(content)

    def page(self, slug: str) -> PagePrint | None:
        """The page of a step, if it was seen."""
        return next((page for page in self.pages if page.slug == slug), None)


def page_print(inventory: Inventory, slug: str = "") -> PagePrint:
    """The page that an inventory shows, traps left out."""
    found = recognise(inventory)
    aside = {each.control.index for each in found if each.trap in _ASIDE}
    scores = {each.control.index: each.scores for each in found}
    drawn = drafted_controls([_without_aside(each) for each in found], inventory)
    controls = tuple(_seen(each, scores[each.control.index], aside=each.control.index in aside) for each in drawn)
    return PagePrint(
        slug=slug,
        heading=next((each.control.heading for each in drawn if each.control.heading), ""),
        controls=controls,
        buttons=tuple(_buttons(inventory)),
        person=tuple(dict.fromkeys(each.trap for each in found if each.trap in {_CAPTCHA, SIGN_IN})),
    )


def mapped_print(step: Step) -> PagePrint:
    """The page of a step as far as map and plan say: the controls that they name, and no others."""
    heading = step.known_by.name if not isinstance(step.known_by, Control) else ""
    controls = tuple(_mapped(control, chosen) for control, chosen in _asked(step))
    leads = step.advance.names if step.advance.role == "button" else ()
    return PagePrint(slug=step.slug, heading=heading, controls=controls, buttons=leads, whole=False, leads=leads)


def remembered(kept: PagePrint, step: Step) -> PagePrint:
    """A page that was kept, with what the map and the inquiry in hand say of its controls."""
    controls = list(kept.controls)
    for control, chosen in _asked(step):
        mapped = _mapped(control, chosen)
        number = _number_of(control, controls)
        if number is None:
            controls.append(mapped)
        else:
            known = {"field": mapped.field, "chosen": mapped.chosen, "aside": False}
            controls[number] = controls[number].model_copy(update=known)
    leads = step.advance.names if any(by_name(step.advance.names).match(each) for each in kept.buttons) else ()
    return kept.model_copy(update={"controls": tuple(controls), "leads": leads})


def print_of(control: Control, page: PagePrint) -> ControlPrint | None:
    """The control of a page that a map's control is, by what the map finds it by."""
    number = _number_of(control, page.controls)
    return None if number is None else page.controls[number]


def _without_aside(each: Recognised) -> Recognised:
    return replace(each, trap="") if each.trap in _ASIDE else each


def _seen(each: DraftedControl, scores: Iterable[tuple[str, float]], *, aside: bool) -> ControlPrint:
    control = each.control
    best = sorted(((kind, round(score, 2)) for kind, score in scores if score > 0), key=lambda pair: -pair[1])
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
        meanings=tuple(best[:_MEANINGS]),
        finds=tuple(finds.items()),
        aside=aside,
    )


def _buttons(inventory: Inventory) -> Iterator[str]:
    """The words of every button that could lead on, each once."""
    buttons = (each for each in inventory.controls if each.role == "button" and each.visible and each.name)
    yield from dict.fromkeys(single_spaced(each.name) for each in buttons)


def _asked(step: Step) -> Iterator[tuple[Control, tuple[str, ...]]]:
    """The controls that a step fills or leaves, with what of their choices is taken."""
    if isinstance(step, FillStep | SubmitStep):
        for entry in step.entries:
            offers = entry.control.choices or entry.control.dependent or entry.control.kind not in {None, "text"}
            yield entry.control, tuple(entry.text.splitlines()) if offers else ()
        yield from ((control, ()) for control in step.left)


def _mapped(control: Control, chosen: Iterable[str]) -> ControlPrint:
    finds = {key: str(value) for key, value in control.model_dump(include={*_WAYS}).items() if value}
    words = next((finds[key] for key in ("label", "placeholder", "near", "name") if key in finds), "")
    return ControlPrint(
        words="" if "css" in finds and words == finds["css"] else bare(words),
        type={None: "", "radio": "radio"}.get(control.kind, str(control.kind)),
        options=tuple(control.choices.values()),
        required=control.required,
        limit=control.limit.max if control.limit else None,
        frame=control.frame or "",
        legend=control.within or "",
        finds=tuple(finds.items()),
        field=next(iter(control.fields), control.value),
        chosen=() if control.kind in YES_NO else tuple(chosen),
    )


_WAYS: Final = ("css", "placeholder", "label", "near", "name", "within", "frame", "nth")


def _number_of(control: Control, controls: Iterable[ControlPrint]) -> int | None:
    """The number of the one control that a map's control is; none where there is none, or no telling which."""
    names = by_name((*control.names, *filter(None, (control.label, control.placeholder, control.near))))
    found = [
        (number, each)
        for number, each in enumerate(controls)
        if (each.finds and control.css and ("css", control.css) in each.finds)
        or (control.css and each.html_id and control.css == f"#{each.html_id}")
        or (not control.css and names.match(each.words))
    ]
    if len(found) > 1 and control.within:
        found = [(number, each) for number, each in found if each.legend == control.within]
    if control.nth and len(found) >= control.nth:
        return found[control.nth - 1][0]
    return found[0][0] if len(found) == 1 else None
