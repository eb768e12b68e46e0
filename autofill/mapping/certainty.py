"""Certainty about a control that was found again: whether it can be the same, and whether that is beyond doubt. Pure.

What is beyond doubt is filled without a person, so likeness alone is not enough: two things that do not depend on each
other have to say so, or what a map would find it by, and nothing may say otherwise.
"""

from __future__ import annotations

from typing import Final

from autofill.mapping.alike import (
    are_one_sort,
    has_like_words,
    has_same_words,
    is_called_same,
    is_named_alike,
    kind_of,
    overlap,
)
from autofill.mapping.fingerprint import ControlPrint
from autofill.mapping.gate import is_same

# What is answered in the same words whether it is typed or chosen.
_EITHER: Final = frozenset({"state", "country", "_prefix"})
_PARTS: Final = ({"street", "street2"}, {"postal_code", "_zip4"})
_TYPED: Final = frozenset({"text", "long text"})
# So many of the options of a list are another list's, too, if they are one.
_ENOUGH, _NEARLY_ALL = 0.5, 0.8


def may_be(old: ControlPrint, new: ControlPrint) -> bool:
    """Whether the two can be one: the answer to the one could be given to the other."""
    sorts, kind = {old.sort, new.sort}, kind_of(old)
    if is_called_same(old, new):
        return are_one_sort(old, new) or not sorts & {"yes-no", "file"}
    if {kind, new.seems} in _PARTS:
        return False
    if not kind or new.sort == "yes-no":  # what nobody knows anything of is known by its words alone
        same = has_same_words(old, new) or is_named_alike(old, new) or has_like_words(old, new)
        return are_one_sort(old, new) and same and _offers_alike(old, new)
    if sorts == {"text", "choice"}:
        return not {kind, new.seems}.isdisjoint(_EITHER)
    return (are_one_sort(old, new) and _offers_alike(old, new)) or sorts == _TYPED


def is_certain(old: ControlPrint, new: ControlPrint, *, alone: bool, settled: bool, anothers: bool) -> bool:
    """Whether the two are one beyond doubt.

    Args:
        old: A known control.
        new: A control of the page.
        alone: Whether nothing else on their pages is called as these are.
        settled: Whether it is clear what became of all others; if not, what this takes does not suffice by itself.
        anothers: Whether the page calls the new one as it called another.
    """
    kind, words = kind_of(old), alone and has_same_words(old, new)
    other = bool(kind and new.seems) and kind != new.seems
    if new.aside or not are_one_sort(old, new) or ((other or anothers) and not words):
        return False
    said = words or (alone and has_like_words(old, new)) or (bool(kind) and kind == new.seems)
    named = is_called_same(old, new) or is_named_alike(old, new)
    offers = len(old.options) > 1 and bool(new.options) and overlap(old, new) >= _NEARLY_ALL
    sure = settled and new.sure and kind == new.seems
    return words or sure or sum((said, named, offers)) > 1


def _offers_alike(old: ControlPrint, new: ControlPrint) -> bool:
    if not (old.options and new.options):
        return True
    kind = kind_of(old)
    return overlap(old, new) >= _ENOUGH or (bool(kind) and is_same(kind, new.seems))
