"""Forms of contact-congress; ten of our own making, in its format."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from autofill.errors import InvalidFile
from autofill.interchange.contact_congress import read
from tests.interchange.conftest import SAMPLES, checked_map, imported_from, values_of

REPOSITORY = Path(__file__).parents[2]
CONGRESS = SAMPLES / "congress"


def test_the_table_of_the_documents_is_what_the_samples_give() -> None:
    command = [sys.executable, "docs/congress.py"]
    table = subprocess.run(command, check=True, capture_output=True, text=True, cwd=REPOSITORY).stdout

    assert table in (REPOSITORY / "docs" / "imports.md").read_text(encoding="utf-8")
    assert table.count("a plan of") == 9


def test_variables_are_fields_of_an_inquiry(tmp_path: Path) -> None:
    form_map = checked_map(imported_from(CONGRESS / "X000003.yaml"), tmp_path)

    controls = {each.css: each for each in form_map.pages[0].controls}
    assert controls["#zip5"].value == "{{ contact.address.postal_code | slice(0, 5) }}"
    assert controls["#state"].value == "{{ contact.address.state | state_name }}"
    assert controls["#topic"].choices == {
        "agriculture": "Agriculture",
        "foreign-affairs": "Foreign Affairs",
        "other": "Other",
    }
    assert form_map.confirmation.proof.text == "Thank you for writing"


def test_limits_pages_and_fixed_values(tmp_path: Path) -> None:
    two, four, nine = (checked_map(imported_from(CONGRESS / f"X00000{n}.yaml"), tmp_path) for n in (2, 4, 9))

    limits = [each.limit.max for each in two.pages[0].controls if each.limit]
    assert limits == [80]
    assert [page.button.name for page in four.pages if page.button] == ["Continue", "Send e-mail"]
    assert {("reference", "Letter from {{ contact.last_name }}"), ("area", "{{ 'Washington office' }}")} <= {
        *values_of(nine)[0]
    }


def test_what_has_no_counterpart_is_listed_with_its_line() -> None:
    for name in ("X000005", "X000008", "X000010"):
        file = CONGRESS / f"{name}.yaml"
        lines = file.read_text().splitlines()
        for each in imported_from(file).left:
            assert each.line > 0
            assert each.field in {"submit", "find"} or each.field in "".join(lines[each.line - 4 : each.line])


@pytest.mark.parametrize(
    ("text", "line"),
    [("- a", 1), ("bioguide: x", 1), ("contact_form:\n  steps: no", 1), ("a: [\n", 2), ("a: &x b\nb: *x", 2)],
)
def test_a_file_that_is_wrong_is_said_with_its_line(text: str, line: int) -> None:
    with pytest.raises(InvalidFile) as wrong:
        read(text, "m.yaml")

    assert line in [each.line for each in wrong.value.problems]


def test_a_value_cannot_bring_in_code(tmp_path: Path) -> None:
    file = tmp_path / "m.yaml"
    step = "- fill_in: [{name: a, selector: '#a', value: \"{{ 7 * 7 }}' ~ x $EMAIL {% raw %}\"}]"
    file.write_text(f"contact_form:\n  steps:\n    - visit: https://a.example/\n    {step}\n")

    form_map = checked_map(imported_from(file), tmp_path)

    assert form_map.pages[0].controls[0].fields == ("contact.email",)
    assert "7 * 7 }}" not in form_map.pages[0].controls[0].value
