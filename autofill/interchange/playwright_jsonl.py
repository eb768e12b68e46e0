"""Recordings of Playwright's codegen as JSON lines (`--target jsonl`): a line for the settings, then one an action."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any, Final

from autofill.errors import InvalidFile, Problem
from autofill.interchange.flow import Flow
from autofill.interchange.located_json import JsonObject, number, read_json
from autofill.interchange.playwright_calls import COMPUTED, Call, Literal, Statement, flow_of
from autofill.language import _

_LOCATORS: Final = {
    "default": "locator", "role": "get_by_role", "label": "get_by_label", "text": "get_by_text",
    "title": "get_by_title", "placeholder": "get_by_placeholder", "alt": "get_by_alt_text",
    "test-id": "get_by_test_id", "nth": "nth", "first": "first", "frame-locator": "frame_locator",
    "frame": "content_frame",
}  # fmt: skip
# The method of each action, and the key of what it takes.
_ACTIONS: Final = {
    "click": ("click", ""), "fill": ("fill", "text"), "check": ("check", ""), "uncheck": ("uncheck", ""),
    "select": ("select_option", "options"), "setInputFiles": ("set_input_files", "files"), "press": ("press", "key"),
    "navigate": ("goto", "url"), "openPage": ("goto", "url"), "hover": ("hover", ""), "closePage": ("close", ""),
    "assertText": ("to_contain_text", "text"), "assertVisible": ("to_be_visible", ""),
    "assertValue": ("to_have_value", "value"), "assertChecked": ("to_be_checked", ""),
    "assertSnapshot": ("to_match_aria_snapshot", ""),
}  # fmt: skip
_EMPTY: Final = frozenset({"", "about:blank", "chrome://newtab/"})


def read(text: str, name: str) -> Flow:
    """Read a recording."""
    lines = [(n, line) for n, line in enumerate(text.split("\n"), 1) if line.strip()]
    actions = [each for n, line in lines if "name" in (each := read_json(line, name, n))]
    if not actions:
        raise InvalidFile([Problem(name, 1, 1, field="", message=_("holds no action"))])
    return flow_of(_statements(actions), name, PurePath(name).stem)


def _statements(actions: list[JsonObject]) -> Iterator[Statement]:
    pages: list[str] = []
    for each in actions:
        kind = each.text("name")
        page = each.text("pageGuid") or each.text("pageAlias")
        if page not in pages:
            pages.append(page)
        root = f"page{pages.index(page) or ''}"
        if kind == "openPage" and each.text("url") in _EMPTY:
            continue
        if kind not in _ACTIONS:
            yield Statement(each.line, kind[:40], why=_("not a step that is known here"))
            continue
        method, key = _ACTIONS[kind]
        if kind == "click" and each.get("clickCount", 1) == 2:
            method = "dblclick"
        given = _given(each.get(key)) if key else None
        last = Call(method, () if given is None else (given,))
        expected = kind.startswith("assert")
        yield Statement(each.line, root, (*_way(each), last), expected)


def _way(action: JsonObject) -> Iterator[Call]:
    """The chain of locators; without one, as older versions write it, what the selector tells."""
    here: Any = action.get("locator")
    if not isinstance(here, JsonObject) and (selector := action.text("selector")):
        yield _from_selector(selector)
    while isinstance(here, JsonObject):
        options = here.get("options")
        said = {key: _given(value) for key, value in options.items()} if isinstance(options, JsonObject) else {}
        kind, body = here.text("kind"), _given(here.get("body"))
        if kind == "nth" and isinstance(body, str) and body.isdecimal():
            body = number(body)
        yield Call(_LOCATORS.get(kind, kind), (body,), said)
        here = here.get("next")


def _from_selector(selector: str) -> Call:
    """What Playwright's own short form of a locator says, `internal:role=button[name="Send"i]`."""
    if found := re.fullmatch(r'internal:role=(\w+)\[name="((?:[^"\\]|\\.)*)"[is]?\]', selector):
        return Call("get_by_role", (found[1],), {"name": re.sub(r"\\(.)", r"\1", found[2])})
    if found := re.fullmatch(r'internal:(label|text)="((?:[^"\\]|\\.)*)"[is]?', selector):
        return Call(f"get_by_{found[1]}", (re.sub(r"\\(.)", r"\1", found[2]),))
    return Call("locator", (selector,))


def _given(value: Any) -> Literal:
    if isinstance(value, list):
        return [_given(each) for each in value]
    return value if isinstance(value, str | int | None) else COMPUTED
