"""Names of places that stand in an address: countries and the states of the United States, by code.

The text files beside it name their sources.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from autofill.sources.tables import read_table

COUNTRIES: Final = read_table(Path(__file__).with_name("countries.txt"))
US_STATES: Final = read_table(Path(__file__).with_name("us_states.txt"))
# Islands that have a country's code, too: in an address of the United States they are its state.
US_ISLANDS: Final = frozenset({"AS", "FM", "GU", "MH", "MP", "PR", "PW", "VI"})
