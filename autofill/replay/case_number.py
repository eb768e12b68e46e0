"""Case number on a page after the click: it stands where the form map says, and is no other number. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from autofill.forms.outcome import Confirmation

# A number may stand on the line below the words that name it.
_LINES_BELOW: Final = 1
# Eight digits that are a day within these years, in any of the usual orders, are a date.
_DAYS: Final = ("%Y%m%d", "%m%d%Y", "%d%m%Y")
_YEARS: Final = range(2000, 2050)
# A year, also with a month, or two of them: a case number only where the words for one stand right before it.
_YEAR_LIKE: Final = re.compile(r"(?:\d\d?-)?20[0-4]\d(?:-20[0-4]\d|-\d\d?)?")
_NUMBER_IS: Final = (
    r"(?:#|\b(?:no|nr|num|number|id|nummer|número|numéro|nomor|is|ist|lautet|es|est|adalah)|번호[는은]?)\W*"
)
# What goes on behind a number that is the first part of a day or of a time, or stands before one that is its last.
_GOES_ON: Final = re.compile(r"[./:]\d|\s?[년年]")
_WENT_BEFORE: Final = re.compile(r"\d[.:/]$")
# North American numbers that anybody may call: an organisation's own.
_TOLL_FREE: Final = re.compile(r"(?:\+?1)?8(?:00|33|44|55|66|77|88)\d{7}")
# Words before a number that is dialled, in the languages of the program and its neighbours.
_DIALLED: Final = re.compile(
    r"\b(?:call|phone|telephone|tel|dial|fax|hotline|helpline|anrufen|rufnummer|telefon\w*|hubungi|telepon|"
    r"appel\w*|tél\w*|llam\w+|teléfono)\b\W*(?:\w+\W+){0,4}$|(?:전화|팩스|電話)\D{0,12}$|\+\s?$",
    re.IGNORECASE,
)
# Punctuation that ends what a word before the number is about.
_SENTENCE: Final = re.compile(r"[.!?](?:\s|$)")


def case_numbers(text: str, confirmation: Confirmation, known: Iterable[str] = ()) -> tuple[str, ...]:
    """Different case numbers, in order, that stand on or right below a line with one of the mapped words.

    Dates and phone numbers are never one, nor is a number that stands in one of the `known` texts: what the inquiry
    or the form map holds, the page only repeats.
    """
    near = "|".join(map(re.escape, confirmation.near))
    words, said = re.compile(near, re.IGNORECASE), re.compile(rf"(?:{near})\w*\W*(?:{_NUMBER_IS})*$", re.IGNORECASE)
    held = "\n".join(re.sub(r"[\s().-]", "", each) for each in known)
    lines = text.splitlines()
    found: dict[str, None] = {}
    for index, line in enumerate(lines):
        if words.search(line):
            nearby = "\n".join(lines[index : index + 1 + _LINES_BELOW])
            for match in re.finditer(confirmation.case_number, nearby):
                number = re.sub(r"[\s().-]", "", match[0])
                before, behind = nearby[: match.start()], nearby[match.end() :]
                is_time = _is_date(number) or _is_part_of_a_time(match[0], before, behind, said)
                if number not in held and not is_time and not _is_phone(before, number):
                    found[match[0]] = None
    return tuple(found)


def _is_date(number: str) -> bool:
    for style in _DAYS if len(number) == len("YYYYMMDD") and number.isdecimal() else ():
        try:
            if datetime.strptime(number, style).year in _YEARS:  # noqa: DTZ007 - a day, nowhere in particular
                return True
        except ValueError:
            continue
    return False


def _is_part_of_a_time(number: str, before: str, behind: str, said: re.Pattern[str]) -> bool:
    """Whether it is the year of a day, or belongs to a time; `said` finds the words for a number right before it."""
    if _GOES_ON.match(behind) or _WENT_BEFORE.search(before):
        return True
    return bool(_YEAR_LIKE.fullmatch(number)) and not said.search(before)


def _is_phone(before: str, number: str) -> bool:
    sentence = _SENTENCE.split(before)[-1].rpartition("\n")[2]
    return bool(_TOLL_FREE.fullmatch(number) or _DIALLED.search(sentence))
