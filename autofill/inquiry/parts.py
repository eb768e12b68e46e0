"""Parts of values for forms that have a box for each: street and number, a postal code in two. Pure.

What does not clearly divide is an error, never a guess.
"""

from __future__ import annotations

import re
from typing import Final

from autofill.language import _

_NUMBER: Final = r"\d+\s?(?:bis|ter|quater)\b|\d+(?:\s?[a-z](?![^\W\d_]))?(?:\s?[-/]\s?\w{1,4})?"
# Where the number comes last, and where it comes first.
_LAST: Final = re.compile(
    rf"(?P<name>[^\d\s].*?)(?:,\s*|(?<!\d)\s+)(?:(?:no|nr)\.?\s*)?(?P<number>{_NUMBER})", re.IGNORECASE
)
_FIRST: Final = re.compile(rf"(?P<number>{_NUMBER}),?\s+(?P<name>[^\d\s]\D*)", re.IGNORECASE)
# What has a number and is no street.
_BOX: Final = re.compile(r"\bbox\b|postfach|postbus|apartado|casilla|boite postale|\bb\.?p\.?\b|사서함", re.IGNORECASE)


def part_of_street(text: str, which: str) -> str:
    """The `name` of a street, the `number` as a whole, its `digits`, or the `addition` behind them, if there is one.

    Raises:
        ValueError: It is not clear which part is the number.
    """
    found = [match for each in (_LAST, _FIRST) if (match := each.fullmatch(text.strip()))]
    if len(found) != 1 or _BOX.search(text) or which not in {"name", "number", "digits", "addition"}:
        raise ValueError(_("does not clearly say what the house number is; the form has a box of its own for it"))
    name, number = found[0]["name"].strip(" ,"), found[0]["number"]
    digits = re.match(r"\d+", number)
    assert digits  # a number begins with them
    addition = number[digits.end() :].strip(" -/")
    if which in {"digits", "addition"} and addition.isdigit() and int(addition) > int(digits[0]):
        raise ValueError(_("does not clearly say what the house number is; the form has a box of its own for it"))
    return {"name": name, "number": number, "digits": digits[0], "addition": addition}[which]


def part(text: str, which: int, *sizes: int | str) -> str:
    """A part of a text, counted from 1: of those beside a sign, or of those of so many letters and digits.

    The last may be missing, as of a ZIP code of five digits.

    Raises:
        ValueError: It does not divide so.
    """
    if sizes and isinstance(sizes[0], str):
        pieces = text.split(sizes[0])
        if len(pieces) == 2:
            return pieces[which - 1]
    else:
        letters = re.sub(r"[\W_]+", "", text)
        ends = [sum(map(int, sizes[:n])) for n in range(len(sizes) + 1)]
        if len(letters) in ends[-2:]:
            return letters[ends[which - 1] : ends[which]]
    raise ValueError(_("does not divide into as many parts as the form has boxes"))
