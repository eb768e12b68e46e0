"""What can be read on a page and where, from the browser's own snapshot of its layout. Asks nothing, finds no values.

The snapshot comes over the DevTools protocol: unlike a script in the page it sees closed shadow trees and frames, and
the page can neither notice nor deceive it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

# As the protocol sends it (DOMSnapshot.captureSnapshot): tables of numbers, most of which point into one list of texts.
Snapshot: TypeAlias = dict[str, Any]
# x, y, width, height in the page's own pixels, from the page's top left corner.
Area: TypeAlias = tuple[float, float, float, float]

_TEXT_NODE = 3
# Inputs of these types show nothing that can be read, or the page's own words.
_WORDLESS = {"checkbox", "radio", "range", "color", "image"}
_BUTTONS = {"button", "submit", "reset"}


@dataclass(frozen=True, slots=True)
class Place:
    """A line of text, or a control or frame as a whole.

    `whole` is all the text that the line is part of. `typed` says that a person can write there, or that nobody
    can see what is there (the frame of another site): it is not the page's own text.
    """

    text: str
    area: Area
    whole: str
    typed: bool = False


def places_of(snapshot: Snapshot) -> list[Place]:
    """Everything readable, in the order of the page; what is in a frame has the place of the frame."""
    places: list[Place] = []
    frames: dict[int, Area] = {}
    for number, document in enumerate(snapshot["documents"]):
        reader = _Document(snapshot["strings"], document)
        around = frames.get(number)
        for inner, area in reader.frames():
            frames[inner] = around or area
        if number and around is None:
            continue  # a frame that is not drawn
        found = [*reader.lines(), *reader.controls(), *reader.closed_frames()]
        places += [Place(p.text, around, p.whole, p.typed) for p in found] if around else found
    return [p for p in places if p.area[2] > 0 and p.area[3] > 0 and (p.typed or not p.text.isspace())]


class _Document:
    """One document of a snapshot."""

    def __init__(self, strings: list[str], document: dict[str, Any]) -> None:
        self._strings, self._nodes, self._boxes = strings, document["nodes"], document["textBoxes"]
        self._layout = document["layout"]
        self._drawn: dict[int, Area] = dict(
            zip(self._layout["nodeIndex"], map(tuple, self._layout["bounds"]), strict=True)
        )
        self._contents = _table(self._nodes["contentDocumentIndex"])

    def lines(self) -> Iterator[Place]:
        """Each line of each text as the page shows it, capitals and all."""
        texts, boxes = self._layout["text"], self._boxes
        for layout, area, start, length in zip(
            boxes["layoutIndex"], boxes["bounds"], boxes["start"], boxes["length"], strict=True
        ):
            whole = self._text(texts[layout])
            yield Place(_cut(whole, start, length), tuple(area), whole)

    def controls(self) -> Iterator[Place]:
        """What inputs, text areas and lists hold."""
        for kind in ("inputValue", "textValue"):
            for node, value in _table(self._nodes[kind]).items():
                text = self._text(value).removeprefix("C:\\fakepath\\")
                if node in self._drawn and text and self._attribute(node, "type") not in _WORDLESS:
                    yield Place(text, self._drawn[node], text, self._is_typed(node))
        for option in self._nodes["optionSelected"]["index"]:
            owner = self._list_of(option)
            if owner in self._drawn:
                text = self._inner_text(option)
                yield Place(text, self._drawn[owner], text)

    def frames(self) -> Iterator[tuple[int, Area]]:
        """The documents inside this one, and where they are."""
        for node, inner in self._contents.items():
            if node in self._drawn:
                yield inner, self._drawn[node]

    def closed_frames(self) -> Iterator[Place]:
        """Frames that another process draws: what is in them does not stand in this snapshot."""
        for node, area in self._drawn.items():
            if self._name(node) in {"IFRAME", "FRAME"} and node not in self._contents:
                yield Place("", area, "", typed=True)

    def _is_typed(self, node: int) -> bool:
        locked = any(self._attribute(node, name) is not None for name in ("readonly", "disabled"))
        return not locked and self._attribute(node, "type") not in _BUTTONS

    def _list_of(self, option: int) -> int:
        while option > 0 and self._name(option) != "SELECT":
            option = self._nodes["parentIndex"][option]
        return option

    def _inner_text(self, parent: int) -> str:
        nodes = self._nodes
        inner = [
            n for n, above in enumerate(nodes["parentIndex"]) if above == parent and nodes["nodeType"][n] == _TEXT_NODE
        ]
        return " ".join(self._text(nodes["nodeValue"][node]) for node in inner).strip()

    def _attribute(self, node: int, name: str) -> str | None:
        pairs = [self._text(index) for index in self._nodes["attributes"][node]]
        return dict(zip(pairs[::2], pairs[1::2], strict=True)).get(name)

    def _name(self, node: int) -> str:
        return self._text(self._nodes["nodeName"][node])

    def _text(self, index: int) -> str:
        return self._strings[index] if index >= 0 else ""


def _table(sparse: dict[str, list[int]]) -> dict[int, int]:
    return dict(zip(sparse["index"], sparse["value"], strict=True))


def _cut(text: str, start: int, length: int) -> str:
    """Browsers count letters in UTF-16."""
    if text.isascii():
        return text[start : start + length]
    units = text.encode("utf-16-le", "surrogatepass")
    return units[2 * start : 2 * (start + length)].decode("utf-16-le", "replace")
