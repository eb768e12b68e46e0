"""A template and a row make a profile: what stands where, and where a problem with it is told."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from autofill.errors import InvalidFile
from autofill.intake.columns import Columns
from autofill.intake.profiles import Profiles
from autofill.intake.table import Record, Table
from autofill.sources.source import Source, parse_source

TEMPLATE = """\
contact:
  email: seller@example.com
  company: Harbor Books
subject: Order {{Order No}}
message: |
  Order {{order no}} to {{Name}} is lost.
attachments:
- receipt.pdf
"""
HEADER = ("Order No", "Name", "Tracking", "Files")
TRAILS = {1: ("contact", "last_name"), 2: ("item", "tracking_number"), 3: ("attachments",)}


def profile(cells: Sequence[str], template: str = TEMPLATE) -> Source:
    table = Table("t.csv", HEADER, lambda: iter(()))
    return Profiles(table, parse_source(template.encode(), "t.yaml"), Columns(TRAILS)).of(Record(7, tuple(cells)))


def test_cells_stand_in_their_places() -> None:
    assert profile(["A-1", "Kim", "9400 1", "a.png; b.pdf\nc.txt"]).data == {
        "contact": {"email": "seller@example.com", "company": "Harbor Books", "last_name": "Kim"},
        "subject": "Order A-1",
        "message": "Order A-1 to Kim is lost.\n",
        "attachments": ["a.png", "b.pdf", "c.txt"],
        "item": {"tracking_number": "9400 1"},
    }


def test_an_empty_cell_leaves_what_the_template_says() -> None:
    assert profile(["A-1", "Kim", "", ""]).data["attachments"] == ["receipt.pdf"]
    assert "item" not in profile(["A-1", "Kim"]).data


def test_the_template_is_not_changed_by_a_row() -> None:
    template = parse_source(TEMPLATE.encode(), "t.yaml")
    profiles = Profiles(Table("t.csv", HEADER, lambda: iter(())), template, Columns(TRAILS))
    first = profiles.of(Record(2, ("A-1", "Kim", "1", "a.png")))
    assert profiles.of(Record(3, ("A-2", "Lee", "", ""))).data["subject"] == "Order A-2"
    assert first.data["subject"] == "Order A-1"
    assert template.data["subject"] == "Order {{Order No}}"


def test_a_problem_is_told_at_its_cell_or_in_the_template() -> None:
    source = profile(["A-1", "Kim", "9400 1", "a.png;b.pdf"])
    told = {trail: str(source.problem(trail, "wrong")) for trail in source.positions}
    assert told[("item", "tracking_number")] == "t.csv:7:3: item.tracking_number: wrong"
    assert told[("attachments", 1)] == "t.csv:7:4: attachments.1: wrong"
    assert told[("message",)] == "t.csv:7:1: message: wrong"
    assert told[("contact", "email")] == "t.yaml:2:3: contact.email: wrong"
    assert str(source.problem(("item", "value"), "is missing")).startswith("t.yaml:1:1: item.value")


@pytest.mark.parametrize(
    "written",
    ["9400111202555830001010", "0123", "RR123456785DE", "+1 555-0100", "2026-11-01", "9400111202555830000000"],
)
def test_a_number_is_taken_without_a_spreadsheets_mark_for_text(written: str) -> None:
    source = profile([f"'{written}", "Kim", f"'{written}"])
    assert source.data["item"] == {"tracking_number": written}
    assert source.data["subject"] == f"Order {written}"
    assert source.unmarked == (("subject",), ("item", "tracking_number"))


@pytest.mark.parametrize("name", ["'s-Hertogenbosch", "'t Hooft", "'90s Toys", "'", "''12", "O'Brien"])
def test_a_name_that_begins_so_keeps_its_mark(name: str) -> None:
    source = profile(["A", name])
    assert (source.data["contact"]["last_name"], source.unmarked) == (name, ())  # type: ignore[call-overload, index]


@pytest.mark.parametrize("number", ["9400111202555830001010", "123456789012345000", "#12", "Err", "12E", "# 5"])
def test_what_is_no_mistake_of_a_spreadsheet_is_taken(number: str) -> None:
    assert profile(["A", "Kim", number]).data["item"] == {"tracking_number": number}
    assert profile(["A", "Kim", '="9400111202555830000000"']).data["item"]


def test_what_is_missing_is_told_at_the_empty_cell() -> None:
    """Unless the template is where it is to be mended, too."""
    source = profile(["A-1", "Kim", "", ""])
    assert str(source.problem(("item", "tracking_number"), "is missing")).startswith("t.csv:7:3: item.tracking_number")
    assert str(source.problem(("attachments", 0), "is missing")) == "t.yaml:8:3: attachments.0: is missing"


@pytest.mark.parametrize("written", ['="0123"', "0123", " 0123 ".strip()])
def test_what_excel_writes_to_keep_zeros_is_the_text_in_it(written: str) -> None:
    assert profile(["A", "Kim", written]).data["item"] == {"tracking_number": "0123"}


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("9.40E+21", "t.csv:7:3: item.tracking_number: the spreadsheet shortened a long number"),
        ("9,40011E21", "shortened a long number"),
        ("=cmd|'/c calc'!A0", "contains a formula and not its value"),
        ("=A1+B1", "contains a formula and not its value"),
        ("9400111202555830000000", "keeps only 15 digits"),
        ("#REF!", "contains a spreadsheet error"),
        ("#NAME?", "contains a spreadsheet error"),
        ("#N/A", "contains a spreadsheet error"),
        ("#NV", "contains a spreadsheet error"),
        ("#DIV/0!", "contains a spreadsheet error"),
        ("Err:502", "contains a spreadsheet error"),
        ("########", "contains a spreadsheet error"),
        ("94\x0000", r"invisible character U\+0000"),
        ("94\u202800", r"invisible character U\+2028"),
    ],
)
def test_a_cell_that_is_not_what_was_meant_is_told_and_not_repeated(cell: str, said: str) -> None:
    with pytest.raises(InvalidFile, match=said) as raised:
        profile(["A", "Kim", cell])
    assert cell not in str(raised.value)


def test_every_problem_of_a_row_is_told_at_once() -> None:
    with pytest.raises(InvalidFile) as raised:
        profile(["", "=1", "1E9", "x"])
    assert [problem.column for problem in raised.value.problems] == [1, 2, 3]
    with pytest.raises(InvalidFile, match="has more cells than the header"):
        profile(["A", "Kim", "1", "x", "y"])


def test_a_template_names_columns_that_there_are() -> None:
    with pytest.raises(
        InvalidFile, match=r"t.yaml:1:1: subject: {{Box}} .* there are: Order No, Name, Tracking, Files"
    ):
        profile(["A"], "subject: Order {{Box}}\n")
    with pytest.raises(InvalidFile, match=r"did you mean “Order No”\?"):
        profile(["A"], "subject: Order {{Order  Nr}}\n")


def test_a_template_that_is_wrong_where_a_cell_goes_is_told_by_who_reads_it() -> None:
    assert profile(["A", "Kim"], "contact: me\n").data == {"contact": "me"}
