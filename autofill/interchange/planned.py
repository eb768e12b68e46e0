"""A flow out of a plan, or of a form map with placeholders: what fills the same form by another tool. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from autofill.errors import Problem
from autofill.forms.control import YES_NO, Control, ControlKind
from autofill.forms.element import Element
from autofill.forms.form_map import FormMap
from autofill.forms.outcome import Confirmation
from autofill.forms.plan import FillStep, Plan, SubmitStep
from autofill.interchange.flow import Action, Flow, Role, Step, Target, left_out
from autofill.language import _

_CHOSEN: Final[dict[ControlKind | None, Role]] = {"select": "", "choice": "", "combobox": "combobox", "radio": "radio"}


def planned(plan: Plan, name: str, url: str) -> Flow:
    """What a plan enters, with the submit press in the end."""
    writing = _Writing(name)
    for step in plan.steps:
        entries = step.entries if isinstance(step, FillStep | SubmitStep) else ()
        writing.page(((each.control, each.text) for each in entries), step.advance)
    last = plan.steps[-1]
    writing.around(dismiss=bool(plan.dismiss), dialogs=bool(plan.dialogs), login=plan.login is not None)
    return writing.done(plan.form_title, url or plan.start_url, getattr(last, "confirmation", None))


def unfilled(form_map: FormMap, name: str, url: str) -> Flow:
    """What a form asks, with a placeholder for everything that is entered, and the submit press in the end."""
    writing = _Writing(name)
    for page in form_map.pages:
        asked = ((page.when, form_map.name_of(page)), *((each.when, each.name) for each in page.controls))
        for words in (words for when, words in asked if when):
            writing.leave(words, _("asked of some inquiries only; take it out of others"))
        if page.button:
            writing.page(((each, _placeholder(each)) for each in page.controls), page.button)
    writing.around(dismiss=bool(form_map.dismiss), dialogs=bool(form_map.dialogs), login=form_map.login is not None)
    return writing.done(form_map.title, url or form_map.site.url, form_map.confirmation)


def _placeholder(control: Control) -> str:
    """What stands where a person's value belongs."""
    if control.kind in YES_NO:
        return "yes"
    if control.choices:
        return next(iter(control.choices.values()))
    return control.date_format if control.kind == "date" else control.name.upper()


@dataclass
class _Writing:
    """A flow while it is written; `name` is what it is written from."""

    name: str
    steps: list[Step] = field(default_factory=list)
    left: list[Problem] = field(default_factory=list)

    def leave(self, what: str, why: str) -> None:
        self.left.append(left_out(self.name, 0, what, why))

    def page(self, entries: Iterable[tuple[Control, str]], button: Element) -> None:
        for control, text in entries:
            self.steps += self._entered(control, text)
        role: Role = "link" if button.role == "link" else "button"
        self.steps.append(Step("press", target=Target(button.name, role, nth=button.nth or 0)))

    def around(self, *, dismiss: bool, dialogs: bool, login: bool) -> None:
        """List what may come beside the pages, and no script waits for."""
        if dismiss:
            self.leave("dismiss", _("a banner may come at any time; the script does not wait for it"))
        if dialogs:
            self.leave("dialogs", _("a dialog of the browser is left to the tool"))
        if login:
            self.leave("login", _("the form wants a login first; log in by hand"))

    def done(self, title: str, url: str, confirmation: Confirmation | None) -> Flow:
        proof = confirmation.proof if confirmation else None
        if proof and (words := proof.text or proof.name):
            self.steps.append(Step("expect", values=(words,), target=Target(words)))
        elif proof:
            self.leave("confirmation", _("the proof is no plain text; look at the page yourself"))
        return Flow(title, (Step("open", values=(url,)), *self.steps), tuple(self.left))

    def _entered(self, control: Control, text: str) -> Iterator[Step]:
        target = _target(control)
        if control.near and not (control.css or control.placeholder or control.label):
            self.leave(control.name, _("found by the text beside it; the script looks for a label of these words"))
        if control.within:
            self.leave(control.name, _("the group or dialog that it stands in is not in the script"))
        if control.kind == "typeahead":
            self.leave(control.name, _("what is typed is not picked from the suggestions; do it by hand"))
        action: Action = "fill"
        if control.kind in YES_NO:
            action = "set"
        elif control.kind == "file":
            action = "upload"
        elif control.kind in _CHOSEN or control.choices:
            action = "choose"
        role: Role = "checkbox" if action == "set" else _CHOSEN.get(control.kind, "")
        values = tuple(text.splitlines()) if action in {"choose", "upload"} else (text,)
        yield Step(action, target=replace(target, role=role), values=values)


def _target(control: Control) -> Target:
    place = Target(frame=control.frame or "", nth=control.nth or 0)
    if control.css:
        return Target(css=control.css, frame=place.frame, nth=place.nth)
    if control.placeholder:
        return Target(placeholder=control.placeholder, frame=place.frame, nth=place.nth)
    return Target(control.label or control.name, frame=place.frame, nth=place.nth)
