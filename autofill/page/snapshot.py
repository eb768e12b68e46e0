"""DevTools snapshot of a page: how it is captured, and its raw tables.

The snapshot comes over the DevTools protocol: unlike a script in the page it sees closed shadow trees and frames, and
the page can neither notice nor deceive it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from playwright.async_api import CDPSession

# x, y, width, height in the page's own pixels, from the page's top left corner.
Area: TypeAlias = tuple[float, float, float, float]

_SETTINGS = {"computedStyles": [], "includePaintOrder": False, "includeDOMRects": False}
_TEXT_NODE = 3


async def capture(session: CDPSession) -> list[Document]:
    """The documents of a page, in its own order: the page first, then its frames.

    Raises:
        playwright.async_api.Error: the page is gone, or too large to describe.
        LookupError, ValueError, TypeError: the browser describes pages in a way that is not known here.
    """
    snapshot = await session.send("DOMSnapshot.captureSnapshot", _SETTINGS)
    return [Document(snapshot["strings"], document) for document in snapshot["documents"]]


class Document:
    """One document of a snapshot: tables of numbers, most of which point into one list of texts.

    `drawn` has the area of every node that has one; other nodes are not shown.
    """

    def __init__(self, strings: list[str], document: dict[str, Any]) -> None:
        self._strings, self._nodes, self._boxes = strings, document["nodes"], document["textBoxes"]
        self._layout = document["layout"]
        self.drawn: dict[int, Area] = dict(
            zip(self._layout["nodeIndex"], map(tuple, self._layout["bounds"]), strict=True)
        )
        self._frames = _table(self._nodes["contentDocumentIndex"])

    def lines(self) -> Iterator[tuple[str, Area, str]]:
        """Each line of each text as the page shows it, capitals and all: the line, its area, and the whole text."""
        texts, boxes = self._layout["text"], self._boxes
        for layout, area, start, length in zip(
            boxes["layoutIndex"], boxes["bounds"], boxes["start"], boxes["length"], strict=True
        ):
            whole = self._text(texts[layout])
            yield _cut(whole, start, length), tuple(area), whole

    def values(self) -> Iterator[tuple[int, str]]:
        """Nodes of inputs and text areas, and what they hold."""
        for kind in ("inputValue", "textValue"):
            for node, value in _table(self._nodes[kind]).items():
                yield node, self._text(value)

    def selected(self) -> Iterator[tuple[int, str]]:
        """Nodes of lists, and the text of each option that is selected in them."""
        for option in self._nodes["optionSelected"]["index"]:
            owner = option
            while owner > 0 and self.name(owner) != "SELECT":
                owner = self._nodes["parentIndex"][owner]
            yield owner, self._inner_text(option)

    def frames(self) -> Iterator[tuple[int, Area]]:
        """Numbers of the documents inside this one, and where they are."""
        for node, inner in self._frames.items():
            if node in self.drawn:
                yield inner, self.drawn[node]

    def closed_frames(self) -> Iterator[Area]:
        """Areas of frames that another process draws: what is in them does not stand in this snapshot."""
        for node, area in self.drawn.items():
            if self.name(node) in {"IFRAME", "FRAME"} and node not in self._frames:
                yield area

    def name(self, node: int) -> str:
        """Name of a node's element, in capitals."""
        return self._text(self._nodes["nodeName"][node])

    def attribute(self, node: int, name: str) -> str | None:
        """Value of a node's attribute; None where it has none."""
        pairs = [self._text(index) for index in self._nodes["attributes"][node]]
        return dict(zip(pairs[::2], pairs[1::2], strict=True)).get(name)

    def _inner_text(self, parent: int) -> str:
        nodes = self._nodes
        inner = [
            n for n, above in enumerate(nodes["parentIndex"]) if above == parent and nodes["nodeType"][n] == _TEXT_NODE
        ]
        return " ".join(self._text(nodes["nodeValue"][node]) for node in inner).strip()

    def _text(self, index: int) -> str:
        return self._strings[index] if index >= 0 else ""


def _table(sparse: dict[str, list[int]]) -> dict[int, int]:
    return dict(zip(sparse["index"], sparse["value"], strict=True))


def _cut(text: str, start: int, length: int) -> str:
    """Part of a text by UTF-16 units, in which browsers count letters."""
    if text.isascii():
        return text[start : start + length]
    units = text.encode("utf-16-le", "surrogatepass")
    return units[2 * start : 2 * (start + length)].decode("utf-16-le", "replace")
