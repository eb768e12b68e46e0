"""Tracking numbers against published vectors, and every single-digit mistake."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autofill.organisations.usps.tracking import bare_number, tracking_doubt, tracking_number

DEFINITIONS = json.loads((Path(__file__).parents[2] / "data" / "tracking_numbers.json").read_text())["definitions"]
VALID = [number for each in DEFINITIONS.values() for number in each["valid"]]
INVALID = [number for each in DEFINITIONS.values() for number in each["invalid"]]
# 20 digits, where two rules are in use and failing both is only a doubt.
DOUBTFUL = ["0307 1790 0005 2348 3742", "7196 9010 7560 0307 7386", "61299998820821171811"]


def test_the_vectors_are_all_there() -> None:
    """31 and 4 valid, 11 and 2 invalid."""
    assert (len(VALID), len(INVALID)) == (35, 13)


@pytest.mark.parametrize("text", VALID)
def test_valid(text: str) -> None:
    """Accepted without a doubt, stored without spaces and in capitals."""
    number = tracking_number(text.lower())
    assert number == text.replace(" ", "")
    assert tracking_doubt(number) is None


@pytest.mark.parametrize("dash", ["-", "\u2010", "\u2013", " - "])
def test_dashes_are_like_spaces(dash: str) -> None:
    """Shops and mails write numbers like this."""
    assert tracking_number(dash.join(["9400", "1112", "0255", "5830", "0010", "10"])) == "9400111202555830001010"


@pytest.mark.parametrize("text", [number for number in INVALID if number not in DOUBTFUL])
def test_invalid(text: str) -> None:
    """Refused, without the number in the message."""
    with pytest.raises(ValueError, match=r"check digit|not a tracking number|not a country code") as caught:
        tracking_number(text)
    assert text not in str(caught.value)


@pytest.mark.parametrize("text", DOUBTFUL)
def test_doubtful(text: str) -> None:
    """Where the rule is not certain the number is accepted and the doubt is said."""
    assert text in INVALID
    assert "neither rule" in (tracking_doubt(tracking_number(text)) or "")


def test_express_guaranteed() -> None:
    """10 digits that begin with 82 have no known check digit."""
    assert "no check digit" in (tracking_doubt(tracking_number("82 123 456 78")) or "")


@pytest.mark.parametrize(
    "text",
    ["", "1", "8312345678", "9" * 21, "9600111206206406260787", "1Z999AA10123456784", "RB123456785", "９４００",
     "RB1234567855US", "420" + "9" * 17 + "0" * 4, "٩٤٠٠١١١٢٠٦٢٠٦٤٠٦٢٦٠٧٨٧"],
)  # fmt: skip
def test_other_shapes(text: str) -> None:
    """Any other shape is refused with the shapes that exist."""
    with pytest.raises(ValueError, match="20, 22, 26 or 30 digits"):
        tracking_number(text)


@pytest.mark.parametrize("prefix", ["", "42010010", "420100101234"])
@pytest.mark.parametrize("number", ["9400111206206406260787", "92748931507708513018050063"])
def test_every_single_digit_mistake_is_found(number: str, prefix: str) -> None:
    """Mod 10 with weights 3 and 1 finds every wrong digit, with and without the ZIP in front."""
    for place in range(2, 10):
        for digit in "0123456789":
            wrong = number[:place] + digit + number[place + 1 :]
            if wrong == number:
                assert tracking_number(prefix + wrong)
            else:
                with pytest.raises(ValueError, match="check digit"):
                    tracking_number(prefix + wrong)


@pytest.mark.parametrize("number", ["RB123456785US", "RB966331020KR", "RB000000155DE", "RB000717618ID"])
def test_s10_has_one_check_digit(number: str) -> None:
    """Only one check digit is right, in the two special remainders as well."""
    accepted = []
    for digit in "0123456789":
        try:
            accepted.append(tracking_number(number[:10] + digit + number[11:]))
        except ValueError:
            continue
    assert accepted == [number]


@pytest.mark.parametrize(
    "number", ["9400111206206406260787", "92748931507708513018050063", "RB123456785US", "8212345678"]
)
def test_a13_an_item_has_one_number(number: str) -> None:
    """A13: with and without the ZIP code in front; another number is another item."""
    prefixes = ["", "42010010", "420100101234"] if number.startswith("9") else [""]
    assert {bare_number(prefix + number) for prefix in prefixes} == {number}


def test_a13_a_number_without_its_91_is_that_number() -> None:
    """Of twenty digits whose check digit is right only with the 91 in front."""
    assert bare_number("0" * 19 + "2") == bare_number("91" + "0" * 19 + "2") == "91" + "0" * 19 + "2"


@given(st.text(max_size=40) | st.text("0123456789", min_size=18, max_size=36))
def test_total(text: str) -> None:
    """Any text is either a number, in a form that is stable, or a ValueError."""
    try:
        number = tracking_number(text)
    except ValueError:
        return
    assert tracking_number(number) == number
