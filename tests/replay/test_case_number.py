"""A case number stands beside its words, and no date, no phone number and no number of the inquiry is taken for one."""

from __future__ import annotations

import pytest

from autofill.forms.catalog import load_form
from autofill.forms.outcome import usual_thanks
from autofill.replay.case_number import case_numbers

USPS = load_form("usps-email-us").form_map.confirmation


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Your Service Request Number is 12345678.", ("12345678",)),
        ("- paragraph: Your service request number is\n- strong: '12345678'", ("12345678",)),
        ("Case number:\nCA123456789", ("CA123456789",)),
        ("Reference 123456789 and 12345678", ("123456789", "12345678")),
        ("Reference 12345678\nCase number 12345678", ("12345678",)),
        ("Reference:\n\n12345678", ()),
        ("Call 8002758777\nThank you", ()),
        ("Reference 1234567", ()),
        ("Reference 12345678901", ()),
        ("", ()),
    ],
)
def test_case_numbers_stand_beside_their_words(text: str, found: tuple[str, ...]) -> None:
    """On the line that names them or the one below; a number anywhere else is a phone number, a year, an amount."""
    assert case_numbers(text, USPS) == found


@pytest.mark.parametrize(
    "text",
    [
        "Ihre Anfrage ist eingegangen. Vorgang {}.",
        "Referenz-Nr.: {}",
        "Votre référence : {}",
        "Su número de referencia es {}",
        "Nomor tiket Anda: {}",
        "문의 번호는 {}입니다.",
        "접수 번호: {}",
    ],
)
def test_words_beside_one_are_known_in_some_languages(text: str) -> None:
    assert case_numbers(text.format("RW-20417"), usual_thanks()) == ("RW-20417",)


def test_a_year_or_a_sum_beside_them_is_none() -> None:
    assert case_numbers("접수 번호는 2026년 메일로 알려 드립니다. 요금 12000원", usual_thanks()) == ()


@pytest.mark.parametrize(
    "text",
    [
        "If you have no case number, call 8002758777 for help",
        "Case number: you will get it by mail. Call us at 4155550132.",
        "Your case number comes by mail. Tel.: 4155550132",
        "Your case: hubungi kami di 4155550132",
        "Your case number follows; telefonisch erreichen Sie uns: Telefon 4155550132",
        "Fallnummer (case number) folgt. 전화: 4155550132",
        "Your case number +14155550132",
        "Your service request of 20261128 is with us",
        "Your service request of 11282026 is with us",
        "Your service request of 28112026 is with us",
        "Your case number is 00482913, as before",
        "Your case number is 9400111202",
    ],
)
def test_other_numbers_are_never_one(text: str) -> None:
    """Helplines, dates, and what the inquiry itself holds (A11)."""
    assert case_numbers(text, USPS, known=["previous case 0048-2913", "9400 1112 02"]) == ()


@pytest.mark.parametrize("number", ["20263128", "99991231", "13322026", "415555013"])
def test_a_number_that_is_no_day_and_not_dialled_is_one(number: str) -> None:
    assert case_numbers(f"Thank you for your call. Your case number is {number}.", USPS) == (number,)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ticket created on 29.11.2026", ()),
        ("Ticket 1, 11/29/2026, 19:42:2026", ()),
        ("Reference: Sun Nov 29 19:42:03 2026 +0000", ()),
        ("Ticket\nNov 29, 2026 7:41 PM", ()),
        ("Ticket 1\n© 2019-2026 Acme", ()),
        ("Ticket 2026/11/29 No. 123456", ("123456",)),
        ("접수번호: 2026년 11월 29일", ()),
        ("Case number 12345 of 29 Nov 2026", ("12345",)),
        ("Ticket 2031 was created", ("2031",)),
        ("Your case number is 2026.", ("2026",)),
        ("Ticket #2026-12", ("2026-12",)),
        ("Ticket number 2026-0012 of 2026", ("2026-0012",)),
        ("Ihre Vorgangsnummer lautet: 2041", ("2041",)),
    ],
)
def test_a_year_is_one_only_where_its_words_stand_right_before_it(text: str, found: tuple[str, ...]) -> None:
    """A day on the line of a ticket has one, in every order that a day is written in, and so have notes below."""
    assert case_numbers(text, usual_thanks()) == found


def test_a_pattern_with_groups_finds_whole_numbers() -> None:
    """However the person who wrote the map grouped it."""
    grouped = USPS.model_copy(update={"case_number": r"(CA)?(\d{8,9})"})
    assert case_numbers("Case number CA123456789", grouped) == ("CA123456789",)
