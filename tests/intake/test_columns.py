"""Which column goes where: what a person writes, and what they get wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from autofill.errors import InvalidFile
from autofill.intake.columns import columns_text, fields_for_columns, read_columns
from autofill.intake.table import Table
from autofill.organisations import registry

USPS = registry.organisation_of_form("usps-email-us").inquiry_model
TABLE = Table("t.csv", ("Order No", "Tracking", "Note", "Note", ""), lambda: iter(()))


def columns(folder: Path, text: str) -> dict[int, tuple[str | int, ...]]:
    (folder / "c.yaml").write_text(text, "utf-8")
    return dict(read_columns(folder / "c.yaml", TABLE, USPS).trails)


def test_a_column_goes_into_a_field_or_nowhere(tmp_path: Path) -> None:
    text = '"ORDER  no": answers.Which order is it?\nTracking: item.tracking_number\n'
    assert columns(tmp_path, text) == {0: ("answers", "Which order is it?"), 1: ("item", "tracking_number")}
    assert columns(tmp_path, "Order No:\nTracking: attachments\n") == {1: ("attachments",)}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Tracking: item.traking_number\n", r"c.yaml:1:1: Tracking: .* did you mean item.tracking_number\?"),
        ("Tracking: item.colour_of_box\n", "c.yaml:1:1: Tracking: unknown field"),
        ("Tracking: contact.address\n", "has parts; name one of them, such as contact.address.city"),
        ("Tracking: form\n", "is the same for all rows; write it in the template"),
        ("Tracking: [a, b]\n", "must be one text"),
        (
            "Trackin: item.tracking_number\n",
            "c.yaml:1:1: Trackin: the table has no such column; did you mean “Tracking”?",
        ),
        ('"Parcel value, $": item.value\n', r"1:1: Parcel value, \$: .*; there are: Order No, Tracking, Note"),
        ("Note: message\n", "t.csv:1:4: .*is the name of more than one column"),
        ("Order No: message\nTracking: message\n", "c.yaml:2:1: .*another column goes into the same field"),
        ("Order No: ''\n", "assigns no column to a field"),
        ("Tracking: answers.\n", "unknown field"),
    ],
)
def test_a_mistake_is_told_at_its_place(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InvalidFile, match=said):
        columns(tmp_path, text)


def test_what_is_proposed_can_be_read(tmp_path: Path) -> None:
    """Whatever the header holds."""
    header = ('a "quoted" one', "back\\slash", "with: colon", "# hash", "", "- dash", "한국어")
    table = Table("t.csv", header, lambda: iter(()))
    fields = ["message", None, "subject", "contact.email", None, "contact.phone", "contact.company"]
    (tmp_path / "c.yaml").write_text(columns_text(table, fields), "utf-8")
    found = read_columns(tmp_path / "c.yaml", table, USPS)
    assert {at: ".".join(map(str, trail)) for at, trail in found.trails.items()} == {
        at: field for at, field in enumerate(fields) if field
    }


def test_of_a_name_that_stands_over_two_columns_neither_is_proposed(tmp_path: Path) -> None:
    """The file can be read; the column can go nowhere until each has its own name."""
    text = columns_text(TABLE, [None, "item.tracking_number", None, None, None])
    assert text.splitlines()[2:] == ['"Note":', "# Column E has no name and is not used."]
    assert columns(tmp_path, text) == {1: ("item", "tracking_number")}


def test_the_fields_for_columns_hold_one_text_each() -> None:
    fields = fields_for_columns(USPS)
    assert {"contact.address.city", "item.tracking_number", "attachments", "message"} <= fields
    assert not {"contact.address", "item.sender_address", "form", "item", "contact"} & fields
