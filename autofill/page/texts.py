"""Texts of a page: every one on it, where it is and what hides it, and what its controls hold."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from playwright.async_api import Page

from autofill.inquiry.fields import single_spaced
from autofill.page.drawings import drawings_in
from autofill.page.frames import form_frame
from autofill.page.sight import READABLE, Cover, Sight, covers_in, fill_opacity, sights_of
from autofill.page.snapshot import Area, Document, meet, union

# Inputs of these types show nothing that can be read, or the page's own words.
_WORDLESS = {"checkbox", "radio", "range", "color", "image", "hidden"}
_BUTTONS = {"button", "submit", "reset"}
# Signs that turn the letters behind them around.
_TURNING = ("\u202d", "\u202e")
# How much of a text may be hidden, or lie under something, until it counts as not shown.
_MAY_BE_CUT, _MAY_BE_COVERED = 0.1, 0.25
# Pixels for a letter of what a control holds, roughly, and for a line of it.
_LETTER, _LINE = 8, 16
_NOWHERE: Area = (0, 0, 0, 0)
_PLAIN = Sight()


@dataclass(frozen=True, slots=True)
class PageText:
    """A line of text, or a control, drawing or frame as a whole.

    `whole` is all the text that the line is part of. `typed` says that a person can write there, or that nobody
    can see what is there (the frame of another site, a canvas): it is not the page's own text. `sure` says that it is
    drawn nowhere but in its area, `backwards` that its letters may be in the opposite order. `spot` is the line itself
    where `area` is the whole of a frame; `node` is the browser's number of it. `moved` says that it was not there, or
    elsewhere, a moment earlier or later.
    """

    text: str
    area: Area
    whole: str
    typed: bool = False
    sure: bool = True
    backwards: bool = False
    spot: Area = _NOWHERE
    sight: Sight = _PLAIN
    node: int = 0
    control: bool = False
    moved: bool = False

    @property
    def drawn(self) -> bool:
        """Whether it takes any room."""
        return _size(self.area) > 0

    @property
    def faint(self) -> bool:
        """Whether it is drawn so that nobody can see it, for now."""
        return self.drawn and self.sight.opacity < READABLE

    def unseen(self) -> PageText:
        """The same where nobody can see it."""
        return replace(self, sight=replace(self.sight, opacity=0))

    @property
    def letters(self) -> Area:
        """Where its letters are, roughly: a control begins with them, in the middle of its height or at its top."""
        x, y, width, height = self.spot
        if not self.control:
            return self.spot
        margin = (height - _LINE) / 2 if height < 2 * _LINE else 2
        return x, y + max(margin, 0), min(max(len(self.text), 1) * _LETTER, width), min(height, _LINE)


@dataclass(frozen=True, slots=True)
class PageTexts:
    """Everything readable, in the order of the page, and what lies over something else.

    `scrolled` says that there is a box, or a frame, that does not stand at its beginning.
    """

    texts: tuple[PageText, ...]
    covers: tuple[Cover, ...]
    scrolled: bool = False

    def shows(self, text: PageText, pictured: Area) -> bool:
        """Whether a text can be read in a picture of this part of the page."""
        room = _size(text.letters)
        left = _size(meet(meet(text.letters, text.sight.clip), pictured))
        is_there = room > 0 and text.sight.opacity >= READABLE and left >= room * (1 - _MAY_BE_CUT)
        return is_there and not any(self.over(text))

    def with_moving(self) -> PageTexts:
        """This with what a style moves marked."""
        texts = (replace(each, moved=True) if each.sight.moving else each for each in self.texts)
        return replace(self, texts=tuple(texts))

    def compared(self, later: PageTexts) -> PageTexts:
        """This with what is different later marked; what is not there at both times is not shown."""
        here, there = ({(each.text, each.area) for each in one.texts} for one in (self, later))
        words = {text for text, _ in here} & {text for text, _ in there}
        marked = [each if (each.text, each.area) in there else replace(each, moved=True) for each in self.texts]
        marked = [each if each.text in words else each.unseen() for each in marked]
        arrived = (each for each in later.texts if (each.text, each.area) not in here)
        return replace(self, texts=(*marked, *(replace(each, moved=True).unseen() for each in arrived)))

    def over(self, text: PageText) -> Iterator[Cover]:
        """What lies over a text, so that it cannot be read."""
        spot = text.letters
        for cover in self.covers:
            if cover.order > text.sight.order and _size(meet(spot, cover.area)) > _size(spot) * _MAY_BE_COVERED:
                yield cover


@dataclass(frozen=True, slots=True)
class _Frame:
    """Frame that a document is in: `area` of the outermost one, and by how much the document is moved."""

    area: Area
    moved: tuple[float, float]
    sight: Sight


def page_texts_of(documents: Sequence[Document]) -> PageTexts:
    """Everything on a page; what is in a frame has the area of the frame."""
    texts: list[PageText] = []
    covers: list[Cover] = []
    frames: dict[int, _Frame] = {}
    for number, document in enumerate(documents):
        frame = frames.get(number)
        if number and frame is None:
            continue  # a frame that is not drawn
        sights = sights_of(document, frame.sight if frame else None)
        for inner, node in document.frames():
            frames[inner] = _frame(document, node, sights[node], frame)
        found = (*_lines(document, sights), *_controls(document, sights), *_drawings(document, sights))
        texts += (_framed(each, frame) for each in found) if frame else found
        around = frame.sight.clip if frame else None
        covers += [replace(each, area=meet(_moved(each.area, frame), around)) for each in covers_in(document, sights)]
    kept = (each for each in texts if each.control or (each.drawn and (each.typed or not each.text.isspace())))
    return PageTexts(tuple(kept), tuple(covers), any(map(_scrolled, documents, range(len(documents)))))


def _scrolled(document: Document, number: int) -> bool:
    # The page itself is drawn from its top wherever it stands.
    own = {node for node in document.styles if document.name(node) in {"HTML", "BODY"}} if number == 0 else set()
    return any(document.is_scrolled(node) for node in document.styles.keys() - own)


def _frame(document: Document, node: int, sight: Sight, around: _Frame | None) -> _Frame:
    area = _moved(document.drawn[node], around)
    clip = meet(area, sight.clip and _moved(sight.clip, around))
    if around and around.sight.clip:
        clip = meet(clip, around.sight.clip)
    return _Frame(around.area if around else area, area[:2], replace(sight, clip=clip))


def _framed(text: PageText, frame: _Frame) -> PageText:
    clip = text.sight.clip
    inner = meet(frame.sight.clip or frame.area, clip and _moved(clip, frame))
    return replace(
        text,
        area=frame.area if text.drawn else text.area,
        spot=_moved(text.area, frame),
        sight=replace(text.sight, clip=inner),
        sure=text.sure and frame.sight.sure,
    )


def _moved(area: Area, frame: _Frame | None) -> Area:
    return (area[0] + frame.moved[0], area[1] + frame.moved[1], *area[2:]) if frame else area


def _lines(document: Document, sights: Mapping[int, Sight]) -> Iterator[PageText]:
    """Each line; and each text of which there are lines that the page leaves out, as a whole."""
    for node, lines in groupby(document.lines(), key=lambda line: line[0]):
        sight, places = sights[node], list(lines)
        style = document.styles.get(node) or document.styles.get(document.parents[node], {})
        if fill_opacity(style) < READABLE:
            sight = replace(sight, opacity=0)
        drawing = document.owner(node, "text")
        for _node, line, area, whole in places:
            if drawing > 0:  # the letters of a drawing stand where its own scale says
                area = union(union(area, document.drawn[node]), document.drawn.get(drawing, area))  # noqa: PLW2901
            yield _placed(PageText(line, area, whole), document.backend_id(node), sight)
        _node, _line, area, whole = places[0]
        if sum(len(line[1]) for line in places) + len(places) < len(whole.strip()):
            hidden = replace(sight, opacity=0)
            yield _placed(PageText(whole, union(area, document.drawn[node]), whole), document.backend_id(node), hidden)


def _controls(document: Document, sights: Mapping[int, Sight]) -> Iterator[PageText]:
    """What inputs, text areas and lists hold."""
    for node, value in document.values():
        text = value.removeprefix("C:\\fakepath\\")
        if text and document.attribute(node, "type") not in _WORDLESS:
            place = PageText(text, document.drawn.get(node, _NOWHERE), text, _is_typed(document, node), control=True)
            sight = sights[node]
            if node not in document.drawn or document.overflows(node) or fill_opacity(document.styles[node]) < READABLE:
                sight = replace(sight, opacity=0)
            yield _placed(place, document.backend_id(node), sight)
    for node, text, selected in document.options():
        owner = document.owner(node, "SELECT")
        if selected and owner in document.drawn:
            yield _placed(
                PageText(text, document.drawn[owner], text, control=True), document.backend_id(owner), sights[owner]
            )
        elif node in document.drawn:
            yield _placed(PageText(text, document.drawn[node], text), document.backend_id(node), sights[node])


def _drawings(document: Document, sights: Mapping[int, Sight]) -> Iterator[PageText]:
    for node, text in drawings_in(document):
        if node in document.drawn and text != "":
            drawing = PageText(text or "", document.drawn[node], text or "", typed=text is None)
            yield _placed(drawing, document.backend_id(node), replace(sights[node], opacity=0))


def _placed(text: PageText, number: int, sight: Sight) -> PageText:
    turned = sight.backwards or any(sign in text.whole for sign in _TURNING)
    how: dict[str, Any] = {"sure": sight.sure, "backwards": turned, "spot": text.area, "sight": sight, "node": number}
    return replace(text, **how)


def _size(area: Area) -> float:
    return area[2] * area[3]


def _is_typed(document: Document, node: int) -> bool:
    locked = any(document.attribute(node, name) is not None for name in ("readonly", "disabled"))
    return not locked and document.attribute(node, "type") not in _BUTTONS


async def accessibility_text(page: Page) -> str:
    """The accessibility snapshot of a page: everything a person could read on it, one line `- role "name": text` each.

    Raises:
        playwright.async_api.Error: the page does not answer.
    """
    places = dict.fromkeys((page.main_frame, form_frame(page)))
    return replace_surrogates("\n".join([await place.locator("body").aria_snapshot() for place in places]))


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
