"""What a page shows after the submit click, beside what it showed before: proof, refusals, warnings, words at fields.

Only what a person could see counts, and only what is new.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from playwright.async_api import Locator, Page

from autofill.forms.control import Control
from autofill.forms.element import Element
from autofill.forms.plan import SubmitStep
from autofill.inquiry.fields import single_spaced
from autofill.page.field_messages import field_messages
from autofill.page.locate import known_on
from autofill.page.texts import accessibility_text
from autofill.replay.signs import Heard, Watch, only_new, stands_in, texts_of, until_seen
from autofill.replay.verdict import PageOutcome

_INVALID = '[aria-invalid="true"]'
# Where pages say what happened, and what they call their own mistakes and warnings.
_WRONG = ("error", "warning", "invalid", "danger")
_LOOKS_SAID = f":is([role=status],{','.join(f'[class*={word} i]' for word in _WRONG)})"
# Longer ones are whole pages.
_LONGEST_NOTE = 200
_MOST_NOTES = 3


@dataclass(frozen=True, slots=True)
class Before:
    """What the page showed before the click: none of it is an answer."""

    page: Page
    step: SubmitStep
    proof: Watch
    refusals: tuple[Watch, ...]
    alerts: tuple[str, ...]
    new_alerts: Locator
    notes: tuple[str, ...]
    field_messages: tuple[str, ...]
    invalid: int

    @classmethod
    async def look(cls, page: Page, step: SubmitStep, heard: Heard, typed: Sequence[str]) -> Before:
        """Look at the page before the click; what is `typed` and `heard` later are of use to signs."""
        signs = (step.confirmation.proof, *step.refusal.elements)
        said = (page.get_by_role("alert"), page.locator(_LOOKS_SAID))
        (proof, *refusals), invalid, (alerts, notes), new_alerts = await asyncio.gather(
            asyncio.gather(*(Watch.begin(page, sign, heard, typed) for sign in signs)),
            page.locator(_INVALID).count(),
            asyncio.gather(*map(texts_of, said)),
            only_new(said[0]),
        )
        return cls(
            page,
            step,
            proof,
            tuple(refusals),
            alerts=alerts,
            new_alerts=new_alerts,
            notes=notes,
            field_messages=await field_messages(page) if invalid else (),
            invalid=invalid,
        )

    async def thanks(self, patience: float) -> str:
        """All the page's text, once a person can see the mapped proof of success; a page may go on from there."""
        await self.proof.until_new(patience)
        return await accessibility_text(self.page)

    async def passing(self, patience: float) -> tuple[str, ...]:
        """The words of the first warning that a person can see: some go away by themselves."""
        await until_seen(self.new_alerts, patience)
        return await texts_of(self.new_alerts)

    @property
    def invalid_field(self) -> Locator:
        """The first field that is marked as wrong and was not."""
        return self.page.locator(_INVALID).nth(self.invalid)

    async def outcome(
        self,
        thanks: str | None,
        screens: Sequence[Element | Control],
        dialogs: Iterable[str],
        passed: Iterable[str] = (),
    ) -> PageOutcome:
        """What is new on the page: `thanks` if they were seen, warnings, and whether the form is there.

        `screens` are what the form's own pages are known by, `dialogs` what the page said in them, `passed` warnings
        that may have gone again.
        """
        *refusals, alerts, field_errors, notes = await asyncio.gather(
            *(each.new_texts() for each in self.refusals),
            texts_of(self.page.get_by_role("alert")),
            self._new_field_messages(),
            texts_of(self.page.locator(_LOOKS_SAID)),
        )
        refused, alerts = tuple(chain.from_iterable(refusals)), (*alerts, *dialogs)
        harmless = (*self.alerts, *refused)
        proof = self.step.confirmation.proof
        return PageOutcome(
            proof=thanks is not None,
            refusals=refused,
            field_errors=field_errors,
            alerts=tuple(words for words in alerts if words not in harmless and not stands_in(proof, words)),
            notes=tuple(_notes((*passed, *notes), known=(*harmless, *self.notes, *alerts))),
            form=thanks is None and any([await known_on(self.page, screen).count() for screen in screens]),
            text=await accessibility_text(self.page) if thanks is None else thanks,
        )

    async def _new_field_messages(self) -> tuple[str, ...]:
        if not await self.page.locator(_INVALID).count():
            return ()
        return tuple(words for words in await field_messages(self.page) if words not in self.field_messages)


def _notes(words: Iterable[str], known: Sequence[str]) -> list[str]:
    """What of the page's words is new, short enough to be one, and said once."""
    new = dict.fromkeys(single_spaced(each) for each in words if each not in known)
    short = [each for each in new if len(each) <= _LONGEST_NOTE]
    return [each for each in short if not any(each != other and other in each for other in short)][:_MOST_NOTES]
