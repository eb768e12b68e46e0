"""The lexicon of questions: which meanings words have, which say nothing, which turn a sentence round.

Reads the lists in `question_words`; what a whole text says is for `reading` to find out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from autofill.inquiry.fields import single_spaced
from autofill.sources.tables import read_table

LISTS: Final = Path(__file__).with_name("question_words")
_NUMBER_SIGN: Final = re.compile(
    r"\b(?:no|nr|n|num|nro)\s*[.:]+\s*[ºo°]?(?=\W|$)|\bn\s*[°º]|[#№]|\b(?:no|nr)\s*$", re.I
)


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """The text in lower case, without accents and punctuation; number signs are spelt out."""
    text = unicodedata.normalize("NFKD", _NUMBER_SIGN.sub(" number ", single_spaced(text)).casefold())
    text = re.sub(r"\b(\d+)(?:st|nd|rd|th|er|e|eme|o|a)\b", r"\1", text)
    text = "".join(letter for letter in text if not unicodedata.combining(letter) or "\u1160" <= letter <= "\u11ff")
    text = unicodedata.normalize("NFC", re.sub(r"['’]s\b", "", text))
    return " ".join(re.sub(r"[\W_]+", " ", text.replace("ø", "o").replace("ł", "l")).split())


@cache
def stem(word: str) -> str:
    """The word without an ending, if four letters are left."""
    ending = next((each for each in classes().endings if word.endswith(each) and len(word) - len(each) >= 4), "")
    return word.removesuffix(ending) if word.isascii() else word


@dataclass(frozen=True, slots=True)
class Classes:
    """Kinds of words and meanings, as `classes.txt` explains them."""

    stop: frozenset[str]
    weak: frozenset[str]
    negation: frozenset[str]
    prefixes: tuple[str, ...]
    endings: tuple[str, ...]
    hard: frozenset[str]
    parties: frozenset[str]
    soft: frozenset[str]
    closing: Mapping[str, str]
    named: frozenset[str]
    either: tuple[str, ...]
    heads: frozenset[str]
    opposed: tuple[frozenset[str], ...]
    neutral: frozenset[str]
    light: frozenset[str]
    slight: frozenset[str]
    faint: frozenset[str]
    beginnings: tuple[str, ...]
    figures: Mapping[str, str]


@cache
def classes() -> Classes:
    """The kinds of words, read once."""
    table, figures = read_table(LISTS / "classes.txt"), read_table(LISTS / "values.txt")
    return Classes(
        stop=frozenset(listed(table["stop"])),
        weak=frozenset(listed(table["weak"])),
        negation=frozenset(listed(table["not"])),
        prefixes=tuple(listed(table["prefixes"])),
        endings=tuple(listed(table["endings"])),
        closing={pair.split()[0]: pair.split()[1] for pair in listed(table["closing"])},
        soft=frozenset(table["soft"].split()),
        named=frozenset(table["named"].split()),
        parties=frozenset(table["parties"].split()),
        hard=frozenset(table["hard"].split()),
        either=tuple(listed(table["either"])),
        heads=frozenset(table["heads"].split()),
        opposed=tuple(frozenset(group.split()) for group in table["opposed"].split(";")),
        figures={word: number for number, words in figures.items() if number.isdigit() for word in listed(words)},
        faint=frozenset(table["faint"].split()),
        slight=frozenset(table["slight"].split()),
        beginnings=tuple(listed(table["beginnings"])),
        light=frozenset(table["light"].split()),
        neutral=frozenset(table["neutral"].split()),
    )


def listed(words: str) -> Iterable[str]:
    """The folded words of a line with commas between them."""
    return filter(None, (fold(word) for word in words.split(",")))


@cache
def lexicon() -> dict[str, frozenset[str]]:
    """Meanings by word or phrase."""
    found: dict[str, frozenset[str]] = {}
    for meaning, words in read_table(LISTS / "concepts.txt").items():
        for word in (w if w in {"no", "nr", "n"} else fold(w) for w in map(str.strip, words.split(","))):
            found[word] = found.get(word, frozenset()) | {meaning}
    found.pop("no", None)  # alone it is more often a “not”; number signs are spelt out before
    return found


@cache
def stems() -> dict[str, frozenset[str]]:
    """Meanings by the stem of single words."""
    found: dict[str, frozenset[str]] = {}
    for word, means in lexicon().items():
        if " " not in word and len(word) >= 5:
            found[stem(word)] = found.get(stem(word), frozenset()) | means
    return found
