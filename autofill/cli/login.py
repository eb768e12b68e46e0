"""The verb `autofill login`: keep what a form's login needs, as a password in the keyring or as a session."""

from __future__ import annotations

import asyncio
import sys
from functools import partial
from typing import Annotated
from urllib.parse import urlsplit

import typer

from autofill import accounts, console
from autofill.cli.options import Browser, Url, must_be_here
from autofill.errors import Misconfigured
from autofill.forms.catalog import load_form
from autofill.forms.form_map import FormMap
from autofill.language import _
from autofill.orders.given import is_here
from autofill.page.address import origin_of
from autofill.page.browser import LOOPBACK, BrowserSettings, fresh_page, launched
from autofill.page.driver import driver_starting
from autofill.replay.login import Credentials, session_by_hand


def command(
    form: Annotated[str, typer.Argument(metavar="FORM", help=_("Form map with the login."))],
    *,
    url: Url = None,
    window: Annotated[
        bool,
        typer.Option("--window", help=_("Sign in yourself in a window, and save the session instead of the password.")),
    ] = False,
    forget: Annotated[bool, typer.Option("--forget", help=_("Delete the saved password and session."))] = False,
    browser: Browser = None,
) -> None:
    """Carry out `autofill login`."""
    form_map = _checked(form, url)
    address = url or form_map.site.url
    origin = origin_of(address)
    if forget:
        accounts.forget(origin)
        console.say(_("Password and session for {origin} are deleted.").format(origin=origin))
        return
    if not sys.stdin.isatty():
        raise Misconfigured(_("You must answer here, and there is no terminal."), hint=_("Run it in a terminal."))
    if window:
        # The path of the form's own first page, wherever it is.
        path = urlsplit(address).path
        start = origin + (path if path.strip("/") else urlsplit(form_map.site.url).path)
        accounts.keep_session(origin, asyncio.run(_logged_in_by_hand(form_map, start, browser)))
        console.say(_("The session for {origin} is saved until the site ends it.").format(origin=origin))
        return
    account = typer.prompt(_("Account"), err=True)
    password = typer.prompt(_("Password (is not shown)"), hide_input=True, err=True)
    accounts.keep_credentials(origin, Credentials(account, password))
    console.say(_("Account and password for {origin} are saved in the keyring.").format(origin=origin))


def _checked(form: str, url: str | None) -> FormMap:
    form_map = load_form(form).form_map
    if form_map.login is None:
        raise Misconfigured(_("This form has no login."), hint=_("See: autofill forms"))
    must_be_here(url)
    return form_map


async def _logged_in_by_hand(form_map: FormMap, url: str, browser: str | None) -> str:
    own = (*(urlsplit(origin).hostname or "" for origin in form_map.site.origins), *form_map.site.hosts)
    settings = BrowserSettings(browser, headless=False, hosts=LOOPBACK if is_here(url) else own)
    done = partial(console.ask, _("Sign in in the open window, then press Enter here:"))
    async with (
        driver_starting() as driver,
        launched(await driver, settings) as opened,
        fresh_page(opened, headless=False) as page,
    ):
        return await session_by_hand(page, url, done)
