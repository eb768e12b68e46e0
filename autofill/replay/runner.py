"""Plan and page in, events out: an async generator. Writes nothing, prints nothing, decides nothing about evidence.

While it waits at a `yield` the page stands still, so that a listener can take its picture. Everything before
`AboutToSubmit` may be tried again; nothing after it is.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar, assert_never

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Locator, Page
from playwright.async_api import TimeoutError as PlaywrightTimeout

from autofill.errors import FormChanged, SiteUnavailable, TryLater
from autofill.events import AboutToSubmit, Event, ReadBack, RunStarted, StepDone, StepStarted, Verdict, VerdictReached
from autofill.forms.plan import Entry, FillStep, Plan, ReachStep, ReviewStep, Step, SubmitStep
from autofill.replay import obstacles
from autofill.replay.controls import fill, read_back
from autofill.replay.elements import click_heard, element_on, not_as_mapped, until_enabled
from autofill.replay.submit import press_once

_HTTP_ERRORS = 400
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the runner waits at most, in seconds, for a page to open, a change to follow, and the outcome."""

    opening: float = 60
    change: float = 15
    outcome: float = 45


@dataclass(frozen=True, slots=True)
class Replay:
    """One plan on one page. `start_url` may be another address of the same form; `files` are uploads by name."""

    plan: Plan
    page: Page
    start_url: str
    until_review: bool = False
    patience: Patience = field(default_factory=Patience)
    files: Mapping[str, bytes] = field(default_factory=dict)

    async def events(self) -> AsyncIterator[Event]:
        """Do the plan.

        Raises:
            SiteUnavailable, TryLater, FormChanged, PersonNeeded: the run cannot go on; nothing was sent.
        """
        self.page.set_default_timeout(self.patience.change * 1000)
        browser = self.page.context.browser
        yield RunStarted(
            len(self.plan.steps) + 1,
            f"{browser.browser_type.name} {browser.version}" if browser else "unknown",
            self.start_url,
        )
        await self._open()
        for number, step in enumerate(self.plan.steps, 1):
            yield StepStarted(number, step.name, step.slug)
            values = await self._unsent(self._reach(step))
            yield StepDone(number, step.name, step.slug, self.page.url, values)
            self._compare(values)
            if isinstance(step, SubmitStep):
                yield AboutToSubmit(number)
                async for event in press_once(self.page, step, number + 1, self.patience.outcome):
                    yield event
            elif self.until_review and isinstance(step, ReviewStep):
                yield VerdictReached(Verdict.NOT_SUBMITTED, None, page_proof=False, response_ok=False)
                return
            else:
                await self._unsent(click_heard(element_on(self.page, step.advance), step.advance.name))

    async def _unsent(self, doing: Awaitable[_T]) -> _T:
        """Do something before the submit click; a browser that fails there has sent nothing."""
        try:
            return await doing
        except PlaywrightError:
            raise obstacles.lost_page(self.page) from None

    async def _reach(self, step: Step) -> tuple[ReadBack, ...]:
        """Wait for the step's page and do what the step wants there."""
        await self._arrive(step)
        return await self._do(step)

    async def _open(self) -> None:
        try:
            response = await self.page.goto(self.start_url, timeout=self.patience.opening * 1000)
        except PlaywrightTimeout:
            raise TryLater("The site did not answer in time. Nothing was sent.", hint="Run again later.") from None
        except PlaywrightError:
            if obstacles.is_gone(self.page):
                raise obstacles.lost_page(self.page) from None
            raise SiteUnavailable(
                "The site cannot be reached. Nothing was sent.", hint="Check the connection, then run again."
            ) from None
        obstacles.look_for_person_needed(self.page, self.plan.person_needed)
        if response is not None and response.status in {429, 503}:
            raise TryLater(f"The site answered {response.status}. Nothing was sent.", hint="Run again later.")
        if response is not None and response.status >= _HTTP_ERRORS:
            raise SiteUnavailable(f"The site answered {response.status}. Nothing was sent.", hint="Run again later.")

    async def _arrive(self, step: Step) -> None:
        """Wait for the page's heading: a wizard replaces its screen without changing the address."""
        try:
            await element_on(self.page, step.heading).wait_for()
        except PlaywrightTimeout:
            obstacles.look_for_person_needed(self.page, self.plan.person_needed)
            raise FormChanged(
                f"The page “{step.name}” did not come. Nothing was sent.",
                hint="Look at the last picture of the recording: the form says there what it wants, or it has changed.",
            ) from None
        except PlaywrightError as error:
            raise not_as_mapped(step.heading.name, error) from None

    async def _do(self, step: Step) -> tuple[ReadBack, ...]:
        match step:
            case FillStep():
                for entry in step.entries:
                    await self._enter(entry)
                # Leaving the last control makes its error line go before the values are read and the picture is taken.
                await self.page.keyboard.press("Tab")
                return tuple(await asyncio.gather(*(read_back(self.page, entry) for entry in step.entries)))
            case ReviewStep():
                return tuple(await asyncio.gather(*(self._echo(entry) for entry in step.entries)))
            case SubmitStep():
                await until_enabled(element_on(self.page, step.advance), step.advance.name)
                return ()
            case ReachStep():
                return ()
            case _:
                assert_never(step)

    async def _enter(self, entry: Entry) -> None:
        if not entry.control.asks_server:
            await fill(self.page, entry, self.files)
            return
        try:
            async with self.page.expect_response(lambda answer: obstacles.is_request(answer.request, self.plan.server)):
                await fill(self.page, entry, self.files)
                await self.page.keyboard.press("Tab")
            await _gone(element_on(self.page, self.plan.busy))
        except PlaywrightTimeout:
            raise FormChanged(
                f"After “{entry.control.name}” the page did not ask its server, or got no answer. Nothing was sent.",
                hint="Run again; if it stays so, the form has changed.",
            ) from None

    async def _echo(self, entry: Entry) -> ReadBack:
        """Whether the review page shows the value; checkboxes and files have no text to show."""
        shown = (
            entry.control.kind in {"checkbox", "file"}
            or await self.page.get_by_text(entry.text, exact=True).count() > 0
        )
        return ReadBack(entry.control.name, entry.control.value, entry.text, entry.text if shown else "", shown)

    def _compare(self, values: tuple[ReadBack, ...]) -> None:
        wrong = [value.name for value in values if not value.matches]
        if wrong:
            raise FormChanged(
                f"The page does not hold what was entered in: {', '.join(wrong)}. Nothing was sent.",
                hint="The recording has planned and found values side by side.",
            )


async def _gone(indicator: Locator) -> None:
    for shown in await indicator.all():
        await shown.wait_for(state="hidden")
