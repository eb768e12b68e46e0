"""Words that people and programmers call controls by, and what they mean; the tables beside it hold them.

Pure, and knows no control: text goes in, kinds come out. A kind is what a control takes (`email`), or, with `_` before
it, what it takes that no inquiry has (`_captcha`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final, TypeAlias

from autofill.sources.tables import read_table, read_words

Meaning: TypeAlias = Mapping[str, float]
"""Strength by kind: what a text says, 0 to about 1."""

_HERE: Final = Path(__file__).parent
LISTS: Final = read_words(_HERE / "lists.txt")
NAME_PARTS: Final = ("first_name", "last_name", "middle_name")

# Letters that are one to people, and what stands between letters and is none.
_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "ı": "i", "đ": "d", "æ": "ae", "œ": "oe", "’": " ", "'": " ", "ʼ": " ",
     "ى": "ي", "ی": "ي", "ک": "ك", "\u200c": " ", "\u200e": "", "\u200f": "", "ـ": ""}
)  # fmt: skip
_MARKS = re.compile(r"[\s*:_\-‐-―.,;!?()\[\]{}<>|\"“”„«»›‹=+~`´…·•・。、：（）【】※،؟״]+")
# Marks on letters that many leave out: accents, the vowels of Hebrew and Arabic, the dots of Hindi.
_ACCENTS = re.compile("[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u093c]")
# Letters of scripts that part words, but for the Latin ones.
_PARTED = "\u0370-\u04ff\u0590-\u06ff\u0900-\u097f"
# Short words of East Asian labels are spread over the width of a column: “이 름”, “内 容”.
_SPREAD = re.compile(r"(?<![\u3040-\ud7ff])([\u3040-\ud7ff]) ([\u3040-\ud7ff])(?![\u3040-\ud7ff])")
_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")
_SAYS_SOMETHING = re.compile(r"[\w\u0900-\u0e4e]{2,}|[\u3040-\ud7ff]")
_FROM_CJK = "\u2e80"
# Names that a program has counted or drawn; they would only mean something by chance.
_OPAQUE = re.compile(
    r"^[0-9a-f]{8,}$|[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}|^(?:input|field|fld|form|id|element|control|text|edit|item|q"
    r"|tfa|wpforms|ninja|mui|ember|react|mat|el|ctl|f|cf|ff|jform|entry|answer)?[ _\-]*(?:input|field)?[ _\-\d.]*$",
    re.IGNORECASE,
)


@lru_cache(50_000)
def normal(text: str) -> str:
    """The text in small letters, without accents and marks; signs of other scripts stay whole."""
    return _SPREAD.sub(r"\1\2", _MARKS.sub(" ", _plain(unicodedata.normalize("NFKD", text).lower())).strip())


def _plain(text: str) -> str:
    """Letters without the marks on them, as wide as they are typed."""
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", text.translate(_LETTERS)))
    return unicodedata.normalize("NFC", bare)


def without_brackets(text: str) -> str:
    """The text without what stands in brackets, which explains and does not name; all of it where nothing else is."""
    bare = _BRACKETS.sub(" ", text)
    return bare if _SAYS_SOMETHING.search(bare) else text


def in_brackets(text: str) -> str:
    """What stands in brackets."""
    return " ".join(_BRACKETS.findall(text))


@lru_cache(50_000)
def name_words(name: str) -> tuple[str, ...]:
    """The words in a name or id; one that says nothing has none."""
    if not name or _OPAQUE.search(name):
        return ()
    parted = re.sub(r"([a-z])([A-Z])", r"\1 \2", name)
    parted = re.sub(r"([A-Z]+)([A-Z][a-z])", r"\1 \2", parted)
    parted = re.sub(r"([a-z])(\d)", r"\1 \2", normal(re.sub(r"[^\w]+|_", " ", parted)))
    return tuple(word for word in parted.split() if word.isalpha() or not re.fullmatch(r"[0-9a-f]{6,}", word))


@cache
def _patterns() -> tuple[tuple[str, float, re.Pattern[str]], ...]:
    """Kind, weight and pattern, in the order in which they are looked for."""
    tables = [_by_language(), *(read_table(_HERE / name) for name in ("phrases.txt", "words.txt"))]
    return tuple(
        (kind, float(weight), re.compile("|".join(_found_in(*(_plain(table.get(kind, "")) for table in tables)))))
        for kind, weight in read_table(_HERE / "weights.txt").items()
    )


def _found_in(by_language: str, phrases: str, words: str) -> Iterator[str]:
    yield from _bounded(by_language)
    yield from _anywhere(phrases)
    yield from _bounded(words)


@cache
def _by_language() -> Mapping[str, str]:
    """What the blocks of all languages say, by the first word of a row."""
    found: dict[str, list[str]] = {}
    for name, row in _rows("languages.txt"):
        found.setdefault(name, []).append(row)
    return {name: " | ".join(rows) for name, rows in found.items()}


@cache
def fillers() -> frozenset[str]:
    """Words that leave a name for a field what it is, in their normal form."""
    return frozenset(filter(None, map(normal, (*LISTS["fillers"], *_by_language()["fillers"].split()))))


@cache
def _filled() -> re.Pattern[str]:
    """Nothing but such words, in scripts that do not part them."""
    joined = sorted((word for word in fillers() if re.match(rf"[\u0e01-\u0e4e{_FROM_CJK}-\u9fff]", word)), key=len)
    return re.compile(rf"(?:{'|'.join(reversed(joined))})+")


@cache
def others() -> tuple[str, ...]:
    """Beginnings of words for people who are not the one who writes, in their normal form."""
    return tuple(filter(None, map(normal, (*LISTS["others"], *_by_language()["others"].split()))))


def _anywhere(patterns: str) -> Iterable[str]:
    return filter(None, (each.strip() for each in patterns.split(" | ")))


def _bounded(patterns: str) -> Iterable[str]:
    """Words of scripts that part words must be whole; the others stand in the middle of a row of signs."""
    every = list(_anywhere(patterns))
    parted = [each for each in every if re.match(rf"[\x00-\x7f{_PARTED}]", each)]
    if parted:
        yield rf"(?<![a-z{_PARTED}])(?:{'|'.join(parted)})(?![a-z{_PARTED}])"
    yield from (each for each in every if each not in parted)


@lru_cache(100_000)
def meaning(text: str) -> Meaning:
    """What a text in its normal form says; a word that has been understood is not read again as another."""
    found: dict[str, float] = {}
    masked, length = text, _length(text)
    for kind, weight, pattern in _patterns():
        for match in pattern.finditer(masked):
            word = match.group().replace(" ", "")
            if word and not _is_chance(word, length):
                strength = weight / 4 * _weight_of(match, text, len(word) / length)
                found[kind] = max(found.get(kind, 0), strength)
        if kind in found:
            masked = pattern.sub(lambda match: " " * len(match.group()), masked)
    return MappingProxyType(_corrected(found))


@lru_cache(50_000)
def unexplained(text: str) -> tuple[str, ...]:
    """The words of a text of the page that no kind explains, and that are not everybody's: “Name of the dog”."""
    masked = normal(without_brackets(text))
    length = _length(masked)
    for _kind, _weight, pattern in _patterns():
        masked = pattern.sub(lambda match: _unless_chance(match, length), masked)
    words = re.findall(r"(?:[^\W\d_]|[\u0900-\u0dff\u0e01-\u0e4e])+", masked)
    return tuple(word for word in words if word not in fillers() and not _filled().fullmatch(word))


def _length(text: str) -> int:
    """How many letters and digits it has: signs between words are none."""
    return max(1, sum(map(str.isalnum, text)))


def _unless_chance(match: re.Match[str], length: int) -> str:
    word = match.group()
    return word if _is_chance(word.replace(" ", ""), length) else " " * len(word)


def _is_chance(word: str, length: int) -> bool:
    """Whether it is a short word of one language inside another's sentence, such as “by”."""
    return len(word) <= 3 and len(word) / length < 0.45 and word not in LISTS["short"] and word < _FROM_CJK


def _weight_of(match: re.Match[str], text: str, share: float) -> float:
    """How much a match counts: more at an end of a text and where it is most of it, less in a long one."""
    at_end = 1.0 if match.end() >= len(text) - 1 or match.start() <= 1 else 0.8
    size = 1.0 if len(text) < 60 else 0.55 if len(text) < 110 else 0.3
    return at_end * size * (0.45 + 0.55 * min(1.0, share * 1.3))


def _corrected(found: dict[str, float]) -> dict[str, float]:
    """What words mean together: first and last name are the whole name, street and number the street."""
    parts = [kind for kind in NAME_PARTS if kind in found]
    if len(parts) > 1 or "_whole_name" in found:
        found["full_name"] = max(found.get(kind, 0.0) for kind in (*parts, "_whole_name", "full_name")) + 0.1
        for kind in (*parts, "_whole_name"):
            found.pop(kind, None)
    if found.pop("_again", 0) and "email" in found:
        found["email2"] = found.pop("email") + 0.1
    if "street" in found:
        found.pop("_houseno", None)
    if "email" in found and "phone" in found:
        found["email"] *= 0.6
        found["phone"] *= 0.6
    return found


@cache
def _name_parts() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(pattern)) for kind, pattern in _rows("names.txt"))


def _rows(name: str) -> Iterable[tuple[str, str]]:
    """The lines of a table in which a first word may come twice."""
    for line in re.sub(r"\n +", " ", (_HERE / name).read_text(encoding="utf-8")).splitlines():
        if not line.startswith("#"):
            kind, _space, pattern = line.partition(" ")
            yield kind, pattern


@lru_cache(50_000)
def name_meaning(words: str) -> Meaning:
    """What a name or id says, by its words, and where those say little, by what they contain."""
    found = dict(meaning(words))
    if max(found.values(), default=0) < 0.5:
        joined = words.replace(" ", "")
        if kind := next((kind for kind, pattern in _name_parts() if pattern.search(joined)), None):
            found[kind] = max(found.get(kind, 0), 0.75)
    fields = [kind for kind in found if not kind.startswith("_")]
    if len(fields) > 1:
        found.pop("full_name", None)  # the name of something: `state[name]`
        if "message" not in meaning(words.rpartition(" ")[2]):
            found.pop("message", None)  # something of it: `request[email]`
    return MappingProxyType(found)


@cache
def autocomplete_kinds() -> Mapping[str, str]:
    """Kind by word of the attribute `autocomplete`."""
    return read_table(_HERE / "autocomplete.txt")
