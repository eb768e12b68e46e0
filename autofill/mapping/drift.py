"""Drift of a form's page: which control each of the known ones is now, and what else has changed. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from autofill.inquiry.fields import question
from autofill.mapping.alike import are_one_sort, has_same_words
from autofill.mapping.changes import Change
from autofill.mapping.prints import ControlPrint, PagePrint
from autofill.mapping.refind import Match, matches


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
    found = tuple(matches(old.controls, new.controls))
    changes = (*_gone(old, found), *_different(found, whole=old.whole), *_new(old, new, found), *_around(old, new))
    return Drift(found, changes)


def _gone(old: PagePrint, found: Sequence[Match]) -> Iterator[Change]:
    there = {id(match.old) for match in found}
    for each in old.controls:
        if id(each) not in there and not each.aside:
            yield Change("removed", old=each, stops=each.needed)


def _new(old: PagePrint, new: PagePrint, found: Sequence[Match]) -> Iterator[Change]:
    """What is there besides; of what a map says nothing of, only what has to be filled."""
    there = {id(match.new) for match in found}
    for each in new.controls:
        if id(each) not in there and not each.aside and (old.whole or each.required):
            yield Change("added", new=each, stops=old.whole and each.required)


def _around(old: PagePrint, new: PagePrint) -> Iterator[Change]:
    """What has changed beside the controls."""
    buttons = {question(each) for each in new.buttons}
    if old.leads and buttons.isdisjoint(map(question, old.leads)):
        yield Change("button", detail=old.leads[0], stops=True)
    if old.whole and new.heading and question(old.heading) != question(new.heading):
        yield Change("heading", detail=new.heading)
    for why in new.person:
        if old.whole and why not in old.person:
            yield Change("person", detail=why, stops=True)


def _different(found: Sequence[Match], *, whole: bool) -> Iterator[Change]:
    for match in found:
        old, new = match.old, match.new
        doubtful = old.needed and not match.certain
        if doubtful or (old.words and not has_same_words(old, new)):
            yield Change("renamed", old, new, stops=doubtful)
        if not are_one_sort(old, new):
            yield Change("kind", old, new)
        yield from _options(old, new, whole=whole)
        if old.required != new.required and (whole or new.required):
            yield Change("required" if new.required else "optional", old, new, stops=new.required and not old.needed)
        if new.limit is not None and (old.limit is None or new.limit < old.limit) and (whole or old.limit):
            yield Change("limit", old, new, detail=str(new.limit))


def _options(old: ControlPrint, new: ControlPrint, *, whole: bool) -> Iterator[Change]:
    """What is no longer offered, above all what is chosen, and what is offered besides."""
    if not new.options:
        return
    goes_in = old.chosen if new.is_closed else ()
    # Where the map does not say that it is chosen, it may be a person's own word, which nobody is told.
    site = {question(each): each for each in (*old.options, *(goes_in if old.type == "choice" else ()))}
    before = {**site, **{question(each): "" for each in goes_in}}
    after = {question(each): each for each in new.options}
    # A list that its page draws itself may hold more than it shows; what was there and is gone is gone.
    takes_no_other = new.is_closed or new.type in {"combobox", "listbox"}
    chosen = takes_no_other and any(question(each) in before.keys() - after.keys() for each in old.chosen)
    if (gone := [words for key, words in site.items() if key not in after]) or chosen:
        yield Change("options-removed", old, new, detail=", ".join(gone), stops=chosen)
    if whole and old.options and (more := [words for key, words in after.items() if key not in before]):
        yield Change("options-added", old, new, detail=", ".join(more))
