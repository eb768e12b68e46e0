"""What of an answer goes into a question of each kind."""

from __future__ import annotations

import pytest

from autofill.mapping.fitting import QuestionKind, fitted, suits
from autofill.mapping.reading import read


@pytest.mark.parametrize(
    ("kind", "value", "goes_in"),
    [
        ("date", "2026-02-03", "2026-02-03"),
        ("date", "3.2.2026", "2026-02-03"),
        ("date", "February 3, 2026", "2026-02-03"),
        ("date", "2026년 2월 3일", "2026-02-03"),
        ("date", "25/12/2026", "2026-12-25"),
        ("date", "03/02/2026", None),
        ("date", "2026-02-30", None),
        ("date", "next week", None),
        ("number", "3", "3"),
        ("number", "drei", "3"),
        ("number", "3-4", None),
        ("number", "5 weeks", None),
        ("number", "A12", None),
        ("yes/no", "Oui", "yes"),
        ("yes/no", "tidak", "no"),
        ("yes/no", "perhaps", None),
        ("email", "a@b.example", "a@b.example"),
        ("email", "a b", None),
        ("phone", "+49 30 5550100", "+49 30 5550100"),
        ("phone", "call me", None),
        ("url", "https://example.org/a", "https://example.org/a"),
        ("url", "the home page", None),
        ("time", "9:30", "9:30"),
        ("time", "noon or so", None),
        ("text", "anything", "anything"),
        ("file", "a.pdf", None),
    ],
)
def test_what_cannot_be_of_the_kind_does_not_go_in(kind: QuestionKind, value: str, goes_in: str | None) -> None:
    assert fitted(value, kind, (), is_file=False) == goes_in


def test_files_go_into_uploads_only() -> None:
    assert fitted("a.pdf", "file", (), is_file=True) == "a.pdf"
    assert fitted("a.pdf", "text", (), is_file=True) is None


def test_a_unit_must_be_the_questions() -> None:
    assert fitted("5 weeks", "number", (), "Duration (weeks)", is_file=False) == "5"
    assert fitted("5 weeks", "number", (), "Duration in days", is_file=False) is None


def test_every_text_of_a_list_must_be_an_option_of_its_own() -> None:
    days = ("Monday", "Tuesday", "Sunday")

    assert fitted(("sunday", "Monday"), "choices", days, is_file=False) == ("Sunday", "Monday")
    assert fitted(("Sunday", "sunday"), "choices", days, is_file=False) is None
    assert fitted(("Sunday", "Friday"), "choices", days, is_file=False) is None
    assert fitted(("Sunday", "Monday"), "choice", days, is_file=False) is None


@pytest.mark.parametrize(
    ("value", "words", "right"),
    [
        ("a few", "How many people?", False),
        ("12", "How many people?", True),
        ("12", "Name", False),
        ("Ann", "Name", True),
        ("yes", "Date of purchase", False),
        ("none at hand", "Order number", False),
    ],
)
def test_texts_that_words_ask_for(value: str, words: str, right: bool) -> None:
    assert suits(value, "text", read(words)) is right


@pytest.mark.parametrize("value", ["yes", "2026-01-01", "12"])
def test_a_long_text_is_more_than_a_yes_a_day_or_a_number(value: str) -> None:
    assert not suits(value, "long text", read("What was damaged?"))
