"""The key is the same for the same inquiry however it is typed, and another for any other inquiry."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Literal

from hypothesis import assume, given
from hypothesis import strategies as st

from autofill.cases.model.inquiry_key import inquiry_key

SALT = b"salt"
NAMES = st.sampled_from(["first_name", "last_name", "message", "zip"])
# Letters that have both cases, and nothing that Unicode forgot when it paired them (the dotless i).
WORDS = st.text(st.sampled_from("abcXYZ012é한글ßÅşж'-,\"\\[]"), min_size=1)
FIELDS = st.dictionaries(NAMES, st.lists(WORDS, min_size=1).map(" ".join), min_size=1)


def key(fields: dict[str, str], *, form: str = "form", origin: str = "https://example.com", salt: bytes = SALT) -> str:
    return inquiry_key(salt, form, origin, fields)


@given(FIELDS, st.sampled_from(["NFC", "NFD"]), st.sampled_from([str.upper, str.lower, str.title]))
def test_it_does_not_depend_on_case_or_composition(
    fields: dict[str, str], form: Literal["NFC", "NFD"], cased: Callable[[str], str]
) -> None:
    typed_otherwise = {name: unicodedata.normalize(form, cased(text)) for name, text in fields.items()}

    assert key(typed_otherwise) == key(fields)


@given(FIELDS, st.text(st.sampled_from(" \t\r\n\u00a0\u3000"), min_size=1))
def test_it_does_not_depend_on_white_space(fields: dict[str, str], space: str) -> None:
    assert key({name: space + text.replace(" ", space) + space for name, text in fields.items()}) == key(fields)


@given(FIELDS)
def test_it_does_not_depend_on_the_order_of_fields(fields: dict[str, str]) -> None:
    assert key(dict(reversed(fields.items()))) == key(fields)


@given(FIELDS, st.data())
def test_it_changes_when_a_text_moves_to_another_field(fields: dict[str, str], data: st.DataObject) -> None:
    moving = data.draw(st.sampled_from(sorted(fields)))
    moved = {"elsewhere" if name == moving else name: text for name, text in fields.items()}

    assert key(moved) != key(fields)


@given(WORDS, WORDS, st.data())
def test_it_changes_when_a_border_between_fields_moves(one: str, other: str, data: st.DataObject) -> None:
    both = one + other
    cut = data.draw(st.integers(0, len(both)))
    assume(cut != len(one) and both[:cut].casefold() != one.casefold())

    assert key({"first_name": both[:cut], "last_name": both[cut:]}) != key({"first_name": one, "last_name": other})


def test_text_that_looks_like_the_border_is_no_border() -> None:
    assert key({"a": 'x"], ["b", "y'}) != key({"a": "x", "b": "y"})


def test_an_empty_field_is_an_absent_one() -> None:
    assert key({"first_name": "Ana", "company": " \n"}) == key({"first_name": "Ana"})


def test_form_origin_and_salt_each_make_another_key() -> None:
    fields = {"first_name": "Ana"}

    keys = {key(fields), key(fields, form="other"), key(fields, origin="https://b"), key(fields, salt=b"b")}

    assert len(keys) == 4


def test_it_takes_any_text_at_all() -> None:
    assert len(key({"message": "\ud800 \x00 \u0345"})) == 64
