"""DevTools snapshot of a page: how it is captured, and its raw tables.

The snapshot comes over the DevTools protocol: unlike a script in the page it sees closed shadow trees and frames, and
the page can neither notice nor deceive it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping
from functools import cached_property
from typing import Any, Final, TypeAlias

from playwright.async_api import CDPSession

# x, y, width, height in the page's own pixels, from the page's top left corner.
Area: TypeAlias = tuple[float, float, float, float]
# The browser's own answer, as it came.
RawSnapshot: TypeAlias = dict[str, Any]

# Each costs a number for every node: only what says where, or whether, something is drawn.
_STYLES: Final = (
    *("overflow", "position", "opacity", "visibility", "clip-path", "-webkit-text-fill-color", "backdrop-filter"),
    *("background", "mask", "border-image-source", "list-style", "content"),
    *("text-shadow", "-webkit-box-reflect", "filter", "columns", "unicode-bidi", "animation-name"),
    "content-visibility",
)
_SETTINGS = {"computedStyles": list(_STYLES), "includePaintOrder": True, "includeDOMRects": True}
_TEXT_NODE = 3


async def snapshot(session: CDPSession) -> RawSnapshot:
    """The page as the browser describes it.

    Raises:
        playwright.async_api.Error: the page is gone, or too large to describe.
    """
    # Playwright looks for its own objects in every number of an answer: 13,000 calls for one page. Its inner session
    # gives the same answer as it came.
    plain = session._impl_obj  # noqa: SLF001
    raw: RawSnapshot = await plain.send("DOMSnapshot.captureSnapshot", _SETTINGS, None)
    return raw


def documents_in(raw: RawSnapshot) -> list[Document]:
    """The documents of a page, in its own order: the page first, then its frames.

    Raises:
        LookupError, ValueError, TypeError: the browser describes pages in a way that is not known here.
    """
    return [Document(raw["strings"], document) for document in raw["documents"]]


class Document:
    """One document of a snapshot: tables of numbers, most of which point into one list of texts.

    `drawn` has the area of every node that has one; other nodes are not shown. `orders` says which of two is drawn
    over the other: the one with the higher number.
    """

    def __init__(self, strings: list[str], document: dict[str, Any]) -> None:
        self._strings, self._nodes, self._boxes = strings, document["nodes"], document["textBoxes"]
        self._layout = document["layout"]
        self.parents: list[int] = self._nodes["parentIndex"]
        self.scrolled: tuple[float, float] = (document["scrollOffsetX"], document["scrollOffsetY"])
        self.drawn: dict[int, Area] = {}
        self.orders: dict[int, int] = {}
        self.styles: dict[int, Mapping[str, str]] = {}
        self._rows: dict[int, int] = {}
        looks: dict[tuple[int, ...], Mapping[str, str]] = {}
        rows = zip(self._layout["nodeIndex"], self._layout["bounds"], self._layout["paintOrders"], strict=True)
        for row, (node, bounds, order) in enumerate(rows):
            area = tuple(bounds)
            known = self.drawn.get(node)
            # What a style writes without words (`content: ""`) has an empty second box, in the corner of the page.
            if known is None or not any(known):
                self.drawn[node] = area
            elif any(area):
                self.drawn[node] = union(known, area)
            self.orders[node] = order
            self._rows.setdefault(node, row)
            # Most nodes look like one another.
            if look := tuple(self._layout["styles"][row]):
                if look not in looks:
                    looks[look] = dict(zip(_STYLES, map(self._text, look), strict=True))
                self.styles[node] = looks[look]
        self._frames = _table(self._nodes["contentDocumentIndex"])

    def lines(self) -> Iterator[tuple[int, str, Area, str]]:
        """Each line of each text as the page shows it, capitals and all: node, line, its area, and the whole text."""
        nodes, texts, boxes = self._layout["nodeIndex"], self._layout["text"], self._boxes
        for layout, area, start, length in zip(
            boxes["layoutIndex"], boxes["bounds"], boxes["start"], boxes["length"], strict=True
        ):
            whole = self._text(texts[layout])
            yield nodes[layout], _cut(whole, start, length), tuple(area), whole

    def values(self) -> Iterator[tuple[int, str]]:
        """Nodes of inputs and text areas, and what they hold."""
        for kind in ("inputValue", "textValue"):
            for node, value in _table(self._nodes[kind]).items():
                yield node, self._text(value)

    def options(self) -> Iterator[tuple[int, str, bool]]:
        """Nodes of the options of lists, the text of each, and whether it is selected."""
        selected = set(self._nodes["optionSelected"]["index"])
        for node in self.named("OPTION"):
            if node in selected or node in self.drawn:
                yield node, self.inner_text(node), node in selected

    def frames(self) -> Iterator[tuple[int, int]]:
        """Numbers of the documents inside this one, and the nodes that they are in."""
        for node, inner in self._frames.items():
            if node in self.drawn:
                yield inner, node

    def is_frame(self, node: int) -> bool:
        """Whether another document that this snapshot sees into is drawn in a node."""
        return node in self._frames

    def attributes_of(self, names: Container[str]) -> Iterator[tuple[int, str]]:
        """Every attribute of one of these names: its node and its value."""
        wanted = {index for index, text in enumerate(self._strings) if text in names}
        for node, pairs in enumerate(self._nodes["attributes"]):
            for name, value in zip(pairs[::2], pairs[1::2], strict=True):
                if name in wanted:
                    yield node, self._text(value)

    def named(self, *names: str) -> Iterator[int]:
        """Nodes of these names, in the order of the page."""
        wanted = {index for index, text in enumerate(self._strings) if text in names}
        return (node for node, name in enumerate(self._nodes["nodeName"]) if name in wanted)

    def owner(self, node: int, name: str) -> int:
        """The nearest node of this name around a node; the page's own if there is none."""
        while node > 0 and self.name(node) != name:
            node = self.parents[node]
        return node

    def is_scrolled(self, node: int) -> bool:
        """Whether what is in a node does not stand at its beginning."""
        rect = self._layout["scrollRects"][self._rows[node]]
        return bool(rect) and any(rect[:2])

    def overflows(self, node: int) -> bool:
        """Whether a node has more in it than it has room for."""
        rects = (self._layout[kind][self._rows[node]] for kind in ("scrollRects", "clientRects"))
        inner, outer = rects
        return bool(inner and outer) and (inner[2] > outer[2] + 1 or inner[3] > outer[3] + 1)

    def backend_id(self, node: int) -> int:
        """The number by which other commands of the browser know a node."""
        number: int = self._nodes["backendNodeId"][node]
        return number

    def name(self, node: int) -> str:
        """Name of a node's element; HTML's are in capitals."""
        return self._text(self._nodes["nodeName"][node])

    def attribute(self, node: int, name: str) -> str | None:
        """Value of a node's attribute; None where it has none."""
        pairs = [self._text(index) for index in self._nodes["attributes"][node]]
        return dict(zip(pairs[::2], pairs[1::2], strict=True)).get(name)

    def inner_text(self, node: int) -> str:
        """All text below a node."""
        if self._nodes["nodeType"][node] == _TEXT_NODE:
            return self._text(self._nodes["nodeValue"][node])
        return " ".join(map(self.inner_text, self._children[node])).strip()

    @cached_property
    def _children(self) -> Mapping[int, list[int]]:
        children = defaultdict(list)
        for node, parent in enumerate(self.parents):
            children[parent].append(node)
        return children

    def _text(self, index: int) -> str:
        return self._strings[index] if index >= 0 else ""


def union(one: Area, other: Area) -> Area:
    """The smallest area that both are in."""
    left, top = min(one[0], other[0]), min(one[1], other[1])
    right, bottom = max(one[0] + one[2], other[0] + other[2]), max(one[1] + one[3], other[1] + other[3])
    return left, top, right - left, bottom - top


def meet(one: Area, other: Area | None) -> Area:
    """The area that two have in common; None is everywhere."""
    if other is None:
        return one
    left, top = max(one[0], other[0]), max(one[1], other[1])
    right, bottom = min(one[0] + one[2], other[0] + other[2]), min(one[1] + one[3], other[1] + other[3])
    return left, top, max(right - left, 0), max(bottom - top, 0)


def _table(sparse: dict[str, list[int]]) -> dict[int, int]:
    return dict(zip(sparse["index"], sparse["value"], strict=True))


def _cut(text: str, start: int, length: int) -> str:
    """Part of a text by UTF-16 units, in which browsers count letters."""
    if text.isascii():
        return text[start : start + length]
    units = text.encode("utf-16-le", "surrogatepass")
    return units[2 * start : 2 * (start + length)].decode("utf-16-le", "replace")
