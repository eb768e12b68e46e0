"""Which domains a case listens to, and what is called a case number."""

from __future__ import annotations

from autofill.mail.senders import is_within, numbers_in


def test_a_case_number_stands_on_a_line_that_says_so() -> None:
    words = "Call 2022682000\nService Request Number: 12345678\nreference CA123456789, case 12345678\nparcel 87654321"

    assert numbers_in(words) == ("12345678", "CA123456789")


def test_a_tracking_number_is_no_case_number() -> None:
    assert numbers_in("Your case about 9400111202555830001010") == ()


def test_a_domain_is_within_itself_and_those_above() -> None:
    assert is_within("usps.gov", ("usps.gov",))
    assert is_within("mail.usps.gov", ("usps.gov",))
    assert not is_within("notusps.gov", ("usps.gov",))
    assert not is_within("", ("usps.gov",))
