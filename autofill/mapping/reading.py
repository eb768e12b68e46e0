"""Readings of short texts: which meanings the words of a question, a heading or an option have, in any wording.

Word lists are data, read by `lexicon`; nothing about answers, options or pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

from autofill.mapping.lexicon import classes, fold, lexicon, stem, stems

# What a word weighs that two texts should share: the sort of thing asked for, what it is about, which one of several.
_WEAK, _FAINT, _HEAD, _PLAIN, _TELLING = 0.25, 0.4, 0.6, 1.0, 1.2
_PARTICLES: Final = re.compile("(에서|으로|께서|까지|부터|이나|은|는|이|가|을|를|의|에|로|와|과|도|만|께|요)$")
_HANGUL: Final = re.compile("[\uac00-\ud7a3]")
_LONGEST_PHRASE = 6


@dataclass(frozen=True, slots=True)
class Token:
    """A word as it is compared: its stem, its known meanings, and what it weighs."""

    stem: str
    means: frozenset[str]
    weight: float

    def same(self, other: Token) -> bool:
        """Whether both say one thing; of unknown words that differ by a letter or two, too."""
        if self.stem == other.stem or not self.means.isdisjoint(other.means):
            return True
        if _HANGUL.match(self.stem) and min(len(self.stem), len(other.stem)) > 1:  # verbs' endings are written on
            return self.stem.startswith(other.stem) or other.stem.startswith(self.stem)
        if self.means or other.means or min(len(self.stem), len(other.stem)) < 5:
            return False
        short, long = sorted((self.stem, other.stem), key=len)
        grown = len(short) >= 6 and long.startswith(short)  # as “arrange” and “arrangement”
        return grown or SequenceMatcher(None, short, long).ratio() >= 0.84


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says: its tokens, those that only explain, and whether it is turned round by a “not”."""

    tokens: tuple[Token, ...]
    asides: tuple[Token, ...] = ()
    negated: bool = False

    @property
    def is_generic(self) -> bool:
        """Whether it says only what sort of thing is asked for, as “Name” and “Date” do."""
        return all(token.weight <= _HEAD for token in self.tokens)


def alternatives(text: str) -> tuple[str, ...]:
    """The parts of a text that are joined by an “or”, if there are several."""
    parts = re.split(rf"\s(?:{'|'.join(classes().either)})\s", text, flags=re.IGNORECASE)
    return tuple(part for part in parts if part.strip()) if len(parts) > 1 else ()


@lru_cache(maxsize=4096)
def read(text: str, heading: str = "", *, again: bool = False) -> Reading:
    """The reading of a text under a heading; what stands in brackets explains.

    Whose it is may stand in the heading alone, and of words that stand there `again`, which.
    """
    bare = re.sub(r"[(\[（].*?[)\]）]", " ", text)
    if not fold(bare):
        bare = text
    words, negated = _read(bare)
    brackets, _also = _read(" ".join(re.findall(r"[(\[（](.*?)[)\]）]", text)) if bare != text else "")
    above = [each for each in _read(heading)[0] if each.weight > _HEAD and not each.means & classes().neutral]
    generic = Reading(words).is_generic
    needed = [each for each in above if again or each.means & classes().parties or (generic and not each.means)]
    needed += [each for each in brackets if each.weight == _TELLING]
    needed = [each for each in needed if not each.stem.isdigit() and not any(each.same(known) for known in words)]
    return Reading((*words, *needed), (*brackets, *above), negated)


def likeness(one: Reading, other: Reading) -> float:
    """How much two readings say the same: 0 nothing or the opposite, 1 all of it."""
    if one.negated != other.negated or _contradict(one, other):
        return 0.0
    total = sum(token.weight for token in (*one.tokens, *other.tokens))
    shared = _shared(one, other) + _shared(other, one)
    sorts = _sorts(one, other), _sorts(other, one)
    hard = any(_is_hard(each, one, other) for each in (*sorts[0], *sorts[1]))
    certain = 0.5 if all(sorts) else 0.7 if hard else 1.0
    return shared / total * certain if total else 0.0


def covers(one: Reading, other: Reading) -> bool:
    """Whether the one says nothing that the other does not."""
    return not any(each.weight > _WEAK for each in _alone(one, other))


def same_party(said: Reading, asked: Reading, whose: frozenset[str] = frozenset()) -> bool:
    """Whether neither is about somebody of whom the other says nothing.

    An answer may name those whom all is about anyway (`whose`), and a question too, if the answer says more than
    what sort of thing it is: a “phone” may be anybody's, a “swimmer” is the child of whom all speaks.
    """
    parties, strangers = classes().parties, classes().parties - whose
    asks = any(each.means & (parties if said.is_generic else strangers) for each in _alone(asked, said))
    return not asks and not any(each.means & strangers for each in _alone(said, asked) if not each.means & whose)


def everywhere(asked: Sequence[Reading]) -> frozenset[str]:
    """Those whom several questions are about, and none about another in their place."""
    said = [{meaning for token in (*each.tokens, *each.asides) for meaning in token.means} for each in asked]
    found = {party for party in classes().parties if sum(party in means for means in said) > 1}
    others = {party: set().union(*(g for g in classes().opposed if party in g)) - {party} for party in found}
    return frozenset(party for party in found if not any(means & others[party] for means in said))


def says_more(one: Reading, other: Reading) -> bool:
    """Whether the one is about a known thing of which the other says nothing."""
    return any(each.means and each.weight > _HEAD for each in _alone(one, other))


def other_things(one: Reading, other: Reading) -> bool:
    """Whether each is about a thing of which the other says nothing: the colour of a car, and that of a sofa."""
    return all(any(each.weight > _HEAD for each in _alone(*pair)) for pair in ((one, other), (other, one)))


def agree(one: Reading, other: Reading) -> bool:
    """Whether neither names a thing of which the other says nothing; sorts of things, and what many say, are none."""
    return not any(each.weight > _HEAD for pair in ((one, other), (other, one)) for each in _alone(*pair))


def differ_little(one: Reading, other: Reading) -> bool:
    """Whether each says at most one thing more than the other, and that no known one: most known words are things.

    The one says no more than the other, or each says something in a word of its own.
    """
    more = [[each for each in _alone(*pair) if each.weight > _WEAK] for pair in ((one, other), (other, one))]
    known = any(each.means or each.stem.isdigit() for side in more for each in side)
    return not known and max(map(len, more)) <= 1 and len(more[0]) <= len(more[1])


def same_sort(one: Reading, other: Reading) -> bool:
    """Whether neither asks for a sort of thing that the other does not, but for what may be left out."""
    more = (*_sorts(one, other), *_sorts(other, one))
    return all(each.means & classes().soft and not _is_hard(each, one, other) for each in more)


def _sorts(one: Reading, other: Reading) -> list[Token]:
    """What sort of thing the one asks for, and the other does not."""
    return [each for each in _alone(one, other) if each.means & classes().heads and each.weight > _WEAK]


def _is_hard(sort: Token, one: Reading, other: Reading) -> bool:
    if sort.means <= classes().hard:
        return True
    named = any(each.means & classes().named for each in (*one.tokens, *other.tokens))
    whose = any(each.means & classes().parties for each in (*one.tokens, *other.tokens))
    return (sort.means == {"name"} and not named) or (sort.means == {"number"} and whose)


def _shared(one: Reading, other: Reading) -> float:
    found = 0.0
    for token in one.tokens:
        if any(token.same(each) for each in other.tokens):
            found += token.weight
        elif any(token.same(each) for each in other.asides):
            found += token.weight * 0.8
    return found


def _alone(one: Reading, other: Reading) -> tuple[Token, ...]:
    """Tokens of the one that the other has nothing of."""
    return tuple(each for each in one.tokens if not any(each.same(also) for also in (*other.tokens, *other.asides)))


def _contradict(one: Reading, other: Reading) -> bool:
    here, there = _alone(one, other), _alone(other, one)
    if any(each.stem.isdigit() for each in here) and any(each.stem.isdigit() for each in there):
        return True
    return any((_of(group, here) and _of(group, there)) or _apart(group, one, other) for group in classes().opposed)


def _apart(group: frozenset[str], one: Reading, other: Reading) -> bool:
    """Whether both name something of a group of which each forbids the others, and not the same."""
    here, there = _of(group, one.tokens), _of(group, other.tokens)
    return bool(here and there) and here.isdisjoint(there)


def _of(group: frozenset[str], tokens: tuple[Token, ...]) -> frozenset[str]:
    """Meanings of a group that tokens have."""
    return frozenset(meaning for token in tokens for meaning in token.means & group)


def _read(text: str) -> tuple[tuple[Token, ...], bool]:
    words = fold(text).split()
    tokens: list[Token] = []
    skipped: list[Token] = []
    negations = 0
    while words:
        length = next(n for n in range(min(_LONGEST_PHRASE, len(words)), 0, -1) if n == 1 or _is_phrase(words[:n]))
        phrase, words = " ".join(words[:length]), words[length:]
        kinds = classes()
        if not words and phrase in kinds.closing:
            tokens.append(_token(phrase, frozenset({kinds.closing[phrase]})))
        elif phrase in kinds.negation or (_HANGUL.search(phrase) and any(each in phrase for each in "없않")):
            negations += 1
        elif phrase in kinds.stop:
            skipped.append(_token(phrase, frozenset()))
        else:
            found, turned = _meanings(classes().figures.get(phrase, phrase))
            tokens += found
            negations += turned
    unique = {token.means or token.stem: token for token in reversed(tokens or skipped)}
    return tuple(reversed(unique.values())), negations % 2 == 1


def _is_phrase(words: list[str]) -> bool:
    phrase = " ".join(words)
    return phrase in lexicon() or phrase in classes().stop or phrase in classes().negation


def _meanings(word: str) -> tuple[tuple[Token, ...], bool]:
    """The tokens of one word or phrase, and whether its beginning turns it round."""
    if means := _known(word):
        return (_token(word, means),), False
    if _HANGUL.search(word):
        return tuple(_korean(word)), False
    for prefix in classes().prefixes:
        if word.startswith(prefix) and len(word) - len(prefix) >= 5 and (means := _known(word.removeprefix(prefix))):
            return (_token(word.removeprefix(prefix), means),), True
    if len(word) >= 7 and (parts := _compound(word)):
        return tuple(_token(part, _known(part)) for part in parts), False
    return (_token(word, frozenset()),), False


def _token(word: str, means: frozenset[str]) -> Token:
    kinds = classes()
    if word in kinds.weak:
        weight = _WEAK
    elif word.isdigit() or any(means & group for group in kinds.opposed):
        weight = _TELLING
    else:
        weight = _HEAD if means and means <= kinds.heads else _PLAIN
    if weight > _HEAD and means & kinds.light:
        weight = _HEAD
    if weight > _FAINT and means & kinds.faint:
        weight = _FAINT
    if means and means <= kinds.slight:
        weight = _WEAK
    return Token(stem(word), means, weight)


def _known(word: str) -> frozenset[str]:
    by_word, by_stem = lexicon(), stems()
    if found := by_word.get(word) or by_word.get(stem(word)) or by_stem.get(stem(word)):
        return found
    bare = (word.removeprefix(each) for each in classes().beginnings if word.startswith(each))
    return next((by_stem[stem(each)] for each in bare if len(each) >= 5 and stem(each) in by_stem), frozenset())


def _compound(word: str) -> tuple[str, ...]:
    """Words written as one, as German does, perhaps with a letter between them; the first may be unknown."""
    known = lexicon()
    for at in range(3, len(word) - 2):
        left, right = word[:at], word[at:]
        if right not in known and stem(right) not in known:
            continue
        for bare in (left, left.removesuffix("s"), left.removesuffix("es"), left.removesuffix("n"), f"{left}s"):
            if len(bare) >= 3 and bare in known:
                return (bare, right)
        if len(left) >= 4 and (len(right) >= 4 or right in {"art"}):
            return (*(_compound(left) or (left.removesuffix("s"),)), right)
    return ()


def _korean(word: str) -> Iterator[Token]:
    """Known words that stand in one without a space; what a particle adds is left out."""
    known, stop = lexicon(), classes().stop
    rest = ""
    while word:
        whole = word if word in known else _PARTICLES.sub("", word)
        pieces = (word[:n] for n in range(len(word), 1, -1))
        piece = whole if whole in known else next((each for each in pieces if each in known or each in stop), "")
        if piece in known:
            yield _token(piece, known[piece])
        rest += "" if piece else word[0]
        word = "" if piece == whole else word[len(piece) or 1 :]
    if len(rest := _PARTICLES.sub("", rest)) > 1:
        yield _token(rest, frozenset())
