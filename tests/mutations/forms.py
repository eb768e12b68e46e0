"""Contact forms that mutations begin with: what they ask, the map and the profile that fill them, and what is right."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

Kind = Literal["text", "email", "tel", "date", "textarea", "select", "combobox", "radio", "checkbox"]
Labelled = Literal["for", "around", "placeholder", "aria"]
Trick = Literal["", "off-screen", "not displayed", "transparent", "said", "cut off"]

TITLE: Final = "Contact form of the Halvorsen works"
PROFILE: Final = """\
# Made up.
form: halvorsen-contact
contact:
  first_name: Wilhelmina
  last_name: Quist
  name: Wilhelmina Quist
  company: Lantern Makers
  email: wilhelmina.quist@example.com
  phone: (503) 555-0132
  address: {street: 12 Harbour Lane, city: Astoria, state: OR, postal_code: "97103"}
subject: Crate of lanterns missing since October
message: |
  The crate was due on October 9, and nobody has seen it since.
  Please search for it, and tell me what you find.
answers:
  Topic: Delivery
  Order number: "48291377"
  Preferred contact method: By phone
  Date of the incident: 2026-10-09
  Serial number: QX-7714-B
  Product: Toaster
"""
RIGHT: Final = {
    "first_name": "Wilhelmina", "last_name": "Quist", "name": "Wilhelmina Quist", "company": "Lantern Makers",
    "email": "wilhelmina.quist@example.com", "email2": "wilhelmina.quist@example.com", "phone": "5035550132",
    "phone_area": "503", "phone_rest": "5550132", "street": "12 Harbour Lane", "city": "Astoria", "state": "Oregon",
    "zip": "97103", "topic": "Delivery", "order": "48291377", "reply": "By phone", "date": "2026-10-09",
    "date_day": "9", "date_month": "10", "date_year": "2026", "subject": "Crate of lanterns missing since October",
    "message": "The crate was due on October 9, and nobody has seen it since. "
    "Please search for it, and tell me what you find.",
    "serial": "QX-7714-B", "product": "Toaster", "agree": "yes",
}  # fmt: skip
"""What each key takes, as a person would put it in; of a choice, the option's usual words."""

# What is asked under a key, when it is asked in other pieces.
_PIECES: Final = {
    "name": {"first_name", "last_name"}, "first_name": {"name"}, "last_name": {"name"},
    "phone_area": {"phone"}, "phone_rest": {"phone"},
    "date_day": {"date"}, "date_month": {"date"}, "date_year": {"date"},
}  # fmt: skip
_DAYS: Final = {"2026-10-09", "10/09/2026", "9.10.2026", "09.10.2026", "Oct 9, 2026", "October 9, 2026"}


@dataclass(frozen=True, slots=True)
class Option:
    """A choice: what it means (its usual words), what it says, and what it sends."""

    means: str
    words: str
    value: str


@dataclass(frozen=True, slots=True)
class Field:
    """A control. `key` says what it takes: nothing of ours where it is empty; with a `trick` it is a trap."""

    key: str
    words: str
    kind: Kind
    id: str
    name: str
    required: bool = False
    options: tuple[Option, ...] = ()
    labelled: Labelled = "for"
    inside: Literal["", "shadow", "frame"] = ""
    wrapped: int = 0
    trick: Trick = ""

    @property
    def covers(self) -> set[str]:
        """The keys that are answered by it, or in part."""
        return {self.key, *_PIECES.get(self.key, ())} - {""}

    def is_right(self, arrived: str) -> bool:
        """Whether this is what a person would have sent."""
        wanted = RIGHT.get(self.key, "") if not self.trick else ""
        if self.options:
            means = {option.value: option.means for option in self.options}
            return means.get(arrived, arrived) == wanted
        if self.key.startswith("phone"):
            return re.sub(r"\D", "", arrived).removeprefix("1") == wanted
        if self.key == "date":
            return arrived in _DAYS
        if self.key.startswith("date_"):
            return arrived.lstrip("0") == wanted
        return " ".join(arrived.split()) == wanted


@dataclass(frozen=True, slots=True)
class Page:
    """A screen of a form, left by its button."""

    heading: str
    button: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Form:
    """A form. With `strict` its page lets nobody go on while a required control is empty."""

    pages: tuple[Page, ...]
    language: str = "en"
    strict: bool = True

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """All controls in order."""
        return tuple(field for page in self.pages for field in page.fields)

    @property
    def answered(self) -> set[str]:
        """All keys that it asks, in one piece or in several."""
        return {key for field in self.fields if not field.trick for key in field.covers}


_CHOICES: Final = {
    "topic": ("Delivery", "Billing", "Product question", "Something else"),
    "reply": ("By e-mail", "By phone"),
    "state": ("Ohio", "Oregon", "Texas"),
    "product": ("Kettle", "Toaster", "Coffee grinder"),
}
# What the map of a base form says goes into each.
_VALUES: Final = {
    "first_name": "contact.first_name", "last_name": "contact.last_name", "name": "contact.name",
    "company": "contact.company", "email": "contact.email", "email2": "contact.email", "phone": "contact.phone",
    "street": "contact.address.street", "city": "contact.address.city",
    "state": "{{ contact.address.state | state_name }}", "zip": "contact.address.postal_code",
    "subject": "subject", "message": "message", "agree": "yes",
}  # fmt: skip
_KINDS: Final[dict[str, Kind]] = {
    "email": "email", "email2": "email", "phone": "tel", "message": "textarea", "date": "date", "topic": "select",
    "state": "select", "product": "select", "reply": "radio", "agree": "checkbox",
}  # fmt: skip
_WORDS: Final = {
    "first_name": "First name", "last_name": "Last name", "name": "Full name", "company": "Company", "email": "E-mail",
    "email2": "Confirm e-mail", "phone": "Phone", "street": "Street", "city": "City", "state": "State",
    "zip": "ZIP code", "topic": "Topic", "order": "Order number", "reply": "Preferred contact method",
    "date": "Date of the incident", "subject": "Subject", "message": "Message", "serial": "Serial number",
    "product": "Product", "agree": "I agree to the terms",
}  # fmt: skip
_BASES: Final = (
    (("Contact us", "first_name* last_name* email* phone company topic* order reply message*"),),
    (
        ("Contact us", "name* email* email2* phone street city state zip*"),
        ("Your message", "topic* date subject message* agree*"),
    ),
    (
        ("Contact us", "first_name* last_name* company email* phone reply*"),
        ("Your message", "product* serial date order message* agree*"),
    ),
)
BASES: Final = len(_BASES)


def base(number: int) -> Form:
    """One of the base forms."""
    screens = _BASES[number]
    return Form(
        tuple(
            Page(heading, "Send" if n == len(screens) else "Next", tuple(map(_field, keys.split())))
            for n, (heading, keys) in enumerate(screens, 1)
        )
    )


def _field(key: str) -> Field:
    name = key.rstrip("*")
    return Field(
        key=name,
        words=_WORDS[name],
        kind=_KINDS.get(name, "text"),
        id=name,
        name=name,
        required=key.endswith("*"),
        options=options_of(*_CHOICES.get(name, ())),
    )


def options_of(*words: str) -> tuple[Option, ...]:
    """Options as a form has them at first: numbered values."""
    return tuple(Option(each, each, f"v{number}") for number, each in enumerate(words, 1))


def map_of(form: Form) -> str:
    """The form map of a base form, in its shortest form."""
    pages = [
        {
            "heading": page.heading,
            "controls": [dict(_control(field)) for field in page.fields],
            "submit" if page is form.pages[-1] else "advance": page.button,
        }
        for page in form.pages
    ]
    made = {
        "id": "halvorsen-contact",
        "title": TITLE,
        "url": "https://halvorsen.example/contact",
        "practice_only": "made for tests.",
        "pages": pages,
        "confirmation": "Thank you",
    }
    return json.dumps(made, indent=1)  # which is YAML, too


def _control(field: Field) -> Iterator[tuple[str, object]]:
    yield "name", field.words
    yield "value", _VALUES.get(field.key, f"answers.{field.words}")
    if field.required:
        yield "required", True
    if field.kind == "date":
        yield "date_format", "YYYY-MM-DD"
