"""One page of the form: filled, read back, and compared with what was planned.

Everything here may be done again: controls are set, never added to.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from playwright.async_api import Page
from playwright.async_api import TimeoutError as PlaywrightTimeout

from autofill.errors import FormChanged
from autofill.events import FaultNoticed, ReadBack
from autofill.forms.control import YES_NO
from autofill.forms.plan import Entry, FillStep, Plan, SubmitStep
from autofill.inquiry.fields import single_spaced
from autofill.language import _
from autofill.page.frames import begin_page
from autofill.page.locate import element_on
from autofill.page.seen import Seen
from autofill.page.texts import accessibility_text, single_texts
from autofill.replay.controls import fill, leave, look_ahead, read_all, read_left
from autofill.replay.navigation import waiting_for_lookup

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Filling:
    """The way entries of a plan go into its page; `patience` (seconds) is how long a change may take."""

    plan: Plan
    page: Page
    files: Mapping[str, bytes]
    patience: float

    async def fill(self, step: FillStep | SubmitStep) -> tuple[ReadBack, ...]:
        """Fill the page, and read every control of it back."""
        if step.entries:
            begin_page(self.page)
            seen = await within(self.patience, look_ahead(self.page, step.entries))
            for entry, ahead in zip(step.entries, seen, strict=True):
                await within(self.patience, self._enter(entry, ahead))
            await within(self.patience, leave(self.page))
        reading = read_all(self.page, step.entries)
        entered, left = await within(self.patience, asyncio.gather(reading, read_left(self.page, step.left)))
        return (*entered, *left)

    async def echoed(self, entries: tuple[Entry, ...]) -> tuple[ReadBack, ...]:
        """What the page shows again of the entries."""
        texts = single_texts(await accessibility_text(self.page)) if entries else frozenset()
        return tuple(await asyncio.gather(*(self._on_review_page(entry, texts) for entry in entries)))

    async def _on_review_page(self, entry: Entry, texts: frozenset[str]) -> ReadBack:
        """Whether the page shows the value, alone or behind its label, or each of several choices."""
        labels = [f"{single_spaced(name)}: " for name in entry.control.names]
        choices = entry.text.splitlines() if entry.control.choices else ()
        shown = (
            _says_nothing(entry)
            or any(entry.is_shown_by(text.removeprefix(label)) for text in texts for label in labels)
            or await self.page.get_by_text(entry.text, exact=True).count() > 0
            or (len(choices) > 1 and texts.issuperset(map(single_spaced, choices)))
        )
        found = entry.text if shown else ""
        return ReadBack(entry.control.name, entry.control.value, planned=entry.text, found=found, matches=shown)

    async def _enter(self, entry: Entry, ahead: Seen) -> None:
        server = self.plan.server
        if not entry.control.asks_server or server is None:
            await fill(self.page, entry, self.files, ahead)
            return
        async with waiting_for_lookup(self.page, server, entry.control.name, self.patience):
            await fill(self.page, entry, self.files, ahead)
            await self.page.keyboard.press("Tab")
        for shown in await element_on(self.page, self.plan.busy).all():
            await shown.wait_for(state="hidden")


def _says_nothing(entry: Entry) -> bool:
    """Whether a page may have no text for it: a tick, which may be of a kind that shows on the page only, or files."""
    kind = entry.control.kind
    return kind in YES_NO | {"file"} or (kind is None and entry.text in {"yes", "no"})


async def within(patience: float, doing: Awaitable[_T]) -> _T:
    """Await with a time limit: not everything that Playwright does ends by itself on a page that hangs."""
    try:
        async with asyncio.timeout(2 * patience):
            return await doing
    except TimeoutError:
        raise PlaywrightTimeout("the page hangs") from None


def prefilled(values: tuple[ReadBack, ...]) -> Iterator[FaultNoticed]:
    """What stands in controls that the inquiry has nothing for."""
    for value in values:
        if not value.planned:
            words = _("the page itself filled in “{control}”; the inquiry has no value for it, so it was left alone")
            yield FaultNoticed("prefilled", words.format(control=value.name))


def compare(values: tuple[ReadBack, ...]) -> None:
    """Compare what was entered with what the page holds and shows.

    Raises:
        FormChanged: they are not the same.
    """
    wrong = [value.name for value in values if value.planned and not value.matches]
    if wrong:
        raise FormChanged(
            _("The page does not contain what was entered in: {controls}. Nothing was sent.").format(
                controls=", ".join(wrong)
            ),
            hint=_("The recording shows the planned and the actual values side by side."),
        )
