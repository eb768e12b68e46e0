"""Repairs of a step or a map whose form has changed: where each control is found now, if that is beyond doubt. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from autofill.forms.control import YES_NO, Control, Limit
from autofill.forms.entries import counted
from autofill.forms.form_map import FormMap
from autofill.forms.plan import Entry, FillStep, Step, SubmitStep
from autofill.inquiry.fields import question
from autofill.mapping.drift import Drift
from autofill.mapping.fingerprint import WAYS, ControlPrint, PagePrint, print_of
from autofill.mapping.refind import Match
from autofill.sources.replacing import with_mapping
from autofill.sources.source import parse_source
from autofill.sources.strict_yaml import Trail, Value
from autofill.sources.validation import validate_source


def repaired(step: Step, drift: Drift, new: PagePrint) -> Step | None:
    """The step with every control as it is found now; none where anything of it is in doubt.

    Every control of the map has to be found again for certain, every answer to be offered still, and no new control
    may be required.
    """
    if drift.stops:
        return None
    if not isinstance(step, FillStep | SubmitStep):
        return step
    found = [(entry, _found(entry, drift, new)) for entry in step.entries]
    entries = tuple(entry.model_copy(update={"control": control}) for entry, control in found if control)
    if len(entries) < len(found):
        return None
    moves = {id(entry.control): control for entry, control in found}
    return step.model_copy(update={"entries": entries, "known_by": moves.get(id(step.known_by), step.known_by)})


def moved(control: Control, now: ControlPrint) -> Control:
    """The map's control, found as it can be found now; what goes into it stays."""
    finds = dict(now.finds)
    ways = dict.fromkeys(key for key in WAYS if key != "name")
    found = {key: int(value) if key == "nth" else value for key, value in finds.items()}
    name = next(iter(finds.values()))
    return control.model_copy(update={**ways, "name": name, "alternatives": (), **found})


def _found(entry: Entry, drift: Drift, new: PagePrint) -> Control | None:
    """How the control of an entry is found now; as before where that still does."""
    match = _match_of(entry.control, drift.matches)
    if match is None or not match.certain or not _goes_in(entry, match.new):
        return None
    return entry.control if print_of(entry.control, new) is match.new else moved(entry.control, match.new)


def _match_of(control: Control, matches: Sequence[Match]) -> Match | None:
    known = print_of(control, PagePrint(slug="", controls=tuple(each.old for each in matches)))
    return next((match for match in matches if match.old is known), None)


def _goes_in(entry: Entry, now: ControlPrint) -> bool:
    """Whether the control still takes what is entered: it offers it, or has room for it."""
    offered = {question(each) for each in now.options}
    if now.is_closed and entry.control.kind not in YES_NO:
        return all(question(each) in offered for each in entry.text.splitlines())
    return now.limit is None or counted(entry.text, Limit(max=now.limit)) <= now.limit


def repaired_map(text: str, name: str, now: FormMap) -> str:
    """The file of a form map with the controls found as they are `now`; comments and all else stay as they are.

    `name` stands for the file in messages.

    Raises:
        InvalidFile: The map cannot be used, or not be changed without harm.
    """
    source = parse_source(text.encode(), name)
    for number, page in enumerate(validate_source(source, FormMap).pages):
        for place, (old, new) in enumerate(zip(page.controls, now.pages[number].controls, strict=True)):
            if new != old:
                trail = ("pages", number, "controls", place)
                text = with_mapping(text, name, trail, _written(_at(source.data, trail), new))
    return text


def _written(entry: Mapping[str, Value], new: Control) -> dict[str, Value]:
    """The entry of a control as it is found now: one way to find it, and what tells it from others."""
    way = next((key for key in ("css", "placeholder", "label", "near") if getattr(new, key)), "name")
    kept = {key: value for key, value in entry.items() if key not in {*WAYS, "alternatives"}}
    apart = {key: str(value) for key in ("within", "frame", "nth") if (value := getattr(new, key))}
    found = {way: str(getattr(new, way)), **apart}
    return {**{key: entry[key] for key in entry if key in found}, **found, **kept}


def _at(data: Any, trail: Trail) -> Mapping[str, Value]:
    for step in trail:
        data = data[step]
    return dict(data)
