"""What is seen of controls on a page: which one is meant, what it does and holds, and what it offers.

All is asked of the page at once, by a selector engine of our own (controls/): it costs one message however many
controls are asked for.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from itertools import count, zip_longest
from typing import Any, Final, Literal, TypeAlias
from weakref import WeakKeyDictionary, WeakSet

from playwright.async_api import Frame, Locator, Page, Request
from playwright.async_api import TimeoutError as PlaywrightTimeout

from autofill.forms.control import Control
from autofill.page.frames import belonging, form_frame, found_in, is_named
from autofill.page.texts import replace_surrogates

Find: TypeAlias = Literal[
    "self", "label", "members", "option", "option-label", "scroller", "face", "searcher", "done", "movers"
]
_PLACES: Final = ("css", "placeholder", "label", "near")
# A page where nothing has changed for this long, and that waits for no answer, is done (milliseconds).
_MOMENT: Final = 1000
# Of a moment each; as long as a run waits for any change.
_ROUNDS: Final = 15
# Requests after whose answers a page may change; others may stay open for ever.
_CHANGING: Final = {"document", "script", "stylesheet", "xhr", "fetch"}
_How: TypeAlias = Sequence[dict[str, Any]]
_TURNS: Final = count(1)
# A request knows its page: held here, it would keep the page for ever.
_PENDING: Final[WeakKeyDictionary[Page, WeakSet[Request]]] = WeakKeyDictionary()


def watched(page: Page) -> Page:
    """The page, with an eye on what it waits for."""
    waits: WeakSet[Request] = WeakSet()

    def began(request: Request) -> None:
        if request.resource_type in _CHANGING:
            waits.add(request)

    def ended(request: Request) -> None:
        waits.discard(request)

    page.on("request", began)
    page.on("requestfinished", ended)
    page.on("requestfailed", ended)
    _PENDING[page] = waits
    return page


@dataclass(frozen=True, slots=True)
class Seen:
    """A control as it is now; or, where not exactly one fits, how many do, and what else is there.

    `does` is its behaviour, `held` what it holds, `nothing` that this stands for none. `indices` are the numbers of
    the options that say each of the asked words; where some say none, `offered` has all that are there. `chosen` are
    those that a list of several says are chosen in it, `days` (ISO) those that a control for one may mean.
    """

    control: Control
    frame: Frame
    count: int
    does: str = ""
    type: str = ""
    held: str = ""
    nothing: bool = False
    usable: bool = False
    drawn: bool = False
    several: bool = False
    chosen: tuple[str, ...] = ()
    indices: tuple[tuple[int, ...], ...] = ()
    offered: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    days: tuple[str, ...] = ()

    @property
    def page(self) -> Page:
        """The page it is on."""
        return self.frame.page

    @property
    def fits(self) -> bool:
        """Whether it is the only one, can be used, and offers what was asked for."""
        return self.count == 1 and self.usable and all(self.indices)

    def locator(self, find: Find = "self", option: str = "") -> Locator:
        """The control itself, or something that belongs to it."""
        return self.frame.locator(_selector({"find": find, **_question(self.control), "options": [option]}))

    def calendar(self, part: str, day: str, **asked: Any) -> Locator:
        """Something of the calendar that it opens for a day; `before` and `about` are nowhere on the page."""
        how = {"part": part, "day": day, "turn": next(_TURNS)}
        question = {"find": "calendar", **_question(self.control), **how, **asked}
        return self.frame.locator(_selector(question))


def present_on(page: Page, control: Control) -> Locator:
    """The locator of a control wherever it is, to see whether a page has come; it is not for filling it."""
    home = next((frame for frame in page.frames if control.frame and is_named(frame, control.frame)), page.main_frame)
    return home.locator(_selector(_question(control) | {"find": "anywhere"}))


def listening(target: Locator) -> tuple[Locator, Locator]:
    """The same element, which hears its clicks as soon as it is looked for; and what is there while it has heard none.

    The second is not there, either, when another document is.
    """
    number = next(_TURNS)
    deaf = form_frame(target.page).locator(_selector({"find": "deaf", "number": number}))
    return target.locator(_selector({"find": "listener", "number": number})), deaf


def nearest(words: str, shown: Sequence[str]) -> str:
    """The one of the page's words that is most like these, if any is."""
    return next(iter(get_close_matches(words, shown, n=1, cutoff=0.5)), "")


async def look(
    page: Page, controls: Sequence[Control], days: Iterable[str] = (), texts: Iterable[str] = ()
) -> tuple[Seen, ...]:
    """The controls as they are now, without waiting; into some of them `days` (ISO) go, into all others nothing.

    `texts` are what went into each: a choice that has several names is called by that.
    """
    asked = zip_longest(controls, days, texts, fillvalue="")
    return await _asked(page, controls, [{"day": day, "texts": text.split("\n")} for _, day, text in asked], moment=0)


async def find(
    page: Page, control: Control, options: Sequence[str] = (), *, day: str = "", opened: bool = False
) -> Seen:
    """The control, as soon as it is there, can be used and offers the options; or how it is when the page is quiet.

    Three lists that make up a day offer the `day`. With `opened` the options are those of the list that it opens.
    """
    how = {"options": list(options), "day": day, "open": opened, "use": not opened}
    for _round in range(_ROUNDS):
        try:
            (seen,) = await _asked(page, [control], [how], moment=_MOMENT)
        except PlaywrightTimeout:
            break
        if seen.fits:
            found_in(seen.frame)
        if seen.fits or seen.count > 1 or not _PENDING.get(page) or (opened and all(seen.indices)):
            return seen
    (seen,) = await _asked(page, [control], [how], moment=0)
    return seen


async def _asked(page: Page, controls: Sequence[Control], how: _How, *, moment: int) -> tuple[Seen, ...]:
    """The answers of the page and of its frames; where there are several, none is waited for that another has."""
    homes = {frame: await belonging(page, frame, [each.frame for each in controls]) for frame in page.frames}
    frames = [frame for frame, here in homes.items() if any(here)]
    pages = len(frames) == 1 and all(homes[frames[0]])
    for wait in (moment,) if pages or not moment else (0, moment):
        found = await asyncio.gather(*(_answers(frame, controls, how, wait) for frame in frames))
        merged = tuple(
            _merged([seen for frame, seen in zip(frames, column, strict=True) if homes[frame][number]])
            or Seen(controls[number], page.main_frame, count=0)
            for number, column in enumerate(zip(*found, strict=True))
        )
        if all(seen.fits for seen in merged):
            break
    return merged


def _merged(seen: Sequence[Seen]) -> Seen | None:
    """One control as several frames know it."""
    with_any = [each for each in seen if each.count] or list(seen)
    if not with_any:
        return None
    labels = tuple(label for each in seen for label in each.labels)
    others = tuple(other for each in seen for other in each.others)
    return replace(with_any[0], count=sum(each.count for each in seen), labels=labels, others=others)


async def _answers(frame: Frame, controls: Sequence[Control], how: _How, moment: int) -> tuple[Seen, ...]:
    asked = [_question(control) | each for control, each in zip(controls, how, strict=True)]
    question = {"find": "about", "asked": asked, "moment": moment, "turn": next(_TURNS)}
    text = await frame.locator(_selector(question)).text_content() or "[]"
    return tuple(_seen(control, frame, each) for control, each in zip(controls, json.loads(text), strict=True))


def _seen(control: Control, frame: Frame, answer: dict[str, Any]) -> Seen:
    lists = {key: tuple(value) for key, value in answer.items() if isinstance(value, list) and key != "indices"}
    indices = tuple(tuple(each) for each in answer.get("indices", ()))
    held = replace_surrogates(answer.get("held", ""))
    return Seen(control, frame, **{**answer, **lists, "indices": indices, "held": held})


def _question(control: Control) -> dict[str, Any]:
    by = next((place for place in _PLACES if getattr(control, place)), "name")
    words = control.names if by == "name" else (getattr(control, by), *control.alternatives)
    more = {key: value for key in ("within", "nth") if (value := getattr(control, key))}
    return {"by": by, "words": words, "kind": control.kind, "options": [], **more}


def _selector(question: dict[str, Any]) -> str:
    """A question as a selector; what would end a part of one is written otherwise."""
    return "control=" + json.dumps(question).replace(">", "\\u003e")
