"""Sight of a page's nodes: what their ancestors leave of them, in which order they are drawn, and if nowhere else too.

Reckoned from the styles in a snapshot; the page is not asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from autofill.page.snapshot import Area, Document, meet

# Which of two is drawn over the other: the greater one; inside a frame, after the frame's own.
Order: TypeAlias = tuple[int, ...]

# What is less opaque than this cannot be read, and hides nothing that is under it.
READABLE: Final = 0.4
_OPAQUE: Final = 0.8
# A shadow that lies this near (pixels) is drawn into the text's margin.
SHADOW_MARGIN: Final = 4
_PICTURES: Final = {"IMG", "VIDEO", "IFRAME", "FRAME", "EMBED", "OBJECT"}
# Where text inside these shows, other parts of a drawing say.
_STENCILS: Final = ("pattern", "mask", "marker", "clipPath", "filter", "symbol")
_LENGTH: Final = re.compile(r"(-?[\d.]+)px")
_ALPHA: Final = re.compile(r"rgba\([^)]*, ([\d.]+)\)|/ ([\d.]+)\)|\btransparent\b")
_CLIPPED_AWAY: Final = re.compile(r"inset\((?:50|100)%|circle\(0|polygon\(0(?:px|%)? 0(?:px|%)?(?:, 0(?:px|%)? 0)+")
_BACKWARDS: Final = ("bidi-override", "isolate-override")
_INITIAL: Final[Mapping[str, str]] = {}


@dataclass(frozen=True, slots=True)
class Sight:
    """How a node is drawn.

    `clip` is what its ancestors leave of it, None for everything; of `places`, which stand out of the text's flow,
    another clip goes on. `sure` says that it is drawn nowhere but in its area, `moving` that a style moves it,
    `backwards` that its letters may be the other way round.
    """

    order: Order = ()
    clip: Area | None = None
    opacity: float = 1
    sure: bool = True
    moving: bool = False
    backwards: bool = False
    outer_clip: Area | None = None


@dataclass(frozen=True, slots=True)
class Cover:
    """An area, behind which nothing can be seen that is drawn before it; `node` is the browser's number of it."""

    order: Order
    area: Area
    node: int


def sights_of(document: Document, frame: Sight | None = None) -> dict[int, Sight]:
    """The sight of every node, also of those without an area of their own; `frame` is that of the frame around it."""
    around = frame or Sight()
    start = replace(around, clip=None, outer_clip=None)
    sights: dict[int, Sight] = {}
    stencils = set(document.named(*_STENCILS))
    for node, parent in enumerate(document.parents):
        above = sights.get(parent, start)
        style = document.styles.get(node, _INITIAL)
        seen = (
            _inside(above, style, document.drawn.get(node), document.name(node) in {"HTML", "BODY"}) if style else above
        )
        order = (*around.order, document.orders[node]) if node in document.orders else seen.order
        if order != seen.order:
            seen = replace(seen, order=order)
        if node in stencils:
            seen = replace(seen, sure=False)
        sights[node] = replace(seen, opacity=0) if _is_put_away(document, node) else seen
    return sights


def _is_put_away(document: Document, node: int) -> bool:
    """Whether a node may have a place and is not drawn there: in closed details, or left out for speed."""
    parent = document.parents[node]
    if document.styles.get(parent, _INITIAL).get("content-visibility") == "hidden":
        return True
    is_detail = parent >= 0 and document.name(parent) == "DETAILS" and document.name(node) != "SUMMARY"
    return is_detail and document.attribute(parent, "open") is None


def _inside(above: Sight, style: Mapping[str, str], area: Area | None, is_page: bool) -> Sight:
    """Sight of what stands in an element of this style."""
    position = style["position"]
    clip = {"fixed": None, "absolute": above.outer_clip}.get(position, above.clip)
    outer = None if position == "fixed" else above.outer_clip
    # What the page itself cuts off, the window scrolls to.
    if style["overflow"] != "visible" and area is not None and not is_page:
        clip = meet(area, clip)
    if position != "static" or style["filter"] != "none":
        outer = clip
    opacity = above.opacity * float(style["opacity"] or 1)
    if style["visibility"] != "visible" or _CLIPPED_AWAY.match(style["clip-path"]):
        opacity = 0
    return Sight(
        order=above.order,
        clip=clip,
        opacity=opacity,
        sure=above.sure and not _is_drawn_elsewhere(style),
        moving=above.moving or style["animation-name"] != "none",
        backwards=style["unicode-bidi"] in _BACKWARDS,
        outer_clip=outer,
    )


def _is_drawn_elsewhere(style: Mapping[str, str]) -> bool:
    """Whether an element draws what stands in it where it does not stand: shadows, mirrors, filters, columns."""
    shadow = max((abs(float(length)) for length in _LENGTH.findall(style["text-shadow"])), default=0)
    filters = style["filter"]
    return (
        shadow > SHADOW_MARGIN
        or style["-webkit-box-reflect"] != "none"
        or "drop-shadow" in filters
        or "url(" in filters
        or style["columns"] not in {"auto", "auto auto", ""}
    )


def fill_opacity(style: Mapping[str, str]) -> float:
    """How opaque the letters of an element are."""
    return _alpha(style.get("-webkit-text-fill-color", ""))


def covers_in(document: Document, sights: Mapping[int, Sight]) -> Iterator[Cover]:
    """Everything in a document that hides what is under it."""
    for node, style in document.styles.items():
        sight = sights[node]
        if sight.opacity >= _OPAQUE and _is_opaque(document.name(node), style, sight.opacity):
            area = meet(document.drawn[node], sight.clip)
            if area[2] > 0 and area[3] > 0:
                yield Cover(sight.order, area, document.backend_id(node))


def _is_opaque(name: str, style: Mapping[str, str], opacity: float) -> bool:
    background = style["background"]
    return (
        name in _PICTURES
        or "url(" in background
        or "gradient(" in background
        or "blur(" in style["backdrop-filter"]
        or _alpha(background) * opacity >= _OPAQUE
    )


def _alpha(colour: str) -> float:
    found = _ALPHA.search(colour)
    return 1 if found is None else float(found[1] or found[2] or 0)
