"""Projects of Selenium IDE."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from autofill.errors import InvalidFile
from autofill.interchange.selenium_ide import read
from tests.interchange.conftest import SAMPLES, checked_map, imported_from, profile_of, values_of

PLAIN, ODD = SAMPLES / "plain.side", SAMPLES / "odd.side"


def test_a_project_gives_a_map_and_a_profile(tmp_path: Path) -> None:
    made = imported_from(PLAIN)
    form_map = checked_map(made, tmp_path)

    assert (form_map.id, form_map.site.url) == ("acme-contact", "https://www.acme.example/contact")
    assert values_of(form_map) == [
        [
            ("first name", "contact.first_name"),
            ("last Name", "contact.last_name"),
            ("E mail", "contact.email"),
            ("colour", "answers.colour"),
            ("agree", "answers.agree"),
            ("message", "message"),
        ]
    ]
    assert form_map.pages[0].submit is not None
    assert form_map.pages[0].submit.name == "Send"
    assert form_map.confirmation.proof.text == "Thank you"
    assert profile_of(made) == {
        "form": "acme-contact",
        "contact": {"first_name": "Maria", "last_name": "O'Brien", "email": "maria.obrien@example.com"},
        "answers": {"colour": "Blue as the sky", "agree": True},
        "message": "It has not arrived.",
    }
    assert [each.field for each in made.left] == ["setWindowSize"]


def test_frames_uploads_and_pages(tmp_path: Path) -> None:
    made = imported_from(ODD)
    form_map = checked_map(made, tmp_path)

    first = {each.value: each for each in form_map.pages[0].controls}
    assert first["contact.phone"].frame == "Inquiry form"
    assert first["contact.email"].frame is None
    assert first["files.control"].kind == "file"
    assert first["answers.news"].kind == "yes-no"
    assert [page.button.name for page in form_map.pages if page.button] == ["Continue", "Submit"]
    profile = profile_of(made)
    assert profile["answers"] == {"control": {"file": "box.jpg"}, "state": 3, "size": "xl", "news": False}
    assert "email" not in profile["contact"]  # type: ignore[operator]


def test_every_command_without_a_counterpart_is_listed_with_its_line() -> None:
    lines = ODD.read_text().splitlines()
    listed = {
        json.loads(lines[each.line - 1].strip().rstrip(","))["command"]
        for each in imported_from(ODD).left
        if '"command"' in lines[each.line - 1]
    }

    assert listed == {
        "executeScript", "if", "end", "mouseOver", "selectFrame", "type", "sendKeys", "select", "verifyChecked",
        "pause", "waitForElementVisible", "frobnicate", "click", "selectWindow", "store",
    }  # fmt: skip


def test_a_further_test_of_the_file_is_listed() -> None:
    assert "Another test" in [each.field for each in imported_from(ODD).left]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('{"url": "x",\n "tests": []}', 1),
        ('{"url": "x",\n "tests": [\n {"name": "t", "commands": 1}]}', 3),
        ('{"url": "x",\n "tests": [\n {"name": "t", "commands": [\n {"command": ["x"]}]}]}', 4),
        ('{"url": 7,\n "tests": [{"name": "t", "commands": []}]}', 1),
        ('{"url": "x"\n "tests": []}', 2),
    ],
)
def test_a_file_that_is_wrong_is_said_with_its_line(text: str, line: int) -> None:
    with pytest.raises(InvalidFile) as wrong:
        read(text, "p.side")

    assert [(each.file, each.line) for each in wrong.value.problems] == [("p.side", line)]
