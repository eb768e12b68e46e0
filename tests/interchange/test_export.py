"""What is written for other tools: it is read back as the same controls, and holds texts, never code."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import get_args

import pytest

from autofill.forms.catalog import load_form, prepare_profile
from autofill.interchange import chrome, playwright_python, selenium_ide
from autofill.interchange.flow import Flow, Reader
from autofill.interchange.planned import planned, unfilled
from autofill.interchange.writing import Format, write_flow
from autofill.mapping.imported import Imported, imported
from tests.cli.test_commands import autofill
from tests.interchange.conftest import checked_map

READERS: dict[Format, Reader] = {
    "chrome-recorder": chrome.read, "playwright": playwright_python.read, "selenium-ide": selenium_ide.read,
}  # fmt: skip
MAP = """
id: acme-contact
title: Acme, contact us
url: https://www.acme.example/contact
pages:
  - heading: Who are you?
    controls:
      - {name: First name, value: contact.first_name, required: yes}
      - {name: E-mail, value: contact.email, required: yes}
      - {name: State, kind: combobox, value: answers.State}
      - {name: Colour, kind: select, value: answers.Colour}
      - {name: Reply, kind: radio, value: answers.Reply}
      - {name: Phone, placeholder: Phone, value: contact.phone}
    advance: Next
  - controls:
      - {name: Message, css: "#message", value: message, required: yes}
      - {name: I agree, kind: yes-no, value: "yes"}
    submit: Send it
confirmation: Thank you
"""
PROFILE = """
form: acme-contact
contact: {first_name: 'Maria "); import os; os.system("x")', email: maria@example.com, phone: (415) 555-0132}
answers: {State: California, Reply: By mail, Colour: "Blue's"}
message: |
  Line one
  ${HOME} `id` '''quotes''' \\
"""


@pytest.fixture
def flow(tmp_path: Path) -> Flow:
    (tmp_path / "acme-contact.yaml").write_text(MAP)
    (tmp_path / "profile.yaml").write_text(PROFILE)
    plan = prepare_profile(tmp_path / "profile.yaml", str(tmp_path / "acme-contact.yaml")).plan
    return planned(plan, "acme-contact", "")


def read_back(text: str, to: Format) -> Imported:
    return imported(READERS[to](text, "x"), "x")


@pytest.mark.parametrize("to", get_args(Format))
def test_what_is_written_is_read_back_as_the_same_controls(to: Format, flow: Flow, tmp_path: Path) -> None:
    text, _shown = write_flow(flow, to, submit=True)

    form_map = checked_map(read_back(text, to), tmp_path)

    names = [[each.name for each in page.controls] for page in form_map.pages]
    radio = "Reply" if to == "playwright" else "By mail"  # the others know a button by its own words alone
    assert names == [["First name", "E-mail", "State", "Colour", radio, "Phone"], ["message", "I agree"]]
    assert [page.button.name for page in form_map.pages if page.button] == ["Next", "Send it"]
    assert form_map.confirmation.proof.text == "Thank you"


@pytest.mark.parametrize("to", get_args(Format))
def test_values_are_read_back_as_they_were(to: Format, flow: Flow) -> None:
    text, _shown = write_flow(flow, to, submit=True)

    profile = read_back(text, to).profile

    assert "import os; os.system" in profile
    assert "California" in profile
    assert "${HOME} `id` '''quotes''' \\" in profile


@pytest.mark.parametrize("to", get_args(Format))
def test_nothing_is_submitted_unless_asked(to: Format, flow: Flow) -> None:
    silent, _shown = write_flow(flow, to, submit=False)
    sending, _shown = write_flow(flow, to, submit=True)

    assert ("Send it" in silent, "Send it" in sending) == (False, True)
    for text in (silent, sending):
        assert "no guard" in text


def test_a_script_holds_texts_and_no_code_of_theirs(flow: Flow) -> None:
    text, _shown = write_flow(flow, "playwright", submit=True)

    calls = [each.func for each in ast.walk(ast.parse(text)) if isinstance(each, ast.Call)]
    assert "system" not in {each.attr for each in calls if isinstance(each, ast.Attribute)}


def test_without_a_profile_there_are_placeholders(tmp_path: Path) -> None:
    (tmp_path / "acme-contact.yaml").write_text(MAP)
    form_map = load_form(str(tmp_path / "acme-contact.yaml")).form_map

    text, _shown = write_flow(unfilled(form_map, "acme", ""), "playwright", submit=False)

    assert ".fill('FIRST NAME')" in text


def test_what_a_format_cannot_say_is_listed(flow: Flow) -> None:
    listed = {to: {each.field for each in write_flow(flow, to, submit=True)[1].left} for to in get_args(Format)}

    assert listed["chrome-recorder"] == {"Colour"}
    assert listed["playwright"] == set()


def test_the_verb_prints_the_script_and_lists_the_rest_beside_it(tmp_path: Path) -> None:
    (tmp_path / "acme-contact.yaml").write_text(MAP)
    (tmp_path / "profile.yaml").write_text(PROFILE)
    given = ("export", tmp_path / "acme-contact.yaml", tmp_path / "profile.yaml", "--to", "chrome-recorder")

    done, answer = autofill(*given), autofill(*given, "--json")

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["steps"][0] == {"type": "navigate", "url": "https://www.acme.example/contact"}
    assert "Colour" in done.stderr
    assert json.loads(answer.stdout)["left"][0]["field"] == "Colour"
