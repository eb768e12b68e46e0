"""The submit click and what follows it. From here on nothing is tried twice.

A failure in this module is never "nothing was sent": whatever goes wrong ends in a verdict.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Locator, Page, Response

from autofill.events import Event, FaultNoticed, OutcomeShown, StepStarted, SubmitResponded, Verdict
from autofill.forms.plan import SubmitStep
from autofill.replay.elements import element_on, whole_letters
from autofill.replay.obstacles import is_request
from autofill.replay.verdict import judge

# What the picture after the click is called, for people and in file names.
_SHOWN = {
    Verdict.CONFIRMED: ("Confirmation", "confirmation"),
    Verdict.CONFIRMED_NO_CASE: ("Confirmation", "confirmation"),
    Verdict.REJECTED: ("Refusal", "refusal"),
    Verdict.UNKNOWN: ("After the click", "outcome"),
}


async def press_once(page: Page, step: SubmitStep, number: int, patience: float) -> AsyncIterator[Event]:
    """Press the submit button once, wait for an outcome (`patience` seconds at most), and judge it."""
    answers: list[Response] = []

    def note(response: Response) -> None:
        if is_request(response.request, step.request):
            answers.append(response)

    page.on("response", note)
    yield StepStarted(number, "Submit and wait for the outcome", "outcome")
    proof = element_on(page, step.confirmation.proof)
    refusals = [element_on(page, element) for element in step.refusal.elements]
    text, proof_shown = "", False
    said: tuple[str, ...] = ()
    try:
        await element_on(page, step.advance).click()
        await _first_visible([proof, *refusals], patience)
        proof_shown = await proof.count() == 1
        said = tuple([whole_letters(words) for refusal in refusals for words in await refusal.all_inner_texts()])
        text = whole_letters(await page.locator("body").aria_snapshot())
    except PlaywrightError:
        yield FaultNoticed("after-click", "the page failed after the submit click")
    for answer in answers:
        address = urlsplit(answer.url)
        yield SubmitResponded(answer.status, f"{address.scheme}://{address.netloc}{address.path}")
    verdict = judge(
        proof_shown=proof_shown,
        refusals=said,
        statuses=[answer.status for answer in answers],
        text=text,
        confirmation=step.confirmation,
    )
    yield OutcomeShown(number, *_SHOWN[verdict.verdict], page.url, text)
    yield verdict


async def _first_visible(wanted: list[Locator], patience: float) -> None:
    """Return when one of the locators is visible, or after `patience` seconds; which one it was, the page tells."""
    waits = [asyncio.ensure_future(locator.wait_for(timeout=patience * 1000)) for locator in wanted]
    try:
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()
        await asyncio.gather(*waits, return_exceptions=True)
