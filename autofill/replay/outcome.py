"""What a page shows after the submit click, beside what it showed before: proof, refusals, warnings, words at fields.

Only what a person could see counts, and only what is new.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from playwright.async_api import Locator, Page

from autofill.forms.form_map import Element
from autofill.forms.plan import SubmitStep
from autofill.page.field_messages import field_messages
from autofill.page.locate import element_on
from autofill.page.texts import accessibility_text, replace_surrogates
from autofill.replay.verdict import PageOutcome

# Seconds between two looks at what is there and not to be seen yet: it may fade in.
_LOOK_AGAIN = 0.1
_INVALID = '[aria-invalid="true"]'
# Whether text of the element can be seen: drawn, on the page, not clipped to a dot, not transparent.
_IS_SEEN = """element => {
  const view = element.ownerDocument.defaultView, range = element.ownerDocument.createRange();
  range.selectNodeContents(element);
  const {left, top, right, bottom} = range.getBoundingClientRect();
  const box = {left, top, right, bottom};
  let opacity = 1;
  for (let up = element; up instanceof view.Element; up = up.parentNode?.host ?? up.parentNode) {
    const style = view.getComputedStyle(up), around = up.getBoundingClientRect();
    opacity *= Number(style.opacity);
    if (style.overflowX !== 'visible' && up.parentNode instanceof view.Element && up.localName !== 'body') {
      for (const side of ['left', 'top']) box[side] = Math.max(box[side], around[side]);
      for (const side of ['right', 'bottom']) box[side] = Math.min(box[side], around[side]);
    }
  }
  const onPage = box.right + view.scrollX > 0 && box.bottom + view.scrollY > 0;
  const colour = view.getComputedStyle(element).color.match(/[\\d.]+/g) ?? [];
  return onPage && box.right - box.left > 4 && box.bottom - box.top > 4 && opacity > 0.2 &&
    Number(colour[3] ?? 1) > 0.2 && element.checkVisibility({visibilityProperty: true});
}"""


async def is_seen(found: Locator) -> bool:
    """Whether a person could see any of what a locator finds."""
    return any([await each.evaluate(_IS_SEEN) for each in await found.all()])


async def until_seen(found: Locator, patience: float) -> None:
    """Return when a person could see any of it; `patience` is in seconds, a doubled confirmation is still one."""
    await found.first.wait_for(timeout=patience * 1000)
    while not await is_seen(found):  # noqa: ASYNC110 - a page tells nobody that something has faded in
        await asyncio.sleep(_LOOK_AGAIN)


@dataclass(frozen=True, slots=True)
class Before:
    """What the page showed before the click: none of it is an answer."""

    page: Page
    step: SubmitStep
    refusals: tuple[Locator, ...]
    alerts: tuple[str, ...]
    field_messages: tuple[str, ...]
    invalid: int

    @classmethod
    async def look(cls, page: Page, step: SubmitStep) -> Before:
        """Look at the page before the click."""
        refusals, invalid, alerts = await asyncio.gather(
            asyncio.gather(*(_only_new(element_on(page, element)) for element in step.refusal.elements)),
            page.locator(_INVALID).count(),
            _texts(page.get_by_role("alert")),
        )
        messages = await field_messages(page) if invalid else ()
        return cls(page, step, tuple(refusals), alerts=alerts, field_messages=messages, invalid=invalid)

    async def thanks(self, patience: float) -> str:
        """All the page's text, once a person can see the mapped proof of success; a page may go on from there."""
        await until_seen(element_on(self.page, self.step.confirmation.proof), patience)
        return await accessibility_text(self.page)

    @property
    def invalid_field(self) -> Locator:
        """The first field that is marked as wrong and was not."""
        return self.page.locator(_INVALID).nth(self.invalid)

    async def outcome(self, thanks: str | None, screens: Sequence[Element], dialogs: Iterable[str]) -> PageOutcome:
        """What is new on the page: `thanks` if they were seen, warnings, and whether the form is there.

        `screens` are the headings of the form's own, `dialogs` what the page said in them.
        """
        *refusals, alerts, field_errors = await asyncio.gather(
            *map(_texts, self.refusals), _texts(self.page.get_by_role("alert")), self._new_field_messages()
        )
        refused, alerts = tuple(chain.from_iterable(refusals)), (*alerts, *dialogs)
        harmless = (*self.alerts, *refused)
        proof = self.step.confirmation.proof.names
        return PageOutcome(
            proof=thanks is not None,
            refusals=refused,
            field_errors=field_errors,
            alerts=tuple(
                words for words in alerts if words not in harmless and not any(name in words for name in proof)
            ),
            form=thanks is None and any([await element_on(self.page, screen).count() for screen in screens]),
            text=await accessibility_text(self.page) if thanks is None else thanks,
        )

    async def _new_field_messages(self) -> tuple[str, ...]:
        if not await self.page.locator(_INVALID).count():
            return ()
        return tuple(words for words in await field_messages(self.page) if words not in self.field_messages)


async def _texts(found: Locator) -> tuple[str, ...]:
    seen = [each for each in await found.all() if await each.evaluate(_IS_SEEN)]
    return tuple([replace_surrogates(words) for each in seen if (words := (await each.inner_text()).strip())])


async def _only_new(refusals: Locator) -> Locator:
    """The refusals that are not shown yet: what the page said before the click is no answer to it."""
    for text in filter(str.strip, await refusals.all_inner_texts()):
        refusals = refusals.filter(has_not_text=text)
    return refusals
