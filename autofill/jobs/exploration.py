"""An exploration of a form that nobody has described: page by page, filled from a profile, up to what would submit it.

Pages further on come only when those before are filled in, so reading them takes an inquiry. Nothing is sent: the guard
is on from the first page, and the last button is never pressed. Prints nothing.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias
from urllib.parse import urlsplit

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page
from playwright.async_api import TimeoutError as PlaywrightTimeout

from autofill.errors import FormChanged, TheSite
from autofill.forms.catalog import Prepared
from autofill.forms.plan import Entry, SubmitStep
from autofill.forms.value import names_in
from autofill.inquiry.fields import content_of, single_spaced
from autofill.language import _
from autofill.mapping.draft import further_page
from autofill.mapping.drafted import Draft, DraftedPage
from autofill.mapping.recognise import recognise
from autofill.mapping.survey import is_step
from autofill.page.address import origin_of
from autofill.page.browser import LOOPBACK, BrowserSettings, fresh_page, is_root, launched
from autofill.page.driver import driver_starting
from autofill.page.field_messages import field_messages
from autofill.page.frames import form_frame
from autofill.page.inventory import inventory_of
from autofill.page.locate import element_on
from autofill.replay.clicks import click_until_received
from autofill.replay.content import TypedContent
from autofill.replay.filling import Filling, compare, within
from autofill.replay.guard import Guard
from autofill.replay.navigation import Navigation, open_page
from autofill.replay.obstacles import lost_page
from autofill.replay.request_rules import RequestRules
from autofill.replay.runner import Patience
from autofill.sources.writing import yaml_line

# What goes into the form as far as it is drafted; raises where that is not clear.
Planned: TypeAlias = Callable[[Draft], Prepared]
# Milliseconds for what a page's scripts still fetch.
_SETTLING: Final = 10_000
# Seconds in which a choice brings what depends on it.
_UNFOLDING: Final = 1.5
# So often a page may show further questions because of what was filled in, and so many pages a form may have.
_ROUNDS: Final = 12
_PAGES: Final = 20
# Seconds between two looks at whether the next page has come.
_LOOK: Final = 0.1


def explore(first: Draft, planned: Planned, browser: str | None = None) -> Draft:
    """The draft of all pages of the form whose first one was drafted.

    Raises:
        InvalidFile: a page needs what the profile does not clearly say; all of it is listed.
        FormChanged: a page does not take what goes in, does not go on, or would send by itself.
        SiteUnavailable, TryLater, NoBrowser: the form cannot be opened, or its page went away.
    """
    host = urlsplit(first.url).hostname or ""
    hosts = LOOPBACK if host in LOOPBACK else (host, *first.hosts)

    async def explored() -> Draft:
        settings = BrowserSettings(browser, hosts=hosts, sandbox=not is_root())
        async with (
            driver_starting() as driver,
            launched(await driver, settings) as opened,
            fresh_page(opened, headless=True) as page,
        ):
            return await Exploration(page, first, planned).through()

    return asyncio.run(explored())


@dataclass(slots=True)
class Exploration:
    """One exploration, on one page of the browser."""

    page: Page
    first: Draft
    planned: Planned
    patience: Patience = field(default_factory=Patience)
    _entries: tuple[Entry, ...] = ()
    # The fields that were entered when a button that leads on was last pressed, and the button.
    _given: tuple[str, ...] = ()
    _pressed: str = ""

    async def through(self) -> Draft:
        """The draft of all pages, the last of which would submit.

        Raises: as `explore`.
        """
        url, origins = self.first.url, frozenset({origin_of(self.first.url)})
        prepared = self.planned(self.first)
        self.page.set_default_timeout(self.patience.change * 1000)
        typed = TypedContent(content_of(prepared.loaded.fields), site_words=url)
        files = tuple(each.data for each in prepared.attachments)
        rules = RequestRules(origins, typed, files=files)
        guard, navigation = Guard(self.page, origins, rules), Navigation(self.page, origins)
        try:
            await guard.start()
            await open_page(self.page, url, navigation, self.patience.opening)
            await guard.watch()
            draft = await self._pages(guard, rules, navigation)
            if stopped := guard.tried_to_send():
                raise stopped
        except (PlaywrightError, TheSite) as error:
            fallback = error if isinstance(error, TheSite) else lost_page(self.page)
            raise self._would_send(rules) or guard.tried_to_send() or guard.left_site() or fallback from None
        return draft

    async def _pages(self, guard: Guard, rules: RequestRules, navigation: Navigation) -> Draft:
        pages = [*self.first.pages[:-1]]
        for opener in pages:
            await self._go_on(opener)
        asked: dict[tuple[str, str], tuple[str, ...]] = {}
        while len(pages) < _PAGES:
            page = await self._filled(pages)
            pages.append(page)
            if not page.goes_on:
                return replace(self.first, pages=tuple(pages), asked=asked)
            self._given = _names_in(pages)
            rules.page_left()
            await self._go_on(page)
            rules.page_reached()
            stopped = guard.tried_to_send() or guard.left_site() or navigation.broken() or navigation.refused()
            if stopped:
                raise stopped
            asked |= {(each.method, urlsplit(each.url).path): self._given for each in rules.went_on}
            rules.went_on.clear()
        raise FormChanged(_("The form has more than {n} pages. Nothing was sent.").format(n=_PAGES))

    async def _filled(self, before: list[DraftedPage]) -> DraftedPage:
        """The page that is open, with all the questions that come with the answers."""
        done: set[str] = set()
        rested = False
        for _round in range(_ROUNDS):
            with suppress(PlaywrightTimeout):
                await self.page.wait_for_load_state("networkidle", timeout=_SETTLING)
            page = await self._read()
            prepared = self.planned(replace(self.first, pages=(*before, page)))
            step = prepared.plan.steps[-1]
            assert isinstance(step, SubmitStep)  # the last page of a map is
            files = {each.path: each.data for each in prepared.attachments}
            filling = Filling(prepared.plan, self.page, files, self.patience.change)
            entries = tuple(each for each in step.entries if _key(each) not in done)
            if not entries and page.unfolds and not rested:
                rested = True
                await asyncio.sleep(_UNFOLDING)
                continue
            if not entries:
                echoed = [] if page.controls else await filling.echoed(self._entries)
                self._entries = prepared.plan.entries
                return replace(page, echoes=bool(echoed) and all(each.matches for each in echoed))
            done.update(map(_key, entries))
            compare(await filling.fill(step.model_copy(update={"entries": entries, "left": ()})))
        raise FormChanged(_("The page keeps asking more. Nothing was sent."))

    def _would_send(self, rules: RequestRules) -> FormChanged | None:
        """The error at a button with which all of it would leave: to be sent, or to be shown once more."""
        if not (rules.early and self._pressed):
            return None
        path = f"^{re.escape(urlsplit(rules.early.url).path)}$"
        lookup = yaml_line("", {"method": rules.early.method, "path": path, "carries": [*self._given]})
        return FormChanged(
            _("With “{button}” the page would send all of it. Nothing was sent.").format(button=self._pressed),
            hint=_(
                "If the server only shows it once more then, a form map can say so: with that page, and\n"
                "lookups:\n  - {lookup}"
            ).format(lookup=lookup),
        )

    async def _read(self) -> DraftedPage:
        inventory = await inventory_of(self.page)
        headings = await form_frame(self.page).get_by_role("heading").all_inner_texts()
        step = await is_step(self.page)
        return further_page(inventory, recognise(inventory), [*map(single_spaced, headings)], step=step)

    async def _go_on(self, page: DraftedPage) -> None:
        """Press the page's button, and wait for another page."""
        before = await self._signs()
        self._pressed = page.button
        button = element_on(self.page, page.element)
        await within(self.patience.change, click_until_received(button, page.button))
        for _look in range(round(self.patience.change / _LOOK)):
            if await self._signs() not in {before, None}:
                return
            await asyncio.sleep(_LOOK)
        said = "; ".join(await field_messages(self.page))
        words = _("The form does not continue after “{button}”. Nothing was sent.").format(button=page.button)
        raise FormChanged(words, hint=said and _("It says: {words}").format(words=said))

    async def _signs(self) -> object:
        """What tells one page from another; None while it is on its way."""
        with suppress(PlaywrightError):
            page = await self._read()
            return self.page.url, page.headings, tuple(each.question.words for each in page.controls)
        return None


def _names_in(pages: Iterable[DraftedPage]) -> tuple[str, ...]:
    names = (name for page in pages for control in page.controls for name in names_in(control.name))
    return tuple(dict.fromkeys(names))


def _key(entry: Entry) -> str:
    return entry.control.model_dump_json()
