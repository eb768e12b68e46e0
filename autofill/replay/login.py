"""Login in front of a form: an open session, or else account and password, entered once.

The password goes into a password control of the form's own site, and nowhere else.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page
from playwright.async_api import TimeoutError as PlaywrightTimeout

from autofill.errors import FormChanged, PersonNeeded
from autofill.forms.control import Control
from autofill.forms.element import Element
from autofill.forms.form_map import Login
from autofill.language import _
from autofill.page.address import origin_of
from autofill.page.locate import by_name, element_on, known_on, labelled_input, not_as_mapped


@dataclass(frozen=True, slots=True)
class Credentials:
    """An account's name and its password, which `repr` does not show."""

    account: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Access:
    """Session and credentials that one run may use where the form wants a login.

    `session` is what a browser kept of an earlier login (JSON as Playwright writes it). `credentials` is asked only
    when the session does not do; it may block.
    """

    session: str | None = None
    credentials: Callable[[], Awaitable[Credentials | None]] | None = None


@dataclass(frozen=True, slots=True)
class LoginPage:
    """The login page of one form, and the first page behind it."""

    page: Page
    login: Login
    inside: Element | Control
    form: str
    origins: frozenset[str]

    async def log_in(self, access: Access, reopen: Callable[[], Awaitable[None]]) -> None:
        """Log in if the site wants it; `reopen` opens the form's first address again.

        Raises:
            PersonNeeded: nothing that was kept lets one in. A password was tried once, or not at all.
            FormChanged: the login page is not as mapped.
        """
        if not await self._is_at_login():
            return
        if access.session is not None and await self._restore(access.session):
            await reopen()
            if not await self._is_at_login():
                return
        credentials = await access.credentials() if access.credentials else None
        if credentials is None:
            raise PersonNeeded(
                _("The site needs a login, and none is saved. Nothing was sent."),
                hint=_("Save one: autofill login {form}. Or run with --headed and sign in yourself.").format(
                    form=self.form
                ),
            )
        await self._enter_credentials(credentials)

    async def _is_at_login(self) -> bool:
        """Whether the login page is shown. Of a page that is neither login nor form, the first step tells."""
        sign_in = element_on(self.page, self.login.heading)
        with suppress(PlaywrightTimeout):
            await sign_in.or_(known_on(self.page, self.inside)).first.wait_for()
        return await sign_in.count() > 0

    async def _restore(self, session: str) -> bool:
        """Restore a session in the browser; False for one that it cannot use."""
        try:
            await self.page.context.set_storage_state(json.loads(session))
        except (PlaywrightError, ValueError):
            return False
        return True

    async def _enter_credentials(self, credentials: Credentials) -> None:
        """Fill in and click once: a second wrong try can lock an account, which is worse than a run that stops."""
        if origin_of(self.page.url) not in self.origins:
            raise FormChanged(
                _("The login is not on the form's own site. Nothing was sent."),
                hint=_("Look at the last screenshot of the recording. Nothing was typed into the other site."),
            )
        login = self.login
        password = labelled_input(self.page, (login.password,), "password")
        refusal = element_on(self.page, login.refusal)
        at = login.account
        try:
            await self.page.get_by_role("textbox", name=by_name((login.account,))).fill(credentials.account)
            at = login.password
            await password.fill(credentials.password)
            at = login.advance.name
            await element_on(self.page, login.advance).click()
            with suppress(PlaywrightTimeout):
                await refusal.or_(known_on(self.page, self.inside)).first.wait_for()
            refused = await refusal.count() > 0
        except PlaywrightError as error:
            # Playwright's own text quotes what was typed.
            raise not_as_mapped(at, error) from None
        finally:
            # A picture of where a run stopped would tell how long the password is.
            with suppress(PlaywrightError):
                if await password.count():
                    await password.evaluate("control => { control.value = '' }")
        if refused or await self._is_at_login():
            raise PersonNeeded(
                _("The site did not accept the saved account and password (tried once). Nothing was sent."),
                hint=_("Save the right ones: autofill login {form}").format(form=self.form),
            )


async def session_by_hand(page: Page, url: str, done: Callable[[], Awaitable[object]]) -> str:
    """Session, as JSON, of a person who logs in at `url` by hand, taken once they say that they are `done`.

    Raises:
        PersonNeeded: the address did not open, or the window was closed before.
    """
    try:
        await page.goto(url)
        await done()
        return json.dumps(await page.context.storage_state())
    except PlaywrightError:
        raise PersonNeeded(
            _("The page did not open, or its window was closed too early."),
            hint=_("Run it again and keep the window open."),
        ) from None
