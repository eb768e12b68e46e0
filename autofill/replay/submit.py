"""Submit click and its outcome. From here on nothing is tried twice.

A failure in this module is never "nothing was sent": whatever goes wrong ends in a verdict.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Locator, Page

from autofill.events import Event, FaultNoticed, OutcomeShown, StepStarted, Verdict
from autofill.forms.form_map import Element
from autofill.forms.plan import SubmitStep
from autofill.language import _, gettext_noop
from autofill.page.inventory import accessibility_text, replace_surrogates
from autofill.page.locate import element_on
from autofill.replay.guard import Guard
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


async def submit_once(
    page: Page,
    step: SubmitStep,
    guard: Guard,
    number: int,
    patience: float,
    is_known_case: Callable[[str], bool],
    screens: Sequence[Element],
) -> AsyncIterator[Event]:
    """Click the submit button once, wait for an outcome (`patience` seconds at most), and judge it.

    `is_known_case` tells case numbers of earlier runs: shown again, they are no proof of this one.
    `screens` are the headings of the form's own: a form that says no is there again.
    """
    yield StepStarted(number, _("Submit and wait for the outcome"), "outcome")
    shown, failed = PageOutcome(), False
    try:
        shown = await _click_and_wait(page, step, guard=guard, patience=patience, screens=screens)
    except (PlaywrightError, TimeoutError):
        failed = True
        yield FaultNoticed("after-click", _("the page failed after the submit click"))
    finally:
        guard.stop_waiting()
    for fault in guard.faults():
        yield fault
    for answer in guard.answers:
        yield answer
    verdict = judge(
        shown,
        sent=guard.sent > 0 or guard.leaked or failed,
        statuses=[answer.status for answer in guard.answers],
        confirmation=step.confirmation,
        is_known_case=is_known_case,
        form_back=shown.form and guard.blocked == 0,
    )
    name, slug = _PICTURE_NAMES[verdict.verdict]
    yield OutcomeShown(number, _(name), slug=slug, url=page.url, text=shown.text)
    yield verdict


async def _click_and_wait(
    page: Page, step: SubmitStep, guard: Guard, patience: float, screens: Sequence[Element]
) -> PageOutcome:
    proof = element_on(page, step.confirmation.proof)
    refusals = [await _only_new(element_on(page, element)) for element in step.refusal.elements]
    guard.allow_submit(step.request, patience)
    await element_on(page, step.advance).click(no_wait_after=True)
    await _first_of(
        [*(_visible(locator, patience) for locator in (proof, *refusals)), guard.unanswered.wait()], patience
    )
    guard.forbid_submit()
    if guard.answers:
        # An alert that passes before the thanks is no refusal.
        await _first_of([_visible(proof, _SETTLE_TIME)], _SETTLE_TIME)
    async with asyncio.timeout(_READ_TIMEOUT):
        return PageOutcome(
            proof=await proof.count() > 0,
            refusals=tuple(
                [replace_surrogates(words) for found in refusals for words in await found.all_inner_texts()]
            ),
            form=any([await element_on(page, screen).count() for screen in screens]),
            text=await accessibility_text(page),
        )


async def _only_new(refusals: Locator) -> Locator:
    """The refusals that are not shown yet: what the page said before the click is no answer to it."""
    for text in filter(str.strip, await refusals.all_inner_texts()):
        refusals = refusals.filter(has_not_text=text)
    return refusals


async def _visible(locator: Locator, patience: float) -> None:
    """Return when at least one of what the locator finds is visible; a doubled confirmation is still one."""
    await locator.first.wait_for(timeout=patience * 1000)


async def _first_of(waits: list[Awaitable[object]], patience: float) -> None:
    """Return when one of the waits ends, or after `patience` seconds; the page shows which one."""
    tasks = [asyncio.ensure_future(wait) for wait in waits]
    try:
        await asyncio.wait(tasks, timeout=patience, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
