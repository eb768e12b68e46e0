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
class ValueRow:
    """One row of the table: a value as planned and read back, and as a later page of the form repeated it.

    `again` is None when no later page was compared. `on_confirmation` says whether the confirmation repeats it, and is
    None when there is no confirmation, or the value is too short to tell.
    """

    value: ReadBack
    again: ReadBack | None = None
    on_confirmation: bool | None = None

    @property
    def differs(self) -> bool:
        """Whether a page held something else than was planned."""
        return not self.value.matches or (self.again is not None and not self.again.matches)


@dataclass(frozen=True, slots=True)
class ValueGroup:
    """The values that one step entered."""

    name: str
    rows: tuple[ValueRow, ...]


@dataclass(frozen=True, slots=True)
class ValueTable:
    """All values of a run, by the step that entered them."""

    groups: tuple[ValueGroup, ...]

    @property
    def rows(self) -> tuple[ValueRow, ...]:
        """The rows of all groups."""
        return tuple(row for group in self.groups for row in group.rows)

    @property
    def differences(self) -> int:
        """How many values are not as planned."""
        return sum(row.differs for row in self.rows)

    @property
    def has_review(self) -> bool:
        """Whether a later page of the form repeated any value."""
        return any(row.again for row in self.rows)


def table_of(steps: Iterable[tuple[str, tuple[ReadBack, ...]]], confirmation: str | None) -> ValueTable:
    """Put the steps' values side by side.

    Args:
        steps: Name and values of each step, in order. The first that has a value entered it; a later one that has it
            again repeated it.
        confirmation: All that a person could read on the confirmation; None if there was none.
    """
    said = _folded(confirmation) if confirmation is not None else None
    entered: dict[_Key, ReadBack] = {}
    again: dict[_Key, ReadBack] = {}
    groups: list[tuple[str, list[_Key]]] = []
    for step, held in steps:
        values: dict[_Key, ReadBack] = {(value.field, value.name): value for value in held}
        again |= {key: value for key, value in values.items() if key in entered}
        groups.append((step, [key for key in values if key not in entered]))
        entered = values | entered
    rows = {key: ValueRow(value, again.get(key), _is_said(value.planned, said)) for key, value in entered.items()}
    return ValueTable(tuple(ValueGroup(name, tuple(rows[key] for key in keys)) for name, keys in groups if keys))


def _is_said(planned: str, said: str | None) -> bool | None:
    wanted = _folded(planned)
    if said is None or (len(wanted) < _LONG and not _TELLING.match(wanted)):
        return None
    return re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", said) is not None


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
