"""Drift of a form's page: which control each of the known ones is now, and what else has changed. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from autofill.inquiry.fields import question
from autofill.mapping.changes import Change
from autofill.mapping.fingerprint import ControlPrint, PagePrint


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


@dataclass(frozen=True, slots=True)
class Drift:
    """The controls that were found again, and everything that is other than it was."""

    matches: tuple[Match, ...] = ()
    changes: tuple[Change, ...] = ()

    @property
    def stops(self) -> bool:
        """Whether a run must not go on by itself."""
        return any(change.stops for change in self.changes)

    def match_of(self, old: ControlPrint) -> Match | None:
        """What a known control is now, if it was found again."""
        return next((match for match in self.matches if match.old is old or match.old == old), None)


def drift(old: PagePrint, new: PagePrint) -> Drift:
    """What has changed between a page as it was known and as it is now."""
    matches = tuple(_matches(old, new))
    return Drift(matches, tuple(_changes(old, new, matches)))


def _matches(old: PagePrint, new: PagePrint) -> Iterator[Match]:
    for each in old.controls:
        same = [other for other in new.controls if _score(each, other) > 0]
        rivals = [other for other in old.controls if other is not each and same and _score(other, same[0]) > 0]
        if len(same) == 1 and not rivals:
            yield Match(each, same[0], _score(each, same[0]), 1.0, certain=True)


def _score(old: ControlPrint, new: ControlPrint) -> float:
    words = bool(old.words) and question(old.words) == question(new.words)
    name = bool(old.html_name) and old.html_name == new.html_name
    key = bool(old.html_id) and old.html_id == new.html_id
    return float(words + name + key) if old.sort == new.sort or not old.type else 0.0


def _changes(old: PagePrint, new: PagePrint, matches: tuple[Match, ...]) -> Iterator[Change]:
    for each in old.controls:
        if each not in [match.old for match in matches] and not each.aside:
            yield Change("removed", old=each, stops=bool(each.field))
    for match in matches:
        yield from _changes_of(match, whole=old.whole)
    for each in new.controls:
        if each not in [match.new for match in matches] and not each.aside and (old.whole or each.required):
            yield Change("added", new=each, stops=old.whole and each.required)
    gone = [name for name in old.leads if name in old.buttons]
    if gone and not any(question(name) == question(each) for name in gone for each in new.buttons):
        yield Change("button", detail=gone[0], stops=True)
    if old.whole and question(old.heading) != question(new.heading):
        yield Change("heading", detail=new.heading)
    for why in new.person:
        if why not in old.person:
            yield Change("person", detail=why, stops=old.whole)


def _changes_of(match: Match, *, whole: bool) -> Iterator[Change]:
    old, new = match.old, match.new
    if old.words and question(old.words) != question(new.words):
        yield Change("renamed", old, new)
    if old.type and old.sort != new.sort:
        yield Change("kind", old, new, detail=new.sort)
    ours, theirs = ({question(each): each for each in side.options} for side in (old, new))
    if gone := [words for key, words in ours.items() if key not in theirs]:
        chosen = {question(each) for each in old.chosen}
        stops = any(question(words) in chosen for words in gone)
        yield Change("options-removed", old, new, detail=", ".join(gone), stops=stops)
    if whole and (more := [words for key, words in theirs.items() if key not in ours]):
        yield Change("options-added", old, new, detail=", ".join(more))
    if old.required != new.required and (whole or new.required):
        yield Change("required" if new.required else "optional", old, new, stops=new.required and not old.field)
    if new.limit is not None and new.limit != old.limit and (old.limit is None or new.limit < old.limit):
        yield Change("limit", old, new, detail=str(new.limit))
