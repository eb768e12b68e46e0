"""A page that is other than it was, or than its map says: what has changed, and what a run may do by itself. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from autofill.errors import FormChanged
from autofill.forms.control import Control
from autofill.forms.plan import Entry, FillStep, SubmitStep
from autofill.language import _
from autofill.mapping.changes import Change
from autofill.mapping.drift import Drift, drift
from autofill.mapping.fingerprint import ControlPrint, PagePrint, mapped_print, print_of, remembered, ways_of
from autofill.mapping.repair import repaired
from autofill.replay.screen import Moment
from autofill.running.typed_words import TypedWords

# A page is the one that is looked for if at least every so-manieth of its controls is there.
_HERE = 2
# What became of a control, where only the map can say whether it is still found.
_MOVED = frozenset({"renamed", "removed"})


@dataclass(frozen=True)
class ChangedPage:
    """The page of a step as it is `now`, beside what was `kept` of it, if anything was.

    In commands the form is `called` so. `absent` are the controls that the map does not find there, and `gone` those of
    them that the run needs now: others may come after a choice is made. `typed` is kept out of what is said of it.
    """

    called: str
    step: FillStep | SubmitStep
    now: PagePrint
    kept: PagePrint | None
    absent: Collection[Control]
    gone: Collection[Control]
    typed: TypedWords

    def decide(self, moment: Moment) -> FillStep | SubmitStep:
        """The step as the page wants it; or as it was, where what stopped the run already says more.

        Raises:
            FormChanged: what goes where is not certain, or the form could not be sent; every change is named.
        """
        stops = self._stops()
        again = None if stops else self._repaired()
        if again is not None:
            return self._known_again(again) if moment == "lost" else again
        here = len(self.step.entries) - len(self.gone)
        if moment == "stuck" or (moment == "lost" and here * _HERE < len(self.step.entries)):
            return self.step
        command = f"autofill forms check {self.called}"
        raise FormChanged(
            _("The page “{step}” has changed. {changes} Nothing was entered there. Nothing was sent.").format(
                step=self.step.name, changes=" ".join(self._said())
            ),
            hint=_("See what is new: {command} Then correct the form map.").format(command=command),
        )

    def told(self, found_again: Collection[Control]) -> Iterator[str]:
        """What has changed and stops nothing, in words; `found_again` is told otherwise."""
        old = [print_of(control, self._old) for control in found_again]
        for change in self._changes:
            is_moved = change.kind in _MOVED and any(change.old is each for each in old)
            if not is_moved and not (change.kind == "removed" and self.kept is None):
                yield change.says()

    @cached_property
    def _here(self) -> FillStep | SubmitStep:
        """The step with what the page should have by now."""
        away = [each for each in self.absent if each not in self.gone]
        entries = tuple(entry for entry in self.step.entries if entry.control not in away)
        left = tuple(control for control in self.step.left if control not in self.absent)
        return self.step.model_copy(update={"entries": entries, "left": left})

    @cached_property
    def _old(self) -> PagePrint:
        return remembered(self.kept, self._here) if self.kept else mapped_print(self._here)

    @cached_property
    def _drift(self) -> Drift:
        return drift(self._old, self.now)

    @cached_property
    def _changes(self) -> list[Change]:
        mapped = (*(entry.control for entry in self._here.entries), *self._here.left)
        there = [control for control in mapped if control not in self.gone]
        return [*map(self._sayable, changes_beside(self._drift, self._old, self.now, there=there))]

    def _sayable(self, change: Change) -> Change:
        """The change without a word of what the run types; what is offered no more was the site's own."""
        detail = change.detail if change.kind == "options-removed" else self.typed.out_of(change.detail)
        return replace(change, new=change.new and _cleaned(change.new, self.typed), detail=detail)

    def _stops(self) -> list[Change]:
        """What a run must not pass by, whatever is found again."""
        left = [print_of(control, self._old) for control in self._here.left]
        return [
            change
            for change in self._changes
            if (change.stops and change.kind != "renamed")
            or (change.kind == "required" and any(change.old == each for each in left))
        ]

    def _said(self) -> Iterator[str]:
        said = [change.says() for change in self._changes]
        named = "\n".join(said)
        yield from said
        for control in self.gone:
            if control.name not in named:
                yield Change("removed", old=mapped_alone(self.step, control)).says()

    def _repaired(self) -> FillStep | SubmitStep | None:
        """The step with what is gone found again; none if that is not certain of everything."""
        if not self.gone:
            return self.step
        found = self._drift
        harmless = tuple(change for change in found.changes if not change.stops)
        lost = tuple(entry for entry in self.step.entries if entry.control in self.gone)
        again = repaired(self.step.model_copy(update={"entries": lost}), Drift(found.matches, harmless), self.now)
        if not isinstance(again, FillStep | SubmitStep):
            return None
        moved = dict(zip(map(id, lost), again.entries, strict=True))
        entries: tuple[Entry, ...] = tuple(moved.get(id(entry), entry) for entry in self.step.entries)
        return again.model_copy(update={"entries": entries})

    def _known_again(self, again: FillStep | SubmitStep) -> FillStep | SubmitStep:
        """The step, known by something that is there."""
        if again.known_by != self.step.known_by:
            return again
        there = next((entry.control for entry in again.entries if entry.control not in self.absent), None)
        return again.model_copy(update={"known_by": there}) if there else again


def cleaned(page: PagePrint, typed: TypedWords) -> PagePrint:
    """A page without a word of what the run types."""
    controls = tuple(_cleaned(control, typed) for control in page.controls)
    buttons = tuple(map(typed.out_of, page.buttons))
    heading = typed.out_of(page.heading)
    return page.model_copy(update={"buttons": buttons, "heading": heading, "controls": controls})


def _cleaned(control: ControlPrint, typed: TypedWords) -> ControlPrint:
    finds = tuple((key, typed.out_of(words)) for key, words in control.finds)
    said = {key: typed.out_of(getattr(control, key)) for key in ("words", "html_name", "html_id", "legend")}
    options = tuple(typed.out_of_option(control.words, option) for option in control.options)
    return control.model_copy(update={**said, "finds": finds, "options": options})


def not_mapped(step: FillStep | SubmitStep, now: PagePrint) -> Iterator[str]:
    """Controls that the page wants filled, and the map does not know, in words."""
    old = mapped_print(step)
    mapped = (*(entry.control for entry in step.entries), *step.left)
    for change in changes_beside(drift(old, now), old, now, there=mapped):
        if change.kind == "added" and change.new and change.new.required:
            yield _("“{name}” is required, and the form map does not have it.").format(name=change.new.called)


def changes_beside(found: Drift, old: PagePrint, now: PagePrint, *, there: Collection[Control]) -> Iterator[Change]:
    """The changes, but for doubts about the controls that are `there`, as the map finds them by itself.

    What people saw before and see no more is gone, whatever the map finds: that may be a trap of the same words.
    """
    before, after = ([print_of(control, page) for control in there] for page in (old, now))
    for change in found.changes:
        is_doubt = (change.kind == "removed" and not old.whole) or (change.kind == "renamed" and change.stops)
        is_there = any(change.old is each for each in before) if is_doubt else False
        if not is_there and not (change.kind == "added" and any(change.new is each for each in after)):
            yield change


def lasting_ways(control: Control, typed: TypedWords) -> dict[str, str]:
    """How a control is found at any visit; nothing if that takes words that were typed, which a page repeats."""
    ways = ways_of(control)
    return ways if all(typed.out_of(words) == words for words in ways.values()) else {}


def mapped_alone(step: FillStep | SubmitStep, control: Control) -> ControlPrint:
    """One control of a step as its map says it is."""
    alone = step.model_copy(update={"entries": (), "left": (control,)})
    return mapped_print(alone).controls[0]
