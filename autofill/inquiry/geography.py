"""Names of places that stand in an address: countries and the states of the United States, by code.

The text files beside it name their sources.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Final

from autofill.sources.tables import read_table

COUNTRIES: Final = read_table(Path(__file__).with_name("countries.txt"))
US_STATES: Final = read_table(Path(__file__).with_name("us_states.txt"))
# Islands that have a country's code, too: in an address of the United States they are its state.
US_ISLANDS: Final = frozenset({"AS", "FM", "GU", "MH", "MP", "PR", "PW", "VI"})
# The languages that have a column in country_names.txt.
_COLUMNS: Final = ("de", "ko", "id")
# How Germans write without umlauts.
_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


def countries_named(text: str) -> frozenset[str]:
    """The codes of the countries that a text may be the name of, in whatever language; of `Korea` there are two."""
    return _by_name().get(_folded(text), frozenset())


def countries_like(text: str, least: float) -> frozenset[str]:
    """The codes of the countries with the name that is most like a text, if it is so much like it (0 to 1)."""
    near = get_close_matches(_folded(text), _by_name(), n=1, cutoff=least)
    return countries_named(near[0]) if near else frozenset()


def country_code(text: str) -> str | None:
    """The two-letter code of a country, from its code or from a name that no other has, nor a state; None in doubt."""
    if text.upper() in COUNTRIES:
        return text.upper()
    named = countries_named(text)
    return next(iter(named)) if len(named) == 1 and _folded(text) not in _states() else None


@cache
def country_names(language: str) -> Mapping[str, str]:
    """The names of the countries in a language, by code and in the order of the names; English where it has none."""
    names = (
        {code: _names()[code][_COLUMNS.index(language)] for code in COUNTRIES} if language in _COLUMNS else COUNTRIES
    )
    return dict(sorted(names.items(), key=lambda each: _folded(each[1])))


@cache
def _names() -> Mapping[str, tuple[str, ...]]:
    table = read_table(Path(__file__).with_name("country_names.txt"))
    return {code: tuple(re.split(r"\s*\|\s*", names)) for code, names in table.items()}


@cache
def _by_name() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for code, names in _names().items():
        for name in (COUNTRIES[code], *names):
            for written in (name, name.translate(_UMLAUTS)):
                found.setdefault(_folded(written), set()).add(code)
    return {name: frozenset(codes) for name, codes in found.items()}


@cache
def _states() -> frozenset[str]:
    return frozenset(map(_folded, US_STATES.values()))


def _folded(text: str) -> str:
    """A name as people compare it: without case, accents, dots and other marks."""
    plain = unicodedata.normalize("NFKD", text.replace("&", " and ").casefold())
    letters = "".join(each for each in plain if not unicodedata.combining(each) and each not in ".'’‘ʻ`")
    return re.sub(r"[\s,()–—-]+", " ", unicodedata.normalize("NFC", letters)).strip().removeprefix("the ")
