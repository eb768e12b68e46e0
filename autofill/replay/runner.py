"""Plan runner: does a plan on a page and yields events.

While it waits at a `yield` the page stands still, so that a listener can take its picture. Everything before
`AboutToSubmit` may be tried again; nothing after it is.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import aclosing, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Literal, TypeAlias, TypeVar

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page

from autofill.errors import FormChanged, PersonNeeded, TheSite
from autofill.events import (
    AboutToSubmit,
    Event,
    FormSaid,
    RunStarted,
    StepDone,
    StepStarted,
    Verdict,
    VerdictReached,
)
from autofill.forms.plan import Plan, ReviewStep, Step, SubmitStep
from autofill.inquiry.fields import text_of
from autofill.page.field_messages import field_messages
from autofill.page.locate import element_on
from autofill.replay import interruptions, obstacles
from autofill.replay.clicks import click_until_received
from autofill.replay.filling import compare, prefilled, within
from autofill.replay.guard import Guard
from autofill.replay.login import Access, LoginPage
from autofill.replay.navigation import Navigation, open_page
from autofill.replay.plan_rules import rules_for
from autofill.replay.screen import Adapt, Screen, as_planned
from autofill.replay.submit import Submission

_T = TypeVar("_T")
_CONFIRMED = {Verdict.CONFIRMED, Verdict.CONFIRMED_NO_CASE}
Action: TypeAlias = Callable[[], Awaitable[_T]]
Until: TypeAlias = Literal["review", "submit"]
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
    With `until` nothing is submitted: the run ends where the page shows everything again, or else at the button.
    `on_leak` is called at once when the page has sent what was typed by a way that cannot be held back. `adapt`
    looks at each page before anything is typed there.
    """

    plan: Plan
    page: Page
    start_url: str
    origins: frozenset[str]
    until: Until | None = None
    ask_person: AskPerson | None = None
    is_known_case: Callable[[str], bool] = lambda _number: False
    patience: Patience = field(default_factory=Patience)
    files: Mapping[str, bytes] = field(default_factory=dict)
    access: Access = field(default_factory=Access)
    on_leak: Callable[[], None] = lambda: None
    adapt: Adapt = as_planned

    async def events(self) -> AsyncGenerator[Event]:
        """Do the plan.

        Raises:
            SiteUnavailable, TryLater, FormChanged, PersonNeeded: the run cannot go on; nothing was sent.
        """
        self.page.set_default_timeout(self.patience.change * 1000)
        guard = Guard(
            self.page,
            self.origins,
            rules_for(self.plan, self.origins, self.files),
            self.on_leak,
            agreed=self.plan.dialogs,
        )
        async with aclosing(self._events(guard, Navigation(self.page, self.origins))) as events:
            try:
                async for event in events:
                    if isinstance(event, VerdictReached) and (said := await self._said(event.verdict)):
                        yield FormSaid(said)
                    yield event
            except FormChanged:
                for fault in guard.faults():
                    yield fault
                if said := await field_messages(self.page):
                    yield FormSaid(said)
                raise

    async def _said(self, verdict: Verdict) -> tuple[str, ...]:
        """The form's own words at its fields, where it did not confirm."""
        sent = verdict is not Verdict.NOT_SUBMITTED
        none = verdict in _CONFIRMED or self.until is not None
        return () if none else await field_messages(self.page, sent=sent)

    async def _events(self, guard: Guard, navigation: Navigation) -> AsyncGenerator[Event]:
        digests = {"form_map_digest": self.plan.form_map_digest, "plan_digest": self.plan.digest}
        yield RunStarted(len(self.plan.steps) + 1, _version(self.page), self.start_url, **digests)
        await self._before_submit(guard.start, guard, navigation)
        await interruptions.expect(self.page, self.plan.dismiss)
        await self._open(navigation)
        await self._log_in(navigation)
        screen = Screen(self.plan, self.page, self.files, self.patience.change, adapt=self.adapt)
        for number, planned in enumerate(self.plan.steps, 1):
            yield StepStarted(number, planned.name, planned.slug)
            reach = partial(screen.reach, planned, guard)
            again = partial(reach, after_person=True)
            step, values = await self._before_submit(reach, guard, navigation, again)
            for fault in guard.faults():
                yield fault
            yield StepDone(number, step.name, slug=step.slug, url=self.page.url, values=values)
            compare(values)
            for fault in prefilled(values):
                yield fault
            if self._ends_at(step):
                verdict = Verdict.UNKNOWN if guard.leaked else Verdict.NOT_SUBMITTED
                yield VerdictReached(verdict, None, page_proof=False, response_ok=False)
                return
            if isinstance(step, SubmitStep):
                yield AboutToSubmit(number)
                async for event in self._submission(step, guard).once(number + 1):
                    yield event
            else:
                await self._before_submit(partial(self._advance, step), guard, navigation)

    def _ends_at(self, step: Step) -> bool:
        shows_all = isinstance(step, ReviewStep) or bool(getattr(step, "echoed", ()))
        return self.until is not None and (isinstance(step, SubmitStep) or (self.until == "review" and shows_all))

    def _submission(self, step: SubmitStep, guard: Guard) -> Submission:
        typed = [text_of(self.plan.fields, name) for name in self.plan.fields]
        return Submission(
            self.page,
            step,
            guard,
            screens=[each.known_by for each in self.plan.steps],
            typed=typed,
            known=(self.plan.model_dump_json(), *typed),
            is_known_case=self.is_known_case,
            patience=self.patience.outcome,
        )

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
        inside = self.plan.steps[0].known_by
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
            done = await do()
        except (PlaywrightError, TheSite) as error:
            raise guard.tried_to_send() or await self._explanation(error, guard, navigation) from None
        if tried := guard.tried_to_send():
            raise tried
        return done

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
        button = element_on(self.page, step.advance)
        await within(self.patience.change, click_until_received(button, step.advance.name))


def _version(page: Page) -> str:
    browser = page.context.browser
    return f"{browser.browser_type.name} {browser.version}" if browser else "unknown"
