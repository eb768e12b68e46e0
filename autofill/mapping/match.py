"""Answers meet questions: which of a profile's answers each question of a form takes, by its words. Pure.

Tolerant of wording, strict in doubt: one clear match or none. No answer goes to two questions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from math import log
from typing import Final

from autofill.inquiry.fields import question
from autofill.mapping.consents import agrees, goes_beyond
from autofill.mapping.fitting import fitted, suits, tells
from autofill.mapping.lexicon import fold
from autofill.mapping.questions import Answered, Given, Matches, Question, Used, Why
from autofill.mapping.reading import (
    Reading,
    Token,
    agree,
    alternatives,
    covers,
    differ_little,
    everywhere,
    likeness,
    other_things,
    read,
    same_party,
    same_sort,
    says_more,
)

# Measured on forms and paraphrases in tests/mapping; from these on nothing was matched wrongly.
_CLEAR, _AHEAD, _PLAUSIBLE = 0.72, 0.15, 0.5
# More is needed where one of the two is about a thing that the other does not name.
_CLEAR_THOUGH: Final = 0.8
# Less will do, far ahead of everything else, where the two differ in a word that nobody knows, such as a verb.
_LIKELY, _FAR_AHEAD = 0.6, 0.3
# Still less, as far ahead, where there are as many answers left as questions.
_ENOUGH: Final = 0.45
# How much an option that the answer names tells of its question.
_NAMED: Final = 0.3
# And of an option that no other question has, where no other answer names one of this question's.
_ONLY_NAMED: Final = 0.6
# How much it tells that no other question is open that takes such an answer, and no such answer left.
_LONE: Final = 0.2
# What an answer to one of several things that a question asks for counts.
_PART: Final = 0.9
# The same words but for spaces, accents, punctuation.
_SAME: Final = 1.25
_SOME, _LITTLE = 0.4, 0.2
# Kinds whose answers look like no others.
_SHAPED: Final = frozenset({"date", "time", "number", "email", "phone", "url", "yes/no", "choice", "choices", "file"})
_NEAREST = 3
# What a kind says that the words need not.
_BY_KIND: Final = {
    "date": ("date",), "time": ("time",), "number": ("count", "amount"), "email": ("email",), "phone": ("phone",),
    "url": ("url",), "file": ("file",),
}  # fmt: skip


def match(questions: Sequence[Question], answers: Sequence[Given]) -> Matches:
    """Which answer each question takes, if that is clear."""
    table = _Table(tuple(questions), tuple(answers))
    table.take_same_words()
    while table.take_like_words():
        pass
    return Matches(
        tuple(table.answered(number) for number in range(len(questions))),
        tuple(table.used(number) for number in range(len(answers))),
    )


class _Table:
    """Likeness of every answer to every question, and the pairs that are taken so far."""

    def __init__(self, questions: tuple[Question, ...], answers: tuple[Given, ...]) -> None:
        self.questions, self.answers = questions, answers
        words = [question(each.words) for each in questions]
        self.again = [words.count(each) > 1 for each in words]
        asked = [_asked(each, again=again) for each, again in zip(questions, self.again, strict=True)]
        said = [_said(each) for each in answers]
        self.value = [
            [fitted(a.value, q.kind, q.options, q.words, is_file=a.is_file) for q in questions] for a in answers
        ]
        self.whose = everywhere(asked)
        self.is_vague = [each.is_generic for each in said]
        common = _Common(asked, said, self.whose)
        self.asked, self.said = [common.weighed(each) for each in asked], [common.weighed(each) for each in said]
        self.like = [[self._likeness(a, q) for q in range(len(questions))] for a in range(len(answers))]
        self.taken: dict[int, tuple[int, Why]] = {}
        """Question -> the answer that it takes, and why."""
        self.refused: dict[int, int] = {}
        """Question -> the answer in its very words that cannot be one."""

    def take_same_words(self) -> None:
        """Take the answers that stand under a question's own words."""
        asks = zip(self.questions, self.again, strict=True)
        asked = _by_key((key, q) for q, (each, again) in enumerate(asks) for key in _keys(each, question, again=again))
        said = _by_key((question(each.words), number) for number, each in enumerate(self.answers))
        for key, answers in said.items():
            (a,), questions = answers[:1], asked.get(key, [])
            if len(answers) != 1 or len(questions) != 1 or questions[0] in self.taken:
                continue
            if self.value[a][questions[0]] is None:
                self.refused[questions[0]] = a
            else:
                self.taken[questions[0]] = a, "same words"

    def take_like_words(self) -> bool:
        """Take the clearest pair that is left, if any is clear."""
        pairs = [(self._score(a, q), a, q) for a in self._free_answers for q in [self._best(a)] if q is not None]
        for score, a, q in sorted(pairs, reverse=True):
            about = same_party(self.said[a], self.asked[q], self.whose)
            if about and self._goes_in(a, q) and self._is_clear(a, q, score):
                self.taken[q] = a, "like words"
                return True
        return False

    def answered(self, q: int) -> Answered:
        """What became of a question."""
        if q in self.taken:
            a, why = self.taken[q]
            return Answered(self.questions[q], why, self.answers[a], self.value[a][q])
        if q in self.refused:
            return Answered(self.questions[q], "unfit", nearest=(self.answers[self.refused[q]],))
        near = sorted(self._free_answers, key=lambda a: -self.like[a][q])
        near = [a for a in near if self.like[a][q] >= _PLAUSIBLE]
        wanted = [a for a in near if self._best(a) == q]
        why = self._why(len(wanted), [self.value[a][q] is not None for a in near])
        return Answered(self.questions[q], why, nearest=tuple(self.answers[a] for a in near[:_NEAREST]))

    def used(self, a: int) -> Used:
        """What became of an answer."""
        for q, (taken, why) in self.taken.items():
            if taken == a:
                return Used(self.answers[a], why, self.questions[q])
        if a in self.refused.values():
            q = next(q for q, refused in self.refused.items() if refused == a)
            return Used(self.answers[a], "unfit", nearest=(self.questions[q],))
        near = sorted(range(len(self.questions)), key=lambda q: -self.like[a][q])
        near = [q for q in near if self.like[a][q] >= _PLAUSIBLE]
        rivals = sum(self._best(each) == near[0] for each in self._free_answers) if near else 0
        rivals += bool(near and near[0] in self.taken)
        why = self._why(rivals, [self.value[a][q] is not None for q in near])
        return Used(self.answers[a], why, nearest=tuple(self.questions[q] for q in near[:_NEAREST]))

    @staticmethod
    def _why(wanted: int, fits: list[bool]) -> Why:
        if not fits:
            return "nothing near"
        return "contested" if wanted > 1 else "doubtful" if fits[0] else "unfit"

    @property
    def _used(self) -> set[int]:
        return {a for a, _why in self.taken.values()} | set(self.refused.values())

    @property
    def _free_answers(self) -> list[int]:
        used = self._used
        return [a for a in range(len(self.answers)) if a not in used]

    def _likeness(self, a: int, q: int) -> float:
        words, each = self.answers[a].words, self.questions[q]
        is_same = _unspaced(words) in _keys(each, _unspaced, again=self.again[q])
        if is_same or (each.kind == "yes/no" and agrees(words, each.words)):
            return _SAME
        parts = [likeness(self.said[a], read(part, each.section)) for part in alternatives(each.words)]
        parts += [likeness(read(part), self.asked[q]) for part in alternatives(words)]
        return max(likeness(self.said[a], self.asked[q]), _PART * max(parts, default=0.0))

    def _score(self, a: int, q: int) -> float:
        """Likeness, and what the answer itself tells, where the words do not speak against it."""
        like, kind = self.like[a][q], self.questions[q].kind
        if like >= _LITTLE and self._is_named(a, q) and self._is_only_name(a, q):
            return like + _ONLY_NAMED
        if like < _SOME or self.value[a][q] is None:
            return like
        lone = kind in _SHAPED and self._is_lone(a, q)
        return like + (_NAMED if self._is_named(a, q) else 0.0) + (_LONE if lone else 0.0)

    def _is_only_name(self, a: int, q: int) -> bool:
        """Whether an answer names an option of this question alone, and no other answer one of it."""
        others = [other for other in range(len(self.questions)) if other != q and self._is_named(a, other)]
        rivals = [rival for rival in range(len(self.answers)) if rival != a and self._is_named(rival, q)]
        return not others and not rivals

    def _is_named(self, a: int, q: int) -> bool:
        is_choice = self.questions[q].kind in {"choice", "choices"} and self.value[a][q] is not None
        return is_choice and tells(self.answers[a].value) and not other_things(self.said[a], self.asked[q])

    @property
    def _is_rest(self) -> bool:
        """Whether there is an answer left for every question left, but for answers that are like none of them."""
        left = [q for q in range(len(self.questions)) if q not in self.taken and q not in self.refused]
        like = [a for a in self._free_answers if any(self.like[a][q] >= _LITTLE for q in left)]
        return len(like) == len(left)

    def _goes_in(self, a: int, q: int) -> bool:
        said, asked = self.answers[a], self.questions[q]
        if self.value[a][q] is None or (asked.kind == "yes/no" and goes_beyond(said.words, asked.words)):
            return False
        return self.like[a][q] >= _SAME or suits(said.value, asked.kind, self.asked[q])

    def _is_lone(self, a: int, q: int) -> bool:
        """Whether no other open question takes this answer, no other open answer goes in, and the words agree."""
        kinds = {each.kind for number, each in enumerate(self.questions) if number not in (q, *self.taken)}
        rivals = [other for other in self._free_answers if other != a and self.value[other][q] is not None]
        said, asked = self.said[a], self.asked[q]
        if self.questions[q].kind == "file":
            agree = covers(said, asked) or covers(asked, said)
        else:
            agree = covers(said, asked) and not said.is_generic and not asked.is_generic
        return agree and not rivals and self.questions[q].kind not in kinds

    def _best(self, a: int) -> int | None:
        return max(range(len(self.questions)), key=lambda q: self._score(a, q), default=None)

    def _is_clear(self, a: int, q: int, score: float) -> bool:
        """Whether nothing else is as near: no other question to this answer, no other answer to this question."""
        pair = self.said[a], self.asked[q]
        more = says_more(*pair) or says_more(*reversed(pair))
        clear = score >= (_CLEAR_THOUGH if more and not self._is_named(a, q) else _CLEAR)
        likely = score >= _LIKELY and differ_little(*pair) and not any(each.is_generic for each in pair)
        near = same_sort(*pair) and not other_things(*pair) and not self.is_vague[a]
        # A word that nobody knows may be a verb in a whole question, and is a thing in a few words.
        little = covers(*pair) or ("?" in self.answers[a].words and not says_more(*pair)) or agree(*pair)
        rest = self._is_rest and near and score >= (_ENOUGH if little else _CLEAR)
        if q in self.taken or q in self.refused or not (clear or likely or rest):
            return False
        clear_by = _AHEAD if clear else _FAR_AHEAD
        for other in range(len(self.questions)):
            ahead = score - self._score(a, other)
            fits = self.value[a][other] is not None
            least = 0.0 if not fits else clear_by / 3 if other in self.taken else clear_by
            if other != q and ahead < least:
                return False
        for rival in self._free_answers:
            wants = self._best(rival) == q and self._score(rival, q) >= _CLEAR
            near = self.value[rival][q] is not None and score - self._score(rival, q) < clear_by
            if rival != a and (wants or near):
                return False
        return True


class _Common:
    """How common each token is in a form and in the answers: what most of them say tells little."""

    def __init__(self, asked: Sequence[Reading], said: Sequence[Reading], whose: frozenset[str]) -> None:
        self.sides, self.whose = (asked, said), whose

    def weighed(self, reading: Reading) -> Reading:
        """The reading with what many say counting less, but for whose and which."""
        return replace(reading, tokens=tuple(replace(each, weight=self._weight(each)) for each in reading.tokens))

    def _weight(self, token: Token) -> float:
        if token.means & self.whose:
            return 0.25
        often = max(sum(any(token.same(t) for t in each.tokens) for each in side) for side in self.sides)
        return token.weight / (1 + 0.7 * log(often)) if token.weight == 1 and often else token.weight


def _asked(each: Question, *, again: bool) -> Reading:
    reading = read(each.words, each.section, again=again)
    hints = (
        read(" ".join(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", hint) for hint in each.hints)).tokens if each.hints else ()
    )
    counted = sum(bool(re.search(r"\d", option)) for option in each.options) > 1
    implied = _BY_KIND.get("number" if counted else each.kind, ())
    return replace(reading, asides=(*reading.asides, *hints, *_implied(implied)))


def _said(each: Given) -> Reading:
    value = each.value if isinstance(each.value, str) else ""
    kinds = ("file",) if each.is_file else tuple(k for k in ("date", "email") if fitted(value, k, (), is_file=False))
    reading = read(each.words)
    return replace(reading, asides=(*reading.asides, *(t for kind in kinds for t in _implied(_BY_KIND[kind]))))


def _unspaced(words: str) -> str:
    return fold(words).replace(" ", "")


def _implied(means: tuple[str, ...]) -> tuple[Token, ...]:
    return (Token("", frozenset(means), 0.0),) if means else ()


def _keys(each: Question, same: Callable[[str], str], *, again: bool) -> set[str]:
    """The words under which an answer stands that is certainly meant for it; of words that stand there again, more."""
    also = (f"{each.section}: {each.words}", f"{each.section} {each.words}", f"{each.words} ({each.section})")
    return {same(words) for words in (*(() if again else (each.words,)), *(also if each.section else ()))}


def _by_key(pairs: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for key, number in pairs:
        found.setdefault(key, []).append(number)
    return found
