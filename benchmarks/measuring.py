"""Measures: programs in turn, round after round, and what comes of their figures."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias, TypedDict, TypeVar

T = TypeVar("T")
Measures: TypeAlias = Mapping[str, Callable[[], T]]


class Spread(TypedDict):
    """Figures of many rounds: their median, and how far they lie apart."""

    median: float
    min: float
    q1: float
    q3: float
    max: float
    rounds: int


def in_turn(measures: Measures[T], rounds: int, *, warm_up: bool = True) -> dict[str, list[T]]:
    """The figures of each, in turn; a first round does not count.

    Every other round goes backwards, so that none is always measured after the same one.
    """
    figures: dict[str, list[T]] = {name: [] for name in measures}
    for number in range(-warm_up, rounds):
        for name in list(measures)[:: 1 if number % 2 else -1]:
            figure = measures[name]()
            if number >= 0:
                figures[name].append(figure)
        print(f"round {number + 1} of {rounds}: {', '.join(measures)}", file=sys.stderr, flush=True)
    return figures


def spread(figures: Sequence[float]) -> Spread:
    """The spread of some figures."""
    one_at_least = [*figures, figures[0]] if len(figures) == 1 else figures
    low, middle, high = statistics.quantiles(one_at_least, n=4, method="inclusive")
    return {
        "median": rounded(middle),
        "min": rounded(min(figures)),
        "q1": rounded(low),
        "q3": rounded(high),
        "max": rounded(max(figures)),
        "rounds": len(figures),
    }


def ratios(ours: Sequence[float], theirs: Sequence[float]) -> Spread:
    """The spread of the ratios, round by round."""
    return spread([one / other for one, other in zip(ours, theirs, strict=True)])


def rounded(figure: float) -> float:
    """Four digits of a figure, which is more than is known of it."""
    return float(f"{figure:.4g}")
