"""Names and help of the questions that every form may ask, and the titles of the parts they stand in.

What one organisation asks besides is described in its own files, and a form's own questions are in its words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from autofill.language import gettext_noop


@dataclass(frozen=True, slots=True)
class FieldWords:
    """What a person reads of one field: its name, and what helps to answer it."""

    name: str
    help: str = ""


_DAY: Final = gettext_noop("Year-month-day, such as 2026-01-31.")
DAY_HELP: Final = _DAY
FIELDS: Final[Mapping[str, FieldWords]] = {
    "topic": FieldWords(gettext_noop("What is it about?")),
    "sub_topic": FieldWords(gettext_noop("More exactly")),
    "subject": FieldWords(gettext_noop("Subject"), gettext_noop("One line: the item, what is wrong, its number.")),
    "message": FieldWords(gettext_noop("Your message"), gettext_noop("What happened, and what you ask for.")),
    "previous_case": FieldWords(
        gettext_noop("Earlier case number"), gettext_noop("From their confirmation, if you wrote about this before.")
    ),
    "attachments": FieldWords(gettext_noop("Files"), gettext_noop("In or below the folder of this inquiry.")),
    "contact.first_name": FieldWords(gettext_noop("First name")),
    "contact.last_name": FieldWords(gettext_noop("Last name")),
    "contact.name": FieldWords(gettext_noop("Your name")),
    "contact.company": FieldWords(gettext_noop("Company"), gettext_noop("If you write for one.")),
    "contact.email": FieldWords(gettext_noop("Email"), gettext_noop("The confirmation and the answer go here.")),
    "contact.phone": FieldWords(
        gettext_noop("Phone"), gettext_noop("As you dial it at home, or with + and the country code.")
    ),
    "contact.reply_by": FieldWords(gettext_noop("How should they answer?")),
}
TRANSLATION: Final = FieldWords(
    gettext_noop("Translation, for yourself"),
    gettext_noop("The message in your language. It is never sent; you see it when you check."),
)
ADDRESS: Final[Mapping[str, FieldWords]] = {
    "street": FieldWords(gettext_noop("Street and number")),
    "unit": FieldWords(gettext_noop("Apartment, floor or unit")),
    "city": FieldWords(gettext_noop("City or town")),
    "country": FieldWords(gettext_noop("Country"), gettext_noop("Its name, or two letters such as US, KR, DE or ID.")),
    "state": FieldWords(
        gettext_noop("State or region"), gettext_noop("In the United States: two letters, or its name.")
    ),
    "postal_code": FieldWords(gettext_noop("Postal code")),
}
MATTER: Final = gettext_noop("What happened")
OWN_QUESTIONS: Final = gettext_noop("Questions of this form")
CONTACT: Final = gettext_noop("Who you are")
LAST: Final = gettext_noop("Before it is sent")
# What stands above each part of a profile that is written here.
ABOVE: Final[Mapping[str, str]] = {
    "form": gettext_noop("The form that this is for: see autofill forms."),
    "topic": gettext_noop("What it is about, in the form's list."),
    "contact": gettext_noop("Who writes, and where the answer goes."),
    "subject": gettext_noop("One line that says it all."),
    "message": gettext_noop("What happened, and what you ask for. | keeps the line breaks."),
    "answers": gettext_noop("Answers to the form's own questions, by the question's words."),
    "attachments": gettext_noop("Files in or below this folder."),
}
