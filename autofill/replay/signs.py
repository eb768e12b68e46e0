"""Signs of an outcome: where on a page each may stand, and what of it is new since the click.

Only what a person could see counts; nothing is clicked or filled here.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Locator, Page

from autofill.forms.element import Sign
from autofill.inquiry.fields import single_spaced
from autofill.page.engines import IN_SIGHT
from autofill.page.locate import element_on
from autofill.page.texts import replace_surrogates
from autofill.replay.verdict import Answer

# Seconds between two looks at what is there and not to be seen yet: it may fade in.
_LOOK_AGAIN = 0.1


async def is_seen(found: Locator) -> bool:
    """Whether a person could see any of what a locator finds."""
    return await found.locator(IN_SIGHT).count() > 0


async def until_seen(found: Locator, patience: float) -> None:
    """Return when a person could see any of it; `patience` is in seconds, a doubled confirmation is still one."""
    await found.first.wait_for(timeout=patience * 1000)
    while not await is_seen(found):  # noqa: ASYNC110 - a page tells nobody that something has faded in
        await asyncio.sleep(_LOOK_AGAIN)


# The words of an element, whether it is of a kind that speaks for the page, and whether a person writes there.
_WORDS_OF = """element => [
  element.innerText ?? element.textContent,
  !!element.closest('h1,h2,h3,h4,h5,h6,dialog,[role=heading],[role=alert],[role=status],[role=dialog]'),
  !!element.closest('textarea,input,select,option,[contenteditable]'),
]"""


class Heard(Protocol):
    """What came by other ways than the page: the site's answers, and dialogs."""

    answers: list[Answer]
    dialogs: list[str]


@dataclass(frozen=True, slots=True)
class Watch:
    """One sign, and what of it was there before the click: that is no answer.

    `typed` are the texts of the inquiry, which a page may show again.
    """

    page: Page
    sign: Sign
    heard: Heard
    typed: str
    before: Counter[str]
    element: Locator | None

    @classmethod
    async def begin(cls, page: Page, sign: Sign, heard: Heard, typed: Sequence[str]) -> Watch:
        """Look at the page before the click."""
        element = await only_new(element_on(page, sign.element)) if sign.element else None
        watch = cls(page, sign, heard=heard, typed=_folded("\n".join(typed)), before=Counter(), element=element)
        if element is None:
            watch.before.update(await watch._texts())
        return watch

    async def until_new(self, patience: float) -> None:
        """Return when a person could see it, or it was heard; `patience` is in seconds."""
        if self.element:
            await until_seen(self.element, patience)
            return
        async with asyncio.timeout(patience):
            while not await self._new_or_gone():  # noqa: ASYNC110 - a page tells nobody
                await asyncio.sleep(_LOOK_AGAIN)

    async def new_texts(self) -> tuple[str, ...]:
        """What it says, as far as it is new."""
        if self.element:
            return await texts_of(self.element)
        return tuple((Counter(await self._texts()) - self.before).elements())

    async def _new_or_gone(self) -> bool:
        try:
            return bool(await self.new_texts())
        except PlaywrightError as error:
            if self.page.is_closed() or "crashed" in error.message:
                raise
            return False  # the page is just being replaced

    async def _texts(self) -> list[str]:
        sign = self.sign
        if sign.dialog:
            return [words for words in self.heard.dialogs if _folded(sign.dialog) in _folded(words)]
        if sign.status or sign.answer:
            return [f"{answer.status}" for answer in self.heard.answers if _answers(answer, sign)]
        return [
            text
            for found in _places(self.page, sign)
            for each in await found.all()
            if (text := await self._said_by(each))
        ]

    async def _said_by(self, found: Locator) -> str:
        """The words of an element, if they are the page's own and can be seen."""
        words, speaks, written = await found.evaluate(_WORDS_OF)
        text = single_spaced(replace_surrogates(words or ""))
        is_own = not written and (speaks or _folded(text) not in self.typed)
        return text if is_own and await is_seen(found) else ""


def stands_in(sign: Sign, text: str) -> bool:
    """Whether a text holds the words of the sign."""
    return any(name in text for name in sign.words) if sign.element else bool(_pattern(sign).search(text))


def _pattern(sign: Sign) -> re.Pattern[str]:
    words = sign.text or sign.dialog or ""
    return re.compile(sign.pattern or r"\s+".join(map(re.escape, words.split())) or "(?!)", re.IGNORECASE)


def _places(page: Page, sign: Sign) -> Iterator[Locator]:
    """Every text of the page or a frame that contains the words, and every dialog that is called so."""
    words = _pattern(sign)
    for frame in page.frames:
        yield frame.get_by_text(words)
        yield frame.get_by_role("dialog", name=words)


def _answers(answer: Answer, sign: Sign) -> bool:
    """Whether the site's answer is the mapped one."""
    if sign.status not in {None, answer.status}:
        return False
    try:
        said = json.loads(answer.text) if sign.answer else {}
    except (ValueError, RecursionError):
        return False
    given = {key: _plain(value) for key, value in said.items()} if isinstance(said, dict) else {}
    return all(given.get(key) == value.casefold() for key, value in sign.answer.items())


def _plain(value: object) -> str:
    """A value of JSON as a map writes it."""
    return json.dumps(value) if isinstance(value, bool) else str(value).casefold()


def _folded(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).strip().casefold()


async def texts_of(found: Locator) -> tuple[str, ...]:
    """The words of all that a person could see of it."""
    seen = await found.locator(IN_SIGHT).all()
    return tuple([replace_surrogates(words) for each in seen if (words := (await each.inner_text()).strip())])


async def only_new(refusals: Locator) -> Locator:
    """The refusals that are not shown yet: what the page said before the click is no answer to it."""
    # Counted first: texts are read in the page's own world, which takes long to be prepared for it.
    texts = await refusals.all_inner_texts() if await refusals.count() else []
    for text in filter(str.strip, texts):
        refusals = refusals.filter(has_not_text=text)
    return refusals
