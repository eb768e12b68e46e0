"""Results as files: harmless for spreadsheets, whole, and first what needs a person."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from autofill.errors import DiskTrouble
from autofill.jobs.batch_outcome import RowOutcome
from autofill.jobs.batch_results import tally, write_results

OUTCOMES = [
    RowOutcome(row="2", state="sent", verdict="confirmed", case_number="12345678", recording="recordings/a"),
    RowOutcome(row="3", state="failed", exit_code=69, note="=cmd|'/c calc'!A0"),
    RowOutcome(row="4", state="parked", exit_code=77, note="<script>alert(1)</script>"),
    RowOutcome(row="5", state="not begun", note="한국어"),
]


def test_every_row_stands_in_all_of_them(tmp_path: Path) -> None:
    page = write_results(tmp_path / "r", "t.csv", "replica", OUTCOMES)

    text = (tmp_path / "r" / "results.csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["row"] for row in rows] == ["2", "3", "4", "5"]
    assert rows[0]["case_number"] == "12345678"
    assert rows[3]["note"] == "한국어"
    found = json.loads((tmp_path / "r" / "results.json").read_text("utf-8"))
    assert (found["schema"], found["name"], found["target"]) == ("autofill.batch/1", "t.csv", "replica")
    assert [row["state"] for row in found["rows"]] == ["sent", "failed", "parked", "not begun"]
    html = page.read_text("utf-8")
    assert html.index(">4<") < html.index(">3<") < html.index(">5<") < html.index(">2<")


def opened(folder: Path, outcome: RowOutcome, delimiter: str = ",") -> dict[str, str]:
    """A row of the results, as a spreadsheet opens them."""
    write_results(folder, "t", "live", [outcome], delimiter=delimiter)
    text = io.StringIO((folder / "results.csv").read_bytes().decode("utf-8-sig"), newline="")
    (row,) = csv.DictReader(text, delimiter=delimiter)
    return row


@pytest.mark.parametrize("note", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(tmp_path: Path, note: str) -> None:
    """OWASP, CSV injection."""
    assert opened(tmp_path, RowOutcome(row="2", state="failed", note=note))["note"] == f"'{note}"


def test_no_cell_becomes_a_formula_where_others_part_it(tmp_path: Path) -> None:
    """Excel parts cells at semicolons in many countries, and goes by no quote inside of one."""
    told = "The site says: x;=1+1; @a\n-b"
    assert opened(tmp_path, RowOutcome(row="2", state="failed", note=told))["note"] == (
        "The site says: x;'=1+1;' @a\n'-b"
    )


@pytest.mark.parametrize("number", ["000123", "1234567890123456", "1E5", "12:30", "1/2", "1.20", "2026-10"])
def test_no_case_number_is_taken_for_another(tmp_path: Path, number: str) -> None:
    """A spreadsheet would leave out its zeros, keep 15 of its digits, or make a day of it."""
    outcome = RowOutcome(row="2", state="sent", case_number=number)
    assert opened(tmp_path, outcome)["case_number"] == f"'{number}"
    assert json.loads((tmp_path / "results.json").read_text("utf-8"))["rows"][0]["case_number"] == number


@pytest.mark.parametrize("number", ["12345678", "CA123456789", "PP-2026-001", "0"])
def test_other_case_numbers_are_as_they_are(tmp_path: Path, number: str) -> None:
    assert opened(tmp_path, RowOutcome(row="2", state="sent", case_number=number))["case_number"] == number


def test_cells_are_parted_as_in_the_table_that_came(tmp_path: Path) -> None:
    """Where a spreadsheet writes semicolons, it reads no commas."""
    assert opened(tmp_path, RowOutcome(row="2", state="sent", note="a, b"), ";")["note"] == "a, b"


def test_what_a_site_says_is_text_on_the_page(tmp_path: Path) -> None:
    html = write_results(tmp_path, "<b>t", "live", OUTCOMES).read_text("utf-8")
    assert "<script>" not in html
    assert "<b>t" not in html


def test_the_tally_begins_with_what_needs_somebody() -> None:
    assert list(tally(OUTCOMES)) == [
        ("doubt", "1 Needs you"), ("bad", "1 Failed, nothing sent"), ("still", "1 Not started"), ("good", "1 Sent"),
    ]  # fmt: skip


def test_no_room_for_results_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DiskTrouble, match="The results cannot be written"):
        write_results(tmp_path / "file", "t", "live", OUTCOMES)
