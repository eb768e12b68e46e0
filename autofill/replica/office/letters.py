"""The letters of the organisation: their subjects and words.

How a letter becomes a mail is in mail.py; when it is due, in desk.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from autofill.replica.form import catalog
from autofill.replica.office.records import MailKind

_CONFIRMATION: Final = """\
Thank you for contacting us. We have received your inquiry.

Service Request Number: {number}
Topic: {topic}{earlier}

Please keep this number and give it whenever you write or call about this matter. You can answer this mail, also to \
send us pictures or documents.

You can expect our answer by {reply_by} within 1 to 3 business days.

USPS Customer Support (practice)"""

_REVIEW: Final = """\
Your inquiry {number} is now being reviewed by a member of our team. There is nothing you need to do.

USPS Customer Support (practice)"""

_REPLY: Final = """\
Thank you for your patience. I have looked into your inquiry {number} ({topic}) and have passed it on to the local \
office, which will do what is needed.{by_phone}

If this does not answer your question, please reply to this mail.

Robin, Customer Support (practice)"""

_AGAIN: Final = """\
Thank you for writing again about {number} ({topic}). I have read what you sent, and have added it to your \
case.{by_phone}

Robin, Customer Support (practice)"""

_BY_PHONE: Final = " You asked for a call; as we could not reach you, here is our answer in writing."
_FOOT: Final = "This mail was written by a practice replica. Nothing was sent to the Postal Service."


@dataclass(frozen=True, slots=True)
class OfficeLetter:
    """One letter, paragraph by paragraph; an `is_automatic` one was not written by a person."""

    to: str
    subject: str
    paragraphs: tuple[str, ...]
    is_automatic: bool


def write_letter(
    *, kind: MailKind, number: str, answers: Mapping[str, str], words: str = "", again: bool
) -> OfficeLetter:
    """A letter of one kind.

    Args:
        kind: Which letter.
        number: The service request number.
        answers: The answers in the form.
        words: An agent's words in place of the usual ones.
        again: Whether the person has written since.
    """
    usual = {"confirmation": _CONFIRMATION, "review": _REVIEW, "reply": _AGAIN if again else _REPLY}[kind]
    earlier = answers.get("previous_case")
    text = words or usual.format(
        number=number,
        topic=catalog.TOPICS[answers["topic"]],
        earlier=f"\nEarlier Service Request Number: {earlier}" if earlier else "",
        reply_by=catalog.REPLY_BY[answers["reply_by"]].lower(),
        by_phone=_BY_PHONE if answers["reply_by"] == "phone" else "",
    )
    dear = f"Dear {answers['first_name']} {answers['last_name']},"
    subject = f"Your Service Request Number is {number}"
    return OfficeLetter(
        to=answers["email"],
        subject=subject if kind == "confirmation" else f"Re: {subject}",
        paragraphs=(dear, *text.split("\n\n"), _FOOT),
        is_automatic=kind != "reply",
    )
