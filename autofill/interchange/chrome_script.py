"""Recordings for Chrome's Recorder and @puppeteer/replay, written from a flow."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from autofill.interchange.flow import Flow, Step, Target
from autofill.interchange.selectors import label_xpath


def write(flow: Flow, comment: str) -> str:
    """Write a recording; JSON has no comments, so the comment is the title's second part."""
    steps = [made for step in flow.steps for made in _steps(step)]
    title = " ".join(f"{flow.title} ({comment})".split())
    return json.dumps({"title": title, "steps": steps}, ensure_ascii=False, indent=2) + "\n"


def _steps(step: Step) -> Iterator[dict[str, Any]]:
    value, target = step.value, step.target
    match step.action:
        case "open":
            yield {"type": "navigate", "url": value}
        case "fill":
            yield {"type": "change", "target": "main", "selectors": _selectors(target), "value": value}
        case "press":
            yield _click(_selectors(target))
        case "set" if value == "yes":
            yield _click(_box(target.name, "checkbox") if target.name else _selectors(target))
        case "choose" if target.role == "combobox":
            yield _click(_selectors(target))
            yield _click([[f'aria/{value}[role="option"]']])
        case "choose" if target.role == "radio":
            yield _click(_box(value, "radio"))
        case "choose":
            yield {"type": "change", "target": "main", "selectors": _selectors(target), "value": value}
        case "expect":
            yield {"type": "waitForElement", "target": "main", "selectors": [[f"text/{value}"]]}


def _click(selectors: list[list[str]]) -> dict[str, Any]:
    return {"type": "click", "target": "main", "selectors": selectors, "offsetX": 5, "offsetY": 5}


def _box(words: str, role: str) -> list[list[str]]:
    """The ways to a box or button: many are hidden behind drawn ones; their label is not."""
    return [[f'aria/{words}[role="{role}"]'], [f"xpath/{label_xpath(words, role)}"]]


def _selectors(target: Target) -> list[list[str]]:
    """All ways to find a thing; a required label's mark is a part of its name for this tool."""
    if target.css:
        return [[target.css]]
    if target.placeholder:
        return [[f"[placeholder={json.dumps(target.placeholder, ensure_ascii=False)}]"]]
    role = f'[role="{target.role}"]' if target.role else ""
    marked = (target.name, f"*{target.name}", f"* {target.name}", f"{target.name}*", f"{target.name} *")
    return [[f"aria/{name}{role}"] for name in (marked if target.role not in {"button", "link"} else marked[:1])]
