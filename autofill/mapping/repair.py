"""Repairs of a step or a map whose form has changed: where each control is found now, if that is beyond doubt. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from autofill.forms.control import YES_NO, Control, Limit
from autofill.forms.entries import counted
from autofill.forms.plan import Entry, FillStep, Step, SubmitStep
from autofill.inquiry.fields import question
from autofill.mapping.drift import Drift
from autofill.mapping.fingerprint import ControlPrint, PagePrint, print_of
from autofill.mapping.refind import Match


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
    ways = dict.fromkeys(("css", "placeholder", "label", "near", "within", "frame", "nth"))
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
