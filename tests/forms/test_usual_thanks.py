"""Thanks that prove a success where a form map says nothing of it."""

from __future__ import annotations

import re

import pytest

from autofill.forms.outcome import usual_thanks


@pytest.mark.parametrize(
    ("text", "proves"),
    [
        ("Thanks, we got it", True),
        ("Done. Thanks!", True),
        ("We received your request.", True),
        ("Your message was sent.", True),
        ("No thanks!", False),
        ("No, thanks.", False),
        ("Thanks to our sponsors", False),
        ("Thank you for your patience", False),
        ("We receive your request when you press Send", False),
    ],
)
def test_thanks_are_those_of_somebody_who_has_it(text: str, *, proves: bool) -> None:
    """Not those of a button that wants to be rid of somebody."""
    assert bool(re.search(usual_thanks().proof.pattern or "", text, re.IGNORECASE)) is proves
