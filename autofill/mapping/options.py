"""The option that a value means: in its own words, in others, as a number in a range, or none. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import inf
from typing import Final

from autofill.inquiry.fields import question
from autofill.inquiry.geography import COUNTRIES, US_STATES, countries_named
from autofill.mapping.lexicon import LISTS, fold, listed
from autofill.mapping.reading import Reading, likeness, read
from autofill.mapping.values import AMOUNT, amount, canonical, day_of, is_figure, number_of, values, yes_no
from autofill.sources.tables import read_table

_ALIKE, _AHEAD = 0.72, 0.2
_THANKS: Final = re.compile(
    r"(?:\W*[,;:.(–—-].*| (?:thanks?|i|we|it|there|danke|ich|merci|je|gracias|terima)\b.*)?", re.I
)


@dataclass(frozen=True, slots=True)
class Option:
    """The option that a value means, or None with those nearest to it."""

    words: str | None
    nearest: tuple[str, ...] = ()


def match_option(value: str, options: Sequence[str], about: str = "") -> Option:
    """The one option that a value means; `about` is the question, whose own words need not be said again."""
    for same in (question, fold, _bag, canonical):
        found = [each for each in options if same(each) == same(value) != ""]
        if found:
            return Option(found[0]) if len(found) == 1 else Option(None, tuple(found))
    for reads in (_polarity, _meaning, _day_text, _span):
        if found := list(reads(value, options)):
            return Option(found[0]) if len(found) == 1 else Option(None, tuple(found))
    said, asked = _bare(value), read(about)
    scores = sorted(((_alike(said, _bare(each), asked), each) for each in options), key=lambda pair: -pair[0])
    nearest = tuple(words for score, words in scores[:3] if score > 0)
    if not scores or _is_other(scores[0][1]) or is_figure(value) or scores[0][0] < _ALIKE:
        return Option(None, nearest)
    second = scores[1][0] if len(scores) > 1 else 0.0
    return Option(scores[0][1] if scores[0][0] - second >= _AHEAD else None, nearest)


def _bare(text: str) -> Reading:
    return replace(read(text), asides=()) if len(fold(text).split()) > 1 else read(text)


def _alike(said: Reading, option: Reading, asked: Reading) -> float:
    """How much a value says an option; what the question has said already may be missing in either."""
    known = (*asked.tokens, *asked.asides)

    def told(one: Reading, other: Reading) -> Reading:
        new = tuple(t for t in one.tokens if any(t.same(o) for o in other.tokens) or not any(t.same(k) for k in known))
        return Reading(new, (), one.negated)

    return likeness(told(said, option), told(option, said))


def _is_other(option: str) -> bool:
    return canonical(re.split(r"[(,:–-]", option)[0]) == "other"


def _bag(text: str) -> str:
    return " ".join(sorted(fold(text).split()))


def _polarity(value: str, options: Sequence[str]) -> Iterator[str]:
    """Of options that begin with yes or no, those that a bare yes or no means."""
    if (meant := yes_no(value)) is None:
        return
    for option in options:
        first = re.match(r"[^\W\d_]+", option.strip())
        if (
            first
            and canonical(first[0]) == meant
            and (meant == "yes" or _THANKS.fullmatch(option.strip()[first.end() :]))
        ):
            yield option


def _meaning(value: str, options: Sequence[str]) -> Iterator[str]:
    """Options that name the same country or state, in a list of them."""
    if sum(bool(places_in(option)) for option in options) * 2 > len(options):
        yield from (option for option in options if not places_in(value).isdisjoint(places_in(option)))


def places_in(text: str) -> frozenset[str]:
    """Codes of the countries and states that a text may name; codes themselves count in capitals only."""
    found = _named_places().get(fold(text), frozenset()) | countries_named(text)
    if (means := values().get(fold(text), "")) in COUNTRIES:
        found |= {means}
    code = text.strip()
    return found | ({code} if code in COUNTRIES else set()) | ({f"US-{code}"} if code in US_STATES else set())


@cache
def _named_places() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for code, name in ((f"US-{code}", name) for code, name in US_STATES.items()):
        found[fold(name)] = found.get(fold(name), frozenset()) | {code}
    return found


def _day_text(value: str, options: Sequence[str]) -> Iterator[str]:
    day = day_of(value)
    return (option for option in options if day and day_of(option) == day)


def _span(value: str, options: Sequence[str]) -> Iterator[str]:
    """Options whose range a number lies in; its unit, if it names one, must be theirs."""
    figure, unit = number_of(value), _unit(value)
    if figure is None:
        return
    units = {_unit(option) for option in options if AMOUNT.search(option)}
    for option in options:
        low, high = _range(option)
        if low <= amount(figure) <= high and (unit == _unit(option) or (not unit and len(units) == 1)):
            yield option


def _unit(text: str) -> frozenset[str]:
    words = [
        word for word in re.findall(r"[^\W\d_]+", fold(text)) if word not in _range_words() and word not in values()
    ]
    return frozenset(word.removesuffix("s").removesuffix("e").removesuffix("n") for word in words)


def _range(option: str) -> tuple[float, float]:
    """The numbers that an option covers; none if it has no figures."""
    figures = [amount(each) for each in AMOUNT.findall(option)]
    words = {
        sort
        for word, sort in _range_words().items()
        if word in fold(option).split() or (not word.isascii() and word in option)
    }
    if len(figures) == 2:
        return figures[0], figures[1]
    if len(figures) != 1:
        return 1.0, 0.0
    (one,) = figures
    step = 1e-9 if not option.lstrip()[0].isdigit() or re.search("미만|초과", option) else 0.0
    if "<" in option or "below" in words:
        return 0.0, one - step
    if "≤" in option or "upto" in words or fold(option).startswith("up to"):
        return 0.0, one
    if ">" in option or "above" in words:
        return one + step, inf
    return one, inf if words & {"from"} or re.search(r"[+≥]", option) else one


@cache
def _range_words() -> dict[str, str]:
    table = read_table(LISTS / "ranges.txt")
    return {part: sort for sort, words in table.items() for each in listed(words) for part in each.split()}
