"""Fixes of a wrong answer: what was probably meant, and is right. Pure; nothing is put in here.

Nothing is known here about what is right: what an answer may have meant is tried, and what the check takes is a fix.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime
from difflib import get_close_matches
from itertools import islice
from typing import Final

from autofill.authoring.check import Finding
from autofill.authoring.profile_file import Draft
from autofill.authoring.questions import Question
from autofill.errors import InvalidFile
from autofill.inquiry.geography import US_STATES, countries_like
from autofill.inquiry.values import us_state

# Of more than two, a person has to think anyway; and so many are tried at most.
_MOST: Final = 2
# How like a name must be that was meant (of 1): Bali is not Mali.
NEAR: Final = 0.8
_TRIED: Final = 12
_TOPICS: Final = {"topic", "sub_topic"}
_SEPARATORS: Final = re.compile(r"[\s.\-_/]+")
# Letters that are taken for digits, and the other way round they are not.
_DIGITS: Final = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1", "|": "1", "S": "5", "B": "8"})
_ORDERS: Final = ("%Y %m %d", "%d %m %Y", "%m %d %Y", "%d %b %Y", "%d %B %Y", "%b %d %Y", "%B %d %Y")
_YES_NO: Final = {"y": "yes", "ja": "yes", "ya": "yes", "1": "yes", "on": "yes", "n": "no", "nein": "no", "0": "no"}


def fixes_of(draft: Draft, asked: Question, findings: tuple[Finding, ...]) -> tuple[str, ...]:
    """What could stand instead of a wrong answer, the likeliest first; none if nobody can say.

    `findings` are what the check says of the draft: a fix ends what it says of this answer, and begins nothing new.
    """
    answer = draft.answer(asked).strip()
    if not answer or asked.kind in {"message", "files"} or not any(each.path == asked.path for each in findings):
        return ()
    others = {(each.path, each.text) for each in findings if each.path != asked.path}
    meant = dict.fromkeys(each for each in _meant(asked, answer) if each and each != answer)
    return tuple(islice((each for each in islice(meant, _TRIED) if _is_right(draft, asked, each, others)), _MOST))


def _is_right(draft: Draft, asked: Question, answer: str, others: set[tuple[str, str]]) -> bool:
    try:
        problems = draft.with_answer(asked, answer).check().problems
    except InvalidFile:
        return False
    # With another topic the form asks for more, which is missing then.
    told = (each for each in problems if asked.path not in _TOPICS or each.path == asked.path)
    return all((each.path, each.text) in others for each in told)


def _meant(asked: Question, answer: str) -> Iterator[str]:
    """What an answer may have meant."""
    plain = " ".join("".join(each for each in answer if each.isprintable() or each.isspace()).split()).strip("“”\"'")
    yield plain
    last = asked.path.rpartition(".")[2]
    yield from _KINDS.get(asked.kind, _none)(asked, plain)
    yield from _FIELDS.get(last, _number)(asked, plain)


def _none(_asked: Question, _answer: str) -> Iterator[str]:
    return iter(())


def _day(_asked: Question, answer: str) -> Iterator[str]:
    """A day that is written in another order, or with the name of its month."""
    parts = " ".join(re.split(r"[\s.,/\-]+", answer)).strip()
    for order in _ORDERS:
        if (day := _read(parts, order)) is not None:
            yield day.isoformat()


def _read(text: str, order: str) -> date | None:
    try:
        return datetime.strptime(text, order).date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None


def _choice(asked: Question, answer: str) -> Iterator[str]:
    yield from _near(asked.choices, answer)


def _yes_no(_asked: Question, answer: str) -> Iterator[str]:
    yield _YES_NO.get(answer.casefold(), "")


def _state(_asked: Question, answer: str) -> Iterator[str]:
    yield from _near(US_STATES, answer.replace(".", ""))


def _country(_asked: Question, answer: str) -> Iterator[str]:
    with suppress(ValueError):
        us_state(answer)
        yield "US"
    yield from sorted(countries_like(answer, NEAR))


def _near(choices: Mapping[str, str], answer: str) -> Iterator[str]:
    """The one value whose own name, or that of which the words, are nearest."""
    known = {words.casefold(): value for value, words in choices.items()}
    known |= {value.casefold(): value for value in choices}
    known |= {value.casefold().replace("-", " "): value for value in choices}
    for near in get_close_matches(answer.casefold(), known, n=1, cutoff=NEAR):
        yield known[near]


def _postal_code(_asked: Question, answer: str) -> Iterator[str]:
    digits = _SEPARATORS.sub("", answer).translate(_DIGITS)
    yield digits
    if digits.isascii() and digits.isdecimal():
        yield digits.zfill(5)  # a spreadsheet takes it for a number
        yield f"{digits[:5]}-{digits[5:]}"


def _phone(_asked: Question, answer: str) -> Iterator[str]:
    digits = answer.translate(_DIGITS)
    yield digits
    bare = re.sub(r"^(?:\+|00)\s*", "", digits)
    yield f"+{bare}"


def _email(_asked: Question, answer: str) -> Iterator[str]:
    joined = re.sub(
        r"\s+", "", re.sub(r"\s*[\[(]?\bat\b[\])]?\s*", "@", answer, count=1) if "@" not in answer else answer
    )
    yield joined.strip(".,;:<>").replace(",", ".").replace("..", ".")
    yield joined.strip(".,;:<>").removeprefix("mailto:")


def _number(asked: Question, answer: str) -> Iterator[str]:
    """A number with separators that do not belong there, or with letters where digits were meant."""
    if asked.kind != "line" or not any(each.isdecimal() for each in answer):
        return
    joined = _SEPARATORS.sub("", answer)
    yield joined
    yield joined.upper()
    yield joined.translate(_DIGITS)
    if len(joined) > 4:  # two letters before the digits, and two after them (UPU S10)
        yield f"{joined[:2]}{joined[2:-2].translate(_DIGITS)}{joined[-2:]}".upper()


_KINDS: Final[Mapping[str, Callable[[Question, str], Iterator[str]]]] = {
    "day": _day,
    "choice": _choice,
    "yes-no": _yes_no,
}
_FIELDS: Final[Mapping[str, Callable[[Question, str], Iterator[str]]]] = {
    "state": _state,
    "country": _country,
    "postal_code": _postal_code,
    "phone": _phone,
    "email": _email,
}
