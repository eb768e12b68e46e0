"""The server's checks of an inquiry, whatever the page let through.

No HTTP, no page, and nothing about earlier inquiries.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from autofill.replica.form import catalog
from autofill.replica.form.fields import ALL_FIELDS, Answers, Field

REQUIRED = "Complete this field."
NOT_OFFERED = "Choose one of the options."
TOO_LONG = "Your entry is too long."
BAD_EMAIL = "Enter a valid email address, such as name@email.com."
BAD_DATE = "Your entry does not match the allowed format Dec 31, 2024."
BAD_PATTERN = "Your entry does not match the allowed pattern."
NOT_THE_SAME = "The two email addresses are not the same."
UNEXPECTED = "This question was not asked."

_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_LINE_BREAK = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class FieldError:
    """One error in one answer.

    Attributes:
        name: The name the answer is sent under.
        label: The words beside the control.
        message: What is wrong; repeats nothing of the answer.
    """

    name: str
    label: str
    message: str


def length_as_sent(text: str) -> int:
    """The length of a text as the server counts it: UTF-16 units, each line break as two (CRLF)."""
    return len(_LINE_BREAK.sub("\r\n", text).encode("utf-16-le", "surrogatepass")) // 2


def find_errors(answers: Answers) -> list[FieldError]:
    """The errors of a whole inquiry.

    Args:
        answers: Every answer given; what was left empty may be missing.

    Returns:
        The errors in the order of the form; empty when the inquiry is valid.
    """
    asked = [field for field in ALL_FIELDS if field.is_asked(answers)]
    messages = ((field, _error(field, answers)) for field in asked)
    errors = [FieldError(field.name, field.label, message) for field, message in messages if message]
    unexpected = answers.keys() - {field.name for field in asked}
    return errors + [FieldError(name, name, UNEXPECTED) for name in sorted(unexpected)]


def _error(field: Field, answers: Answers) -> str | None:
    answer = answers.get(field.name, "")
    if not answer.strip():
        return REQUIRED if field.is_required(answers) else None
    if field.max_length is not None and length_as_sent(answer) > field.max_length:
        return TOO_LONG
    if field.same_as is not None and answer != answers.get(field.same_as):
        return NOT_THE_SAME
    if field.pattern is not None and not re.fullmatch(field.pattern, answer):
        return BAD_PATTERN
    return _error_by_kind(field, answer, answers)


def _error_by_kind(field: Field, answer: str, answers: Answers) -> str | None:
    choices = catalog.SUB_TOPICS.get(answers.get("topic", "")) if field.name == "sub_topic" else field.choices
    match field.kind:
        case "combobox" | "select" | "radio":
            return None if answer in (choices or ()) else NOT_OFFERED
        case "checkbox":
            return None if answer == "true" else REQUIRED
        case "email":
            return None if _EMAIL.fullmatch(answer) else BAD_EMAIL
        case "date":
            return None if _is_iso_date(answer) else BAD_DATE
        case _:
            return None


def _is_iso_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
