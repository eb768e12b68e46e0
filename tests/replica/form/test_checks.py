"""What the server accepts and what it refuses. No browser here."""

from __future__ import annotations

import pytest

from autofill.replica.form.checks import find_errors, length_as_sent

GOOD = {
    "topic": "missing-package",
    "sub_topic": "not-received",
    "has_tracking_number": "no",
    "message": "It did not come.",
    "first_name": "Ada",
    "last_name": "Example",
    "email": "ada@example.com",
    "confirm_email": "ada@example.com",
    "reply_by": "email",
    "country": "US",
    "street": "1 Main St",
    "city": "Albany",
    "state": "NY",
    "postal_code": "02134-0001",
    "certify_true": "true",
}
KOREAN = GOOD | {"country": "KR", "state": "서울", "postal_code": "04524"}


@pytest.mark.parametrize("answers", [GOOD, KOREAN])
def test_a_complete_inquiry_has_no_errors(answers: dict[str, str]) -> None:
    """An inquiry with every required answer passes, from home and from abroad."""
    assert find_errors(answers) == []


@pytest.mark.parametrize("name", sorted(GOOD))
def test_every_answer_of_the_smallest_inquiry_is_needed(name: str) -> None:
    """Leaving any one out is an error that names the field, or the fields that it made possible."""
    answers = {key: value for key, value in GOOD.items() if key != name}
    assert find_errors(answers)


@pytest.mark.parametrize(
    ("change", "label"),
    [
        ({"message": " \n "}, "Additional Information"),
        ({"message": "x" * 4001}, "Additional Information"),
        ({"message": "\n" + "x" * 3999}, "Additional Information"),
        ({"first_name": "x" * 41}, "First Name"),
        ({"email": "ada@", "confirm_email": "ada@"}, "Email"),
        ({"confirm_email": "other@example.com"}, "Confirm Email"),
        ({"sub_topic": "compliment"}, "Please provide some additional details"),
        ({"mail_class": "pigeon"}, "Mail Class"),
        ({"postal_code": "0213"}, "ZIP Code"),
        ({"postal_code": "٠٢١٣٤"}, "ZIP Code"),
        ({"state": "XX"}, "State"),
        ({"country": "Narnia"}, "Country"),
        ({"mailing_date": "2026-02-30"}, "Mailing Date"),
        ({"mailing_date": "Nov 2, 2026"}, "Mailing Date"),
        ({"certify_true": "yes"}, "I certify that what I have written is true."),
        ({"has_tracking_number": "yes"}, "Tracking Number"),
        ({"reply_by": "phone"}, "Phone Number"),
        ({"topic": "follow-up", "sub_topic": "no-answer"}, "Previous Service Request Number"),
    ],
)
def test_a_bad_answer_is_named_by_its_label(change: dict[str, str], label: str) -> None:
    """The complaint carries the words the person sees beside the control."""
    assert label in [error.label for error in find_errors(GOOD | change)]


@pytest.mark.parametrize(
    ("topic", "sub_topic", "own"),
    [
        ("missing-package", "damaged", {"contents"}),
        ("claim", "claim-status", {"contents", "value"}),
        ("refund", "postage", {"value"}),
        ("feedback", "compliment", {"person", "place"}),
        ("feedback", "complaint-employee", {"person", "place"}),
        ("feedback", "suggestion", {"place"}),
        ("technical-support", "account", {"user_name"}),
        ("general-question", "hours", set()),
    ],
)
def test_a_topic_has_questions_of_its_own(topic: str, sub_topic: str, own: set[str]) -> None:
    """They may be answered with that topic, and are refused with any other."""
    asked = {"contents", "value", "person", "place", "user_name"}
    tracked = {"has_tracking_number": "no"} if topic in {"missing-package", "claim", "refund"} else {}
    base = {name: text for name, text in GOOD.items() if name != "has_tracking_number"}
    answers = base | tracked | {"topic": topic, "sub_topic": sub_topic} | dict.fromkeys(asked, "x")
    assert {error.name for error in find_errors(answers)} == asked - own


@pytest.mark.parametrize("name", ["tracking_number", "role", "files"])
def test_an_answer_to_a_question_not_asked_is_refused(name: str) -> None:
    """What the page would never send is not quietly kept."""
    assert [error.name for error in find_errors(GOOD | {name: "x"})] == [name]


def test_a_complaint_repeats_nothing_of_the_answer() -> None:
    """Personal values stay out of messages."""
    (error,) = find_errors(GOOD | {"postal_code": "SECRET"})
    assert "SECRET" not in error.message


@pytest.mark.parametrize(("text", "length"), [("ab", 2), ("a\nb", 4), ("a\r\nb", 4), ("한", 1), ("😀", 2)])
def test_length_is_counted_as_the_server_counts(text: str, length: int) -> None:
    """A line break counts two and a letter outside the basic plane counts two."""
    assert length_as_sent(text) == length
