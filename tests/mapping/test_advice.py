"""Answers under other words than the form's are told which question they seem to be for; nothing more happens."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from autofill.cli import validate
from autofill.forms.form_map import FormMap
from autofill.inquiry.models import Inquiry
from autofill.inquiry.profile import check_profile
from autofill.mapping.advice import meant
from autofill.sources.source import parse_source
from autofill.sources.validation import validate_source

MAP = """
id: acme-contact
title: Acme, contact us
url: https://www.acme.example/contact
pages:
  - controls:
      - {name: Order number, value: answers.Order number, required: yes}
      - {name: Date of purchase, value: answers.Date of purchase, kind: date}
      - {name: Colour, value: answers.Colour, choices: {red: Red, dark: Dark blue}}
      - {name: Message, value: message}
    submit: Send
confirmation: Thank you
"""
PROFILE = """
message: Where is it?
answers:
  my order no.: A-1
  When did you buy it?: 2026-01-31
  Date of birth: 1980-02-01
"""


def advised(profile: str) -> list[tuple[int, str]]:
    """Line and words of the advice."""
    loaded = check_profile(parse_source(profile.encode(), "profile.yaml"), Inquiry, date(2026, 11, 28))
    form_map = validate_source(parse_source(MAP.encode(), "map.yaml"), FormMap)
    return [(each.line, each.message) for each in meant(loaded, form_map)]


def test_each_answer_that_is_clearly_meant_for_a_question_is_told_its_words() -> None:
    found = advised(PROFILE)

    assert [line for line, _words in found] == [4, 5]
    assert "“Order number”" in found[0][1]
    assert "“Date of purchase”" in found[1][1]
    assert "A-1" not in found[0][1]


def test_answers_under_the_forms_words_need_no_advice() -> None:
    assert advised('answers: {"order  Number": A-1, Date of purchase: 2026-01-31, COLOUR: Red}') == []


def test_validate_gives_it_though_the_form_lacks_an_answer(tmp_path: Path) -> None:
    (tmp_path / "map.yaml").write_text(MAP)
    (tmp_path / "profile.yaml").write_text(PROFILE)

    code, problems = validate._check(tmp_path / "profile.yaml", str(tmp_path / "map.yaml"))

    assert code == 65
    assert [each.severity for each in problems if "“Order number”" in each.message] == ["error", "warning"]


@pytest.mark.parametrize("words", ["Number", "Customer number", "Invoice no."])
def test_in_doubt_no_advice(words: str) -> None:
    assert advised(f"answers: {{{words}: A-1}}") == []
