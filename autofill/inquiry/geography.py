"""Names of places that stand in an address: countries and the states of the United States, by code.

Constants and look-ups only; no validation messages. The text files beside it name their sources.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final


def _read(name: str) -> Mapping[str, str]:
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    pairs = (line.partition(" ") for line in lines if not line.startswith("#"))
    return {code: place for code, _space, place in pairs}


COUNTRIES: Final = _read("countries.txt")
US_STATES: Final = _read("us_states.txt")
