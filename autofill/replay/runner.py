"""Plan and page in, events out: an async generator. Writes nothing, prints nothing, decides nothing about evidence.

While it waits at a `yield` the page stands still, so that a listener can take its picture. Everything before
`AboutToSubmit` may be tried again; nothing after it is.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Container, Mapping
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
from autofill.page.locate import click_until_received, element_on, not_as_mapped, texts_of, until_enabled
from autofill.replay import navigation, obstacles
from autofill.replay.controls import fill, read_back
from autofill.replay.guard import Guard
from autofill.replay.login import Access, LoginPage
from autofill.replay.submit import press_once

_T = TypeVar("_T")
# Letters that a text has at least which tells that a request carries it.
_TELLING = 6
Do: TypeAlias = Callable[[], Awaitable[_T]]
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
    by name, `known_cases` the case numbers of earlier runs. With `ask_person` somebody sits at the open window: it is
    awaited while they deal with a CAPTCHA or a login. `access` is what the form's own login may be passed with.
    """

    plan: Plan
    page: Page
    start_url: str
    origins: frozenset[str]
    until_review: bool = False
    ask_person: AskPerson | None = None
    known_cases: Container[str] = frozenset()
    patience: Patience = field(default_factory=Patience)
    files: Mapping[str, bytes] = field(default_factory=dict)
    access: Access = field(default_factory=Access)

    async def events(self) -> AsyncIterator[Event]:
        """Do the plan.

        Raises:
            SiteUnavailable, TryLater, FormChanged, PersonNeeded: the run cannot go on; nothing was sent.
        """
        self.page.set_default_timeout(self.patience.change * 1000)
        guard, way = Guard(self.page, self.origins, _typed(self.plan)), navigation.Navigation(self.page, self.origins)
        yield RunStarted(
            len(self.plan.steps) + 1, _version(self.page), self.start_url, self.plan.form_map_digest, self.plan.digest
        )
        await self._open(way)
        await self._log_in(way)
        for number, step in enumerate(self.plan.steps, 1):
            yield StepStarted(number, step.name, step.slug)
            reach, again = partial(self._reach, step, guard), partial(self._reach, step, guard, after_person=True)
            values = await self._unsent(reach, guard, way, again)
            for fault in guard.faults():
                yield fault
            yield StepDone(number, step.name, step.slug, self.page.url, values)
            _compare(values)
            if isinstance(step, SubmitStep):
                await self._unsent(guard.hold, guard, way)
                yield AboutToSubmit(number)
                screens = [step.heading for step in self.plan.steps]
                async for event in press_once(
                    self.page, step, guard, number + 1, self.patience.outcome, self.known_cases, screens
                ):
                    yield event
            elif self.until_review and isinstance(step, ReviewStep):
                yield VerdictReached(Verdict.NOT_SUBMITTED, None, page_proof=False, response_ok=False)
                return
            else:
                await self._unsent(partial(self._go_on, step), guard, way)

    async def _open(self, way: navigation.Navigation) -> None:
        try:
            await navigation.open_page(self.page, self.start_url, way, self.patience.opening)
        except TheSite:
            # A wall in front of the form answers 403 or 503; then it is the first step that wants a person.
            with suppress(PersonNeeded):
                obstacles.look_for_person_needed(self.page, self.plan.person_needed)
                raise

    async def _log_in(self, way: navigation.Navigation) -> None:
        """Not explained as other failures are: that the login page is there is no news."""
        if self.plan.login is None:
            return
        door = LoginPage(self.page, self.plan.login, self.plan.steps[0].heading, self.plan.form, self.origins)
        try:
            await door.log_in(self.access, partial(self._open, way))
        except PersonNeeded as wanted:
            if self.ask_person is None:
                raise
            await self.ask_person(str(wanted))
        except PlaywrightError:
            raise obstacles.lost_page(self.page) from None

    async def _unsent(self, do: Do[_T], guard: Guard, way: navigation.Navigation, again: Do[_T] | None = None) -> _T:
        """Do something before the submit click; what fails there has sent nothing, and is explained.

        Where a person is needed and there is one, they are asked, and it is done once more (or `again` instead).
        """
        try:
            return await self._explained(do, guard, way)
        except PersonNeeded as wanted:
            if self.ask_person is None:
                raise
            await self.ask_person(str(wanted))
            return await self._explained(again or do, guard, way)

    async def _explained(self, do: Do[_T], guard: Guard, way: navigation.Navigation) -> _T:
        try:
            return await do()
        except (PlaywrightError, TheSite) as error:
            at_once, at_last = (guard.flooded, way.broken), (guard.led_away, way.refused)
            plan = self.plan
            raise await obstacles.explained(self.page, plan.person_needed, at_once, at_last, error, plan.away) from None

    async def _go_on(self, step: Step) -> None:
        await self._in_time(click_until_received(element_on(self.page, step.advance), step.advance.name))

    async def _reach(self, step: Step, guard: Guard, *, after_person: bool = False) -> tuple[ReadBack, ...]:
        """Come to the step's page and do what the step wants there; doing it once more does no harm."""
        await self._arrive(step, after_person=after_person)
        if away := guard.led_away():
            raise away
        return await self._do(step)

    async def _arrive(self, step: Step, *, after_person: bool) -> None:
        """Wait for the page's heading: a wizard replaces its screen without changing the address."""
        try:
            await element_on(self.page, step.heading).wait_for()
        except PlaywrightTimeout:
            raise FormChanged(
                _("The page “{step}” did not come. Nothing was sent.").format(step=step.name),
                hint=_(
                    "Look at the last picture of the recording: the form says there what it wants, or it has changed."
                ),
            ) from None
        except PlaywrightError as error:
            raise not_as_mapped(step.heading.name, error) from None
        if not after_person and isinstance(step, SubmitStep):
            obstacles.look_for_person_needed(self.page, self.plan.person_needed)

    async def _do(self, step: Step) -> tuple[ReadBack, ...]:
        match step:
            case FillStep():
                for entry in step.entries:
                    await self._in_time(self._enter(entry))
                # Leaving the last control makes its error line go before the values are read and the picture is taken.
                await self._in_time(self.page.keyboard.press("Tab"))
                reading = asyncio.gather(*(read_back(self.page, entry) for entry in step.entries))
                return tuple(await self._in_time(reading))
            case ReviewStep():
                said = texts_of(await self.page.locator("body").aria_snapshot())
                return tuple(await asyncio.gather(*(self._echo(entry, said) for entry in step.entries)))
            case SubmitStep():
                await until_enabled(element_on(self.page, step.advance), step.advance.name)
                await self._no_proof_yet(step)
                return ()
            case ReachStep():
                return ()
            case _:
                assert_never(step)

    async def _no_proof_yet(self, step: SubmitStep) -> None:
        if await element_on(self.page, step.confirmation.proof).count():
            raise FormChanged(
                _("The page shows a confirmation before anything was sent. Nothing was sent."),
                hint=_(
                    "Look at the last picture of the recording; what it shows is from another inquiry, or the form."
                ),
            )

    async def _in_time(self, doing: Awaitable[_T]) -> _T:
        """Not everything that Playwright does ends by itself on a page that hangs."""
        try:
            async with asyncio.timeout(2 * self.patience.change):
                return await doing
        except TimeoutError:
            raise PlaywrightTimeout("the page hangs") from None

    async def _enter(self, entry: Entry) -> None:
        if not entry.control.asks_server:
            await fill(self.page, entry, self.files)
            return
        async with navigation.answering(self.page, self.plan.server, entry.control.name, self.patience.change):
            await fill(self.page, entry, self.files)
            await self.page.keyboard.press("Tab")
        for shown in await element_on(self.page, self.plan.busy).all():
            await shown.wait_for(state="hidden")

    async def _echo(self, entry: Entry, said: frozenset[str]) -> ReadBack:
        """Whether the review page shows the value; checkboxes and files have no text to show."""
        shown = (
            entry.control.kind in {"checkbox", "file"}
            or " ".join(entry.text.split()) in said
            or await self.page.get_by_text(entry.text, exact=True).count() > 0
        )
        return ReadBack(entry.control.name, entry.control.value, entry.text, entry.text if shown else "", shown)


def _typed(plan: Plan) -> frozenset[str]:
    """The longest line of each text that a person wrote; short ones may stand anywhere by chance."""
    entries = [entry for step in plan.steps for entry in getattr(step, "entries", ()) if entry.control.kind in TYPED]
    lines = (max(entry.text.splitlines(), key=len, default="") for entry in entries)
    return frozenset(line for line in lines if len(line) >= _TELLING)


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
