"""Inventory of a page: every text on it and where it is, and what its controls hold."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import starmap

from playwright.async_api import Page

from autofill.inquiry.fields import single_spaced
from autofill.page.snapshot import Area, Document

# Inputs of these types show nothing that can be read, or the page's own words.
_WORDLESS = {"checkbox", "radio", "range", "color", "image"}
_BUTTONS = {"button", "submit", "reset"}


@dataclass(frozen=True, slots=True)
class PageText:
    """A line of text, or a control or frame as a whole.

    `whole` is all the text that the line is part of. `typed` says that a person can write there, or that nobody
    can see what is there (the frame of another site): it is not the page's own text.
    """

    text: str
    area: Area
    whole: str
    typed: bool = False


def texts_in(documents: Sequence[Document]) -> list[PageText]:
    """Everything readable, in the order of the page; what is in a frame has the area of the frame."""
    texts: list[PageText] = []
    frames: dict[int, Area] = {}
    for number, document in enumerate(documents):
        around = frames.get(number)
        for inner, area in document.frames():
            frames[inner] = around or area
        if number and around is None:
            continue  # a frame that is not drawn
        found = [*starmap(PageText, document.lines()), *_controls(document)]
        texts += [PageText(each.text, around, each.whole, each.typed) for each in found] if around else found
    return [each for each in texts if each.area[2] > 0 and each.area[3] > 0 and (each.typed or not each.text.isspace())]


def _controls(document: Document) -> Iterator[PageText]:
    """What inputs, text areas and lists hold, and frames that cannot be seen into."""
    for node, value in document.values():
        text = value.removeprefix("C:\\fakepath\\")
        if node in document.drawn and text and document.attribute(node, "type") not in _WORDLESS:
            yield PageText(text, document.drawn[node], text, _is_typed(document, node))
    for node, text in document.selected():
        if node in document.drawn:
            yield PageText(text, document.drawn[node], text)
    for area in document.closed_frames():
        yield PageText("", area, "", typed=True)


def _is_typed(document: Document, node: int) -> bool:
    locked = any(document.attribute(node, name) is not None for name in ("readonly", "disabled"))
    return not locked and document.attribute(node, "type") not in _BUTTONS


async def accessibility_text(page: Page) -> str:
    """The accessibility snapshot of a page: everything a person could read on it, one line `- role "name": text` each.

    Raises:
        playwright.async_api.Error: the page does not answer.
    """
    return replace_surrogates(await page.locator("body").aria_snapshot())


def single_texts(snapshot: str) -> frozenset[str]:
    """The texts in the lines of an accessibility snapshot, as people compare them."""
    found = set()
    for line in snapshot.splitlines():
        text = line.partition(": ")[2]
        if text.startswith('"'):
            with suppress(ValueError):
                text = json.loads(text)
        found.add(single_spaced(text))
    return frozenset(found)


def replace_surrogates(text: str) -> str:
    """A page's text without halves of letters: a page that cuts an emoji in two leaves what no file can hold."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
