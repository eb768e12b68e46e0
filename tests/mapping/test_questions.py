"""Questions that are open, ready to paste into a profile."""

from __future__ import annotations

from autofill.inquiry.fields import Fields
from autofill.mapping.questions import Given, Question, given, to_paste
from autofill.sources.source import parse_source


def test_what_is_printed_is_strict_yaml_with_the_questions_words() -> None:
    words = ['Colour: "dark" or #light?', "- yes", "  Two\nlines\u200b ", "O\\N", "No", "¿Qué?", "{a: b}", "색상은?"]
    text = to_paste(Question(each, "choice", ("A: b", "C # d"), required=True, section="Box: 1") for each in words)
    source = parse_source(text.encode(), "profile.yaml")

    assert [trail[1] for trail in source.inside("answers")] == [
        " ".join(each.replace("\u200b", "").split()) for each in words
    ]
    assert source.cut == ()
    assert "  # Box: 1: choice, required: A: b | C # d\n" in text


def test_answers_and_files_are_taken_from_the_flat_mapping() -> None:
    fields: Fields = {"message": "m", "answers.Size": "L", "files.CV": ("cv.pdf",), "answers.Days": ("Mon", "Tue")}

    assert given(fields) == (Given("Size", "L"), Given("CV", ("cv.pdf",), is_file=True), Given("Days", ("Mon", "Tue")))


def test_words_that_stand_there_again_have_their_heading_before_them() -> None:
    asked = [Question("Name", section="Sender"), Question("Name", section="Recipient"), Question("Name")]
    source = parse_source(to_paste(asked).encode(), "profile.yaml")

    assert [trail[1] for trail in source.inside("answers")] == ["Name", "Recipient: Name"]
