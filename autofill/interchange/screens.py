"""The screens of a flow: what is entered on each, what leads on, and what is left over. Pure, and of no format."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from autofill.errors import Problem
from autofill.interchange.flow import Flow, Step, Target, left_out
from autofill.language import _

ENTERED: Final = frozenset({"fill", "choose", "set", "upload"})
_BANNER: Final = re.compile(r"cookie|\b(?:accept|reject|allow|decline)\s+all\b", re.IGNORECASE)
_TICKED: Final = frozenset({"radio", "checkbox"})


@dataclass(slots=True)
class Screen:
    """One screen: what is entered, and what is pressed then, if anything is."""

    entered: list[Step] = field(default_factory=list)
    pressed: Step | None = None


@dataclass(frozen=True, slots=True)
class Screens:
    """All screens of a flow, where it begins, what puts banners away, what is seen in the end, what is left over."""

    url: str
    screens: tuple[Screen, ...]
    banners: tuple[str, ...]
    proof: str
    left: tuple[Problem, ...]


def screens(flow: Flow, name: str) -> Screens:
    """Sort the steps of a flow; `name` is its file's."""
    return _Sorting(name).sorted(flow)


class _Sorting:
    """Screens while they are found."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.screens = [Screen()]
        self.url = self.proof = ""
        self.banners: list[str] = []
        self.left: list[Problem] = []

    def sorted(self, flow: Flow) -> Screens:
        steps = list(_folded(flow.steps))
        last = max((n for n, each in enumerate(steps) if each.action == "press"), default=len(steps))
        last_entry = max((n for n, each in enumerate(steps) if each.action in ENTERED), default=-1)
        if last < last_entry:  # what comes before the last entry sends nothing
            last = len(steps)
        for number, step in enumerate(steps):
            self._take(step, is_last=number == last, is_after=number > last, anything_after=number < last_entry)
        if len(self.screens) > 1 and not self.screens[-1].entered:
            self.screens.pop()
        left = sorted((*flow.left, *self.left), key=lambda each: each.line)
        return Screens(self.url, tuple(self.screens), tuple(self.banners), proof=self.proof, left=tuple(left))

    def _take(self, step: Step, *, is_last: bool, is_after: bool, anything_after: bool) -> None:
        match step.action:
            case "open" if not self.url:
                self.url = step.value
            case "open":
                self._leave(step, _("a second address: a run goes on by what it presses"))
            case "expect" if is_after and not self.proof:
                self.proof = step.value
            case "expect":
                self._leave(step, _("a check: a run reads back all that it enters, and looks at its proof in the end"))
            case "press":
                self._press(step, is_last=is_last, anything_after=anything_after)
            case _:
                self._enter(step)

    def _enter(self, step: Step) -> None:
        """Note what is entered; of one control, only what is entered last."""
        before = self.screens[-1].entered
        same = [each for each in before if each.target.is_same(step.target)]
        for each in same:
            before.remove(each)
        before.append(step)

    def _press(self, step: Step, *, is_last: bool, anything_after: bool) -> None:
        words = step.target.words
        if _BANNER.search(words) and not is_last:
            self.banners.append(words)
        elif not (words or is_last or step.leads_on):
            self._leave(step, _("a click on what has no words: a run presses buttons and links by their words"))
        elif is_last or step.leads_on or step.target.role in {"button", "link"}:
            self.screens[-1].pressed = step
            self.screens.append(Screen())
        elif anything_after:
            self._leave(step, _("a click that says not on what; if it chose an answer, add its question to the map"))
        else:
            self._leave(step, _("a click on something else than a button"))

    def _leave(self, step: Step, why: str) -> None:
        what = f"{step.action} {step.target.words}".strip()
        self.left.append(left_out(self.name, step.line, what, why))


def _folded(steps: Iterable[Step]) -> Iterator[Step]:
    """The steps without clicks that only go to a control; a list opened and an option pressed are one choice."""
    waiting = list(steps)
    while waiting:
        step = waiting.pop(0)
        after = waiting[0] if waiting else None
        if step.action == "press" and step.target.role in _TICKED:
            yield replace(step, action="set", values=("yes",))
        elif step.action == "press" and after and after.action in ENTERED and after.target.is_same(step.target):
            continue
        elif step.action == "press" and after and _is_option(after) and not _is_option(step):
            waiting.pop(0)
            yield replace(step, action="choose", values=(after.target.words,), target=_list(step.target))
        else:
            yield step


def _is_option(step: Step) -> bool:
    return step.action == "press" and step.target.role == "option"


def _list(target: Target) -> Target:
    return replace(target, role="combobox")
