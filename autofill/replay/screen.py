"""One page of the plan: arrived at, adapted to what it has become, and done. Doing it once more does no harm."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias, assert_never

from playwright.async_api import Page
from playwright.async_api import TimeoutError as PlaywrightTimeout

from autofill.errors import FormChanged
from autofill.events import ReadBack
from autofill.forms.element import Element
from autofill.forms.plan import FillStep, Plan, ReachStep, ReviewStep, Step, SubmitStep
from autofill.language import _
from autofill.page.locate import as_mapped, element_on, known_on
from autofill.page.seen import Seen, find, nearest
from autofill.replay import interruptions, obstacles
from autofill.replay.clicks import until_clickable
from autofill.replay.controls.misfit import misfit
from autofill.replay.filling import Filling
from autofill.replay.guard import Guard
from autofill.replay.signs import is_seen

Moment: TypeAlias = Literal["arrived", "lost", "stuck"]
"""When a page is looked at: it is there, untouched; what it is known by is not there; its step cannot be done."""
Adapt: TypeAlias = Callable[[Step, Moment], Awaitable[Step]]
"""What looks at the page of a step: the step that fits the page, or `FormChanged` with all that has changed."""


# As many names of controls are a form; a search field, or a newsletter's, is on pages whose form has not come yet.
_FORM: Final = 3
# After the first moment of rest (milliseconds): a page without requests may be waiting for its own clock.
_SECOND_LOOK: Final = 2000


async def page_before_stays(plan: Plan, page: Page, step: Step) -> bool:
    """Whether the page before the step's is still there, so that nothing can be said of this one."""
    number = next(number for number, each in enumerate(plan.steps) if each.slug == step.slug)
    return number > 0 and await known_on(page, plan.steps[number - 1].known_by).count() > 0


async def as_planned(step: Step, _moment: Moment) -> Step:
    """The step itself: nobody looks whether its page has changed."""
    return step


@dataclass(frozen=True, slots=True)
class Screen:
    """The page, as long as it shows one step after the other; `patience` (seconds) is how long a change may take."""

    plan: Plan
    page: Page
    files: Mapping[str, bytes]
    patience: float
    adapt: Adapt = as_planned

    async def reach(self, step: Step, guard: Guard, *, after_person: bool = False) -> tuple[Step, tuple[ReadBack, ...]]:
        """Come to the step's page and do what the step wants there; the step as it was done, and what was read back."""
        adapted = await self._arrived(step, after_person=after_person)
        if away := guard.left_site():
            raise away
        if not isinstance(step, ReachStep):
            # Both only look: nothing is typed before the guard is ready.
            _ready, adapted = await asyncio.gather(guard.watch(), self._adapted(step, adapted))
        done = await self._done(adapted or step)
        await interruptions.put_away(self.page, self.plan.dismiss)
        return done

    async def _adapted(self, step: Step, adapted: Step | None) -> Step:
        return adapted or await self.adapt(step, "arrived")

    async def _arrived(self, step: Step, *, after_person: bool) -> Step | None:
        """Wait for the step's page; the step as it has to be done if the page is certainly there under other words."""
        try:
            await self._arrive(step, after_person=after_person)
        except FormChanged:
            adapted = await self.adapt(step, "lost")
            if adapted.known_by == step.known_by:
                raise
            return adapted
        return None

    async def _arrive(self, step: Step, *, after_person: bool) -> None:
        """Wait for what the page is known by: a wizard replaces its screen without changing the address."""
        missing = FormChanged(
            _("The page “{step}” did not appear. Nothing was sent.").format(step=step.name),
            hint=_(
                "Look at the last screenshot of the recording: it shows what the form asks for, or that the "
                "form has changed."
            ),
        )
        known = step.known_by
        with as_mapped(known.name, timed_out=missing):
            if isinstance(known, Element):
                await known_on(self.page, known).wait_for()
            elif not (seen := await find(self.page, known)).count:
                await self._late(step, seen, missing)
        if not after_person and isinstance(step, SubmitStep):
            obstacles.raise_if_person_needed(self.page, self.plan.person_needed)

    async def _late(self, step: Step, seen: Seen, missing: FormChanged) -> None:
        """Wait for a control that a page at rest does not show; for a moment only where it shows a form without it."""
        there = known_on(self.page, seen.control)
        if len(seen.labels) < _FORM or await page_before_stays(self.plan, self.page, step):
            await there.wait_for()
            return
        with suppress(PlaywrightTimeout):
            await there.wait_for(timeout=_SECOND_LOOK)
            return
        again = await find(self.page, seen.control)
        if not again.count:
            raise misfit(again, again.control) if nearest(again.control.name, again.labels) else missing

    async def _done(self, step: Step) -> tuple[Step, tuple[ReadBack, ...]]:
        """The step, done; with what has come to the page meanwhile, if it could not be done before."""
        try:
            return step, await self._do(step)
        except FormChanged:
            adapted = await self.adapt(step, "stuck")
            if adapted == step:
                raise
            return adapted, await self._do(adapted)

    async def _do(self, step: Step) -> tuple[ReadBack, ...]:
        filling = Filling(self.plan, self.page, self.files, self.patience)
        match step:
            case SubmitStep():
                filled = await filling.fill(step)
                # Both only look, and the page stands still meanwhile.
                echoed, ready = await asyncio.gather(
                    filling.echoed(step.echoed), self._raise_unless_ready(step), return_exceptions=True
                )
                if isinstance(ready, BaseException):
                    raise ready
                if isinstance(echoed, BaseException):
                    raise echoed
                return (*filled, *echoed)
            case FillStep():
                return (*await filling.fill(step), *await filling.echoed(step.echoed))
            case ReviewStep():
                return await filling.echoed(step.entries)
            case ReachStep():
                return ()
            case _:
                assert_never(step)

    async def _raise_unless_ready(self, step: SubmitStep) -> None:
        await until_clickable(element_on(self.page, step.advance), step.advance.name)
        proof = step.confirmation.proof.element
        if proof and await is_seen(element_on(self.page, proof)):
            raise FormChanged(
                _("The page shows a confirmation before anything was sent. Nothing was sent."),
                hint=_(
                    "Look at the last screenshot of the recording: what it shows is from another "
                    "inquiry, or part of the form."
                ),
            )
