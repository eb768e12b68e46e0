"""A form map in its shortest form: what is the default is left out, and what has a short form is written so. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from autofill.forms.control import Control, Limit
from autofill.forms.element import Element, Sign, slug
from autofill.forms.form_map import DialogAnswer, Dismissal, FormMap, FormPage, Lookup, Request, Start
from autofill.forms.outcome import Confirmation, Refusal
from autofill.organisations.model import DataPart, Fact, FactPart, parts
from autofill.sources.strict_yaml import Value

# The key that a bare text stands for.
_SHORT: Final[dict[type, str]] = {
    Element: "name", Sign: "text", Limit: "max", Request: "path", Lookup: "path", Start: "url",
    Confirmation: "proof", Refusal: "elements", Dismissal: "click", DialogAnswer: "text",
}  # fmt: skip
_FIRST: Final = ("id", "title", "organisation", "practice_only", "sources", "fact", "url", "start")
# The role of an element that needs none to be said, by the key it stands under.
_ROLES: Final = {
    **dict.fromkeys(("heading", "elements", "when"), "heading"),
    **dict.fromkeys(("advance", "submit"), "button"),
    "busy": "status",
}


def shortened(form_map: FormMap) -> dict[str, Value]:
    """The map as plain values. How most of it is known is said once, for the whole of it."""
    said = _said(form_map.model_copy(update={"fact": form_map.fact or _usual_fact(form_map)}), None)
    if isinstance(said.get("start"), str):
        said["url"] = said.pop("start")
    if said.get("attachments") == {"accepted": _plain(form_map.model_copy(update={"attachments": None}).takes_files)}:
        del said["attachments"]
    said["pages"][-1] = {"submit" if key == "advance" else key: value for key, value in said["pages"][-1].items()}
    return {**{key: said[key] for key in _FIRST if key in said}, **said}


def _usual_fact(form_map: FormMap) -> Fact | None:
    """The fact that is said most often, where everything says how it is known."""
    said = [value for _trail, value in parts(form_map) if type(value) is Fact]
    marked = all(page.fact and all(control.fact for control in page.controls) for page in form_map.pages)
    return max(said, key=said.count) if said and marked else None


def _said(part: DataPart, known: Fact | None) -> dict[str, Any]:
    """The keys of a part that differ from what is taken without them; `known` is how it is known by where it stands."""
    own = part.fact if isinstance(part, FactPart) else None
    inside = own or known
    said: dict[str, Any] = {}
    for key, value in _different(part):
        if key != "fact" or value != known:
            said[key] = _written(key, value, inside)
    if "fact" in said:
        said["fact"] = said.pop("fact")  # it stands last
    return said


def _different(part: DataPart) -> Iterator[tuple[str, Any]]:
    taken: dict[str, object] = {}
    if isinstance(part, Control):
        taken = {"id": slug(part.name) or "control"}
    elif isinstance(part, FormPage):
        title = part.title or (part.heading.name if part.heading else "")
        taken = {"id": slug(title), "title": part.heading.name if part.heading else ""}
    elif isinstance(part, Start):
        taken = {"origins": part.own_origins}
    for key, field in type(part).model_fields.items():
        value = getattr(part, key)
        if value not in (field.get_default(call_default_factory=True), taken.get(key, object())):
            yield key, value


def _written(key: str, value: Any, known: Fact | None) -> Any:
    if isinstance(value, tuple):
        return [_written(key, each, known) for each in value]
    if isinstance(value, dict):
        return {name: _written("", each, known) for name, each in value.items()}
    if not isinstance(value, DataPart):
        return _plain(value)
    said = _said(value, known)
    if isinstance(value, Element) and said.get("role", "") == _ROLES.get(key):
        del said["role"]
    short = _SHORT.get(type(value))
    return said[short] if short and {*said} == {short} else said


def _plain(value: object) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
