"""ZIP codes and states."""

from __future__ import annotations

from autofill.inquiry.geography import US_STATES
from autofill.organisations.usps.zip_areas import AREAS, lies_in


def test_a_zip_code_of_another_state_is_a_doubt() -> None:
    """Case 50; each state's areas hold, and no area is empty."""
    assert set(AREAS) == set(US_STATES)
    assert lies_in("02134", "MA")
    assert not lies_in("02134", "CA")
    assert lies_in("00501", "NY")
    assert lies_in("96910-1234", "GU")
