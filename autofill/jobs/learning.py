"""A walk through a form with a person: each page is read as it comes, and filled where they want it; nothing is sent.

What is on a page is the room `mapping`'s to say, and what is asked of the person the caller's. The guard is on from the
first page: nothing that carries the inquiry leaves, whatever is pressed.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Final, Literal, Protocol, TypeAlias

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page
from playwright.async_api import TimeoutError as PlaywrightTimeout

from autofill.errors import PersonNeeded, TheSite
from autofill.forms.control import Control
from autofill.forms.plan import Entry, FillStep, Plan
from autofill.inquiry.fields import single_spaced
from autofill.language import _
from autofill.mapping.draft import drafted_controls
from autofill.mapping.learned import as_seen
from autofill.mapping.learning import Found, Known, PageSeen, found_on
from autofill.mapping.recognise import recognise
from autofill.page.frames import form_frame
from autofill.page.inventory import Inventory, inventory_of
from autofill.page.locate import element_on
from autofill.page.seen import look
from autofill.replay.filling import Filling, compare
from autofill.replay.guard import Guard
from autofill.replay.navigation import Navigation, open_page
from autofill.replay.plan_rules import rules_for
from autofill.replay.runner import Patience

Turn: TypeAlias = Literal["fill", "next", "done"]
# Milliseconds for what a page's scripts still fetch.
_SETTLING: Final = 10_000
# So often a page may show further questions because of what was filled in.
_ROUNDS: Final = 12
_NOTES_PRESSED: Final = """() => addEventListener("click", (event) => {
  const pressed = event.composedPath().find((each) => each.matches?.("button,a[href],input,[role=button],[role=link]"));
  const words = pressed && (pressed.getAttribute("aria-label") || pressed.innerText || pressed.value || "");
  if (words && event.isTrusted) window.autofillPressed(words);
}, true)"""


@dataclass(frozen=True, slots=True)
class Report:
    """What is known of the page that is open: what was found, what could not be filled, and what the guard noticed."""

    page: PageSeen
    found: tuple[Found, ...]
    failed: tuple[str, ...] = ()
    noticed: tuple[str, ...] = ()

    @property
    def unknown(self) -> tuple[str, ...]:
        """The questions that are none of the map's."""
        known = {each.number for each in self.found}
        return tuple(each.question.words for n, each in enumerate(self.page.questions) if n not in known)


class Person(Protocol):
    """Who walks through the form, in its window."""

    async def turn(self, page: Page, report: Report) -> Turn:
        """What comes next: `fill` what is known, the `next` page was reached, or all is `done` but the submission."""


@dataclass(slots=True)
class Walk:
    """One walk through a form on one page of the browser.

    `known` is what the map says of the controls that are there for this inquiry, and `plan` what goes into them.
    """

    page: Page
    plan: Plan
    known: Known
    origins: frozenset[str]
    person: Person
    files: Mapping[str, bytes] = field(default_factory=dict)
    patience: Patience = field(default_factory=Patience)
    _seen: list[Report] = field(default_factory=list)
    _pressed: list[str] = field(default_factory=list)
    _filled: set[int] = field(default_factory=set)

    async def through(self, url: str) -> tuple[Report, ...]:
        """The pages as they came; the last one is that which would submit.

        Raises:
            SiteUnavailable, TryLater, FormChanged: the first page does not open, or another site comes.
            PersonNeeded: the window was closed.
        """
        guard = Guard(self.page, self.origins, rules_for(self.plan, self.origins, self.files), agreed=self.plan.dialogs)
        self.page.set_default_timeout(self.patience.change * 1000)
        try:
            await self.page.expose_binding(
                "autofillPressed", lambda _source, words: self._pressed.append(single_spaced(words))
            )
            await self.page.add_init_script(f"({_NOTES_PRESSED})()")
            await guard.start()
            await open_page(self.page, url, Navigation(self.page, self.origins), self.patience.opening)
            await guard.watch()
            await self._pages(guard)
        except PlaywrightError:
            raise PersonNeeded(
                _("The window was closed, or its page went away. Nothing was sent."),
                hint=_("Run it again and keep the window open."),
            ) from None
        return tuple(self._seen)

    async def _pages(self, guard: Guard) -> None:
        report = await self._read()
        while (turn := await self._turn(report, guard)) != "done":
            if turn == "fill":
                report = await self._fill(report)
                continue
            self._keep(report, await self._last_pressed(report.page))
            report = await self._read()
        self._keep(await self._read(), "")

    async def _turn(self, report: Report, guard: Guard) -> Turn:
        """What the person wants next; nothing is done on another site."""
        if away := guard.left_site():
            raise away
        noticed = tuple(fault.detail for fault in guard.faults())
        turn = await self.person.turn(self.page, replace(report, noticed=noticed))
        if away := guard.left_site():
            raise away
        return turn

    def _keep(self, report: Report, pressed: str) -> None:
        """Remember a page; one that was come back to, and all behind it, are forgotten as they were."""
        signs = [each.page.signs for each in self._seen]
        if report.page.signs in signs:
            del self._seen[signs.index(report.page.signs) :]
        self._seen.append(replace(report, page=replace(report.page, pressed=pressed)))

    async def _read(self) -> Report:
        with suppress(PlaywrightTimeout):
            await self.page.wait_for_load_state("networkidle", timeout=_SETTLING)
        for shown in await element_on(self.page, self.plan.busy).all():
            await shown.wait_for(state="hidden")
        seen = await self._page()
        before = [found for each in self._seen if each.page.signs != seen.signs for found in each.found]
        return Report(seen, found_on(seen, self.known.without(before)))

    async def _page(self) -> PageSeen:
        inventory = await inventory_of(self.page)
        questions = drafted_controls(recognise(inventory), inventory)
        controls = [Control.model_validate({**each.entry, "limit": None, "required": "no"}) for each in questions]
        held = ["" if each.nothing else each.held for each in await look(self.page, controls)] if controls else []
        headings = await form_frame(self.page).get_by_role("heading").all_inner_texts()
        echoed = [] if questions else await self._filling().echoed(self._entered())
        return PageSeen(
            self.page.url,
            headings=tuple(map(single_spaced, headings)),
            buttons=await self._buttons(inventory),
            questions=questions,
            held=tuple(held),
            echoes=bool(echoed) and all(each.matches for each in echoed),
        )

    async def _buttons(self, inventory: Inventory) -> tuple[tuple[str, str], ...]:
        buttons = (each.name for each in inventory.controls if each.role == "button" and each.visible)
        links = await form_frame(self.page).get_by_role("link").all_inner_texts()
        named = [*(("button", name) for name in buttons), *(("link", single_spaced(name)) for name in links)]
        return tuple((role, name) for role, name in named if name)

    def _filling(self) -> Filling:
        return Filling(self.plan, self.page, self.files, self.patience.change)

    def _entered(self) -> tuple[Entry, ...]:
        found = [each for report in self._seen for each in report.found]
        entries = ((self.known.entries.get(id(each.control)), each) for each in found)
        return tuple(entry for entry, _found in entries if entry)

    async def _fill(self, report: Report) -> Report:
        """Fill what is known and empty, again and again, as further questions come with the answers."""
        failed: list[str] = []
        for _round in range(_ROUNDS):
            report = await self._read()
            to_fill = [(each, entry) for each in report.found if (entry := self._entry(each, report.page))]
            if not to_fill:
                break
            for found, entry in to_fill:
                self._filled.add(id(found.control))
                failed += await self._failed(entry)
        return replace(await self._read(), failed=tuple(failed))

    def _entry(self, found: Found, page: PageSeen) -> Entry | None:
        """What goes into a control that was not filled before, by a person or by us, as the page has it."""
        entry = self.known.entries.get(id(found.control))
        if entry is None or id(found.control) in self._filled or page.held[found.number]:
            return None
        return entry.model_copy(update={"control": as_seen(found.control, page.questions[found.number])})

    async def _failed(self, entry: Entry) -> list[str]:
        step = FillStep(
            slug="page", name="page", known_by=entry.control, advance=self.plan.steps[0].advance, entries=(entry,)
        )
        try:
            compare(await self._filling().fill(step))
        except (TheSite, PlaywrightTimeout):
            return [entry.control.name]
        return []

    async def _last_pressed(self, page: PageSeen) -> str:
        """The button of a page that was pressed last."""
        names = {name for _role, name in page.buttons}
        pressed = next((each for each in reversed(self._pressed) if each in names), "")
        self._pressed.clear()
        return pressed
