"""The table of values: what was planned, what the form held, what the site showed again. Pure.

Reads no file and judges no run; that a confirmation does not repeat a value is no difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from autofill.events import ReadBack

_Key: TypeAlias = tuple[str, str]
# "Yes", "Email", "Ohio" are found in any text, which says nothing: only longer values do, or those with a digit.
_LONG = 8
_TELLING = re.compile(r"(?=.*\d).{4}")


@dataclass(frozen=True, slots=True)
class Step:
    """What one step's page held, by the name of the step."""

    name: str
    values: tuple[ReadBack, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One value on its way: planned, read back where it was entered, and as a later page of the form repeated it.

    `again` is None when no later page was compared. `on_confirmation` says whether the confirmation repeats it, and is
    None when there is no confirmation, or the value is too short to tell.
    """

    name: str
    planned: str
    found: str
    matches: bool
    again: ReadBack | None = None
    on_confirmation: bool | None = None

    @property
    def differs(self) -> bool:
        """Whether a page held something else than was planned."""
        return not self.matches or (self.again is not None and not self.again.matches)


@dataclass(frozen=True, slots=True)
class Group:
    """The values that one step entered."""

    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """All values of a run, by the step that entered them."""

    groups: tuple[Group, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines."""
        return tuple(line for group in self.groups for line in group.lines)

    @property
    def differences(self) -> int:
        """How many values are not as planned."""
        return sum(line.differs for line in self.lines)

    @property
    def has_review(self) -> bool:
        """Whether a later page of the form repeated any value."""
        return any(line.again for line in self.lines)


def table_of(steps: Iterable[Step], confirmation: str | None) -> Table:
    """Put the steps' values side by side.

    Args:
        steps: The steps in order. The first that has a value entered it; a later one that has it again repeated it.
        confirmation: All that a person could read on the confirmation; None if there was none.
    """
    said = _folded(confirmation) if confirmation is not None else None
    entered: dict[_Key, ReadBack] = {}
    again: dict[_Key, ReadBack] = {}
    groups: list[tuple[str, list[_Key]]] = []
    for step in steps:
        values: dict[_Key, ReadBack] = {(value.field, value.name): value for value in step.values}
        again |= {key: value for key, value in values.items() if key in entered}
        groups.append((step.name, [key for key in values if key not in entered]))
        entered = values | entered
    lines = {key: _line(value, again.get(key), said) for key, value in entered.items()}
    return Table(tuple(Group(name, tuple(lines[key] for key in keys)) for name, keys in groups if keys))


def _line(value: ReadBack, again: ReadBack | None, said: str | None) -> Line:
    shown = _is_said(value.planned, said)
    return Line(value.name, value.planned, found=value.found, matches=value.matches, again=again, on_confirmation=shown)


def _is_said(planned: str, said: str | None) -> bool | None:
    wanted = _folded(planned)
    if said is None or (len(wanted) < _LONG and not _TELLING.match(wanted)):
        return None
    return re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", said) is not None


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
