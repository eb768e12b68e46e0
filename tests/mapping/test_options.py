"""The option that a value means: in its own words, folded, in others, in a range; or none."""

from __future__ import annotations

import pytest

from autofill.mapping.options import match_option

COUNTRIES = ("Canada", "Germany", "Indonesia", "Norway", "South Korea", "United States", "United Kingdom")
AGES = ("Under 18", "18-25", "26 to 64", "65 or over")


@pytest.mark.parametrize(
    ("value", "options", "meant"),
    [
        ("Blue", ("Blue", "Dark blue"), "Blue"),
        ("cafe creme", ("Café crème", "Tea"), "Café crème"),
        ("yes", ("Yes, I do", "No, I do not"), "Yes, I do"),
        ("no", ("Yes please", "No, thanks"), "No, thanks"),
        ("ja", ("Yes", "No"), "Yes"),
        ("아니요", ("Yes", "No"), "No"),
        ("USA", COUNTRIES, "United States"),
        ("Deutschland", COUNTRIES, "Germany"),
        ("KR", COUNTRIES, "South Korea"),
        ("CA", ("Alaska", "California", "Texas"), "California"),
        ("two", ("1", "2", "3 or more"), "2"),
        ("5", ("1", "2", "3 or more"), "3 or more"),
        ("17", AGES, "Under 18"),
        ("18", AGES, "18-25"),
        ("65", AGES, "65 or over"),
        ("30 years", ("0-20 years", "21-40 years", "over 40 years"), "21-40 years"),
        ("1,200", ("Up to 1,000", "1,001 - 5,000", "More than 5,000"), "1,001 - 5,000"),
        ("12 May 2026", ("2026-05-12", "2026-05-13"), "2026-05-12"),
        ("card (credit)", ("Invoice", "Credit card"), "Credit card"),
        ("by credit card", ("Invoice", "Credit card", "Gift card"), "Credit card"),
        ("money back", ("Refund", "Exchange"), "Refund"),
        ("Lastschrift", ("Rechnung", "Lastschrift"), "Lastschrift"),
    ],
)
def test_the_one_option_that_is_meant(value: str, options: tuple[str, ...], meant: str) -> None:
    assert match_option(value, options).words == meant


@pytest.mark.parametrize(
    ("value", "options"),
    [
        ("Blue", ("Dark blue", "Light blue")),
        ("Blue", ("Dark blue", "Red")),
        ("yes", ("Yes, by post", "Yes, by e-mail", "No")),
        ("no", ("Yes", "No preference")),
        ("no", COUNTRIES),
        ("me", ("Maine", "Ohio", "Texas")),
        ("20", ("10-20", "20-30")),
        ("2", ("1-6 months", "7-12 months", "1-3 years")),
        ("3 weeks", ("1-6 months", "7-12 months")),
        ("insured", ("Not insured", "Partly insured")),
        ("Insured", ("Uninsured", "Pending")),
        ("something", ("Red", "Other")),
        ("else", ("Red", "Other")),
        ("Suite", ("Single room", "Double room")),
        ("Georgia", ("Georgia", "georgia")),
        ("07/08/2026", ("2026-07-08", "2026-08-07")),
        ("1000 - 2000", ("1000", "2000")),
        ("Damaged", ("Not damaged", "Lost")),
    ],
)
def test_in_doubt_none(value: str, options: tuple[str, ...]) -> None:
    assert match_option(value, options).words is None


def test_of_doubtful_options_the_nearest_are_told() -> None:
    assert match_option("Blue", ("Green", "Dark blue", "Light blue")).nearest == ("Dark blue", "Light blue")


def test_what_the_question_says_need_not_be_said_again() -> None:
    assert match_option("standard delivery", ("Standard", "Express"), "Delivery").words == "Standard"
    assert match_option("standard pages", ("Standard", "Express"), "Delivery").words is None
