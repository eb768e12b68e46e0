"""What typing a value otherwise changes is no difference; what it says is."""

from __future__ import annotations

import pytest

from autofill.inquiry.normal_form import folded, item_number, normal_fields

KOREA = {"contact.address.country": "KR"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("O'Brien", "O\u2019Brien"),
        ("O'Brien", "O\uff07Brien"),
        ('it\'s "here"', "it\u2018s \u201ehere\u201c"),
        ('"here"', "\u00abhere\u00bb"),
        ("5-7 days", "5\u20137 days"),
        ("lost - or stolen", "lost \u2014 or stolen"),
        ("lost -- or stolen", "lost \u2014 or stolen"),
        ("wait...", "wait\u2026"),
        ("Maria", "\uff2d\uff41\uff52\uff49\uff41"),
        ("office", "o\ufb03ce"),
        ("Straße", "STRASSE"),
        ("José", "Jose\u0301"),
        ("a package", "a\u00a0package"),
        ("package", "pack\u00adage"),
        ("\u2709", "\u2709\ufe0f"),
        ("택배", "\u1110\u1162\u11a8\u1107\u1162"),
    ],
)
def test_a_text_is_the_same_however_it_is_typed(one: str, other: str) -> None:
    """A13: quotes, dashes, width, ligatures, case, composition, spaces, invisible characters."""
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Where is it?", "Where is it."),
        ("not delivered", "now delivered"),
        ("José", "Jose"),
        ("10 letters", "11 letters"),
        ("re-sent", "resent"),
        ("its", "it's"),
        ("5-7", "57"),
        ("$5", "5"),
    ],
)
def test_what_says_something_else_stays_different(one: str, other: str) -> None:
    """A13, the other way round: no sentence or number is taken for another."""
    assert folded(one) != folded(other)


@pytest.mark.parametrize("text", ["O\u2019Brien \ufb01ts \u2014 \u0345\u00b4", "\ud800 \x00"])
def test_a_normal_form_is_its_own(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@pytest.mark.parametrize(
    ("one", "other", "elsewhere"),
    [
        ("(415) 555-0132", "+1 415-555-0132", {}),
        ("(415) 555-0132", "415.555.0132", {}),
        ("(415) 555-0132", "1 415 555 0132", {}),
        ("(415) 555-0132", "(\uff14\uff11\uff15) \uff15\uff15\uff15\uff0d\uff10\uff11\uff13\uff12", {}),
        ("415-555-0132 ext. 7", "+1 (415) 555-0132 x7", {}),
        ("010-1234-5678", "+82 10 1234 5678", KOREA),
    ],
)
def test_a_phone_is_the_number_that_is_dialled(one: str, other: str, elsewhere: dict[str, str]) -> None:
    """A13."""
    assert normal_fields({"contact.phone": one, **elsewhere}) == normal_fields({"contact.phone": other, **elsewhere})


@pytest.mark.parametrize(
    "other", ["(415) 555-0133", "+44 415 555 0132", "415-555-0132 ext. 7", "no phone", "\uff2eo \u2019"]
)
def test_another_phone_is_another(other: str) -> None:
    assert normal_fields({"contact.phone": "(415) 555-0132"}) != normal_fields({"contact.phone": other})


@pytest.mark.parametrize(
    ("country", "one", "other"),
    [("US", "02134", "02134-1021"), ("GB", "SW1A 1AA", "sw1a1aa"), ("PL", "00-001", "00001")],
)
def test_a_postal_code_is_the_same_with_and_without_its_rest_and_gaps(country: str, one: str, other: str) -> None:
    """A13: ZIP+4 is the ZIP code; elsewhere spaces and dashes only group it."""

    def address(code: str) -> dict[str, str]:
        whole = f"1 Main Street, {code}"
        return {"item.to": whole, "item.to.street": "1 Main", "item.to.country": country, "item.to.postal_code": code}

    assert normal_fields(address(one)) == normal_fields(address(other))
    assert normal_fields(address(one)) != normal_fields(address("99999"))
    assert "item.to" not in normal_fields(address(one))


def test_a_question_is_the_same_however_it_is_typed_and_none_swallows_another() -> None:
    asked = {"answers.What\u2019s it": "a Box", "answers.What\u2019s it.worth": "5"}

    assert normal_fields(asked) == {"answers.what's it": "a box", "answers.what's it.worth": "5"}


@pytest.mark.parametrize(
    "text", ["9400 1112 0255 5830 0010 10", "9400-1112-0255-5830-0010-10", "9400111202555830001010"]
)
def test_the_number_of_an_item_is_the_same_without_its_gaps(text: str) -> None:
    assert item_number(text) == "9400111202555830001010" != item_number("9400111202555830001011")
