"""A mapping in a list is replaced where it stands; comments, quotes and line ends of all else stay."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pytest

from autofill.errors import InvalidFile
from autofill.sources.replacing import with_mapping
from autofill.sources.strict_yaml import Value

TEXT = """\
# a map
id: desk   # its name
pages:
  - heading: Contact
    controls:
      # who
      - name: 'Your name'  # as on the page
        value: contact.name
        alternatives:
          - Name
        required: yes
      - {name: E-mail, value: contact.email, nth: 1}   # the first
    submit: Send
"""
FIRST: Final[Mapping[str, Value]] = {
    "name": "Your name",
    "value": "contact.name",
    "alternatives": ["Name"],
    "required": "yes",
}
SECOND: Final[Mapping[str, Value]] = {"name": "E-mail", "value": "contact.email", "nth": "1"}


def changed(number: int, wanted: Mapping[str, Value]) -> list[tuple[str, str]]:
    """The lines that a mapping of the controls changes, as they were and as they are."""
    made = with_mapping(TEXT, "m.yaml", ("pages", 0, "controls", number), wanted)
    old, new = TEXT.splitlines(), made.splitlines()
    return [("-", line) for line in old if line not in new] + [("+", line) for line in new if line not in old]


def test_a_value_is_replaced_in_its_place() -> None:
    assert changed(0, {**FIRST, "name": "Full name: yours"}) == [
        ("-", "      - name: 'Your name'  # as on the page"),
        ("+", '      - name: "Full name: yours"  # as on the page'),
    ]
    assert changed(1, {**SECOND, "name": "Mail"}) == [
        ("-", "      - {name: E-mail, value: contact.email, nth: 1}   # the first"),
        ("+", "      - {name: Mail, value: contact.email, nth: 1}   # the first"),
    ]


def test_a_new_key_stands_in_the_place_of_one_that_goes() -> None:
    wanted: Mapping[str, Value] = {"near": "Name of yours", "value": "contact.name", "required": "yes"}

    assert changed(0, wanted) == [
        ("-", "      - name: 'Your name'  # as on the page"),
        ("-", "        alternatives:"),
        ("-", "          - Name"),
        ("+", "      - near: Name of yours  # as on the page"),
    ]


def test_further_keys_stand_behind_the_first() -> None:
    assert changed(1, {**SECOND, "within": "You, yourself"}) == [
        ("-", "      - {name: E-mail, value: contact.email, nth: 1}   # the first"),
        ("+", '      - {name: E-mail, within: "You, yourself", value: contact.email, nth: 1}   # the first'),
    ]
    assert changed(0, {**FIRST, "within": "You"})[-1] == ("+", "        within: You  # as on the page")


def test_keys_go_with_all_that_they_have() -> None:
    assert changed(1, {"name": "E-mail", "value": "contact.email"})[-1] == (
        "+",
        "      - {name: E-mail, value: contact.email}   # the first",
    )
    assert ("-", "          - Name") in changed(0, {"value": "contact.name"})


def test_what_stays_the_same_changes_nothing() -> None:
    for number, same in enumerate((FIRST, SECOND)):
        assert with_mapping(TEXT, "m.yaml", ("pages", 0, "controls", number), same) == TEXT


def test_line_ends_stay() -> None:
    made = with_mapping(TEXT.replace("\n", "\r\n"), "m.yaml", ("pages", 0, "controls", 1), {"name": "Mail"})

    assert made.count("\r\n") == made.count("\n") == TEXT.count("\n")


def test_an_edit_that_would_say_something_else_is_refused() -> None:
    with pytest.raises(InvalidFile, match="without harm"):
        with_mapping("controls:\n  - name: Mail\n  - name: Phone\n", "m.yaml", ("controls", 0), {})
