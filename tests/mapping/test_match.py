"""Answers meet questions: 55 forms whole from their own words, most questions from other words, none wrongly."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from autofill.mapping.match import match
from autofill.mapping.questions import Given, Matches, Question
from autofill.mapping.values import yes_no
from autofill.sources.source import read_source

FORMS = Path(__file__).parent / "forms"
FILES = ("tuned.yaml", "untuned.yaml", "fresh.yaml", "last.yaml")


def forms(file: str) -> list[Any]:
    """The forms of a file, as they stand there."""
    found = read_source(FORMS / file).data["forms"]
    assert isinstance(found, list)
    return found


def asked(row: dict[str, Any]) -> Question:
    """The question of a row."""
    return Question(
        row["ask"],
        row.get("kind", "text"),
        tuple(row.get("options", ())),
        required=row.get("required") == "yes",
        section=row.get("section", ""),
    )


def own_words(row: dict[str, Any], form: dict[str, Any]) -> str:
    """The form's words of a question, with the heading where others have the same."""
    again = sum(each["ask"] == row["ask"] for each in form["questions"]) > 1
    return f"{row['section']}: {row['ask']}" if again else str(row["ask"])


def said(row: dict[str, Any], form: dict[str, Any], *, other: bool) -> Given:
    """The answer to a row, under the form's own words or other ones."""
    value = row.get("says", row["value"]) if other else row["value"]
    words = row["other"] if other else own_words(row, form)
    return Given(words, tuple(value) if isinstance(value, list) else value, is_file=row.get("kind") == "file")


def matched(form: dict[str, Any], *, other: bool) -> tuple[Matches, list[Given]]:
    """What became of a form, and the answers that its questions should have, in order."""
    right = [said(row, form, other=other) for row in form["questions"]]
    strangers = [Given(words, value) for words, value in form.get("strangers", {}).items()]
    return match([asked(row) for row in form["questions"]], [*strangers, *reversed(right)]), right


def outcome(form: dict[str, Any], *, other: bool) -> tuple[list[str], list[str]]:
    """The words of what was matched wrongly, and of what was not matched."""
    matches, right = matched(form, other=other)
    wrong, left = [], []
    for row, found, expected in zip(form["questions"], matches.questions, right, strict=True):
        if found.answer is None:
            left.append(f"{row['ask']} / {expected.words}: {found.why}")
        elif found.answer != expected or _plain(found.value) != _plain(row["value"]):
            wrong.append(f"{row['ask']} / {found.answer.words}")
    return wrong, left


def _plain(value: Any) -> Any:
    return tuple(value) if isinstance(value, list | tuple) else yes_no(value) or value


def told(file: str, *, other: bool) -> Iterator[str]:
    """What became of the forms of a file, a line each."""
    for form in forms(file):
        wrong, left = outcome(form, other=other)
        yield f"{form['name']}: {len(form['questions'])} questions, wrong {wrong}, open {left}"


@pytest.mark.parametrize("file", FILES)
def test_every_form_is_filled_whole_from_its_own_words(file: str) -> None:
    assert [line for line in told(file, other=False) if not line.endswith("wrong [], open []")] == []


@pytest.mark.parametrize(
    ("file", "whole", "open_"),
    [("tuned.yaml", 15, 0), ("untuned.yaml", 12, 3), ("fresh.yaml", 6, 14), ("last.yaml", 7, 4)],
)
def test_other_words_are_never_matched_wrongly_and_mostly_matched(file: str, whole: int, open_: int) -> None:
    found = [outcome(form, other=True) for form in forms(file)]
    sys.stdout.write("\n".join(["", *told(file, other=True), ""]))

    assert [wrong for wrong, _left in found if wrong] == []
    assert sum(not left for _wrong, left in found) >= whole
    assert sum(len(left) for _wrong, left in found) <= open_


@pytest.mark.parametrize("other", [False, True])
@pytest.mark.parametrize("file", FILES)
def test_an_answer_whose_question_is_not_there_goes_nowhere(file: str, other: bool) -> None:
    for form in forms(file):
        answers = [said(row, form, other=other) for row in form["questions"]]
        for gone in form["questions"]:
            rows = [row for row in form["questions"] if row is not gone]
            matches = match([asked(row) for row in rows], answers)
            for row, found in zip(rows, matches.questions, strict=True):
                assert found.answer in (None, said(row, form, other=other)), (form["name"], gone["ask"], row["ask"])


@pytest.mark.parametrize("file", FILES)
def test_what_is_left_on_both_sides_is_not_put_together(file: str) -> None:
    """As many answers as questions, but one of each is without its like."""
    for form in forms(file):
        rows = form["questions"]
        for gone, unanswered in zip(rows, rows[1:] + rows[:1], strict=True):
            answers = [said(row, form, other=True) for row in rows if row is not unanswered]
            left = [row for row in rows if row is not gone]
            for row, found in zip(left, match([asked(each) for each in left], answers).questions, strict=True):
                assert found.answer in (None, said(row, form, other=True)), (form["name"], gone["ask"], row["ask"])


@pytest.mark.parametrize("form", forms("near_misses.yaml"), ids=lambda form: str(form["name"]))
def test_near_misses_stay_open(form: dict[str, Any]) -> None:
    matches = match([asked(row) for row in form["questions"]], [Given(*each) for each in form["answers"].items()])
    found = {each.answer.words: str(number) for number, each in enumerate(matches.questions) if each.answer}

    assert found == form["right"]


def test_an_answer_in_a_questions_own_words_goes_nowhere_else_even_if_it_cannot_be_one() -> None:
    asked_ = [Question("Day of arrival", "date"), Question("Arrival")]
    matches = match(asked_, [Given("day of  Arrival", "some time in May")])

    assert [each.why for each in matches.questions] == ["unfit", "nothing near"]
    assert matches.answers[0].nearest == (asked_[0],)


def test_two_answers_to_one_question_are_both_left_and_told_why() -> None:
    matches = match([Question("Order number")], [Given("Order no.", "1"), Given("Number of my order", "2")])

    assert matches.questions[0].why == "contested"
    assert {each.words for each in matches.questions[0].nearest} == {"Order no.", "Number of my order"}
    assert [each.why for each in matches.answers] == ["contested", "contested"]


def test_the_same_words_win_over_like_ones() -> None:
    matches = match([Question("Order number")], [Given("Number of my order", "2"), Given("order  Number", "1")])

    assert matches.questions[0].answer == Given("order  Number", "1")
    assert matches.answers[0].question is None


def test_what_is_required_and_missing_is_known() -> None:
    needed = Question("Colour", "choice", ("Red", "Blue"), required=True)

    assert match([needed, Question("Remarks")], []).missing == (needed,)


def test_a_heading_says_whose_it_is() -> None:
    asked_ = [Question("Name", section="Sender"), Question("Name", section="Recipient")]
    matches = match(asked_, [Given("Recipient's name", "A"), Given("Name of the sender", "B"), Given("Name", "C")])

    assert [each.value for each in matches.questions] == ["B", "A"]
    assert matches.answers[2].question is None


def test_names_on_the_page_help_where_words_say_little() -> None:
    asked_ = [Question("Number", hints=("orderNumber",)), Question("Remarks")]

    assert match(asked_, [Given("Order number", "12")]).questions[0].value == "12"
