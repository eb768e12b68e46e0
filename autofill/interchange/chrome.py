"""Recordings of Chrome's Recorder (DevTools, JSON), and flows as such.

Format: UserFlow of @puppeteer/replay (github.com/puppeteer/replay, src/Schema.ts).
"""

from __future__ import annotations

from typing import Any, Final

from autofill.errors import Problem
from autofill.interchange.flow import NOTHING, Flow, Step, Target, left_out
from autofill.interchange.located_json import JsonObject, read_json
from autofill.interchange.selectors import from_aria, from_css, from_xpath, joined
from autofill.language import _, gettext_noop

_ON_TARGET: Final = frozenset({"change", "click", "waitForElement"})
# What is left out of a recording as nothing of the form: the reason, by the step's type.
_WITHOUT: Final = {
    "setViewport": gettext_noop("the size of the window: a run has its own"),
    "emulateNetworkConditions": gettext_noop("a slowed network: a run uses the real one"),
    "scroll": gettext_noop("scrolling: a run scrolls to what it fills"),
    "hover": gettext_noop("hovering: a form map has no counterpart"),
    "keyDown": gettext_noop("a key: what is typed is entered as a whole"),
    "keyUp": gettext_noop("a key: what is typed is entered as a whole"),
    "close": gettext_noop("closing a window: a run closes its own"),
    "waitForExpression": gettext_noop("a condition in JavaScript: never run; a run waits by what the page shows"),
    "customStep": gettext_noop("a step of another program's own"),
    "doubleClick": gettext_noop("a double click: a form map has no counterpart"),
}


def read(text: str, name: str) -> Flow:
    """Read a recording."""
    flow = read_json(text, name)
    steps: list[Step] = []
    left: list[Problem] = []
    for number, each in enumerate(flow.objects("steps"), 1):
        kind = each.text("type")
        made, why = _step(each, kind)
        steps += made
        if why:
            left.append(left_out(name, each.line, f"step {number} ({kind})", why))
    return Flow(flow.text("title"), tuple(steps), tuple(left))


def _step(step: JsonObject, kind: str) -> tuple[tuple[Step, ...], str]:
    """The step, and what of it has no counterpart."""
    if kind in _WITHOUT:
        return (), _(_WITHOUT[kind])
    if step.text("target") not in {"", "main"}:
        return (), _("it is in another window: a run has one")
    if kind == "navigate":
        return (Step("open", step.line, values=(step.text("url"),)),), ""
    return _on_target(step, kind) if kind in _ON_TARGET else ((), _("not a step that is known here"))


def _on_target(step: JsonObject, kind: str) -> tuple[tuple[Step, ...], str]:
    target, why = _target(step)
    if target == NOTHING:
        return (), _("found by none of the ways that a form map has")
    if kind == "change":
        made = Step("fill", step.line, target, (step.text("value"),), by="value")
    elif kind == "click":
        expected = step.objects("assertedEvents") if "assertedEvents" in step else []
        leads_on = any(each.text("type") == "navigation" for each in expected)
        made = Step("press", step.line, target, leads_on=leads_on)
    elif target.name:
        made = Step("expect", step.line, target, (target.name,))
    else:
        return (), _("waiting for what has no words: a run waits by itself")
    return (made,), why


def _target(step: JsonObject) -> tuple[Target, str]:
    selectors = step.get("selectors", [])
    if not isinstance(selectors, list) or not selectors:
        raise step.wrong("selectors", _("must be a list of selectors"))
    target = joined(_one(step, each) for each in selectors)
    frame = step.get("frame", [])
    if not isinstance(frame, list):
        raise step.wrong("frame", _("must be a list of numbers"))
    why = _("its frame is known by number only; add `frame` with its name or title") if frame else ""
    return target, why


def _one(step: JsonObject, selector: Any) -> Target:
    """One way to find a thing; of a chain through shadow roots, its last part."""
    last = selector[-1] if isinstance(selector, list) and selector else selector
    if not isinstance(last, str):
        raise step.wrong("selectors", _("must be texts, or lists of texts"))
    kind, slash, rest = last.partition("/")
    match kind if slash else "":
        case "aria":
            return from_aria(rest)
        case "text":
            return Target(name=" ".join(rest.split()))
        case "xpath":
            return from_xpath(rest)
        case "pierce":
            return from_css(rest)
    return from_css(last)
