"""The plot of the results: a dot for every round and a line at the median, as an SVG without any library."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

_WIDTH, _LEFT, _RIGHT = 760, 210, 90
_ROW, _HEAD, _FOOT = 30, 44, 34
_OURS, _THEIRS, _INK, _LINES = "#b3261e", "#35618e", "#222222", "#dddddd"
_FONT: Final = 'font-family="sans-serif" font-size="13"'


@dataclass(frozen=True, slots=True)
class Panel:
    """One chart: what it shows, and the figures of each program; the first is ours."""

    title: str
    figures: Mapping[str, Sequence[float]]

    @property
    def height(self) -> int:
        """Pixels."""
        return _HEAD + _ROW * len(self.figures) + _FOOT


def drawn(panels: Sequence[Panel]) -> str:
    """The charts, one below the other."""
    height = sum(panel.height for panel in panels)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}">',
        f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>',
    ]
    top = 0
    for panel in panels:
        parts += [f'<g transform="translate(0 {top})" {_FONT} fill="{_INK}">', *_panel(panel), "</g>"]
        top += panel.height
    return "\n".join([*parts, "</svg>", ""])


def _panel(panel: Panel) -> Iterator[str]:
    step = _step(max(map(max, panel.figures.values())))
    highest = step * math.ceil(max(map(max, panel.figures.values())) / step)

    def across(value: float) -> float:
        return round(_LEFT + value / highest * (_WIDTH - _LEFT - _RIGHT), 1)

    bottom = _HEAD + _ROW * len(panel.figures)
    yield f'<text x="12" y="24" font-weight="bold">{escape(panel.title)}</text>'
    for tick in range(round(highest / step) + 1):
        x = across(tick * step)
        yield f'<path d="M{x} {_HEAD - 8}V{bottom}" stroke="{_LINES}"/>'
        yield f'<text x="{x}" y="{bottom + 16}" text-anchor="middle">{tick * step:g}</text>'
    for row, (name, figures) in enumerate(panel.figures.items()):
        y, colour = _HEAD + _ROW * row + _ROW // 2 - 4, _THEIRS if row else _OURS
        middle = statistics.median(figures)
        yield f'<text x="{_LEFT - 12}" y="{y + 5}" text-anchor="end">{escape(name)}</text>'
        for figure in figures:
            yield f'<circle cx="{across(figure)}" cy="{y}" r="4" fill="{colour}" fill-opacity="0.45"/>'
        yield f'<path d="M{across(middle)} {y - 11}V{y + 11}" stroke="{colour}" stroke-width="2.5"/>'
        yield f'<text x="{_WIDTH - _RIGHT + 14}" y="{y + 5}" fill="{colour}">{middle:.3g}</text>'


def _step(highest: float) -> float:
    """A round number, of which four to ten make the highest."""
    power = 10.0 ** math.floor(math.log10(highest / 4))
    return next(power * times for times in (5, 2, 1) if highest / (power * times) >= 4)
