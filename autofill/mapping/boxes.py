"""Boxes that stand together: what is said over each, and whether one goes on with the value of the one before. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from autofill.mapping.gate import own_words, says_nothing_else
from autofill.mapping.recognise import Recognised
from autofill.mapping.signals import signals_of, takes_text, text_meaning
from autofill.page.inventory import PageControl

# So far the next box of a value is (pixels).
_NEAR: Final = 90


@dataclass(frozen=True, slots=True)
class Made:
    """What a control takes where no single field is all of it; no `value` if that has to be asked.

    `words` are those over the first of several controls, `number` counts them, and `choices` are the control's own
    words for what is chosen.
    """

    value: str = ""
    words: str = ""
    number: int = 1
    choices: Mapping[str, str] = field(default_factory=dict)


def own(control: PageControl) -> str:
    """Words of its own, as those over several are not."""
    return control.label or control.aria_label or control.placeholder or control.title


def words_of(each: Recognised) -> str:
    """What a person reads as its label."""
    return own_words(signals_of([each.control])[0]) or each.control.legend


def over(each: Recognised) -> str:
    """What a person reads over the group that it is in, or else as its label."""
    return each.control.legend or each.control.row_head or words_of(each)


def says(each: Recognised, *kinds: str) -> bool:
    """Whether its words, or those over its group, are for some of these kinds and nothing else."""
    (signals,) = signals_of([each.control])
    texts = ((text, text_meaning(text).keys()) for text in (words_of(each), over(each)))
    return any(means and means <= {*kinds} and says_nothing_else(signals, text) for text, means in texts)


def is_typed(each: Recognised) -> bool:
    """Whether one types into it, on one line."""
    return each.control.tag == "input" and takes_text(each.control)


def is_line(one: Recognised, other: Recognised) -> bool:
    """Whether the other stands behind the one, and near."""
    (x, y, width, height), (left, top, _width, high) = one.control.box, other.control.box
    return min(y + height, top + high) - max(y, top) > min(height, high) / 2 and 0 <= left - x - width < _NEAR


def continues(one: Recognised, other: Recognised) -> bool:
    """Whether the other has no words of its own, but stands behind the one, under the same words."""
    before, behind = one.control, other.control
    same = (before.row_head, before.legend) == (behind.row_head, behind.legend)
    return is_line(one, other) and same and not own(behind) and not text_meaning(behind.left)
