"""The inquiry as frozen models: who writes, about which item, on which topic, and what happened.

Only what a person knows; no forms, no controls, no addresses of pages. The descriptions show up in editors.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from autofill.inquiry.geography import COUNTRIES
from autofill.inquiry.phones import as_dialled_from_afar, check_phone
from autofill.inquiry.values import (
    Country,
    Email,
    Line,
    Message,
    PastDay,
    Phone,
    RelativePath,
    Slug,
    Tracking,
    YesNo,
    us_state,
    us_zip,
    visible,
)
from autofill.language import _

Topic: TypeAlias = Literal[
    "missing-package",
    "track-package",
    "mail-delivery",
    "claim",
    "refund",
    "feedback",
    "general-question",
    "technical-support",
    "follow-up",
]
MailClass: TypeAlias = Literal[
    "priority-mail",
    "priority-mail-express",
    "ground-advantage",
    "first-class-mail",
    "media-mail",
    "first-class-package-international",
    "priority-mail-international",
    "priority-mail-express-international",
    "other",
]
Service: TypeAlias = Literal[
    "certified-mail",
    "registered-mail",
    "insured-mail",
    "signature-confirmation",
    "return-receipt",
    "collect-on-delivery",
]


class _Part(BaseModel):
    # Values are personal: they stay out of pydantic's own error texts as well.
    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", hide_input_in_errors=True)


class Address(_Part):
    """A postal address in any country; in the United States state and ZIP are needed and checked."""

    street: Line = Field(description="Street and number, as on an envelope.")
    unit: Line | None = Field(None, description="Apartment, suite, floor.")
    city: Line = Field(description="City or town.")
    # Before state and postal_code: their rules depend on it, and fields are checked in this order.
    country: Country = Field("US", description="Two-letter country code (ISO 3166), such as US, KR, DE, ID.")
    state: Line | None = Field(
        None,
        validate_default=True,
        description="US: two-letter code or full name. Elsewhere: province or region, if any.",
    )
    postal_code: Line | None = Field(
        None, validate_default=True, description="US: ZIP or ZIP+4, leading zeros kept. Elsewhere: as written there."
    )

    @field_validator("state", "postal_code")
    @classmethod
    def _fits_country(cls, text: str | None, info: ValidationInfo) -> str | None:
        if info.data.get("country") != "US":
            return text
        if text is None:
            raise ValueError(_("is missing; an address in the United States needs it (elsewhere, say which country)"))
        return us_state(text) if info.field_name == "state" else us_zip(text)

    @property
    def one_line(self) -> str:
        """The address as one line, the country last unless it is the United States."""
        return ", ".join(filter(None, (self.street, self.unit, self.place)))

    @property
    def place(self) -> str:
        """Where, without the street. A country's code would be read as a state: DE is Delaware, too, and ID Idaho."""
        region = " ".join(filter(None, (self.state, self.postal_code)))
        country = None if self.country == "US" else COUNTRIES[self.country]
        return ", ".join(filter(None, (self.city, region, country)))


class Contact(_Part):
    """Who writes, and where the answer goes."""

    first_name: Line = Field(description="Given name.")
    last_name: Line = Field(description="Family name.")
    company: Line | None = Field(None, description="Company, if you write for one.")
    email: Email = Field(description="Where the confirmation and the answer go.")
    # Before phone, whose national form depends on the country; phone before reply_by, which may ask for it.
    address: Address | None = Field(None, description="Your postal address.")
    phone: Phone | None = Field(
        None, description="As you dial it in the country of your address, or with + and the country code."
    )
    reply_by: Literal["email", "phone"] = Field("email", description="How you would like to be answered.")

    @property
    def country(self) -> str:
        """Where the contact is; without an address, the United States."""
        return self.address.country if self.address else "US"

    @field_validator("phone")
    @classmethod
    def _can_be_dialled(cls, text: str | None, info: ValidationInfo) -> str | None:
        # An address that failed its own checks leaves the country unknown; one complaint is enough then.
        if text is not None and ("address" in info.data or text.startswith("+")):
            address = info.data.get("address")
            country = address.country if address else "US"
            check_phone(text, country)
            return as_dialled_from_afar(text, country)
        return text

    @field_validator("reply_by")
    @classmethod
    def _can_be_answered(cls, choice: str, info: ValidationInfo) -> str:
        if choice == "phone" and info.data.get("phone", "") is None:
            raise ValueError(_("asks for an answer by phone, but contact.phone is missing"))
        return choice


class Item(_Part):
    """The letter or package it is about."""

    tracking_number: Tracking | None = Field(
        None, description="From the receipt or the label; spaces and dashes do not matter, the check digit is checked."
    )
    mailing_date: PastDay | None = Field(None, description="The day it was mailed: year-month-day.")
    mail_class: MailClass | None = Field(None, description="How it was sent.")
    service: Service | None = Field(None, description="The extra service that was paid for.")
    contents: Line | None = Field(None, description="What is in it: kind, colour, brand, how many.")
    value: Line | None = Field(
        None, description="What it is insured for, or for a refund, what the postage was; with the currency."
    )
    sender_address: Address | None = Field(None, description="Where it was sent from.")
    recipient_address: Address | None = Field(None, description="Where it was sent to.")


class Inquiry(_Part):
    """What you want to tell the organisation: who you are, what it is about, what happened."""

    form: Slug = Field("usps-email-us", description="The form map to use; `autofill forms` lists them.")
    topic: Topic = Field(description="What it is about.")
    sub_topic: Slug | None = Field(None, description="What exactly, in the form map's words, such as not-received.")
    contact: Contact = Field(description="Who writes, and where the answer goes.")
    item: Item | None = Field(None, description="The letter or package it is about.")
    subject: Line | None = Field(None, description="One line that says it all.")
    # Before message, whose check it switches off.
    allow_invisible: YesNo = Field(
        default=False, description="yes: the message may hold invisible characters, as some scripts and emoji need."
    )
    message: Message = Field(description="What happened and what you ask for. Begin with `|` to keep line breaks.")
    # Excluded fields are the person's own: no form map can name them, and nothing sends them.
    translation: Message | None = Field(
        None, exclude=True, description="The message in another language, for yourself: shown beside it, never sent."
    )
    problem_date: PastDay | None = Field(None, description="The day it happened: year-month-day.")
    person: Line | None = Field(None, description="The employee it is about: a name, or what you saw of them.")
    place: Line | None = Field(None, description="The Post Office or the place it is about.")
    user_name: Line | None = Field(None, description="Your user name at the site, if it is about your account.")
    attachments: tuple[RelativePath, ...] = Field((), description="Files in or below the profile's folder.")
    previous_case: Line | None = Field(None, description="The case number of an earlier inquiry about the same thing.")
    certify_true: YesNo = Field(default=False, description="yes: I certify that what I have written is true.")
    advice_seen: tuple[Slug, ...] = Field(
        (), exclude=True, description="Names of advice that need not be given again, such as claim-open."
    )

    @field_validator("message")
    @classmethod
    def _can_be_seen(cls, text: str, info: ValidationInfo) -> str:
        return text if info.data.get("allow_invisible", True) else visible(text)
