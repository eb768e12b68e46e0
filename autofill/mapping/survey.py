"""Survey of a form that nobody has described: its page is opened, looked at and closed; nothing is typed or sent."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page, Route
from playwright.async_api import TimeoutError as PlaywrightTimeout

from autofill.errors import FileMissing, FormChanged, SiteUnavailable
from autofill.language import _
from autofill.mapping.draft import draft
from autofill.mapping.drafted import Draft, has_further_steps, step_words
from autofill.mapping.recognise import recognise
from autofill.page.browser import LOOPBACK, BrowserSettings, fresh_page, launched
from autofill.page.driver import driver_starting
from autofill.page.inventory import inventory_of

# Milliseconds for the page to open, and for what its scripts still fetch to come.
_OPENING: Final = 60_000
_SETTLING: Final = 10_000
# So many times a form is looked for, and seconds between.
_LOOKS: Final = 4
_PAUSE: Final = 1.0
READS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
"""Ways of asking that change nothing at a site."""


async def survey(address: str, browser: str | None = None) -> Draft:
    """The draft of the form at an address, or in a file of HTML.

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
        return await _drafted(page, url)


def _file(name: str) -> str:
    path = Path(name)
    if not path.is_file():
        raise FileMissing(_("no such file: {name}").format(name=name), hint=_("Write the address with https://."))
    return path.resolve().as_uri()


async def _drafted(page: Page, url: str) -> Draft:
    await page.context.route("**/*", only_reading)
    hosts: dict[str, None] = {}
    page.on("request", lambda request: hosts.setdefault(urlsplit(request.url).hostname or ""))
    try:
        await page.goto(url, timeout=_OPENING)
        with suppress(PlaywrightTimeout):
            await page.wait_for_load_state("networkidle", timeout=_SETTLING)
        for _look in range(_LOOKS):
            inventory, title = await inventory_of(page), " ".join((await page.title()).split())
            further = [host for host in hosts if host and host != urlsplit(url).hostname]
            with suppress(LookupError):  # a page that a script makes is quiet, too, while that is read
                step, found = await is_step(page), recognise(inventory)
                return draft(inventory, found, title[:200] or _("Form"), url, hosts=further, step=step)
            await asyncio.sleep(_PAUSE)
    except PlaywrightError:
        raise SiteUnavailable(_("The page cannot be opened."), hint=_("Check the address, then try again.")) from None
    raise FormChanged(
        _("The page has no form for a name, an address or a message."),
        hint=_("If it comes after a click, or behind a login, give the address of the form itself."),
    )


async def is_step(page: Page) -> bool:
    """Whether a page says that it is a step with others behind it; buttons of some say "submit" on all."""
    return has_further_steps(await page.get_by_text(step_words()).filter(visible=True).all_inner_texts())


async def only_reading(route: Route) -> None:
    """A route that lets through what changes nothing at a site."""
    if route.request.method in READS:
        await route.continue_()
    else:
        await route.abort("blockedbyclient")
