"""Projects for Selenium IDE and its runner, written from a flow."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TypeAlias
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from autofill.interchange.flow import Flow, Step, Target
from autofill.interchange.selectors import label_xpath, xpath_text

_Command: TypeAlias = tuple[str, str, str]


def write(flow: Flow, comment: str) -> str:
    """Write a project of one test; the comment stands at its first command."""
    made = [command for step in flow.steps for command in _commands(step)]
    address = next(step.value for step in flow.steps if step.action == "open")
    origin = f"{urlsplit(address).scheme}://{urlsplit(address).netloc}"
    commands = [
        {
            "id": _id(f"{address}#{number}"), "comment": comment if not number else "", "command": command,
            "target": target, "targets": [], "value": value,
        }
        for number, (command, target, value) in enumerate(made)
    ]  # fmt: skip
    test = {"id": _id(address), "name": flow.title, "commands": commands}
    suite = {"id": _id(origin), "name": "Default Suite", "persistSession": False, "parallel": False, "timeout": 300}
    project = {
        "id": _id(flow.title), "version": "2.0", "name": flow.title, "url": origin, "tests": [test],
        "suites": [{**suite, "tests": [test["id"]]}], "urls": [f"{origin}/"], "plugins": [],
    }  # fmt: skip
    return json.dumps(project, ensure_ascii=False, indent=2) + "\n"


def _commands(step: Step) -> Iterator[_Command]:
    value, target = step.value, step.target
    if target.frame:
        yield "selectFrame", f"css=iframe[name={json.dumps(target.frame)}]", ""
    match step.action:
        case "open":
            yield "open", step.value, ""
        case "fill" | "upload":
            yield "type", _locator(target), value
        case "set":
            # Many boxes are hidden behind drawn ones; their label is not.
            if value == "yes" and target.name:
                yield "click", "xpath=" + label_xpath(target.name, "checkbox"), ""
            else:
                yield "check" if value == "yes" else "uncheck", _locator(target), ""
        case "press":
            yield "click", _locator(target), ""
        case "choose" if target.role == "combobox":
            yield "click", _locator(target), ""
            yield "click", f'xpath=//*[@role="option"][normalize-space(.)={xpath_text(value)}]', ""
        case "choose" if target.role == "radio":
            yield "click", f"xpath={label_xpath(value, 'radio')}", ""
        case "choose":
            yield "select", _locator(target), f"label={value}"
        case "expect":
            yield "waitForElementVisible", f"xpath=//*[text()[contains(.,{xpath_text(value)})]]", "30000"
    if target.frame:
        yield "selectFrame", "relative=parent", ""


def _locator(target: Target) -> str:
    if target.css:
        return f"css={target.css}"
    if target.placeholder:
        return f"css=[placeholder={json.dumps(target.placeholder, ensure_ascii=False)}]"
    if target.role in {"button", "link"}:
        tag = "a" if target.role == "link" else "button"
        return f"xpath=//{tag}[normalize-space(.)={xpath_text(target.name)}]"
    return _labelled(target.name)


def _labelled(words: str) -> str:
    """The control that a label is for; the star of a required one does not count."""
    return f"xpath=//*[@id=//label[normalize-space(translate(.,'*',''))={xpath_text(words)}]/@for]"


def _id(of: str) -> str:
    return str(uuid5(NAMESPACE_URL, of))
