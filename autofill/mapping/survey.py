"""Survey of a form that nobody has described: its page is opened, looked at and closed; nothing is typed or sent."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page, Route
from playwright.async_api import TimeoutError as PlaywrightTimeout

from autofill.errors import FileMissing, FormChanged, SiteUnavailable
from autofill.language import _, gettext_noop
from autofill.mapping.draft import draft
from autofill.mapping.drafted import Draft, DraftedPage, has_further_steps, step_words
from autofill.mapping.opener import opener_on
from autofill.mapping.recognise import recognise
from autofill.page.browser import LOOPBACK, BrowserSettings, fresh_page, launched
from autofill.page.driver import driver_starting
from autofill.page.inventory import inventory_of
from autofill.page.locate import element_on

# Milliseconds for the page to open, and for what its scripts still fetch to come.
_OPENING: Final = 60_000
_SETTLING: Final = 10_000
# So many things may have to be pressed; so many times a form is looked for, and seconds between.
_PRESSES: Final = 2
_LOOKS: Final = 4
_PAUSE: Final = 1.0
_WHERE: Final = gettext_noop("If it comes after a click, or behind a login, give the address of the form itself.")
READS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
"""Ways of asking that change nothing at a site."""


async def survey(address: str, browser: str | None = None, *, follows: bool = True) -> Draft:
    """The draft of the form at an address, or in a file of HTML, or behind what opens it there.

    With `follows`, that may also be a link to a further page of the site.

    Raises:
        FileMissing: there is no such file.
        SiteUnavailable: the page does not open.
        FormChanged: it shows no form that takes an inquiry.
        NoBrowser: there is no browser to open it in.
    """
    url = address if "://" in address else _file(address)
    host = urlsplit(url).hostname or ""
    # A page off this machine may need anybody's scripts before it shows its form.
    settings = BrowserSettings(browser, hosts=LOOPBACK if not host or host in LOOPBACK else ("*",))
    async with (
        driver_starting() as driver,
        launched(await driver, settings) as opened,
        fresh_page(opened, headless=True) as page,
    ):
        await page.context.route("**/*", only_reading)
        return await Survey(page, url, follows=follows).drafted()


def _file(name: str) -> str:
    path = Path(name)
    if not path.is_file():
        raise FileMissing(_("no such file: {name}").format(name=name), hint=_("Write the address with https://."))
    return path.resolve().as_uri()


@dataclass(slots=True)
class Survey:
    """Survey on one page of a browser, and what was pressed until the form showed; `pause` (seconds) between looks."""

    page: Page
    url: str
    follows: bool = True
    pause: float = _PAUSE
    _hosts: dict[str, None] = field(default_factory=dict)
    _pressed: list[DraftedPage] = field(default_factory=list)

    async def drafted(self) -> Draft:
        """The draft.

        Raises: as `survey`.
        """
        self.page.on("request", lambda request: self._hosts.setdefault(urlsplit(request.url).hostname or ""))
        try:
            await self.page.goto(self.url, timeout=_OPENING)
            while True:
                if found := await self._form():
                    return replace(found, pages=(*self._pressed, *found.pages))
                if len(self._pressed) == _PRESSES or not await self._press():
                    raise _no_form(self._pressed)
        except PlaywrightError:
            words = _("The page cannot be opened.")
            raise SiteUnavailable(words, hint=_("Check the address, then try again.")) from None

    async def _form(self) -> Draft | None:
        """The draft of what shows now, or a moment after what was pressed."""
        with suppress(PlaywrightTimeout):
            await self.page.wait_for_load_state("networkidle", timeout=_SETTLING)
        for _look in range(_LOOKS):
            inventory, title = await inventory_of(self.page), " ".join((await self.page.title()).split())
            further = [host for host in self._hosts if host and host != urlsplit(self.url).hostname]
            with suppress(LookupError):  # a page that a script makes is quiet, too, while that is read
                step, found = await is_step(self.page), recognise(inventory)
                return draft(inventory, found, title[:200] or _("Form"), self.url, hosts=further, step=step)
            await asyncio.sleep(self.pause)
        return None

    async def _press(self) -> bool:
        """Press what opens the form, if there is such a thing; one that leads to a further page is not in the map."""
        opener = await opener_on(self.page, follows=self.follows, but=[each.button for each in self._pressed])
        if opener is None:
            return False
        element, address = opener
        if address:
            self.url, self.follows, self._pressed = address, False, []
            await self.page.goto(self.url, timeout=_OPENING)
        else:
            with suppress(PlaywrightTimeout):
                await element_on(self.page, element).click(timeout=_SETTLING)
            self._pressed.append(DraftedPage((), element.name, opener=element))
        return True


def _no_form(pressed: Sequence[DraftedPage]) -> FormChanged:
    if pressed:
        words = _("The page has no form for a name, an address or a message, nor does one show after “{button}”.")
        return FormChanged(words.format(button=pressed[-1].button), hint=_(_WHERE))
    return FormChanged(_("The page has no form for a name, an address or a message."), hint=_(_WHERE))


async def is_step(page: Page) -> bool:
    """Whether a page says that it is a step with others behind it; buttons of some say "submit" on all."""
    return has_further_steps(await page.get_by_text(step_words()).filter(visible=True).all_inner_texts())


async def only_reading(route: Route) -> None:
    """A route that lets through what changes nothing at a site."""
    if route.request.method in READS:
        await route.continue_()
    else:
        await route.abort("blockedbyclient")
