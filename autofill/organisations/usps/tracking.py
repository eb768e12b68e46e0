"""Tracking numbers: their shapes and check digits, as Publication 199 and UPU standard S10 give them.

Pure text in, text out; no models. 20-digit numbers have two rules in use, so a failure there is only a doubt.
"""

from __future__ import annotations

import re

from autofill.inquiry.geography import COUNTRIES
from autofill.language import _

# 420 and a ZIP or ZIP+4 may stand in front of the number proper; either length can be meant, so both are tried.
_ROUTING = re.compile(r"420(?:\d{5}|\d{9})")
_S10 = re.compile(r"[A-Z]{2}(\d{8})(\d)([A-Z]{2})")
# Spaces and dashes of all kinds: people group digits as they like.
_GAPS = re.compile(r"[\s\-\u2010-\u2015]+")
_EXPRESS_GUARANTEED = re.compile(r"82\d{8}", re.ASCII)
_CHANNELS = ("91", "92", "93", "94", "95")


def tracking_number(text: str) -> str:
    """The number without spaces and dashes and in capitals.

    Raises:
        ValueError: No such shape, or the check digit is certainly wrong.
    """
    number = _GAPS.sub("", text).upper()
    if s10 := _S10.fullmatch(number):
        if int(s10[2]) != _mod11(s10[1]):
            raise ValueError(_("the check digit (the 9th) is wrong; compare it with the receipt, digit by digit"))
        if s10[3] not in COUNTRIES:
            raise ValueError(_("the last two letters are not a country code such as US, KR, DE, ID"))
        return number
    found = _proper(number)
    if not found and not _EXPRESS_GUARANTEED.fullmatch(number):
        raise ValueError(
            _(
                "is not a tracking number; write 20, 22, 26 or 30 digits (with or without 420 and the "
                "ZIP in front), or two letters, 9 digits, two letters"
            )
        )
    if found and not any(map(_sound, found)) and not any(len(each) == 20 for each in found):
        raise ValueError(_("the check digit (the last) is wrong; compare it with the receipt, digit by digit"))
    return number


def bare_number(number: str) -> str:
    """One item's one number: without the ZIP code that may stand in front, and with the 91 that may be left out."""
    found = _proper(number)
    bare = min([each for each in found if _sound(each)] or found or [number], key=len)
    return f"91{bare}" if len(bare) == 20 and not _mod10(bare) and _sound(bare) else bare


def tracking_doubt(number: str) -> str | None:
    """Why a number that `tracking_number` accepts may still be wrong, or None if its check digit proves it."""
    if _EXPRESS_GUARANTEED.fullmatch(number):
        return _("numbers of this kind have no check digit that is known; compare it with the receipt, digit by digit")
    found = _proper(number)
    if found and not any(map(_sound, found)):
        return _("neither rule for 20 digits fits; compare it with the receipt, digit by digit")
    return None


def _proper(number: str) -> list[str]:
    """The ways to read the number, each without its routing prefix."""
    if not re.fullmatch(r"\d+", number, re.ASCII):
        return []
    routed = [number[length:] for length in (8, 12) if _ROUTING.fullmatch(number[:length])]
    long = [each for each in (number, *routed) if len(each) in (22, 26, 30) and each.startswith(_CHANNELS)]
    return [*long, *(each for each in (number, *routed) if len(each) == 20)]


def _sound(digits: str) -> bool:
    # Numbers of 20 digits are also written with the 91 of their longer form left out.
    return _mod10(digits) or (len(digits) == 20 and _mod10(f"91{digits}"))


def _mod10(digits: str) -> bool:
    return (3 * sum(map(int, digits[-2::-2])) + sum(map(int, digits[-1::-2]))) % 10 == 0


def _mod11(digits: str) -> int:
    rest = sum(weight * int(digit) for weight, digit in zip((8, 6, 4, 2, 3, 5, 9, 7), digits, strict=True)) % 11
    return {0: 5, 1: 0}.get(rest, 11 - rest)
