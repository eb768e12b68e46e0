"""Texts lose every value that is withheld, in any spelling, and keep the rest."""

from __future__ import annotations

import base64
import html
import json
import urllib.parse

import pytest

from autofill.evidence.keeping.boxes import UNKNOWN, PlannedControl
from autofill.evidence.sharing.redaction import Choice, Redaction, placeholder

REDACTION = Redaction.of(
    [
        ("contact.last_name", "Quetzalcoatlus"),
        ("contact.phone", "(415) 555-0177"),
        ("contact.company", "Björn & Sons"),
        ("item.sender_address", "88 Elm Street, Portland, OR 97205-1234"),
    ]
)


def entered(field: str, *, personal: bool = True) -> PlannedControl:
    return PlannedControl(field=field, name="x", kind="text", personal=personal)


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (Choice(), [True, True, False, True]),
        (Choice(keep=frozenset({"a"})), [False, True, False, True]),
        (Choice(only=frozenset({"a"})), [True, False, False, True]),
        (Choice(only=frozenset({"topic"})), [False, False, True, True]),
        (Choice(keep=frozenset({"a"}), only=frozenset({"a", "b"})), [False, True, False, True]),
    ],
    ids=["all", "keep", "only", "only a choice", "both"],
)
def test_what_is_withheld_is_chosen(choice: Choice, expected: list[bool]) -> None:
    """Everything personal without a word; what nobody knows the owner of always."""
    asked = [entered("a"), entered("b"), entered("topic", personal=False), entered(UNKNOWN)]
    assert [choice.withholds(what) for what in asked] == expected


def test_values_give_way_to_the_names_of_their_fields() -> None:
    """Overlapping ones to the first; what stands around them stays."""
    text = "- text: Mr QUETZALCOATLUS, 415 555 0177\n- text: Portland, OR 97205\n- heading: Case 70775444"
    assert REDACTION.clean(text) == (
        "- text: Mr [withheld: contact.last_name], [withheld: contact.phone]\n"
        "- text:[withheld: item.sender_address]\n- heading: Case 70775444"
    )
    assert placeholder() == "[withheld]"


@pytest.mark.parametrize(
    "encode",
    [
        str,
        str.upper,
        html.escape,
        urllib.parse.quote,
        lambda text: json.dumps(text)[1:-1],
        lambda text: text.replace(" ", "\n      "),
    ],
    ids=["plain", "upper", "html", "url", "json", "broken"],
)
def test_spellings_of_source_texts_are_cleaned_too(encode: object) -> None:
    """So a saved page can be handed out as well."""
    cleaned = REDACTION.clean(f"<p>From {encode('Björn & Sons')}, hello</p>")  # type: ignore[operator]
    assert "Sons" not in cleaned
    assert "SONS" not in cleaned
    assert cleaned.startswith("<p>From ")
    assert cleaned.endswith(", hello</p>")
    assert REDACTION.is_clean(cleaned)


@pytest.mark.parametrize(
    "text",
    [
        base64.b64encode(b"<p>Dear Mr Quetzalcoatlus</p>").decode(),
        base64.urlsafe_b64encode("~~?? Björn & Sons ??~~".encode()).decode().rstrip("="),
        "&#81;uetzalcoatlus",
        "%51uetzalcoatlus",
        r"\u0051uetzalcoatlus",
        "call <b>415</b> <i>555</i> 0177",
        "- text: call (415) 555\n- strong: 0177",
        base64.b64encode(b"\xff\x01\x0f\x05\x0eQuetzalcoatlus\x05\xf0\x9f").decode(),
        f"/a/{base64.b64encode(b'Mr Quetzalcoatlus').decode()}",
        base64.b64encode("Mr Quetzalcoatlus".encode("utf-16")).decode(),
        "%252551uetzalcoatlus",
        r"\x51uetzalcoatlus",
        r"\51 uetzalcoatlus",
        b"Quetzalcoatlus".hex(),
    ],
    ids=[
        *("base64", "base64 for URLs", "entity", "percent", "escape", "tags", "roles"),
        *("base64 of bytes", "base64 in a path", "base64 of UTF-16", "percent thrice", "x", "style", "hex"),
    ],
)
def test_what_cannot_be_cleaned_is_at_least_seen(text: str) -> None:
    """Then the file is left out."""
    assert not REDACTION.is_clean(REDACTION.clean(text))


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("- text: ends in 428490", "- text: ends in [withheld: item.tracking_number]"),
        ("- text: ends in 8490.", "- text: ends in [withheld: item.tracking_number]."),
        ("- text: number 9400 1118 99", "- text: number [withheld: item.tracking_number]"),
        ("- text: case 70775444 of 2026", "- text: case 70775444 of 2026"),
        ("- text: a1118990 or 11189b", "- text: a1118990 or 11189b"),
    ],
)
def test_digits_of_a_long_number_are_taken_out(text: str, cleaned: str) -> None:
    """B1. Its end from four digits on, any six of it; not what only looks so: case numbers, years, codes."""
    redaction = Redaction.of([("item.tracking_number", "9400111899223197428490")])
    assert redaction.clean(text) == cleaned
    assert redaction.is_clean(cleaned)


def test_noise_is_not_taken_for_a_value() -> None:
    """Every long word can be read as base64; a letter or two is found in what comes out."""
    words = " ".join(f"internationalisation{number:04}" for number in range(500))
    assert Redaction.of([("contact.address.unit", "4"), ("contact.first_name", "Jo")]).is_clean(words)


def test_the_names_of_fields_are_no_values() -> None:
    """Somebody may be called Contact."""
    redaction = Redaction.of([("contact.company", "Contact Company")])
    assert redaction.is_clean(redaction.clean("by Contact Company"))
