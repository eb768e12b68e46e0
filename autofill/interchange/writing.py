"""The formats that can be written, and what a script says of itself first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from importlib import import_module
from typing import Final, Literal, TypeAlias

from autofill.errors import Problem
from autofill.interchange.flow import Flow, Step, Writer, left_out
from autofill.language import _

Format: TypeAlias = Literal["chrome-recorder", "playwright", "selenium-ide"]
_MODULES: Final[Mapping[Format, str]] = {
    "chrome-recorder": "chrome_script", "playwright": "playwright_script", "selenium-ide": "selenium_script",
}  # fmt: skip
# English: other people read what is handed on.
_COMMENT: Final = (
    "Made by autofill. This script has no guard: nothing keeps it from sending twice, and it keeps no evidence."
)
_STOPS: Final = "It stops before the submit button; press that yourself."


def write_flow(flow: Flow, to: Format, *, submit: bool) -> tuple[str, Flow]:
    """The text of a script, and the flow that it does; without `submit` it stops before the last press.

    What the format has no counterpart for is listed in the flow.
    """
    steps = flow.steps
    if not submit:
        last = max(number for number, each in enumerate(steps) if each.action == "press")
        steps = steps[:last]
    shown = replace(flow, steps=steps, left=(*flow.left, *_left(steps, to, flow.title)))
    writer: Writer = import_module(f"autofill.interchange.{_MODULES[to]}").write
    return writer(shown, _COMMENT if submit else f"{_COMMENT} {_STOPS}"), shown


def _left(steps: Iterable[Step], to: Format, name: str) -> Iterator[Problem]:
    """What the format has no counterpart for."""
    for step in steps:
        words = step.target.words or step.target.css
        whys = _of_chrome(step) if to == "chrome-recorder" else ()
        yield from (left_out(name, 0, words, why) for why in whys)
        if to != "playwright" and step.target.nth:
            yield left_out(name, 0, words, _("which one of several alike is not in the script"))


def _of_chrome(step: Step) -> Iterator[str]:
    if step.action == "upload":
        yield _("recordings attach no files; attach it by hand")
    if step.action == "set" and step.value == "no":
        yield _("a click would tick what is not ticked; untick it by hand")
    if step.action == "choose" and not step.target.role:
        yield _("a list of the browser's own takes the page's own code, not its words")
    if step.target.frame:
        yield _("its frame would have to be named by number; add it")
