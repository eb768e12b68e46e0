"""Phones in national and international form."""

from __future__ import annotations

import pytest

from autofill.inquiry.phones import dialled_from_afar, is_same_phone, phone_doubt, phone_like


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("(415) 555-0132", "US"),
        ("+1 206 555 0119", "KR"),
        ("010-1234-5678", "KR"),
        ("+82 2-1234-5678", "KR"),
        ("+49 30 23125 014", "DE"),
        ("030 23125014", "DE"),
        ("+62 812-3456-7890", "ID"),
        ("415-555-0132 ext. 7", "US"),
    ],
)
def test_in_use(text: str, country: str) -> None:
    """Nothing to say about a number that can be in use."""
    dialled_from_afar(text, country)
    assert phone_doubt(text, country) is None


@pytest.mark.parametrize(
    ("text", "country", "dialled"),
    [
        ("(415) 555-0132", "US", "(415) 555-0132"),
        ("010-1234-5678", "KR", "+82 10-1234-5678"),
        ("030 23125014", "DE", "+49 30 23125014"),
        ("0049 30 23125014", "DE", "+49 30 23125014"),
        ("0812-3456-7890", "ID", "+62 812-3456-7890"),
        ("+49 30 23125 014", "DE", "+49 30 23125 014"),
    ],
)
def test_abroad_a_number_gets_its_countrys_code(text: str, country: str, dialled: str) -> None:
    """Whoever reads `030 23125014` in the United States can dial nothing of it."""
    assert dialled_from_afar(text, country) == dialled


@pytest.mark.parametrize(
    ("text", "country"), [("12", "US"), ("call me", "US"), ("+999 1234567", "US"), ("+1 415", "US")]
)
def test_impossible(text: str, country: str) -> None:
    """What nobody can dial is refused, without the number in the message."""
    with pytest.raises(ValueError, match="not a phone number") as caught:
        dialled_from_afar(text, country)
    assert text not in str(caught.value)


def test_possible_but_not_in_use() -> None:
    """A number of the right length in no area is only doubted."""
    dialled_from_afar("0551234567", "US")
    assert "area code" in (phone_doubt("0551234567", "US") or "")


@pytest.mark.parametrize(
    ("text", "pattern", "at", "written"),
    [
        ("+1 202 555 0143", r"[0-9]{10}", "", "2025550143"),
        ("+1 202 555 0143", r"\(\d{3}\) \d{3}-\d{4}", "US", "(202) 555-0143"),
        ("202-555-0143", r"\d{3}\.\d{3}\.\d{4}", "US", "202.555.0143"),
        ("+1 202 555 0143", r"\+?[0-9 ]{8,20}", "", "+1 202 555 0143"),
        ("+49 30 901820", r"\+[0-9]+", "US", "+4930901820"),
        ("+49 30 901820", r"0[0-9]{6,14}", "DE", "030901820"),
        ("+49 30 901820", r"0[0-9]{6,14}", "", "004930901820"),
        ("+82 10 1234 5678", r"\d{3}-\d{4}-\d{4}", "KR", "010-1234-5678"),
    ],
)
def test_a_number_takes_the_notation_of_the_form(text: str, pattern: str, at: str, written: str) -> None:
    assert phone_like(text, "US", pattern, at) == written


@pytest.mark.parametrize(
    ("text", "pattern", "at"),
    [
        ("+49 30 90182012", r"[0-9]{10}", "US"),  # ten digits behind the code, and another's number there
        ("+82 10 1234 5678", r"\d{3}-\d{4}-\d{4}", ""),
        ("ask my wife", r".*", "US"),
    ],
)
def test_a_number_of_elsewhere_is_not_made_to_fit(text: str, pattern: str, at: str) -> None:
    with pytest.raises(ValueError, match="the form takes"):
        phone_like(text, "US", pattern, at)


@pytest.mark.parametrize(
    ("text", "shown", "same"),
    [
        ("+1 202 555 0143", "(202) 555-0143", True),
        ("202-555-0143", "+12025550143", True),
        ("+49 30 901820", "030 / 901820", True),
        ("+82 10 1234 5678", "(821) 012-3456", False),
        ("+1 202 555 0143", "202 555 014", False),
        ("+1 202 555 0143", "", False),
    ],
)
def test_one_number_in_two_notations(text: str, shown: str, same: bool) -> None:
    assert is_same_phone(text, shown) is same
