"""Plan runner: does a plan on a page and yields events.

While it waits at a `yield` the page stands still, so that a listener can take its picture. Everything before
`AboutToSubmit` may be tried again; nothing after it is.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import TypeAlias, TypeVar, assert_never

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page
from playwright.async_api import TimeoutError as PlaywrightTimeout

from autofill.errors import FormChanged, PersonNeeded, TheSite
from autofill.events import (
    AboutToSubmit,
    Event,
    ReadBack,
    RunStarted,
    StepDone,
    StepStarted,
    Verdict,
    VerdictReached,
)
from autofill.forms.form_map import TYPED
from autofill.forms.plan import Entry, FillStep, Plan, ReachStep, ReviewStep, Step, SubmitStep
from autofill.language import _
from autofill.page.inventory import accessibility_text, single_texts
from autofill.page.locate import as_mapped, element_on
from autofill.replay import obstacles
from autofill.replay.clicks import click_until_received, until_enabled
from autofill.replay.controls import fill, read_back
from autofill.replay.guard import Guard
from autofill.replay.login import Access, LoginPage
from autofill.replay.navigation import Navigation, open_page, waiting_for_lookup
from autofill.replay.submit import submit_once

_T = TypeVar("_T")
# Letters that a text has at least which tells that a request carries it.
_SHORTEST_TYPED = 6
Action: TypeAlias = Callable[[], Awaitable[_T]]
AskPerson: TypeAlias = Callable[[str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a run waits at most, in seconds: for a page to open, a change to follow, the outcome, and a picture."""

    opening: float = 60
    change: float = 15
    outcome: float = 45
    picture: float = 10


@dataclass(frozen=True, slots=True)
class Replay:
    """One plan on one page.

    `start_url` may be another address of the same form; `origins` are all that the page may be on. `files` are uploads
    by name, `is_known_case` tells case numbers of earlier runs. With `ask_person` somebody sits at the open window; it
    is awaited while they deal with a CAPTCHA or a login. `access` is what the form's own login may be passed with.
    """

    plan: Plan
    page: Page
    start_url: str
    origins: frozenset[str]
    until_review: bool = False
    ask_person: AskPerson | None = None
    is_known_case: Callable[[str], bool] = lambda _number: False
    patience: Patience = field(default_factory=Patience)
    files: Mapping[str, bytes] = field(default_factory=dict)
    access: Access = field(default_factory=Access)

    async def events(self) -> AsyncIterator[Event]:
        """Do the plan.

        Raises:
            SiteUnavailable, TryLater, FormChanged, PersonNeeded: the run cannot go on; nothing was sent.
        """
        self.page.set_default_timeout(self.patience.change * 1000)
        guard, navigation = Guard(self.page, self.origins, _typed(self.plan)), Navigation(self.page, self.origins)
        digests = {"form_map_digest": self.plan.form_map_digest, "plan_digest": self.plan.digest}
        yield RunStarted(len(self.plan.steps) + 1, _version(self.page), self.start_url, **digests)
        await self._open(navigation)
        await self._log_in(navigation)
        for number, step in enumerate(self.plan.steps, 1):
            yield StepStarted(number, step.name, step.slug)
            reach, again = partial(self._reach, step, guard), partial(self._reach, step, guard, after_person=True)
            values = await self._before_submit(reach, guard, navigation, again)
            for fault in guard.faults():
                yield fault
            yield StepDone(number, step.name, slug=step.slug, url=self.page.url, values=values)
            _compare(values)
            if isinstance(step, SubmitStep):
                await self._before_submit(guard.hold_requests, guard, navigation)
                yield AboutToSubmit(number)
                screens = [each.heading for each in self.plan.steps]
                known, patience = self.is_known_case, self.patience.outcome
                async for event in submit_once(
                    self.page, step, guard, number + 1, patience=patience, is_known_case=known, screens=screens
                ):
                    yield event
            elif self.until_review and isinstance(step, ReviewStep):
                yield VerdictReached(Verdict.NOT_SUBMITTED, None, page_proof=False, response_ok=False)
                return
            else:
                await self._before_submit(partial(self._advance, step), guard, navigation)

    async def _open(self, navigation: Navigation) -> None:
        try:
            await open_page(self.page, self.start_url, navigation, self.patience.opening)
        except TheSite:
            # A wall in front of the form answers 403 or 503; then it is the first step that wants a person.
            with suppress(PersonNeeded):
                obstacles.raise_if_person_needed(self.page, self.plan.person_needed)
                raise

    async def _log_in(self, navigation: Navigation) -> None:
        """Log in if the form wants it; failures here need no explanation by what the page shows."""
        if self.plan.login is None:
            return
        inside = self.plan.steps[0].heading
        try:
            login_page = LoginPage(self.page, self.plan.login, inside, form=self.plan.form, origins=self.origins)
            await login_page.log_in(self.access, partial(self._open, navigation))
        except PersonNeeded as wanted:
            if self.ask_person is None:
                raise
            await self.ask_person(str(wanted))
        except PlaywrightError:
            raise obstacles.lost_page(self.page) from None

    async def _before_submit(
        self, do: Action[_T], guard: Guard, navigation: Navigation, again: Action[_T] | None = None
    ) -> _T:
        """Do an action before the submit click; a failure has sent nothing, and is explained.

        Where a person is needed and there is one, they are asked, and it is done once more (or `again` instead).
        """
        try:
            return await self._explained(do, guard, navigation)
        except PersonNeeded as wanted:
            if self.ask_person is None:
                raise
            await self.ask_person(str(wanted))
            return await self._explained(again or do, guard, navigation)

    async def _explained(self, do: Action[_T], guard: Guard, navigation: Navigation) -> _T:
        try:
            return await do()
        except (PlaywrightError, TheSite) as error:
            raise await self._explanation(error, guard, navigation) from None

    async def _explanation(self, error: PlaywrightError | TheSite, guard: Guard, navigation: Navigation) -> TheSite:
        """What the page turned into, or the failure itself. The page, which may never answer, is not asked first."""
        page, plan = self.page, self.plan
        fallback = error if isinstance(error, TheSite) else obstacles.lost_page(page)
        if obstacles.is_gone(page):
            return obstacles.lost_page(page)
        if isinstance(error, PersonNeeded):
            return error
        if not isinstance(error, FormChanged | PlaywrightError):
            return await obstacles.obstacle_shown(page, plan.person_needed, plan.away) or fallback
        known = guard.too_many_dialogs() or navigation.broken()
        shown = known or await obstacles.obstacle_shown(page, plan.person_needed, plan.away)
        return shown or guard.left_site() or navigation.refused() or fallback

    async def _advance(self, step: Step) -> None:
        await self._with_timeout(click_until_received(element_on(self.page, step.advance), step.advance.name))

    async def _reach(self, step: Step, guard: Guard, *, after_person: bool = False) -> tuple[ReadBack, ...]:
        """Come to the step's page and do what the step wants there; doing it once more does no harm."""
        await self._arrive(step, after_person=after_person)
        if away := guard.left_site():
            raise away
        return await self._do(step)

    async def _arrive(self, step: Step, *, after_person: bool) -> None:
        """Wait for the page's heading: a wizard replaces its screen without changing the address."""
        missing = FormChanged(
            _("The page “{step}” did not come. Nothing was sent.").format(step=step.name),
            hint=_("Look at the last picture of the recording: the form says there what it wants, or it has changed."),
        )
        with as_mapped(step.heading.name, timed_out=missing):
            await element_on(self.page, step.heading).wait_for()
        if not after_person and isinstance(step, SubmitStep):
            obstacles.raise_if_person_needed(self.page, self.plan.person_needed)

    async def _do(self, step: Step) -> tuple[ReadBack, ...]:
        match step:
            case FillStep():
                for entry in step.entries:
                    await self._with_timeout(self._enter(entry))
                # Leaving the last control makes its error line go before the values are read and the picture is taken.
                await self._with_timeout(self.page.keyboard.press("Tab"))
                reading = asyncio.gather(*(read_back(self.page, entry) for entry in step.entries))
                return tuple(await self._with_timeout(reading))
            case ReviewStep():
                shown = single_texts(await accessibility_text(self.page))
                return tuple(await asyncio.gather(*(self._on_review_page(entry, shown) for entry in step.entries)))
            case SubmitStep():
                await until_enabled(element_on(self.page, step.advance), step.advance.name)
                if await element_on(self.page, step.confirmation.proof).count():
                    raise FormChanged(
                        _("The page shows a confirmation before anything was sent. Nothing was sent."),
                        hint=_(
                            "Look at the last picture of the recording;"
                            " what it shows is from another inquiry, or the form."
                        ),
                    )
                return ()
            case ReachStep():
                return ()
            case _:
                assert_never(step)

    async def _with_timeout(self, doing: Awaitable[_T]) -> _T:
        """Await with a time limit: not everything that Playwright does ends by itself on a page that hangs."""
        try:
            async with asyncio.timeout(2 * self.patience.change):
                return await doing
        except TimeoutError:
            raise PlaywrightTimeout("the page hangs") from None

    async def _enter(self, entry: Entry) -> None:
        if not entry.control.asks_server:
            await fill(self.page, entry, self.files)
            return
        async with waiting_for_lookup(self.page, self.plan.server, entry.control.name, self.patience.change):
            await fill(self.page, entry, self.files)
            await self.page.keyboard.press("Tab")
        for shown in await element_on(self.page, self.plan.busy).all():
            await shown.wait_for(state="hidden")

    async def _on_review_page(self, entry: Entry, texts: frozenset[str]) -> ReadBack:
        """Whether the review page shows the value; checkboxes and files have no text to show."""
        shown = (
            entry.control.kind in {"checkbox", "file"}
            or " ".join(entry.text.split()) in texts
            or await self.page.get_by_text(entry.text, exact=True).count() > 0
        )
        found = entry.text if shown else ""
        return ReadBack(entry.control.name, entry.control.value, planned=entry.text, found=found, matches=shown)


def _typed(plan: Plan) -> frozenset[str]:
    """The longest line of each text that a person wrote; short ones may stand anywhere by chance."""
    entries = [entry for step in plan.steps for entry in getattr(step, "entries", ()) if entry.control.kind in TYPED]
    lines = (max(entry.text.splitlines(), key=len, default="") for entry in entries)
    return frozenset(line for line in lines if len(line) >= _SHORTEST_TYPED)


def _version(page: Page) -> str:
    browser = page.context.browser
    return f"{browser.browser_type.name} {browser.version}" if browser else "unknown"


def _compare(values: tuple[ReadBack, ...]) -> None:
    wrong = [value.name for value in values if not value.matches]
    if wrong:
        raise FormChanged(
            _("The page does not hold what was entered in: {controls}. Nothing was sent.").format(
                controls=", ".join(wrong)
            ),
            hint=_("The recording has planned and found values side by side."),
        )
