"""Submit click and its outcome. From here on nothing is tried twice.

A failure in this module is never "nothing was sent": whatever goes wrong ends in a verdict.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page

from autofill.events import Event, FaultNoticed, OutcomeShown, StepStarted, Verdict
from autofill.forms.control import Control
from autofill.forms.element import Element
from autofill.forms.plan import SubmitStep
from autofill.language import _, gettext_noop
from autofill.page.locate import element_on
from autofill.replay.guard import Guard
from autofill.replay.outcome import Before
from autofill.replay.verdict import PageOutcome, judge

# What the picture after the click is called, for people and in file names.
_PICTURE_NAMES = {
    Verdict.CONFIRMED: (gettext_noop("Confirmation"), "confirmation"),
    Verdict.CONFIRMED_NO_CASE: (gettext_noop("Confirmation"), "confirmation"),
    Verdict.REJECTED: (gettext_noop("Refusal"), "refusal"),
    Verdict.UNKNOWN: (gettext_noop("After the click"), "outcome"),
    Verdict.NOT_SUBMITTED: (gettext_noop("After the click"), "outcome"),
}
# A page that hangs after the click may not answer at all; what it says then is looked for this many seconds.
_READ_TIMEOUT = 5.0
# Seconds in which a page that shows an error may still go on to its thanks.
_SETTLE_TIME = 2.0
# Seconds in which a page may still send that was held up by one of its fields, by a dialog, or by us.
_HELD_UP = 8.0
# What a browser marks when a form was not sent because of it.
_REFUSED = "input:user-invalid, select:user-invalid, textarea:user-invalid"
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Submission:
    """The submit step of a run, and what its outcome is judged by.

    `screens` are what the form's own pages are known by: a form that says no is there again. `typed` are the texts of
    the inquiry, `known` those and the form map's, `is_known_case` tells case numbers of earlier runs: shown again,
    neither proves anything. `patience` is how long an outcome is waited for, in seconds.
    """

    page: Page
    step: SubmitStep
    guard: Guard
    screens: Sequence[Element | Control]
    typed: Sequence[str]
    known: Sequence[str]
    is_known_case: Callable[[str], bool]
    patience: float

    async def once(self, number: int) -> AsyncIterator[Event]:
        """Click the submit button once, wait for an outcome, and judge it; `number` is this step's, from 1."""
        yield StepStarted(number, _("Submit and wait for the outcome"), "outcome")
        guard, shown, failed = self.guard, PageOutcome(), False
        try:
            if not guard.tried_to_send():
                shown = await self._click_and_wait()
        except (PlaywrightError, TimeoutError):
            failed = True
            yield FaultNoticed("after-click", _("the page failed after the submit click"))
        finally:
            await guard.stop_waiting()
        for fault in guard.faults():
            yield fault
        if guard.unclear and not guard.sent:
            yield FaultNoticed("unclear", _("after the click the page sent something that the form map does not list"))
        for answer in guard.responses:
            yield answer
        verdict = judge(
            shown,
            sent=guard.sent or bool(guard.leaked) or failed or guard.unclear,
            answers=guard.answers,
            confirmation=self.step.confirmation,
            known=self.known,
            is_known_case=self.is_known_case,
            all_seen=guard.blocked == 0 and not guard.leaked,
        )
        name, slug = _PICTURE_NAMES[verdict.verdict]
        yield OutcomeShown(number, _(name), slug=slug, url=self.page.url, text=shown.text)
        yield verdict

    async def _click_and_wait(self) -> PageOutcome:
        page, guard, patience = self.page, self.guard, self.patience
        before = await Before.look(page, self.step, guard, self.typed)
        button = element_on(page, self.step.advance)
        stopped = guard.declined + guard.blocked
        guard.allow_submit(patience)
        await button.click(no_wait_after=True)
        thanks = asyncio.ensure_future(before.thanks(patience))
        passing = asyncio.ensure_future(before.passing(patience))
        marked = before.invalid_field.wait_for(timeout=patience * 1000)
        refusals = [found.until_new(patience) for found in before.refusals]
        await _first_of([thanks, *refusals, marked, guard.unanswered.wait(), self._held_up(stopped)], patience)
        guard.forbid_submit()
        if guard.answers and _came(thanks) is None:
            # An alert that passes before the thanks is no refusal.
            thanks = asyncio.ensure_future(before.thanks(_SETTLE_TIME))
            await _first_of([thanks], _SETTLE_TIME)
        passing.cancel()
        await asyncio.gather(passing, return_exceptions=True)
        async with asyncio.timeout(_READ_TIMEOUT):
            passed: tuple[str, ...] = _came(passing) or ()
            return await before.outcome(_came(thanks), self.screens, guard.dialogs, passed)

    async def _held_up(self, stopped: int) -> None:
        """Wait until nothing was sent and it is plain why: we `stopped` the page more often, or the browser did."""
        guard = self.guard
        await asyncio.sleep(_HELD_UP)
        while guard.sent or not (guard.declined + guard.blocked > stopped or await self._refuses()):  # noqa: ASYNC110
            await asyncio.sleep(1)

    async def _refuses(self) -> bool:
        return bool(await self.page.locator(_REFUSED).count())


def _came(shown: asyncio.Future[_T]) -> _T | None:
    """What was waited for, if it came."""
    return None if shown.cancelled() or shown.exception() else shown.result()


async def _first_of(waits: list[Awaitable[object]], patience: float) -> None:
    """Return when one of the waits ends, or after `patience` seconds; the page shows which one."""
    tasks = [asyncio.ensure_future(wait) for wait in waits]
    try:
        await asyncio.wait(tasks, timeout=patience, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
