"""Which ZIP codes lie in which state, by their first three digits.

The areas are public and change now and then, so a mismatch is a doubt, never an error.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from autofill.sources.tables import read_table

AREAS: Final = read_table(Path(__file__).with_suffix(".txt"))


def lies_in(postal_code: str, state: str) -> bool:
    """Whether a ZIP code belongs to a state, by its two-letter code."""
    areas = (area.partition("-") for area in AREAS[state].split())
    return any(first <= postal_code[:3] <= (last or first) for first, _dash, last in areas)
