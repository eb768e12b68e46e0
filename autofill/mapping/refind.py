"""Controls found again: which control of a page, as it is now, each of the known ones is, and how sure that is. Pure.

A rival is no rival if it has a better home, or takes the same datum: a second box for the same e-mail address.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from autofill.mapping.alike import Placed, are_one_sort, is_named_alike, likeness, placed
from autofill.mapping.certainty import is_certain, may_be
from autofill.mapping.fingerprint import ControlPrint
from autofill.mapping.words import normal

# Measured on the redesigns: what is less like, or by less more like than the next, is not told as the same.
_LIKE, _AHEAD = 1.0, 0.3
# And is not acted on.
_CLEARLY_AHEAD: Final = 1.0
# By so much more like its own, a control is no rival to another's.
_BETTER: Final = 0.5
# Of these there may be two boxes, the second to confirm the first.
_TWICE: Final = frozenset({"email", "email2", "phone"})
# As like as can be, and nothing near it.
_AS_IT_WAS: Final = 99.0


@dataclass(frozen=True, slots=True)
class Match:
    """A known control, and the one that it is now; `margin` is by how much nothing else is as like.

    `certain` says that a run may act on it without a person.
    """

    old: ControlPrint
    new: ControlPrint
    score: float
    margin: float
    certain: bool = False


def matches(old: Sequence[ControlPrint], new: Sequence[ControlPrint]) -> list[Match]:
    """The known controls that are there still, in their order."""
    same = dict(_as_they_were(old, new))
    table = _Table(placed(old), placed(new), same)
    found = {here: Match(old[here], new[there], _AS_IT_WAS, _AS_IT_WAS, certain=True) for here, there in same.items()}
    found |= {here: each for here, each in table.matches() if each.score >= _LIKE and each.margin >= _AHEAD}
    if not _is_settled(old, new, found.values()):
        found |= {
            here: replace(each, certain=table.is_certain(each)) for here, each in found.items() if here not in same
        }
    return [each for _here, each in sorted(found.items(), key=lambda pair: pair[0])]


def _is_settled(old: Sequence[ControlPrint], new: Sequence[ControlPrint], found: Iterable[Match]) -> bool:
    """Whether nothing is left on both pages that could be one."""
    certain = {id(each) for match in found if match.certain for each in (match.old, match.new)}
    lost, more = ([each for each in side if id(each) not in certain and not each.aside] for side in (old, new))
    return not any(are_one_sort(one, other) for one in lost for other in more)


def _as_they_were(old: Sequence[ControlPrint], new: Sequence[ControlPrint]) -> Iterator[tuple[int, int]]:
    """The controls of which there are as many in every respect the same, in their order."""
    before, after = _by_look(old), _by_look(new)
    for look, numbers in before.items():
        if len(numbers) == len(after.get(look, ())) and (look.called or look.options):
            yield from zip(numbers, after[look], strict=True)
    yield from _as_mapped(old, new)


def _as_mapped(old: Sequence[ControlPrint], new: Sequence[ControlPrint]) -> Iterator[tuple[int, int]]:
    """Of several that are called the same, those that a map tells apart, where there are as many as it says."""
    mapped = [number for number, each in enumerate(old) if not each.role and each.words]
    for words in {normal(old[number].words) for number in mapped}:
        before = [number for number in mapped if normal(old[number].words) == words]
        after = [number for number, each in enumerate(new) if normal(each.words) == words]
        if len(before) == len(after) > 1:
            places = {_place_of(new[number]): number for number in after}
            yield from ((here, places[_place_of(old[here])]) for here in before if _place_of(old[here]) in places)


def _place_of(control: ControlPrint) -> tuple[str | None, str | None]:
    finds = dict(control.finds)
    return finds.get("nth"), finds.get("within")


def _by_look(side: Sequence[ControlPrint]) -> dict[ControlPrint, list[int]]:
    """The numbers of controls by all that a page shows of them."""
    found: dict[ControlPrint, list[int]] = defaultdict(list)
    for number, each in enumerate(side):
        bare = {"also": (), "field": "", "needed": False, "chosen": (), "aside": False}
        found[each.model_copy(update=bare)].append(number)
    return found


class _Table:
    """Likeness of every known control to every one that is there now, and the best pairs; those known are taken."""

    def __init__(self, old: Sequence[Placed], new: Sequence[Placed], known: dict[int, int]) -> None:
        self.old, self.new, self.known = old, new, known
        taken = {*known.values()}
        self.free = [number for number in range(len(new)) if number not in taken]
        left = [number for number in range(len(old)) if number not in known]
        self.like = {here: {there: likeness(old[here], new[there]) for there in self.free} for here in left}
        self.there: dict[int, int] = {}
        self.here: dict[int, int] = {}
        pairs = ((score, here, there) for here, row in self.like.items() for there, score in row.items())
        for _score, here, there in sorted(pairs, key=lambda each: -each[0]):
            if here not in self.there and there not in self.here:
                self.there[here], self.here[there] = there, here
        self.calls = [Counter(normal(each.control.words) for each in side) for side in (old, new)]

    def matches(self) -> Iterator[tuple[int, Match]]:
        """The pairs that can be, by the number of the known control."""
        for here, there in self.there.items():
            old, new, score = self.old[here].control, self.new[there].control, self.like[here][there]
            if may_be(old, new):
                margin = score - max((*self._rivals_there(here, there), *self._rivals_here(here, there)), default=-9.0)
                match = Match(old, new, round(score, 2), round(margin, 2))
                yield here, replace(match, certain=self.is_certain(match, settled=True))

    def is_certain(self, match: Match, *, settled: bool = False) -> bool:
        """Whether a pair is one beyond doubt, where all others are `settled`, or where they are not."""
        old, new = match.old, match.new
        others = (each.control for each in self.old if each.control is not old)
        anothers = not is_named_alike(old, new) and any(is_named_alike(each, new) for each in others)
        alone = self._is_alone(old, new)
        return match.margin >= _CLEARLY_AHEAD and is_certain(old, new, alone=alone, settled=settled, anothers=anothers)

    def _is_alone(self, old: ControlPrint, new: ControlPrint) -> bool:
        before, after = self.calls
        return before[normal(old.words)] <= 1 and after[normal(new.words)] <= 1

    def _rivals_there(self, here: int, there: int) -> Iterator[float]:
        """What else of the page is like the known control."""
        mine = self.new[there].control.seems
        for each, score in self.like[here].items():
            home = self.here.get(each)
            settled = home is not None and self.like[home][each] > score + _BETTER
            same = mine in _TWICE and self.new[each].control.seems in _TWICE
            if each != there and not settled and not same:
                yield score

    def _rivals_here(self, here: int, there: int) -> Iterator[float]:
        """What else of the known is like the control of the page."""
        mine = self.old[here].control.field
        for each, row in self.like.items():
            home = self.there.get(each)
            settled = home is not None and row[home] > row[there] + _BETTER
            same = bool(mine) and self.old[each].control.field == mine
            if each != here and not settled and not same:
                yield row[there]
