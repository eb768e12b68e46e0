"""Values as people write them: days, numbers, yes and no, and what else has several words. Pure."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from itertools import permutations
from typing import Final

from autofill.mapping.lexicon import LISTS, fold, listed
from autofill.sources.tables import read_table, read_words

AMOUNT: Final = re.compile(r"\d+(?:[.,]\d+)*")


def day_of(text: str) -> date | None:
    """The day that a text says, if it says one and only one: year-month-day, or with the month's name."""
    if found := re.fullmatch(r"\s*(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\.?\s*", text):
        return _day(*map(int, found.groups()))
    if found := re.fullmatch(r"\s*(\d{4})년\s*(\d{1,2})월\s*(\d{1,2})일\s*", text):
        return _day(*map(int, found.groups()))
    if found := re.fullmatch(r"\s*(\d{1,2})\.(\d{1,2})\.(\d{4})\s*", text):  # with dots the day comes first
        return _day(*map(int, reversed(found.groups())))
    if found := re.fullmatch(r"\s*(\d{1,2})[/-](\d{1,2})[/-](\d{4})\s*", text):
        first, second, year = map(int, found.groups())
        days = {day for day in (_day(year, first, second), _day(year, second, first)) if day}
        return days.pop() if len(days) == 1 else None
    months = [number for word in fold(text).split() if (number := _months().get(word))]
    figures = [int(figure) for figure in re.findall(r"\d+", text)]
    if len(months) == 1 and len(figures) == 2:
        days = {day for one, other in permutations(figures) if one > 31 and (day := _day(one, months[0], other))}
        return days.pop() if len(days) == 1 else None
    return None


def number_of(text: str) -> str | None:
    """The figures of a text that says one number, perhaps with a unit or in a word, as it would be typed."""
    if found := AMOUNT.findall(text):
        alone = re.sub(r"[\d.,\s+–-]", "", text)
        is_mixed = re.search(r"\d[A-Za-z]|[A-Za-z]\d", text)  # as in a code
        return found[0] if len(found) == 1 and len(alone) <= 12 and not is_mixed else None
    means = canonical(text)
    return means if means.isdigit() else None


def yes_no(text: str) -> str | None:
    """`yes` or `no` if the whole text says one of them."""
    means = canonical(text)
    return means if means in {"yes", "no"} else None


def canonical(text: str) -> str:
    """What a whole text means if it is one of the values that are known in several words, else the text folded."""
    return values().get(fold(text), fold(text))


def amount(figure: str) -> float:
    """The number that figures say; groups of three behind a mark are thousands."""
    if re.fullmatch(r"\d{1,3}([.,]\d{3})+", figure):
        figure = re.sub("[.,]", "", figure)
    return float(re.sub(r"[.,](?=.*[.,])", "", figure).replace(",", "."))


def is_figure(value: str) -> bool:
    """Whether a text has no letters."""
    return not re.search(r"[^\W\d_]", value)


@cache
def values() -> dict[str, str]:
    """What is known in several words, by each of them."""
    table = read_table(LISTS / "values.txt")
    return {word: meaning for meaning, words in table.items() for word in (*listed(words), fold(meaning))}


@cache
def _months() -> dict[str, int]:
    return {word: int(number) for number, words in read_words(LISTS / "months.txt").items() for word in words}


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
