"""Rules between fields: addresses and their country, phones and theirs, answers, invisible characters."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pydantic import ValidationError

from autofill.inquiry.models import Address
from autofill.inquiry.profile import Loaded

Load = Callable[..., Loaded]
Complaints = Callable[..., list[str]]


@pytest.mark.parametrize("text", ["02134", "00501", "08901", "08901-1234"])
def test_zip_survives(load: Load, text: str) -> None:
    """Cases 25 to 27: leading zeros stay."""
    assert load(("02134", text)).fields["contact.address.postal_code"] == text


@pytest.mark.parametrize("text", ["No", "Null", "~", "true", "1_000", "12:30", "2026-13-45", "O'Brien", "Nuñez", "王"])
def test_names_survive(load: Load, text: str) -> None:
    """Cases 28, 29, 32 to 34 and 42: a name is text whatever it looks like."""
    assert load(("Jones", text)).fields["contact.last_name"] == text


def test_numbers_survive(load: Load) -> None:
    """Cases 30 and 31: a phone with a leading zero, a tracking number too long for a float.

    (The number listed in case 31 ends in 0, which its check digit forbids; as mere text it is in the reader's tests.)
    """
    fields = load(("415-555-0132", "0551234567"), ("9400111206206406260787", "9400111899223197428497")).fields
    assert fields["contact.phone"] == "0551234567"
    assert fields["item.tracking_number"] == "9400111899223197428497"


def test_united_states(load: Load, complaints: Complaints) -> None:
    """State and ZIP are needed, normalised and checked; the nearest state is named."""
    assert load(("MA", "massachusetts")).fields["contact.address.state"] == "MA"
    state, postal_code = complaints(("    state: MA\n", ""), ("02134", "2134"))
    assert state == "7:3: contact.address.state: the form needs it for “State”"
    assert postal_code.startswith("10:5: contact.address.postal_code: is not a ZIP code; write five digits, or nine")


def test_elsewhere(load: Load) -> None:
    """Outside the United States neither is needed and any text will do."""
    elsewhere = ("state: MA\n    postal_code: 02134", "country: kr")
    contact = load(elsewhere, ("415-555-0132", "010-1234-5678")).inquiry.contact
    assert contact
    assert contact.address == Address(street="1 Main Street", city="Boston", country="KR")
    assert Address(street="a", city="b", state="Bayern", postal_code="D-80331", country="DE").state == "Bayern"


def test_the_phone_is_one_that_can_be_dialled_from_the_united_states(load: Load) -> None:
    elsewhere = ("state: MA\n    postal_code: 02134", "country: KR")
    assert load(elsewhere, ("415-555-0132", "010-1234-5678")).fields["contact.phone"] == "+82 10-1234-5678"
    assert load().fields["contact.phone"] == "415-555-0132"


def test_one_line() -> None:
    """The parts that are given, in the order of an envelope; the country only abroad."""
    home = Address(street="1 Main St", unit="Apt 2", city="Boston", state="MA", postal_code="02134")
    assert home.one_line == "1 Main St, Apt 2, Boston, MA 02134"
    assert Address(street="a", city="Berlin", postal_code="10435", country="DE").one_line == "a, Berlin, 10435, Germany"
    assert Address(street="세종대로 110", city="서울", country="KR").one_line == "세종대로 110, 서울, South Korea"


def test_phone_follows_the_address(load: Load, complaints: Complaints) -> None:
    """The national form is that of the address; with + any country will do."""
    (line,) = complaints(("415-555-0132", "12"))
    assert line.startswith("6:3: contact.phone: is not a phone number; write it as you dial it at home")
    assert load(("415-555-0132", "+82 2-1234-5678")).fields["contact.phone"] == "+82 2-1234-5678"
    assert complaints(("415-555-0132", "12"), ("city: Boston", "city: ' '")) == [
        line,
        "9:5: contact.address.city: is only white space; write something, or delete the line",
    ]


def test_reply_by_phone(load: Load, complaints: Complaints) -> None:
    """An answer by phone needs a phone."""
    by_phone = ("phone: 415-555-0132", "phone: 415-555-0132\n  reply_by: phone")
    assert load(by_phone).fields["contact.reply_by"] == "phone"
    assert complaints(("phone: 415-555-0132", "reply_by: phone")) == [
        "6:3: contact.reply_by: asks for an answer by phone, but contact.phone is missing"
    ]


@pytest.mark.parametrize("hidden", ["\\u202E", "\\u2066", "\\u200B", "\\uFEFF"])
def test_invisible_in_the_message(load: Load, complaints: Complaints, hidden: str) -> None:
    """Cases 35 to 37: refused, unless the profile says that it means them; lines never may."""
    change = ("A box of books did not arrive.", f'"It did {hidden} not arrive."')
    if hidden == "\\uFEFF":
        assert complaints(change) == ["16:10: the text contains the invisible character U+FEFF; delete it"]
        return
    assert complaints(change) == [f"16:1: message: contains the invisible character U+{hidden[2:]}; delete it"]
    assert load(change, ("subject:", "allow_invisible: yes\nsubject:")).inquiry.message
    assert len(complaints(("A lost package", f'"A {hidden}"'), ("subject:", "allow_invisible: yes\nsubject:"))) == 1


def test_frozen(load: Load) -> None:
    """An inquiry does not change after it was checked."""
    with pytest.raises(ValidationError):
        load().inquiry.subject = "x"  # type: ignore[misc]
