"""Recordings of Chrome's Recorder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from autofill.errors import InvalidFile
from autofill.interchange.chrome import read
from tests.interchange.conftest import SAMPLES, checked_map, imported_from, profile_of, values_of

PLAIN, ODD = SAMPLES / "plain.recording.json", SAMPLES / "odd.recording.json"


def test_a_recording_gives_a_map_that_holds_no_value(tmp_path: Path) -> None:
    made = imported_from(PLAIN)
    form_map = checked_map(made, tmp_path)

    assert (form_map.id, form_map.site.url) == ("acme-contact", "https://www.acme.example/contact")
    assert values_of(form_map) == [
        [
            ("First name", "contact.first_name"),
            ("Last name", "contact.last_name"),
            ("E-mail", "contact.email"),
            ("Confirm e-mail", "contact.email"),
            ("Colour of the box", "answers.Colour of the box"),
            ("message", "message"),
        ]
    ]
    assert form_map.pages[-1].submit is not None
    assert form_map.pages[-1].submit.name == "Send"
    assert form_map.confirmation.proof.text == "Thank you for writing"
    assert not [value for value in ("Maria", "O'Brien", 'example.com"', "blue", "arrived") if value in made.form_map]


def test_what_was_typed_goes_into_the_profile() -> None:
    assert profile_of(imported_from(PLAIN)) == {
        "form": "acme-contact",
        "contact": {"first_name": "Maria", "last_name": "O'Brien", "email": "maria.obrien@example.com"},
        "answers": {"Colour of the box": "blue"},
        "message": "It has not arrived.",
    }


def test_what_is_found_by_a_selector_alone_is_looked_for_by_it(tmp_path: Path) -> None:
    form_map = checked_map(imported_from(PLAIN), tmp_path)

    assert [each.css for each in form_map.pages[0].controls if each.css] == ["#message"]


def test_pages_frames_shadow_roots_and_lists(tmp_path: Path) -> None:
    made = imported_from(ODD)
    form_map = checked_map(made, tmp_path)

    assert values_of(form_map) == [
        [
            ("given name", "contact.first_name"),
            ("Your e-mail", "contact.email"),
            ("Reason", "answers.Reason"),
            ("By phone", "answers.By phone"),
        ],
        [("Size of shoes }}?", "answers.Size of shoes }}?")],
    ]
    assert [each.kind for each in form_map.pages[0].controls] == [None, None, "choice", "yes-no"]
    assert [page.button.name for page in form_map.pages if page.button] == ["Next", "Send request"]
    assert [each.click.name for each in form_map.dismiss] == ["Accept all cookies"]


def test_every_step_without_a_counterpart_is_listed_with_its_place() -> None:
    made = imported_from(ODD)
    lines = ODD.read_text().splitlines()

    listed = {json.loads(lines[each.line - 1].strip().rstrip(","))["type"] for each in made.left}

    assert listed >= {
        "hover", "scroll", "waitForExpression", "doubleClick", "emulateNetworkConditions", "customStep",
        "somethingNew", "close", "change", "click",
    }  # fmt: skip
    assert all(each.message for each in made.left)
    told = " ".join(each.message for each in made.left)
    assert "frame" in told
    assert "another window" in told
    assert "password" in told


def test_no_password_is_kept() -> None:
    made = imported_from(ODD)

    assert "hunter2" not in made.profile + made.form_map + str(made.left)


@pytest.mark.parametrize(
    "selector", ["#pw", "#user_pwd", "#passwd", '[type="password"]', "aria/Passcode", "aria/Security code", "#cvc"]
)
def test_no_password_is_kept_however_it_is_found(selector: str, tmp_path: Path) -> None:
    steps = [
        {"type": "navigate", "url": "https://www.acme.example/"},
        {"type": "change", "value": "Ana Silva", "selectors": ["aria/Your name"]},
        {"type": "change", "value": "hunter2", "selectors": [[selector]]},
    ]
    file = tmp_path / "r.json"
    file.write_text(json.dumps({"title": "Contact", "steps": steps}), encoding="utf-8")

    made = imported_from(file)

    assert "Ana Silva" in made.profile
    assert "hunter2" not in made.profile + made.form_map + str(made.left)


def test_no_words_of_a_page_become_an_expression(tmp_path: Path) -> None:
    made = imported_from(ODD)

    assert "{{" not in made.form_map
    assert "{{ 7 * 7 }} The box was open." in made.profile


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("[]", 1),
        ('{"title": "x",\n "steps": 3}', 1),
        ('{"title": "x",\n "steps": [\n {"type": 4}]}', 3),
        ('{"title": "x",\n "steps": [\n {"type": "change", "value": {}, "selectors": ["#a"]}]}', 3),
        ('{"title": "x",\n "steps": [\n {"type": "change", "value": "x", "selectors": [[1]]}]}', 3),
        ('{"title": "x",\n "steps": [\n {"type": "change", "value": "x"}]}', 3),
        ('{"title": "x",\n "steps": [,]}', 2),
        ('{"a":' * 5000 + "1" + "}" * 5000, 1),
        ('{"a":' + "[" * 5000 + "]" * 5000 + "}", 1),
    ],
)
def test_a_file_that_is_wrong_is_said_with_its_line(text: str, line: int) -> None:
    with pytest.raises(InvalidFile) as wrong:
        read(text, "r.json")

    assert [(each.file, each.line) for each in wrong.value.problems] == [("r.json", line)]
