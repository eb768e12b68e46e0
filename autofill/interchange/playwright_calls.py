"""Calls of Playwright as scripts make them, in any language, and the steps that they are. Pure; nothing is run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

from autofill.errors import Problem
from autofill.interchange.flow import NOTHING, Flow, Step, Target, left_out
from autofill.interchange.selectors import from_css, from_xpath, role_of
from autofill.language import _, gettext_noop


class Computed:
    """What only running the script would tell."""


COMPUTED: Final = Computed()
Literal: TypeAlias = "str | int | bool | Computed | list[Literal] | dict[str, Literal] | None"


@dataclass(frozen=True, slots=True)
class Call:
    """One call in a chain, its name in small letters with underscores."""

    name: str
    args: tuple[Literal, ...] = ()
    options: Mapping[str, Literal] = field(default_factory=dict)

    @property
    def first(self) -> Literal:
        """Its first argument."""
        return self.args[0] if self.args else None


@dataclass(frozen=True, slots=True)
class Statement:
    """A chain of calls on a line of a script; `root` is what it begins with, `expected` whether it is a check.

    What is no such chain has no calls, and says `why` it has no counterpart.
    """

    line: int
    root: str
    calls: tuple[Call, ...] = ()
    expected: bool = False
    why: str = ""


_SET_UP: Final = frozenset({"launch", "new_context", "new_page", "close"})
_NAMED: Final = frozenset({"get_by_label", "get_by_text", "get_by_title", "get_by_alt_text"})
_WORDS_SEEN: Final = frozenset({"to_contain_text", "to_have_text"})
_KEYS: Final = gettext_noop("a key: what is typed is entered as a whole")
_WITHOUT: Final = {
    "press": _KEYS,
    "press_sequentially": _KEYS,
    "hover": gettext_noop("hovering: a form map has no counterpart"),
    "dblclick": gettext_noop("a double click: a form map has no counterpart"),
    "evaluate": gettext_noop("code for the page: never run"),
    "wait_for_timeout": gettext_noop("waiting: a run waits by what the page shows"),
    "wait_for": gettext_noop("waiting: a run waits by what the page shows"),
    "wait_for_url": gettext_noop("waiting: a run waits by what the page shows"),
    "wait_for_load_state": gettext_noop("waiting: a run waits by what the page shows"),
}
COMPUTED_VALUE: Final = gettext_noop("computed by the script, which is never run; write the value into the profile")


def flow_of(statements: Iterable[Statement], name: str, title: str) -> Flow:
    """The flow of a script; `name` is its file's."""
    steps: list[Step] = []
    left: list[Problem] = []
    for each in statements:
        if each.root in {"browser", "context", "playwright", "p"} and each.calls and each.calls[-1].name in _SET_UP:
            continue
        made, why = _step(each)
        steps += made
        if why:
            what = each.calls[-1].name if each.calls else each.root
            left.append(left_out(name, each.line, what, why))
    return Flow(title, tuple(steps), tuple(left))


def _step(statement: Statement) -> tuple[tuple[Step, ...], str]:
    if statement.why:
        return (), statement.why
    if not statement.calls or statement.root != "page":
        other = re.fullmatch(r"page\d+", statement.root)
        return (), _("it is in another window: a run has one") if other else _("not a step that is known here")
    *way, last = statement.calls
    if last.name in _WITHOUT or last.name in _SET_UP:
        return (), _(_WITHOUT[last.name]) if last.name in _WITHOUT else ""
    if last.name == "goto":
        return _opened(statement.line, last.first)
    return _on_target(statement, *_target(way))


def _on_target(statement: Statement, target: Target, why: str) -> tuple[tuple[Step, ...], str]:
    last = statement.calls[-1]
    if target == NOTHING and not (statement.expected and last.name in _WORDS_SEEN):
        return (), why or _("found by none of the ways that a form map has")
    made, trouble = (_check if statement.expected else _action)(statement.line, target, last)
    return made, trouble or ("" if statement.expected else why)


def _opened(line: int, url: Literal) -> tuple[tuple[Step, ...], str]:
    return ((Step("open", line, values=(url,)),), "") if isinstance(url, str) else ((), _(COMPUTED_VALUE))


def _check(line: int, target: Target, call: Call) -> tuple[tuple[Step, ...], str]:
    """Words that are to be seen; whatever else is checked is left to a run, which reads back what it enters."""
    if call.name in _WORDS_SEEN and isinstance(call.first, str):
        return (Step("expect", line, target, (call.first,)),), ""
    if call.name == "to_be_visible" and target.name:
        return (Step("expect", line, target, (target.name,)),), ""
    return (), _("a check: a run reads back all that it enters, and looks at its proof in the end")


def _action(line: int, target: Target, call: Call) -> tuple[tuple[Step, ...], str]:
    match call.name:
        case "click" | "tap":
            return (Step("press", line, target),), ""
        case "check" | "uncheck" | "set_checked":
            return (_ticked(line, target, is_ticked=call.name == "check" or call.first is True),), ""
        case "fill" | "type":
            return _with_values(Step("fill", line, target), call.first)
        case "set_input_files":
            return _with_values(Step("upload", line, target), call.first)
        case "select_option":
            options = call.first if isinstance(call.first, dict) else call.options
            by = next((each for each in ("label", "value", "index") if each in options), "")
            chosen = options[by] if by else call.first
            return _with_values(Step("choose", line, target, by=by or "value"), chosen)
    return (), _("not a step that is known here")


def _ticked(line: int, target: Target, *, is_ticked: bool) -> Step:
    """A box that is ticked or not; of the buttons of a group, the one that is chosen."""
    if target.role == "radio" and target.group:
        return Step("choose", line, replace(target, name=target.group, group=""), (target.name,))
    return Step("set", line, replace(target, role=target.role or "checkbox"), ("yes" if is_ticked else "no",))


def _with_values(step: Step, given: Literal) -> tuple[tuple[Step, ...], str]:
    several = given if isinstance(given, list) else [given]
    values = tuple(str(each) for each in several if isinstance(each, str | int) and not isinstance(each, bool))
    return (replace(step, values=values),), "" if len(values) == len(several) else _(COMPUTED_VALUE)


def _target(way: Iterable[Call]) -> tuple[Target, str]:
    """What a chain of locators finds."""
    found, why, group = NOTHING, "", ""
    for call in way:
        if call.name in {"frame_locator", "content_frame"}:
            frame = _frame(call.first if call.name == "frame_locator" else found.css)
            found = Target(frame=frame)
            why = "" if frame else _("its frame is known by number only; add `frame` with its name or title")
        elif call.name == "get_by_role" and call.first in {"group", "radiogroup"}:
            group = _one(call).name
        elif call.name == "and_":
            continue  # it only says more of the same thing
        elif call.name in {"first", "nth"}:
            found = replace(found, nth=call.first + 1 if type(call.first) is int and call.first >= 0 else 1)
        elif (one := _one(call)) == NOTHING:
            return NOTHING, _("found by none of the ways that a form map has")
        else:
            found = replace(one, frame=found.frame, group=group)
    return (found, why) if found.words or found.css else (NOTHING, "")


def _one(call: Call) -> Target:
    said, found = call.first, NOTHING
    if not isinstance(said, str):
        return found
    if call.name in _NAMED:
        found = Target(name=said)
    elif call.name == "get_by_role":
        more = call.args[1] if len(call.args) > 1 else None
        name = (more if isinstance(more, dict) else call.options).get("name")
        found = Target(name=name, role=role_of(said)) if isinstance(name, str) else NOTHING
    elif call.name == "get_by_placeholder":
        found = Target(placeholder=said)
    elif call.name == "get_by_test_id" and '"' not in said:
        found = from_css(f'[data-testid="{said}"]')
    elif call.name == "locator":
        path = said.removeprefix("xpath=")
        found = from_xpath(path) if path.startswith("//") else from_css(said.removeprefix("css="))
    return found


def _frame(css: Literal) -> str:
    """The name or title of a frame that a selector tells."""
    found = re.search(r"""\[(?:name|title)=["']?([\w .-]+)["']?\]""", css) if isinstance(css, str) else None
    return found[1] if found else ""
