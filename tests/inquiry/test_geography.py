"""The constants are complete."""

from __future__ import annotations

import phonenumbers

from autofill.inquiry.geography import COUNTRIES, US_STATES


def test_countries() -> None:
    """249 assigned codes; every region with telephones is among them but three that ISO does not assign."""
    assert len(COUNTRIES) == 249
    assert {"AC", "TA", "XK"} == phonenumbers.SUPPORTED_REGIONS - COUNTRIES.keys()


def test_states() -> None:
    """62 codes: 50 states, DC, 8 islands, 3 for the military."""
    assert len(US_STATES) == 62
    assert {"DC", "PR", "FM", "MH", "PW", "AA", "AE", "AP"} < US_STATES.keys()
    assert len(set(US_STATES.values())) == 62
