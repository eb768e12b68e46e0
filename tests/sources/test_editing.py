"""One value of a YAML text is edited, and nothing else changes."""

from __future__ import annotations

import unicodedata
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from autofill.errors import InvalidFile
from autofill.sources.editing import YamlText
from autofill.sources.source import parse_source

PROFILE = """# My inquiry.
form: a-form   # the usual one

# Who I am
contact:
  first_name: Ana  # as in the passport
  email: ana@example.com

message: |  # what happened
  One line.

  Another # no comment.
# The end
certify_true: yes
"""
ODD = [
    "yes", "no", "null", "~", "1e3", "0123", "2026-10-05", "a: b", "a #b", "#9", "- x", "? x", "'", '"', "it's \"so\"",
    "[x]", "{x: y}", "&a", "*a", "!t", "%", "@x", "`x`", "|", ">", " lead", "trail ", "🙂", "한글", "a\nb", "a\n\nb\n",
    " a\nb", "a\n  b\n", "a\n \nb", "\n", "x:", "---", "...", "\\n", "a\tb", "key: |", "：", "a\n# b", "a\u00a0b", "",
]  # fmt: skip
TEXTS = some.sampled_from(ODD) | some.text(some.characters(categories=["L", "N", "P", "S", "Zs"]) | some.just("\n"))
KEYS = some.sampled_from(
    [("form",), ("contact", "first_name"), ("contact", "email"), ("contact", "address", "city"), ("message",),
     ("answers", "Colour: of # the box?"), ("certify_true",), ("subject",)]
)  # fmt: skip
NFC = partial(unicodedata.normalize, "NFC")


def at(data: object, keys: tuple[str, ...]) -> object:
    for key in keys:
        data = data.get(key) if isinstance(data, dict) else None
    return data


@settings(max_examples=300, deadline=None, database=None)
@given(some.lists(some.tuples(KEYS, TEXTS), min_size=1, max_size=4), some.sampled_from(["\n", "\r\n"]))
def test_what_is_set_is_read_back_and_no_comment_is_lost(edits: list[tuple[tuple[str, ...], str]], end: str) -> None:
    text = YamlText(PROFILE.replace("\n", end), "p.yaml")
    expected = {}
    for keys, value in edits:
        text = text.with_value(keys, value)
        expected[keys] = NFC(value)

    data = parse_source(str(text).encode(), "p.yaml").data
    for keys, value in expected.items():
        assert at(data, keys) == value
    untouched = {("form",), ("contact", "first_name"), ("message",)} - expected.keys()
    before = parse_source(PROFILE.encode(), "p.yaml").data
    assert all(at(data, keys) == at(before, keys) for keys in untouched)
    for comment in ("# My inquiry.", "# the usual one", "# Who I am", "# as in the passport", "# what happened"):
        assert str(text).count(comment) == 1
    assert "# The end" in str(text)


def test_a_value_is_replaced_where_it_stands() -> None:
    text = YamlText(PROFILE, "p.yaml").with_value(("contact", "first_name"), "Bo: the #1")

    assert str(text) == PROFILE.replace("first_name: Ana", 'first_name: "Bo: the #1"')


def test_a_message_becomes_one_line_and_many_again() -> None:
    one = YamlText(PROFILE, "p.yaml").with_value(("message",), "Short.")
    many = one.with_value(("message",), "One line.\n\nAnother # no comment.\n")

    assert "message: Short.  # what happened\n# The end\n" in str(one)
    assert str(many) == PROFILE


def test_a_new_value_stands_where_the_order_wants_it() -> None:
    order = [("form",), ("contact", "first_name"), ("contact", "last_name"), ("contact", "email"), ("subject",)]
    text = YamlText(PROFILE, "p.yaml", order).with_value(("contact", "last_name"), "Canary")

    assert "passport\n  last_name: Canary\n  email" in str(text)


def test_an_empty_text_takes_values_and_their_comments() -> None:
    text = YamlText("# Mine.\n", "p.yaml").with_value(("form",), "a-form")
    text = text.with_value(("contact", "email"), "ana@example.com", "Who writes.")

    assert str(text) == "# Mine.\nform: a-form\n\n# Who writes.\ncontact:\n  email: ana@example.com\n"


def test_what_is_taken_away_can_stay_as_a_comment() -> None:
    text = YamlText(PROFILE, "p.yaml")

    assert "\n  # email: ana@example.com\n" in str(text.without(("contact", "email"), as_comment=True))
    assert "# message: |  # what happened\n  # One line.\n\n  # Another # no comment.\n# The end" in str(
        text.without(("message",), as_comment=True)
    )
    assert "email" not in str(text.without(("contact", "email")))


def test_a_block_goes_with_the_last_of_its_values() -> None:
    text = YamlText(PROFILE, "p.yaml").without(("contact", "email")).without(("contact", "first_name"))

    assert "contact" not in text.source.data


def test_values_in_brackets_are_edited_too() -> None:
    text = YamlText("form: x\ncontact: {first_name: Ana, email: a@b.c}  # me\n", "p.yaml")
    text = text.with_value(("contact", "email"), "b, c]")
    text = text.with_value(("contact", "address", "city"), "Ulm").without(("contact", "first_name"), as_comment=True)

    assert text.source.data["contact"] == {"email": "b, c]", "address": {"city": "Ulm"}}
    assert "# me" in str(text)
    assert "# first_name: Ana" in str(text)


def test_a_list_is_set_as_a_whole() -> None:
    text = YamlText("attachments:\n  - a.pdf  # the receipt\n  - b.pdf\n", "p.yaml")
    text = text.with_value(("attachments",), ["a.pdf", {"file": "c.pdf", "for": "Proof"}])

    assert text.source.data == {"attachments": ["a.pdf", {"file": "c.pdf", "for": "Proof"}]}
    assert "# the receipt" in str(text)


def test_lines_of_values_are_known() -> None:
    lines = YamlText(PROFILE, "p.yaml").lines()

    assert lines["contact",] == (5, 7)
    assert lines["contact", "email"] == (7, 7)
    assert lines["message",] == (9, 12)


@pytest.mark.parametrize("text", ["a\u200b\x07b", "\ud800", "a\u2028b"])
def test_what_no_file_can_hold_changes_nothing(text: str) -> None:
    with pytest.raises(InvalidFile):
        YamlText(PROFILE, "p.yaml").with_value(("subject",), text)


def test_a_text_that_is_not_strict_yaml_is_not_edited() -> None:
    with pytest.raises(InvalidFile):
        YamlText("a: b: c\n", "p.yaml")


EXPLICIT = "? subject # short\n: Old\n? company\nmessage: Hello\ncontact:\n  ? email\n  : ana@example.com\n"


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (("subject",), EXPLICIT.replace("? subject # short\n: Old", "subject: New # short")),
        (("company",), EXPLICIT.replace("? company", "company: New")),
        (("contact", "email"), EXPLICIT.replace("? email\n  : ana@example.com", "email: New")),
    ],
)
def test_an_entry_with_a_question_mark_becomes_a_plain_one(keys: tuple[str, ...], expected: str) -> None:
    assert str(YamlText(EXPLICIT, "p.yaml").with_value(keys, "New")) == expected


@pytest.mark.parametrize("keys", [("contact", "email"), ("contact", "company")])
def test_an_entry_that_is_not_on_its_own_line_is_refused_by_that_cause(keys: tuple[str, ...]) -> None:
    """Its indentation is right: what stands before it is in the way."""
    text = YamlText(
        "? contact\n: email: ana@example.com\n", "p.yaml", order=[("contact", "company"), ("contact", "email")]
    )

    with pytest.raises(InvalidFile) as refused:
        text.with_value(keys, "New")

    (problem,) = refused.value.problems
    assert (problem.line, problem.column) == (2, 3)
    assert "its own line" in problem.message
