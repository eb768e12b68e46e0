"""The submit click and what follows it. From here on nothing is tried twice.

A failure in this module is never "nothing was sent": whatever goes wrong ends in a verdict.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Locator, Page

from autofill.events import Event, FaultNoticed, OutcomeShown, StepStarted, Verdict
from autofill.forms.plan import SubmitStep
from autofill.language import _, later
from autofill.replay.elements import element_on, whole_letters
from autofill.replay.guard import Guard
from autofill.replay.verdict import judge

# What the picture after the click is called, for people and in file names.
_SHOWN = {
    Verdict.CONFIRMED: (later("Confirmation"), "confirmation"),
    Verdict.CONFIRMED_NO_CASE: (later("Confirmation"), "confirmation"),
    Verdict.REJECTED: (later("Refusal"), "refusal"),
    Verdict.UNKNOWN: (later("After the click"), "outcome"),
    Verdict.NOT_SUBMITTED: (later("After the click"), "outcome"),
}
# A page that hangs after the click may not answer at all; what it says then is looked for this many seconds.
_LOOKING = 5.0


async def press_once(
    page: Page, step: SubmitStep, guard: Guard, number: int, patience: float, known_cases: frozenset[str]
) -> AsyncIterator[Event]:
    """Press the submit button once, wait for an outcome (`patience` seconds at most), and judge it.

    `known_cases` are case numbers of earlier runs: shown again, they are no proof of this one.
    """
    yield StepStarted(number, _("Submit and wait for the outcome"), "outcome")
    proof = element_on(page, step.confirmation.proof)
    refusals = [element_on(page, element) for element in step.refusal.elements]
    text, proofs, failed = "", 0, False
    said: tuple[str, ...] = ()
    try:
        await guard.arm(step.request, patience)
        await element_on(page, step.advance).click(no_wait_after=True)
        await _first(
            [*(_visible(locator, patience) for locator in (proof, *refusals)), guard.unanswered.wait()], patience
        )
        async with asyncio.timeout(_LOOKING):
            proofs = await proof.count()
            said = tuple([whole_letters(words) for refusal in refusals for words in await refusal.all_inner_texts()])
            text = whole_letters(await page.locator("body").aria_snapshot())
            await guard.release()
    except (PlaywrightError, TimeoutError):
        failed = True
        yield FaultNoticed("after-click", _("the page failed after the submit click"))
    for fault in guard.faults():
        yield fault
    for answer in guard.answers:
        yield answer
    verdict = judge(
        sent=guard.sent > 0 or failed,
        proof_shown=proofs > 0,
        refusals=said,
        statuses=[answer.status for answer in guard.answers],
        text=text,
        confirmation=step.confirmation,
        known_cases=known_cases,
        held_back=guard.blocked > 0,
    )
    name, slug = _SHOWN[verdict.verdict]
    yield OutcomeShown(number, _(name), slug, page.url, text)
    yield verdict


async def _visible(locator: Locator, patience: float) -> None:
    """Return when at least one of what the locator finds is visible; a doubled confirmation is still one."""
    await locator.first.wait_for(timeout=patience * 1000)


async def _first(waits: list[Awaitable[object]], patience: float) -> None:
    """Return when one of the waits ends, or after `patience` seconds; which one it was, the page tells."""
    tasks = [asyncio.ensure_future(wait) for wait in waits]
    try:
        await asyncio.wait(tasks, timeout=patience, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
