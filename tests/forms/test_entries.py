"""What one control gets from one inquiry, and everything that keeps a value out of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeAlias

import pytest

from autofill.forms.control import Control, Limit
from autofill.forms.days import written_date
from autofill.forms.entries import choices, text_for, too_much
from autofill.forms.value import UnfitError
from autofill.inquiry.fields import Fields
from autofill.inquiry.profile import Loaded
from autofill.organisations.model import Fact

Inquiries: TypeAlias = Callable[..., Loaded]
FACT = Fact(mark="seen", source="desk")
EMOJI = "\N{GRINNING FACE}"


def control(**changes: Any) -> Control:
    return Control.model_validate({"id": "c", "kind": "text", "name": "C", "value": "message", "fact": FACT, **changes})


def limit(most: int, newline: int = 1, unit: str = "utf-16") -> Limit:
    return Limit.model_validate({"max": most, "newline": newline, "unit": unit, "fact": FACT})


@pytest.mark.parametrize(
    ("text", "newline", "length"),
    [
        ("x" * 4000, 2, 4000),
        ("王" * 4000, 1, 4000),
        (EMOJI * 2000, 1, 4000),
        ("x" * 3998 + "\n", 2, 4000),
        ("x" * 3999 + "\n", 1, 4000),
        (EMOJI + "x\nx" + "y" * 3994, 2, 4000),
    ],
    ids=["ascii", "rare letters", "emoji count two", "line breaks count two", "line breaks count one", "all at once"],
)
def test_the_longest_text_fits_and_one_more_letter_does_not(text: str, newline: int, length: int) -> None:
    """Counted in UTF-16 units, line breaks as the form counts them."""
    assert too_much(text, limit(4000, newline)) == ""
    assert "has 4001 characters as the form counts" in too_much(text + "x", limit(4000, newline))
    assert "it takes 4000" in too_much(text + "x", limit(4000, newline))


def test_a_complaint_about_length_says_how_line_breaks_count() -> None:
    """Only where that matters: the person who counted got another number."""
    assert "(a line break counts 2)" in too_much("a\nb", limit(3, 2))
    assert "line break" not in too_much("abcd", limit(3, 2))
    assert "line break" not in too_much("a\nbc", limit(3, 1))


@pytest.mark.parametrize("known", [None, limit(4000, unit="code-points")], ids=["no limit", "code points"])
def test_emoji_go_only_where_they_are_known_to_survive(known: Limit | None) -> None:
    """Case 41: a form that does not count UTF-16 units may cut them in half; rare letters are not concerned."""
    assert "emoji" in too_much(EMOJI, known)
    assert too_much("Nuñez 王 O'Brien", known) == ""


def test_a_complaint_never_quotes_the_value(loaded: Inquiries) -> None:
    """Terminals and logs are read by others."""
    inquiry = loaded(("Well done.", "s3cret")).fields
    with pytest.raises(UnfitError) as caught:
        text_for(control(limit=limit(3)), inquiry)
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize(
    ("style", "written"),
    [("MMM D, YYYY", "Nov 2, 2026"), ("MM/DD/YYYY", "11/02/2026"), ("YYYY-MM-DD", "2026-11-02")],
)
def test_dates_are_written_as_the_form_wants_them(loaded: Inquiries, style: str, written: str) -> None:
    """From the profile's year-month-day."""
    inquiry = loaded(("message:", "problem_date: 2026-11-02\nmessage:")).fields
    dated = control(kind="date", value="problem_date", date_format=style)
    assert text_for(dated, inquiry) == written


def test_months_are_english_whatever_the_machine_speaks() -> None:
    """All twelve, one a month."""
    written = [written_date(date(2026, month, 28), "MMM D, YYYY")[:3] for month in range(1, 13)]
    assert " ".join(written) == "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"


@pytest.mark.parametrize("kind", ["select", "combobox", "radio"])
def test_a_choice_becomes_the_site_s_words(loaded: Inquiries, kind: str) -> None:
    """And one that is not offered is answered with those that are."""
    offered = control(kind=kind, value="topic", choices={"feedback": "Say something", "claim": "File a claim"})
    assert text_for(offered, loaded().fields) == "Say something"
    with pytest.raises(UnfitError, match="all choices: feedback, claim"):
        text_for(offered, loaded(("topic: feedback", "topic: refund")).fields)


def test_choices_can_depend_on_another_field(loaded: Inquiries) -> None:
    """On one that has none here, or is not given, nothing is offered."""
    table = {"feedback": {"compliment": "Praise"}, "claim": {"lost": "Lost"}}
    by_topic = control(kind="combobox", value="sub_topic", dependent={"on": "topic", "table": table})
    assert text_for(by_topic, loaded().fields) == "Praise"
    assert choices(by_topic, loaded(("topic: feedback", "topic: claim")).fields) == {"lost": "Lost"}
    by_subject = control(kind="combobox", value="sub_topic", dependent={"on": "subject", "table": table})
    with pytest.raises(UnfitError, match="all choices: none"):
        text_for(by_subject, loaded().fields)


@pytest.mark.parametrize(
    ("required", "given", "expected"),
    [(True, True, "s"), (False, True, "s"), (False, False, None), (True, False, UnfitError)],
)
def test_what_is_required_must_be_given(
    loaded: Inquiries, *, required: bool, given: bool, expected: str | type[UnfitError] | None
) -> None:
    """And what is not required may be left out."""
    inquiry = loaded(*([("message:", "subject: s\nmessage:")] if given else [])).fields
    subject = control(value="subject", required=required)
    if expected is UnfitError:
        with pytest.raises(UnfitError, match="the form needs it for “C”"):
            text_for(subject, inquiry)
    else:
        assert text_for(subject, inquiry) == expected


def test_a_checkbox_is_ticked_or_unticked(loaded: Inquiries) -> None:
    """A8: `no` is an answer, too; a form that insists on the tick refuses it."""
    yes, no = loaded().fields, loaded(("certify_true: yes", "certify_true: no")).fields
    box = control(kind="checkbox", value="certify_true")
    assert (text_for(box, yes), text_for(box, no)) == ("yes", "no")
    with pytest.raises(UnfitError, match="the form needs it"):
        text_for(box.model_copy(update={"required": True}), no)


def test_presence_answers_whether_a_field_is_given(loaded: Inquiries) -> None:
    """The question is about the field; its value is not entered."""
    asked = control(kind="radio", value="subject", presence=True, choices={"yes": "Yes", "no": "No"}, required=True)
    assert text_for(asked, loaded().fields) == "No"
    assert text_for(asked, loaded(("message:", "subject: s\nmessage:")).fields) == "Yes"


@pytest.mark.parametrize(
    ("changes", "given", "expected"),
    [
        ({"kind": "checkbox"}, "yes", "yes"),
        ({"kind": "checkbox"}, "maybe", "must be yes or no"),
        ({"kind": "date", "date_format": "MM/DD/YYYY"}, "2026-11-02", "11/02/2026"),
        ({"kind": "date"}, "tomorrow", "must be a day written year-month-day"),
        ({"kind": "select", "choices": {"small": "Small (S)"}}, "small (s)", "Small (S)"),
        (
            {"kind": "select", "choices": {"small": "Small (S)"}},
            "huge",
            "is not one of the choices; all choices: small",
        ),
        ({}, ("a", "b"), "the form takes only one answer for “C”, not a list"),
        ({}, ("a",), "a"),
        ({"kind": "file", "value": "files.Q"}, ("a.png", "b.png"), "a.png\nb.png"),
    ],
)
def test_an_answer_to_the_form_s_own_question(
    changes: dict[str, Any], given: str | tuple[str, ...], expected: str
) -> None:
    """Is found by the question's words, and must be what the control takes."""
    asked = control(**{"value": "answers.Q", "required": True, **changes})
    assert outcome(asked, {asked.value.replace("Q", "q"): given}).startswith(expected)
    assert outcome(asked, {}) == "the form needs it for “C”"


def outcome(asked: Control, fields: Fields) -> str:
    """What goes into a control, or why nothing does."""
    try:
        return text_for(asked, fields) or ""
    except UnfitError as unfit:
        return str(unfit)
