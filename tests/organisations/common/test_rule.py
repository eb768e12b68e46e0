"""Doubts that stop nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from autofill.inquiry.profile import Loaded


def test_nothing_to_say(load: Callable[..., Loaded]) -> None:
    """A profile without doubts has no warnings."""
    assert load().warnings == ()


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("415-555-0132", "0551234567"), "6:3: warning: contact.phone: has the length of a phone number"),
        (("9400111206206406260787", "03071790000523483742"), "13:3: warning: item.tracking_number: neither rule"),
        (("9400111206206406260787", "8212345678"), "13:3: warning: item.tracking_number: numbers of this kind"),
        (("subject: A lost package\n", ""), "1:1: warning: subject: is missing; with one"),
        (("Ada", "Jose\u0301"), "3:3: warning: contact.first_name: letters with separate accents were joined"),
    ],
)
def test_doubts(load: Callable[..., Loaded], change: tuple[str, str], expected: str) -> None:
    """Each doubt is one warning at its line, without the value."""
    (warning,) = load(change).warnings
    assert warning.severity == "warning"
    assert expected in str(warning)
    assert not change[1] or change[1] not in str(warning)


def test_in_the_order_of_the_file(load: Callable[..., Loaded]) -> None:
    """Warnings are sorted as errors are."""
    warnings = load(("A lost package", "A lost Cafe\u0301 package"), ("415-555-0132", "0551234567")).warnings
    assert [warning.line for warning in warnings] == [6, 15]


def test_advice_that_was_seen_is_not_given_again(load: Callable[..., Loaded]) -> None:
    """By the name in its brackets; a name of nothing is told."""
    rude, seen = ("of books", "of stupid books"), ("subject:", "advice_seen: [rude]\nsubject:")
    (warning,) = load(rude).warnings
    assert str(warning).endswith(" [rude]")
    assert load(rude, seen).warnings == ()
    (stray,) = load(("subject:", "advice_seen: [rudeness]\nsubject:")).warnings
    assert "15:15: warning: advice_seen.0: no advice has this name" in str(stray)
