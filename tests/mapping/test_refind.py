"""Controls are found again by what they are, and certain only where nothing else could be meant."""

from __future__ import annotations

from autofill.mapping.fingerprint import ControlPrint
from autofill.mapping.refind import Match, matches


def box(words: str, name: str = "", kind: str = "", **more: object) -> ControlPrint:
    """A box for text, which both readers are sure of where its `kind` is given."""
    known = {"meanings": ((kind, 4.0),), "sure": True} if kind else {}
    return ControlPrint.model_validate({"words": words, "type": "text", "html_name": name, **known, **more})


def found(old: list[ControlPrint], new: list[ControlPrint]) -> dict[str, tuple[str, bool]]:
    """What each known control is called now, and whether that is certain."""

    def pair(match: Match) -> tuple[str, tuple[str, bool]]:
        return match.old.called, (match.new.called, match.certain)

    return dict(map(pair, matches(old, new)))


def test_new_words_and_new_names_are_certain_where_both_take_the_same_and_all_else_is_there() -> None:
    old = [box("E-mail", "mail", "email"), box("Town", "town", "city")]
    new = [box("Your address for mails", "x1", "email"), box("Town", "town", "city")]

    assert found(old, new) == {"E-mail": ("Your address for mails", True), "Town": ("Town", True)}


def test_what_a_control_takes_does_not_suffice_while_others_are_open() -> None:
    old = [box("Street", "s", "street"), box("House", "h"), box("Town", "town", "city")]
    new = [box("Road", "x1", "street"), box("What else", "x2"), box("Town", "town", "city")]

    assert found(old, new) == {"Street": ("Road", False), "Town": ("Town", True)}


def test_a_name_that_was_anothers_makes_it_doubtful() -> None:
    old = [box("Phone", "a1b2-phone", "phone"), box("E-mail", "mail", "email")]
    new = [box("Call", "MAIL", "phone")]

    assert not any(certain for _words, certain in found(old, new).values())


def test_names_that_differ_in_capitals_or_numbers_are_the_same() -> None:
    old = [box("Box colour", "field_4676565c-0170-462b-9d63-0a1b2c3d4e5f"), box("Lid size", "ctl00$ctl08$LidSize")]
    new = [
        box("Colour of a box", "field_4676565C-0170-462B-9D63-0A1B2C3D4E5F"),
        box("Size of lids", "ctl00$ctl11$LidSize"),
    ]

    assert {words: now for words, (now, _certain) in found(old, new).items()} == {
        "Box colour": "Colour of a box",
        "Lid size": "Size of lids",
    }


def test_a_tick_is_agreed_to_in_its_own_words_alone() -> None:
    old = [box("I agree to the terms", "c1", type="checkbox")]
    new = [box("Send me news every day", "c7", type="checkbox")]

    assert found(old, new) == {}


def test_the_further_part_of_a_code_is_not_the_code() -> None:
    old = [box("Zip + 4", "zipfour", "_zip4")]
    new = [box("Zip code", "zip", "postal_code")]

    assert found(old, new) == {}


def test_a_list_of_other_things_is_another_list() -> None:
    old = [box("Colour", "c", options=("Red", "Blue"), type="select-one")]

    assert found(old, [box("Size", "x", options=("Small", "Large"), type="select-one")]) == {}
    assert found(old, [box("Which colour?", "c", options=("Red", "Blue", "Green"), type="select-one")]) == {
        "Colour": ("Which colour?", True)
    }
