"""A flow: what another tool does on the pages of a form, step by step, in no tool's own words. No behaviour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, Protocol, TypeAlias
from urllib.parse import urlsplit

from autofill.errors import Problem

Action: TypeAlias = Literal["open", "fill", "choose", "set", "upload", "press", "expect"]
"""Go to an address, type, choose of a list, tick or untick, attach files, press, look for words."""

Role: TypeAlias = Literal["button", "link", "option", "radio", "checkbox", "combobox", "heading", ""]
"""What of a thing's role makes a difference; empty where it is not known, or makes none."""


@dataclass(frozen=True, slots=True)
class Target:
    """How a thing on a page is found: by what people see, by a CSS selector, or both.

    `name` is its accessible name or label, `frame` the name or title of the frame that it is in, and `nth` which one
    of several alike it is, from 1; `group` names the buttons that it is one of.
    """

    name: str = ""
    role: Role = ""
    placeholder: str = ""
    css: str = ""
    frame: str = ""
    nth: int = 0
    group: str = ""

    @property
    def words(self) -> str:
        """What people call it, as far as anything says so."""
        return self.name or self.placeholder

    def is_same(self, other: Target) -> bool:
        """Whether the two say the same way to find a thing."""
        ways = ("name", "placeholder", "css")
        same = any(getattr(self, way) and getattr(self, way) == getattr(other, way) for way in ways)
        return same and (self.frame, self.nth) == (other.frame, other.nth)


NOTHING: Final = Target()


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that is done.

    `values` is what is typed, chosen or attached; of `set`, `yes` or `no`; of `open`, the address; of `expect`, words.
    `by` says what the values of a choice are: `label`, `value` or `index`.
    `fills` is what a map has as its value, where the format says so, and `known_as` what the file calls it.
    """

    action: Action
    line: int = 0
    target: Target = NOTHING
    values: tuple[str, ...] = ()
    by: str = "label"
    leads_on: bool = False
    fills: str = ""
    known_as: str = ""
    required: bool = False
    limit: int = 0
    choices: Mapping[str, str] = field(default_factory=dict)

    @property
    def value(self) -> str:
        """All values as one text."""
        return "\n".join(self.values)


@dataclass(frozen=True, slots=True)
class Flow:
    """A whole flow, and what of its file has no counterpart here: each place, and why."""

    title: str
    steps: tuple[Step, ...]
    left: tuple[Problem, ...] = ()


def left_out(file: str, line: int, what: str, why: str) -> Problem:
    """What of a file has no counterpart, or none that is certain."""
    return Problem(file, line, 1, field=what, message=why, severity="warning")


def host_of(address: str) -> str:
    """The host of an address; none where it is no address."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


class Reader(Protocol):
    """One format that can be read."""

    def __call__(self, text: str, name: str) -> Flow:
        """Read a file's text; `name` stands for it in messages.

        Raises:
            InvalidFile: It is not of this format; says where.
        """


class Writer(Protocol):
    """One format that can be written."""

    def __call__(self, flow: Flow, comment: str) -> str:
        """The text of a file that does the steps by itself; the `comment` stands in it first."""
