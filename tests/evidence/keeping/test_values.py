"""The table of values: what was planned, read back and repeated, side by side, with every difference seen."""

from __future__ import annotations

import pytest

from autofill.events import ReadBack
from autofill.evidence.keeping.values import table_of

NAME = ReadBack("First name", "contact.first_name", "Jörg", "Jörg", matches=True)
CITY = ReadBack("City", "contact.address.city", "Seoul", "Seoul", matches=True)


def test_the_first_step_entered_a_value_and_a_later_one_repeated_it() -> None:
    """Values stand with the step that entered them, in its order; the review page stands beside them."""
    table = table_of([("Contact", (NAME, CITY)), ("Review", (CITY, NAME))], None)

    (group,) = table.groups
    assert group.name == "Contact"
    assert [(line.value.name, line.again) for line in group.rows] == [("First name", NAME), ("City", CITY)]
    assert (table.differences, table.has_review) == (0, True)


def test_steps_that_entered_nothing_have_no_group() -> None:
    """A page that only leads on says nothing."""
    table = table_of([("Start", ()), ("Contact", (NAME,)), ("Submit", ())], None)

    assert [group.name for group in table.groups] == ["Contact"]
    assert not table.has_review


@pytest.mark.parametrize(
    ("entered", "repeated"),
    [
        (ReadBack("City", "city", "Seoul", "Seo", matches=False), None),
        (
            ReadBack("City", "city", "Seoul", "Seoul", matches=True),
            ReadBack("City", "city", "Seoul", "", matches=False),
        ),
    ],
)
def test_a_difference_is_one_wherever_it_shows(entered: ReadBack, repeated: ReadBack | None) -> None:
    """In the control itself, or on the review page alone."""
    table = table_of([("Contact", (entered, NAME)), ("Review", (repeated,) if repeated else ())], None)

    assert [line.differs for line in table.rows] == [True, False]
    assert table.differences == 1


def test_the_same_field_may_stand_in_two_controls() -> None:
    """A mail address that has to be typed twice is two values, not one repeated."""
    again = ReadBack("Confirm email", "contact.email", "a@example.com", "a@example.com", matches=True)
    table = table_of([("Contact", (ReadBack("Email", "contact.email", "x", "x", matches=True), again))], None)

    assert [line.value.name for line in table.rows] == ["Email", "Confirm email"]


@pytest.mark.parametrize(
    ("planned", "shown"),
    [
        ("9400111202555830001010", True),
        ("maria  O'Brien\nHarbor street", True),
        ("서울특별시 강남구 테헤란로", True),
        ("Straße des 17. Juni", True),
        ("20261122", False),
        ("940011120255583000101", False),
        ("Seattle, Washington", False),
        ("yes", None),
        ("Email", None),
        ("", None),
    ],
)
def test_what_the_confirmation_shows(planned: str, shown: bool | None) -> None:
    """Whole values count however they are spaced and cased; parts of a number do not, and short words say nothing."""
    said = (
        "Email us. Yes! MARIA O'BRIEN Harbor Street 9400111202555830001010;"
        " 서울특별시 강남구 테헤란로, STRASSE des 17. Juni"
    )

    (line,) = table_of([("s", (ReadBack("n", "f", planned, planned, matches=True),))], said).rows

    assert line.on_confirmation is shown
    assert not line.differs


def test_without_a_confirmation_nothing_is_said_of_it() -> None:
    """A run that stopped before it cannot have a value missing there."""
    (line,) = table_of([("s", (ReadBack("n", "f", "9400111202555830001010", "", matches=True),))], None).rows

    assert line.on_confirmation is None
