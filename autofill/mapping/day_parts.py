"""Parts of a day that a form asks for one by one, and that are one question: day, month and year. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from autofill.mapping.signals import options_kind, text_meaning
from autofill.page.inventory import PageControl

_TYPED: Final = frozenset({"text", "tel", "number"})
_PARTS: Final = 3


def part_of_a_day(control: PageControl) -> str:
    """The words over the parts, if a control may be one of several; empty if it is none."""
    if control.tag == "select":
        return (control.legend or control.row_head) if options_kind(control) == "_date" else ""
    is_typed = control.type in _TYPED if control.tag == "input" else control.role == "spinbutton"
    own = control.words.replace(control.legend, " ") if control.legend else ""
    return control.legend if is_typed and "_date" in text_meaning(own) else ""


def is_a_day(group: Sequence[PageControl]) -> bool:
    """Whether controls are the parts of one day."""
    return len(group) == _PARTS and all(map(part_of_a_day, group)) and len({each.tag for each in group}) == 1
