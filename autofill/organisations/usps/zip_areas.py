"""Which ZIP codes lie in which state, by their first three digits. A constant and one look-up.

The areas are public (USPS labelling list L002 and Publication 65) and change now and then, so a mismatch is a doubt,
never an error.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final


def _read(areas: str) -> dict[str, tuple[range, ...]]:
    found: dict[str, tuple[range, ...]] = {}
    state = ""
    for word in areas.split():
        if word.isalpha():
            state = word
            continue
        first, _, last = word.partition("-")
        found[state] = (*found.get(state, ()), range(int(first), int(last or first) + 1))
    return found


AREAS: Final = _read(Path(__file__).with_suffix(".txt").read_text(encoding="ascii"))


def lies_in(postal_code: str, state: str) -> bool:
    """Whether a ZIP code (its first three digits count) belongs to a state, by its two-letter code."""
    return any(int(postal_code[:3]) in area for area in AREAS[state])
