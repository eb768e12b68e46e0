"""Likeness of two controls of a form, as it was and as it is now: names, words, what they take and offer. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path
from typing import Final

from autofill.inquiry.fields import ANSWERS, question
from autofill.mapping.fingerprint import FURTHER_PART, ControlPrint
from autofill.mapping.gate import is_same
from autofill.mapping.reading import likeness as reads_alike
from autofill.mapping.reading import read
from autofill.mapping.recognise import FIELDS
from autofill.mapping.scores import best_of
from autofill.mapping.signals import text_meaning
from autofill.mapping.words import NAME_PARTS, name_words, normal
from autofill.sources.tables import read_table

WEIGHTS: Final[Mapping[str, float]] = {
    name: float(weight) for name, weight in read_table(Path(__file__).with_name("alike.txt")).items()
}
_KINDS: Final = {field: kind for kind, field in reversed([*FIELDS.items()])}
_SAME_QUESTION: Final = 0.8  # as answers are matched to questions
_TELLING: Final = 4  # letters of a word in a name


@dataclass(frozen=True, slots=True)
class Placed:
    """A control and where it stands among those of its page, 0 first to 1 last."""

    control: ControlPrint
    rank: float


def placed(controls: Sequence[ControlPrint]) -> list[Placed]:
    """The controls of a page, each with its place."""
    last = max(1, len(controls) - 1)
    return [Placed(each, number / last) for number, each in enumerate(controls)]


def likeness(old: Placed, new: Placed) -> float:
    """How much speaks for two controls being one; below 1 little does."""
    before, after = old.control, new.control
    found = _sorts(before, after) + WEIGHTS["order"] * (0.5 - 2 * abs(old.rank - new.rank))
    found += WEIGHTS["id"] * _is_one(before.html_id, after.html_id)
    found += WEIGHTS["name"] * _is_one(before.html_name, after.html_name)
    if (ours := _tokens(before)) and (theirs := _tokens(after)):
        found += WEIGHTS["names"] * (_words_alike(ours, theirs) - 0.45)
    if before.words and after.words:
        found += WEIGHTS["words"] * (_sorted_alike(*(_in_order(normal(each.words)) for each in (before, after))) - 0.5)
    found += WEIGHTS["kind"] * _takes(before, after)
    if before.options and after.options:
        found += WEIGHTS["options"] * (overlap(before, after) - 0.25)
    return found + WEIGHTS["required"] * (before.required == after.required)


def is_called_same(old: ControlPrint, new: ControlPrint) -> bool:
    """Whether its page calls it as before: by the same id or name."""
    return any(one == other != "" for one, other in _names(old, new))


def is_named_alike(old: ControlPrint, new: ControlPrint) -> bool:
    """Whether its name or id is as before but for capitals and numbers: pages count what they have, and count anew."""
    return any(_is_one(*names) or (_spelled(names[0]) == _spelled(names[1]) != "") for names in _names(old, new))


def has_same_words(old: ControlPrint, new: ControlPrint) -> bool:
    """Whether people call it as before."""
    return bool(new.words) and normal(new.words) in {normal(words) for words in (old.words, *old.also)}


def has_like_words(old: ControlPrint, new: ControlPrint) -> bool:
    """Whether people would take what it is called for the same question."""
    return reads_alike(read(old.words, old.legend), read(new.words, new.legend)) >= _SAME_QUESTION


def kind_of(control: ControlPrint) -> str:
    """What a control takes, as recognition calls it: what its map says, where it has one, or else what it seems."""
    if not control.field or control.seems == FURTHER_PART:
        return control.seems
    asked = control.field.removeprefix(ANSWERS)
    return _KINDS.get(control.field) or ("" if asked == control.field else best_of(text_meaning(asked))[0])


def are_one_sort(old: ControlPrint, new: ControlPrint) -> bool:
    """Whether the same sort of thing goes in, as far as is known."""
    return old.sort is None or old.sort == new.sort


def overlap(old: ControlPrint, new: ControlPrint) -> float:
    """How many of the options of the one with fewer the other has, too, 0 to 1."""
    ours, theirs = ({question(option) for option in each.options} for each in (old, new))
    return len(ours & theirs) / max(1, min(len(ours), len(theirs)))


def _names(old: ControlPrint, new: ControlPrint) -> tuple[tuple[str, str], ...]:
    return (old.html_id, new.html_id), (old.html_name, new.html_name)


def _is_one(old: str, new: str) -> bool:
    """Whether two names are one, however they are capitalised."""
    return bool(old) and old.casefold() == new.casefold()


def _sorts(old: ControlPrint, new: ControlPrint) -> float:
    if are_one_sort(old, new):
        return 0.0
    pair = {old.sort, new.sort}
    if pair == {"text", "choice"}:
        return -WEIGHTS["text-choice"]
    return -WEIGHTS["text-long" if pair == {"text", "long text"} else "sorts"]


def _takes(old: ControlPrint, new: ControlPrint) -> float:
    """How much the new control looks like one for what the old one took, -1 to 1; 0 where nobody knows that."""
    kind, scores = kind_of(old), dict(new.meanings)
    if not kind:
        return 0.0
    own = max((score * _nearly(kind, other) for other, score in scores.items()), default=0.0)
    wider = {"full_name"} if kind in NAME_PARTS else set()  # the narrower word is meant
    others = max(
        (score for other, score in scores.items() if not _nearly(kind, other) and other not in wider), default=0.0
    )
    return max(-1.0, min(1.0, (own - others) / 3))


def _nearly(kind: str, other: str) -> float:
    if kind == other:
        return 1.0
    return (0.8 if kind == "topic" else 0.5 if kind == "subject" else 1.0) if is_same(kind, other) else 0.0


@lru_cache(4096)
def _tokens(control: ControlPrint) -> str:
    return " ".join(sorted({*name_words(control.html_name), *name_words(control.html_id)}))


@lru_cache(4096)
def _spelled(name: str) -> str:
    """The words of a name without numbers, where they say something."""
    words = [word for word in name_words(name) if word.isalpha()]
    return " ".join(words) if max(map(len, words), default=0) >= _TELLING else ""


@lru_cache(4096)
def _in_order(text: str) -> str:
    return " ".join(sorted(text.split()))


def _words_alike(one: str, other: str) -> float:
    """How alike two sets of words are, 0 to 1: all their words, and those that are not in both."""
    ours, theirs = set(one.split()), set(other.split())
    both = " ".join(sorted(ours & theirs))
    parts = [" ".join(filter(None, (both, " ".join(sorted(side))))) for side in (ours - theirs, theirs - ours)]
    same = max(_sorted_alike(both, parts[0]), _sorted_alike(both, parts[1])) if both else 0.0
    return (max(same, _sorted_alike(*parts)) + _sorted_alike(one, other)) / 2


@lru_cache(65536)
def _sorted_alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
