"""The kinds of values in an inquiry: lines, messages, days, e-mail addresses, phones, codes.

Rules of one value at a time; what depends on several fields is in `models`. Libraries that load slowly load on use.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from difflib import get_close_matches
from functools import cache
from pathlib import PurePosixPath
from typing import Annotated, TypeAlias

from pydantic import AfterValidator, BeforeValidator, ValidationInfo, WithJsonSchema

from autofill.inquiry.geography import US_STATES, countries_named, country_code, country_names
from autofill.language import _, gettext_noop, spoken

IS_STATE = gettext_noop("is a state of the United States; write US as the country")
"""What is wrong with a state where a country is wanted."""

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# The one state that people call by its city.
_CAPITAL = dict.fromkeys(("washington dc", "washington d c", "d c", "washington district of columbia"), "DC")
# Letters that show nothing and are not format characters by category: Hangul fillers, the grapheme joiner.
_BLANK_LETTERS = frozenset("\u034f\u115f\u1160\u3164\uffa0")


def visible(text: str) -> str:
    """The text, if every character of it can be seen or is a space.

    Raises:
        ValueError: It holds a direction mark, a zero-width character or another that shows nothing.
    """
    for letter in "" if text.isascii() else text:  # no letter of ASCII is of these
        if unicodedata.category(letter) == "Cf" or letter in _BLANK_LETTERS:
            raise ValueError(_("contains the invisible character U+{code:04X}; delete it").format(code=ord(letter)))
    return text


def _filled(text: str) -> str:
    if not text.strip():
        raise ValueError(_("is only white space; write something, or delete the line"))
    return text


def _message(text: str) -> str:
    # YAML's `|` leaves a last line break that nobody wrote and that sites cut off.
    return _filled(text).rstrip("\n")


def _line(text: str) -> str:
    if "\n" in text or "\t" in text:
        raise ValueError(_("must be a single line, without line breaks and tabs"))
    return visible(_filled(text))


def fits(test: Callable[[str], object], message: str, **named: str) -> AfterValidator:
    """The validator of a text for which the test is true, and raises nothing."""

    def check(text: str) -> str:
        try:
            good = test(text)
        except (KeyError, ValueError, OSError, NotImplementedError, re.error):
            good = False
        if not good:
            raise ValueError(_(message).format(**named) if named else _(message))
        return text

    return AfterValidator(check)


# The commonest addresses, of which there is no doubt: whatever this takes, email-validator takes as it is.
PLAIN_EMAIL = re.compile(
    r"[A-Za-z0-9]+(?:[._+-][A-Za-z0-9]+)*@(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+(?:[a-z]{2}|com|net|org|edu|gov)", re.ASCII
)
_SHORT = 60


def _email(text: str) -> str:
    if len(text) <= _SHORT and PLAIN_EMAIL.fullmatch(text):
        return text
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415 - 20 ms that most need not wait for

    local, _at, _domain = _line(text).rpartition("@")
    try:
        address = validate_email(text, check_deliverability=False, allow_quoted_local=True)
    except EmailNotValidError:
        raise ValueError(_("is not an e-mail address; write it like name@example.com")) from None
    if not address.local_part.isascii() or address.local_part.startswith('"'):
        raise ValueError(
            _("has letters, quotes or spaces before the @ that forms do not accept; use an address in plain letters")
        )
    # A domain in other letters has a name in plain ones, too, which every form and every mail server takes.
    return text if text.isascii() and not local.startswith('"') else f"{address.local_part}@{address.ascii_domain}"


def _day(text: object) -> object:
    if not isinstance(text, str):
        return text
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise ValueError(_("is not a date; write year-month-day, such as 2026-01-31")) from None
    raise ValueError(_("must be a day written year-month-day, such as 2026-01-31"))


def _not_future(day: date, info: ValidationInfo) -> date:
    """The validation context is today's date, so that a test can say what day it is."""
    if isinstance(info.context, date) and day > info.context:
        raise ValueError(_("is in the future"))
    return day


def _yes_no(text: object) -> object:
    if not isinstance(text, str):
        return text
    if text.casefold() not in ("yes", "true", "no", "false"):
        raise ValueError(_("must be yes or no"))
    return text.casefold() in ("yes", "true")


def country(text: str) -> str:
    """The two-letter code of a country, in capitals, from its code or its name in any of our languages.

    Raises:
        ValueError: It is the name of none, of more than one, or of a state.
    """
    if code := country_code(text):
        return code
    named, state = countries_named(text), _state_codes().get(_plain(text))
    if state and not named - {state}:
        raise ValueError(_(IS_STATE))
    if named:
        names = country_names(spoken())
        meant = ", ".join(f"{names[code]} ({code})" for code in sorted(named | {"US"} if state else named))
        raise ValueError(_("can be more than one country: {countries}; write the two letters").format(countries=meant))
    words = _("is not a country; write its name, or two letters (ISO 3166) such as US, KR, DE or ID")
    raise ValueError(words)


def _inside(text: str) -> str:
    path = PurePosixPath(_line(text))
    if path.is_absolute() or ".." in path.parts or "\\" in text or ":" in path.parts[0]:
        raise ValueError(_("must be a path below the profile's own folder, with `/` between its parts"))
    return text


def us_state(text: str) -> str:
    """The two-letter code for a code or a state's full name, with or without dots.

    Raises:
        ValueError: No such state; names the nearest.
    """
    plain, codes = _plain(text), _state_codes()
    if plain in codes:
        return codes[plain]
    near = get_close_matches(plain, [name for name in codes if len(name) > 2], n=1)
    if not near:
        raise ValueError(_("is not a state of the United States; write its two-letter code"))
    code = codes[near[0]]
    raise ValueError(
        _("is not a state of the United States; did you mean {name} ({code})?").format(name=US_STATES[code], code=code)
    )


def _plain(text: str) -> str:
    return " ".join(text.replace(".", "").replace(",", " ").casefold().split())


@cache
def _state_codes() -> dict[str, str]:
    """Each state's code by all that it is called, folded."""
    names = {name.casefold(): code for code, name in US_STATES.items()}
    return names | {code.casefold(): code for code in US_STATES} | _CAPITAL


def us_zip(text: str) -> str:
    """The ZIP as written.

    Raises:
        ValueError: It is no ZIP code of five or nine digits.
    """
    if not re.fullmatch(r"\d{5}(-\d{4})?", text, re.ASCII):
        raise ValueError(_("is not a ZIP code; write five digits, or nine with a dash, such as 02134 or 02134-1021"))
    return text


# What an editor sees before we do: unquoted, `02134` and `+8210...` are numbers to it and `Null` is nothing.
_SCALAR = WithJsonSchema({"type": ["string", "number", "boolean", "null"]})
DIGITS = WithJsonSchema({"type": ["string", "number"]})

Line: TypeAlias = Annotated[str, AfterValidator(_line), _SCALAR]
Message: TypeAlias = Annotated[str, AfterValidator(_message), _SCALAR]
Slug: TypeAlias = Annotated[
    str,
    fits(_SLUG.fullmatch, gettext_noop("must be small letters and digits joined by dashes, such as not-received")),
    WithJsonSchema({"type": "string", "pattern": "^[a-z0-9-]+$"}),
]
Email: TypeAlias = Annotated[str, AfterValidator(_email), WithJsonSchema({"type": "string", "pattern": "@"})]
Phone: TypeAlias = Annotated[str, AfterValidator(_line), DIGITS]
Day: TypeAlias = Annotated[
    date, BeforeValidator(_day), WithJsonSchema({"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"})
]
PastDay: TypeAlias = Annotated[Day, AfterValidator(_not_future)]
YesNo: TypeAlias = Annotated[bool, BeforeValidator(_yes_no), WithJsonSchema({"enum": ["yes", "no", True, False]})]
Country: TypeAlias = Annotated[str, AfterValidator(country), WithJsonSchema({"type": "string", "minLength": 2})]
RelativePath: TypeAlias = Annotated[str, AfterValidator(_inside), DIGITS]
