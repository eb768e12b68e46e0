"""The eye of a run on its form: what each page is like before anything is typed, and what to do where it has changed.

What is only looked at costs a message a page. What was seen is understood afterwards, or where a page is other than it
was: only then all that is known of words is loaded.
"""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from playwright.async_api import Page

from autofill.events import FaultNoticed
from autofill.forms.control import Control
from autofill.forms.plan import Entry, FillStep, Plan, Step, SubmitStep
from autofill.language import _
from autofill.page.inventory import Inventory, PageControl, inventory_of
from autofill.page.seen import Seen, find, look
from autofill.replay.screen import Moment, page_before_stays
from autofill.running.known_forms import KnownForm
from autofill.running.typed_words import TypedWords

if TYPE_CHECKING:
    from autofill.mapping.fingerprint import PagePrint
    from autofill.running.changed_page import ChangedPage

Filled: TypeAlias = FillStep | SubmitStep
# Behaviours of controls after which a page may show more of them.
_REVEALING = frozenset({"select", "list", "listbox", "radios", "radio", "boxes", "yes-no", "typeahead", "datalist"})


@dataclass(slots=True)
class FormWatch:
    """The watch of one run over its form.

    `tell` is told what a person has to know, `typed` is what is kept out of all that is kept or told of a page, and
    the form is `called` so in commands. `learn` hears of every entry that goes into a control which the map calls
    otherwise.
    """

    plan: Plan
    page: Page
    known: KnownForm | None
    tell: Callable[[FaultNoticed], Awaitable[None]]
    typed: TypedWords
    learn: Callable[[Entry], None]
    called: str
    inventories: dict[str, Inventory] = field(default_factory=dict)
    looks: dict[str, str] = field(default_factory=dict)
    found_again: list[tuple[str, Control, Control]] = field(default_factory=list)
    _told: set[FaultNoticed] = field(default_factory=set)

    async def adapt(self, step: Step, moment: Moment) -> Step:
        """The step as the page of today wants it.

        Raises:
            FormChanged: the page has changed, and what goes where is not certain; every change is named.
        """
        step = self._under_new_words(step)
        if not isinstance(step, FillStep | SubmitStep) or (
            moment == "lost" and await page_before_stays(self.plan, self.page, step)
        ):
            return step
        inventory = await inventory_of(self.page)
        is_first = step.slug not in self.inventories
        if is_first:
            self.inventories[step.slug], self.looks[step.slug] = inventory, self._look_of(inventory)
        if moment == "arrived" and self.known and self.known.looks.get(step.slug) == self.looks[step.slug]:
            return step
        return await self._adapted(step, moment, is_first=is_first)

    async def _adapted(self, step: Filled, moment: Moment, *, is_first: bool) -> Step:
        # What was kept was seen before anything was typed.
        kept = await self._kept(step.slug) if moment != "stuck" else None
        seen = await self._seen(step)
        absent = [each.control for each in seen if not each.count]
        if kept is None and moment == "arrived" and not due_of(seen[: len(step.entries)]):
            return step
        from autofill.mapping.fingerprint import page_print, print_of  # noqa: PLC0415 - all that is known of words
        from autofill.running.changed_page import ChangedPage  # noqa: PLC0415 - the same

        inventory = await inventory_of(self.page)
        if is_first:  # it is quiet by now
            self.inventories[step.slug], self.looks[step.slug] = inventory, self._look_of(inventory)
        needed = [
            entry.control for entry in step.entries if moment == "stuck" or (kept and print_of(entry.control, kept))
        ]
        due = (
            [each for each in absent if each in needed]
            if kept or moment == "stuck"
            else due_of(seen[: len(step.entries)])
        )
        changed = ChangedPage(
            self.called, step, page_print(inventory, step.slug), kept, absent=absent, gone=due, typed=self.typed
        )
        again = changed.decide(moment)
        await self._tell_of(changed, again, moment)
        return again

    async def _kept(self, slug: str) -> PagePrint | None:
        """What the page was like, if that was kept by this version."""
        try:
            return self.known.page(slug) if self.known else None
        except ValueError:
            self.known = None
            await self.tell(FaultNoticed("fingerprint", _("what was kept of the form cannot be used")))
            return None

    async def _seen(self, step: Filled) -> tuple[Seen, ...]:
        """What the page has of the step's controls, once it is quiet if something is missing."""
        controls = [*(entry.control for entry in step.entries), *step.left]
        if not controls:
            return ()
        seen = await look(self.page, controls)
        if not (due := due_of(seen[: len(step.entries)])):
            return seen
        await find(self.page, due[0])
        return await look(self.page, controls)

    def _under_new_words(self, step: Step) -> Step:
        """The step with the controls that were found again on pages before: this one may show what went in."""
        known = [(before, after) for _slug, before, after in self.found_again]

        def renewed(entry: Entry) -> Entry:
            after = next((after for before, after in known if before == entry.control), None)
            return entry.model_copy(update={"control": after}) if after else entry

        keys = ("echoed",) if isinstance(step, FillStep | SubmitStep) else ("entries",)
        entries = {key: tuple(map(renewed, getattr(step, key))) for key in keys if getattr(step, key, ())}
        return step.model_copy(update=entries) if known and entries else step

    async def _tell_of(self, changed: ChangedPage, after: Filled, moment: Moment) -> None:
        """Tell what is other than it was, once, and remember what was found again."""
        from autofill.mapping.asking import bare  # noqa: PLC0415 - loaded by now
        from autofill.running.changed_page import lasting_ways  # noqa: PLC0415 - the same

        pairs = zip(changed.step.entries, after.entries, strict=True)
        moved = [(old.control, new) for old, new in pairs if old.control != new.control]
        said = changed.told([old for old, _new in moved]) if moment != "stuck" else ()
        told = [FaultNoticed("form-changed", each) for each in said]
        for old, new in moved:
            self.found_again.append((after.slug, old, new.control))
            self.learn(new)
            words = _("“{old}” was found again as “{new}”.")
            if lasting_ways(new.control, self.typed):  # otherwise nobody can write it into a map
                words = _("“{old}” was found again as “{new}”. To correct the form map: {command}")
            now, command = bare(self.typed.out_of(new.control.name)), f"autofill forms diff {self.called}"
            detail = words.format(old=old.name, new=now, command=command)
            told.append(FaultNoticed("repaired", detail))
        for fault in told:
            if fault not in self._told:
                self._told.add(fault)
                await self.tell(fault)

    def _look_of(self, inventory: Inventory) -> str:
        """A digest of what a person could see of the page's controls, without what anybody typed."""
        controls = [each for each in inventory.controls if each.visible]
        offered = [self.typed.out_of_option(each.words, option.text) for each in controls for option in each.options]
        lines = self.typed.out_of("\n".join(line for each in controls for line in _told_by(each)))
        return hashlib.sha256("\n".join((lines, *offered)).encode(errors="replace")).hexdigest()


def due_of(seen: Sequence[Seen]) -> list[Control]:
    """The controls that a map says are there at once, and that are not; others may come after a choice is made."""
    due, reveals = [], False
    for each in seen:
        if not each.count and not each.control.when and not reveals:
            due.append(each.control)
        reveals = reveals or each.does in _REVEALING
    return due


def _told_by(each: PageControl) -> Iterator[str]:
    """What counts of a control; its id is often another at every visit."""
    yield from (each.tag, each.type, each.role, each.words, each.html_name, each.legend, each.heading)
    yield f"{len(each.options)} {each.required} {each.maxlength} {each.usable} {each.frame}"
