"""Projects of Selenium IDE (`.side`): the first test of the file.

Format: packages/side-model of github.com/SeleniumHQ/selenium-ide; a command has a target, and a value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final
from urllib.parse import urljoin

from autofill.errors import Problem
from autofill.interchange.flow import NOTHING, Flow, Step, Target, left_out
from autofill.interchange.located_json import JsonObject, read_json
from autofill.interchange.selectors import from_css, from_xpath, joined
from autofill.language import _, gettext_noop

_WITHOUT: Final = {
    "setWindowSize": gettext_noop("the size of the window: a run has its own"),
    "sendKeys": gettext_noop("a key: what is typed is entered as a whole"),
    "pause": gettext_noop("waiting: a run waits by what the page shows"),
    "close": gettext_noop("closing a window: a run closes its own"),
    "mouseOver": gettext_noop("hovering: a form map has no counterpart"),
    "mouseOut": gettext_noop("hovering: a form map has no counterpart"),
    "doubleClick": gettext_noop("a double click: a form map has no counterpart"),
    "selectWindow": gettext_noop("it is in another window: a run has one"),
    **dict.fromkeys(("executeScript", "executeAsyncScript", "runScript"), gettext_noop("code for the page: never run")),
    **dict.fromkeys(
        ("if", "else", "elseIf", "while", "times", "forEach", "do", "repeatIf", "end", "run"),
        gettext_noop("a condition or a loop: never run"),
    ),
}
_WORDS_SEEN: Final = frozenset({"assertText", "verifyText", "waitForText"})
_THINGS_SEEN: Final = frozenset({"waitForElementVisible", "waitForElementPresent", "assertElementPresent"})
_CHECK: Final = re.compile(r"(?:assert|verify|waitFor)[A-Z]\w*")
_FILE: Final = re.compile(r"(?:[A-Za-z]:[\\/]|/)\S+\.\w{2,4}")
_OPTION: Final = re.compile(r"(label|value|id|index)=")
_VARIABLE: Final = re.compile(r"\$\{(\w+)\}")


def read(text: str, name: str) -> Flow:
    """Read a project."""
    project = read_json(text, name)
    tests = project.objects("tests")
    if not tests:
        raise project.wrong("tests", _("holds no test"))
    commands = tests[0].objects("commands")
    stored = {each.text("value") for each in commands if each.text("command").startswith("store")}
    reading = _Reading(name, project.text("url"), stored)
    steps = [step for each in commands for step in reading.steps(each)]
    for each in tests[1:]:
        reading.leave(each, each.text("name"), _("a further test: one map is one form; keep it in a file of its own"))
    title = tests[0].text("name") or project.text("name")
    return Flow(title, tuple(steps), tuple(reading.left))


class _Reading:
    """One test while it is read: the frame and the window that its commands are in."""

    def __init__(self, name: str, url: str, stored: set[str]) -> None:
        self.name, self.url, self.frame, self.stored = name, url, "", stored
        self.away = False
        self.left: list[Problem] = []

    def leave(self, at: JsonObject, what: str, why: str) -> None:
        self.left.append(left_out(self.name, at.line, what[:40], why))

    def steps(self, command: JsonObject) -> Iterator[Step]:
        """What a command is, if anything; what has no counterpart is noted."""
        kind, line = command.text("command"), command.line
        if kind.startswith("//"):
            return
        if kind == "selectFrame":
            self._enter_frame(command)
        elif kind == "selectWindow":
            self.away = True
            self.leave(command, kind, _(_WITHOUT[kind]))
        elif self.away:
            self.leave(command, kind, _("it is in another window: a run has one"))
        elif kind in _WITHOUT:
            self.leave(command, kind, _(_WITHOUT[kind]))
        elif kind == "open":
            yield Step("open", line, values=(_address(self.url, command.text("target")),))
        elif kind.startswith("store"):
            self.leave(command, kind, _("not a step that is known here"))
        elif (target := self._target(command)) == NOTHING:
            self.leave(command, kind, _("found by none of the ways that a form map has"))
        else:
            yield from self._on_target(command, kind, target)

    def _on_target(self, command: JsonObject, kind: str, target: Target) -> Iterator[Step]:
        line, value = command.line, command.text("value")
        if kind in {"type", "select"} and self.stored.intersection(_VARIABLE.findall(value)):
            self.leave(command, kind, _("a variable of the test: write the value into the profile"))
            value = ""
        if kind in {"click", "clickAt", "submit"}:
            yield Step("press", line, target)
        elif kind == "type":
            is_file = "type=file" in target.css.replace('"', "") or _FILE.fullmatch(value)
            yield Step("upload" if is_file else "fill", line, target, (value,) if value else ())
        elif kind in {"select", "addSelection"}:
            by, option = _option(value)
            yield Step("choose", line, target, (option,) if option else (), by=by)
        elif kind in {"check", "uncheck"}:
            yield Step("set", line, replace(target, role="checkbox"), ("yes" if kind == "check" else "no",))
        elif kind in _WORDS_SEEN or (kind in _THINGS_SEEN and target.name):
            yield Step("expect", line, target, (value if kind in _WORDS_SEEN else target.name,))
        elif _CHECK.fullmatch(kind):
            why = _("a check: a run reads back all that it enters, and looks at its proof in the end")
            self.leave(command, kind, why)
        else:
            self.leave(command, kind, _("not a step that is known here"))

    def _enter_frame(self, command: JsonObject) -> None:
        target = command.text("target")
        found = re.search(r"""(?:^name=|\[name=["']?|\[title=["']?)([\w .-]+)""", target)
        self.frame = found[1] if found else ""
        if not found and not target.startswith("relative="):
            why = _("its frame is known by number only; add `frame` with its name or title")
            self.leave(command, "selectFrame", why)

    def _target(self, command: JsonObject) -> Target:
        """All ways to find the thing, the one that is used first."""
        more = command.get("targets", [])
        ways = [each[0] for each in more if isinstance(each, list) and each] if isinstance(more, list) else []
        texts = [each for each in (command.text("target"), *ways) if isinstance(each, str)]
        found = joined(map(_located, texts))
        return replace(found, frame=self.frame) if found != NOTHING else NOTHING


def _address(base: str, path: str) -> str:
    try:
        return urljoin(base, path)
    except ValueError:  # as it stands there, for whoever looks for its host
        return path


def _option(value: str) -> tuple[str, str]:
    """By what an option is chosen, and the option."""
    found = _OPTION.match(value)
    return ({"id": "value"}.get(found[1], found[1]), value[found.end() :]) if found else ("label", value)


def _located(locator: str) -> Target:
    """What one locator finds, `id=message` say."""
    kind, _sign, rest = locator.partition("=")
    match kind:
        case "id" if rest and '"' not in rest:
            return from_css(f'[id="{rest}"]')
        case "name" if rest and '"' not in rest:
            return from_css(f'[name="{rest}"]')
        case "link" | "linkText" | "partialLinkText":
            return Target(name=rest, role="link")
        case "css":
            return from_css(rest)
        case "xpath":
            return from_xpath(rest)
    return from_xpath(locator) if locator.startswith("//") else NOTHING
