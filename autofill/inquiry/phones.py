"""Phone numbers: can this be dialled from the writer's country?

A number without its country's code is of no use to who reads it in the United States, so it is given one; otherwise
a form gets what the person wrote. The library is large and loads on first use.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

from autofill.language import _

_AMERICAN: Final = "2015550123"


@cache
def _judge(text: str, country: str) -> tuple[bool, bool]:
    """Whether the number is possible (its length fits), and whether such a number is in use."""
    import phonenumbers  # noqa: PLC0415

    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return False, False
    return phonenumbers.is_possible_number(number), phonenumbers.is_valid_number(number)


def dialled_from_afar(text: str, country: str) -> str:
    """A number in national form for `country`, with its country's code; as written if it has one, or needs none.

    Raises:
        ValueError: Not a possible number.
    """
    if not _judge(text, country)[0]:
        raise ValueError(_("is not a phone number; write it as you dial it at home, or with + and the country code"))
    if country == "US" or text.startswith("+"):
        return text
    import phonenumbers  # noqa: PLC0415

    number = phonenumbers.parse(text, country)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def dialled_number(text: str, country: str) -> str:
    """The number that is dialled, in E.164 and with its extension, however it is written; as written if it is none."""
    import phonenumbers  # noqa: PLC0415

    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return text
    dialled = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return f"{dialled};{number.extension}" if number.extension else dialled


def phone_doubt(text: str, country: str) -> str | None:
    """Why a possible number may still be wrong, or None."""
    if _judge(text, country)[1]:
        return None
    return _("has the length of a phone number, but no such number is in use; check the area code")


def written_phone(text: str, country: str, style: str) -> str:
    """A number as some form wants it: `national`, `international` or `e164`; as written if it is none.

    Raises:
        ValueError: There is no such style.
    """
    import phonenumbers  # noqa: PLC0415

    styles = {name.lower(): value for name, value in vars(phonenumbers.PhoneNumberFormat).items() if name.isupper()}
    if style not in styles:
        raise ValueError(_("the form map's `phone` takes national, international or e164"))
    try:
        return phonenumbers.format_number(phonenumbers.parse(text, country), styles[style])
    except phonenumbers.NumberParseException:
        return text


def is_same_phone(text: str, other: str) -> bool:
    """Whether both are one number: the second perhaps as it is dialled where the first is from, without its code."""
    import phonenumbers  # noqa: PLC0415

    try:
        number = phonenumbers.parse(text, "US")
        home = phonenumbers.region_code_for_number(number) or "US"
        return bool(number == phonenumbers.parse(other, home) and phonenumbers.is_possible_number(number))
    except phonenumbers.NumberParseException:
        return False


def phone_like(text: str, country: str, pattern: str, at: str) -> str:
    """A number as some form takes it: as written if that fits its pattern, or in the first other notation that does.

    Args:
        text: The number.
        country: Where it is dialled from, unless it says so itself.
        pattern: What the form takes, as a regular expression for all of it.
        at: The country whose people the form is for, whose numbers it may take without their code; or "".

    Raises:
        ValueError: It is no number, or the form takes it in no notation.
    """
    import phonenumbers  # noqa: PLC0415

    number = _number(text, country, _("is not a phone number; the form takes nothing else"))
    style, fits = phonenumbers.PhoneNumberFormat, re.compile(pattern).fullmatch
    forms = [phonenumbers.format_number(number, each) for each in (style.INTERNATIONAL, style.E164)]
    forms += [forms[1].removeprefix("+"), f"00{forms[1].removeprefix('+')}"]
    # Ten digits are a number of North America; elsewhere they could be anybody's.
    home = at or ("US" if fits(_AMERICAN) else "")
    if home and phonenumbers.country_code_for_region(home) == number.country_code:
        national = phonenumbers.format_number(number, style.NATIONAL)
        digits = re.sub(r"\D", "", national)
        bare = phonenumbers.national_significant_number(number)
        # What people dial at home is tried before what has the code.
        forms = [national, digits, bare, re.sub(r"\D+", "-", national), *_parted(bare), *forms]
    found = next(filter(fits, (text, *forms)), None)
    if found is None:
        raise ValueError(_("fits in no notation: the form takes only {pattern}").format(pattern=pattern))
    return str(found)


def _number(text: str, country: str, otherwise: str) -> Any:
    import phonenumbers  # noqa: PLC0415

    try:
        return phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        raise ValueError(otherwise) from None


def _parted(digits: str) -> list[str]:
    return [sign.join((digits[:3], digits[3:6], digits[6:])) for sign in "-. "] if len(digits) == len(_AMERICAN) else []


def part_of_phone(text: str, country: str, which: str | int, *, of: int, at: str, ext: bool) -> str:
    """One part of a number, for a form that has a control for each; empty for an extension that it does not have.

    Args:
        text: The number.
        country: Where it is dialled from, unless it says so itself.
        which: `code` (`+49`), `region` (`DE`), `extension`, or one of the boxes, counted from 1.
        of: How many boxes there are.
        at: The country whose numbers the boxes take, as they are dialled there; empty behind a country code.
        ext: Whether the form has a box for the extension.

    Raises:
        ValueError: It is no number, or is not one that these boxes take.
    """
    import phonenumbers  # noqa: PLC0415

    number = _number(text, country, _("is not a phone number that could be divided among the boxes of the form"))
    code = number.country_code
    if which == "extension":
        return str(number.extension or "")
    if which in {"code", "region"}:
        return f"+{code}" if which == "code" else str(phonenumbers.region_code_for_number(number))
    if at and phonenumbers.country_code_for_region(at) != code:
        raise ValueError(_("is a number of another country; the boxes of the form do not take a country code"))
    if number.extension and not ext:
        raise ValueError(_("has an extension, and the form has no box for it"))
    number.extension = None
    style = phonenumbers.PhoneNumberFormat.NATIONAL if at else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    pieces = re.findall(r"\d+", phonenumbers.format_number(number, style).removeprefix(f"+{code}"))
    if of <= 2:  # a number and perhaps what is dialled before it: however it is written there
        pieces = [*pieces[: of - 1], "".join(pieces[of - 1 :])]
    if not isinstance(which, int) or len(pieces) != of or not all(pieces):
        raise ValueError(_("does not divide into as many parts as the form has boxes"))
    return str(pieces[which - 1])


def regions_of(code: str) -> tuple[str, ...]:
    """The countries (ISO 3166) that share a calling code."""
    import phonenumbers  # noqa: PLC0415

    return tuple(phonenumbers.region_codes_for_country_code(int(code)))
