"""The inquiry as frozen models: who writes, what about, what happened, and answers to a form's own questions.

Only what a person knows, and only what every form may ask: what a single organisation asks besides is in
`organisations`. Nothing is required here; what is, the form says. The descriptions show up in editors.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, ValidationInfo, field_validator

from autofill.inquiry.geography import COUNTRIES
from autofill.inquiry.phones import dialled_from_afar
from autofill.inquiry.values import (
    Country,
    Email,
    Line,
    Message,
    Phone,
    RelativePath,
    Slug,
    YesNo,
    us_state,
    us_zip,
    visible,
)
from autofill.language import _


class InquiryPart(BaseModel):
    """Base of every part of an inquiry: frozen, strict, closed to unknown keys."""

    # Values are personal: they stay out of pydantic's own error texts as well. Most of these models are
    # never read into, but an organisation's own: what reads is built when it is first used.
    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", hide_input_in_errors=True, defer_build=True)


class Address(InquiryPart):
    """A postal address in any country; in the United States state and ZIP are checked."""

    street: Line | None = Field(None, description="Street and number, as on an envelope.")
    unit: Line | None = Field(None, description="Apartment, suite, floor.")
    city: Line | None = Field(None, description="City or town.")
    # Before state and postal_code: their rules depend on it, and fields are checked in this order.
    country: Country = Field("US", description="Its name, or its two-letter code (ISO 3166), such as US, KR, DE, ID.")
    state: Line | None = Field(
        None, description="US: two-letter code or full name. Elsewhere: province or region, if any."
    )
    postal_code: Line | None = Field(
        None, description="US: ZIP code of five or nine digits, leading zeros kept. Elsewhere: as written there."
    )

    @field_validator("state", "postal_code")
    @classmethod
    def _fits_country(cls, text: str | None, info: ValidationInfo) -> str | None:
        if text is None or info.data.get("country") != "US":
            return text
        return us_state(text) if info.field_name == "state" else us_zip(text)

    @property
    def one_line(self) -> str:
        """The address as one line, the country last unless it is the United States."""
        region = " ".join(filter(None, (self.state, self.postal_code)))
        country = None if self.country == "US" else COUNTRIES[self.country]
        return ", ".join(filter(None, (self.street, self.unit, self.city, region, country)))


class CompleteAddress(Address):
    """A postal address to which something could be sent: with street and city, in the United States state and ZIP."""

    street: Line = Field(description="Street and number, as on an envelope.")
    city: Line = Field(description="City or town.")
    state: Line | None = Field(None, validate_default=True, description=Address.model_fields["state"].description)
    postal_code: Line | None = Field(
        None, validate_default=True, description=Address.model_fields["postal_code"].description
    )

    @field_validator("state", "postal_code")
    @classmethod
    def _is_there(cls, text: str | None, info: ValidationInfo) -> str | None:
        if text is None and info.data.get("country") == "US":
            raise ValueError(_("is missing; an address in the United States needs it (elsewhere, write the country)"))
        return text


class Contact(InquiryPart):
    """Who writes, and where the answer goes."""

    first_name: Line | None = Field(None, description="Given name.")
    last_name: Line | None = Field(None, description="Family name.")
    name: Line | None = Field(None, description="Whole name, where it is one, instead of first and last name.")
    company: Line | None = Field(None, description="Company, if you write for one.")
    email: Email | None = Field(None, description="Where the confirmation and the answer go.")
    # Before phone, whose national form depends on the country; phone before reply_by, which may ask for it.
    address: Address | None = Field(None, description="Your postal address.")
    phone: Phone | None = Field(
        None, description="As you dial it in the country of your address, or with + and the country code."
    )
    reply_by: Literal["email", "phone"] = Field("email", description="How you would like to be answered.")

    @field_validator("phone")
    @classmethod
    def _can_be_dialled(cls, text: str | None, info: ValidationInfo) -> str | None:
        # An address that failed its own checks leaves the country unknown; one complaint is enough then.
        if text is not None and ("address" in info.data or text.startswith("+")):
            address = info.data.get("address")
            return dialled_from_afar(text, address.country if address else "US")
        return text

    @field_validator("reply_by")
    @classmethod
    def _can_be_answered(cls, choice: str, info: ValidationInfo) -> str:
        if choice == "phone" and info.data.get("phone", "") is None:
            raise ValueError(_("asks for an answer by phone, but contact.phone is missing"))
        return choice


def _shape(value: object) -> str:
    """The kind of answer that a value is meant to be; what is none of them is taken for a text, and refused."""
    if isinstance(value, dict | BaseModel):
        return "block"
    return "list" if isinstance(value, list | tuple) else ""


class FileAnswer(InquiryPart):
    """A file that answers a question."""

    file: RelativePath = Field(description="A file in or below the profile's folder.")


class FileFor(FileAnswer):
    """A file and the upload it is for, where a form has several."""

    question: Line = Field(alias="for", description="The upload's own words on the form.")


AttachedFile: TypeAlias = Annotated[
    Annotated[RelativePath, Tag("")] | Annotated[FileFor, Tag("block")],
    Discriminator(lambda value: "block" if _shape(value) == "block" else ""),
]
Answer: TypeAlias = Annotated[
    Annotated[Message, Tag("")] | Annotated[tuple[Line, ...], Tag("list")] | Annotated[FileAnswer, Tag("block")],
    Discriminator(_shape),
]


class Inquiry(InquiryPart):
    """What you want to tell the organisation: who you are, what it is about, what happened."""

    form: Slug | None = Field(None, description="The form map to use; `autofill forms` lists them.")
    topic: Slug | None = Field(None, description="What it is about, in the form map's words.")
    sub_topic: Slug | None = Field(None, description="What exactly, in the form map's words, such as not-received.")
    contact: Contact | None = Field(None, description="Who writes, and where the answer goes.")
    subject: Line | None = Field(None, description="One line that says it all.")
    # Before message, whose check it switches off.
    allow_invisible: YesNo = Field(
        default=False, description="yes: the message may hold invisible characters, as some scripts and emoji need."
    )
    message: Message | None = Field(
        None, description="What happened and what you ask for. Begin with `|` to keep line breaks."
    )
    # Excluded fields are the person's own: no form map can name them, and nothing sends them.
    translation: Message | None = Field(
        None, exclude=True, description="The message in another language, for yourself: shown beside it, never sent."
    )
    answers: Mapping[str, Answer] = Field(
        {},
        description="Answers to the form's own questions, by the question's words: a text, yes or no, a day, a list.",
    )
    attachments: tuple[AttachedFile, ...] = Field((), description="Files in or below the profile's folder.")
    previous_case: Line | None = Field(None, description="The case number of an earlier inquiry about the same thing.")
    advice_seen: tuple[Slug, ...] = Field(
        (), exclude=True, description="Names of advice that need not be given again, such as shouting."
    )

    @field_validator("message")
    @classmethod
    def _can_be_seen(cls, text: str | None, info: ValidationInfo) -> str | None:
        return text if text is None or info.data.get("allow_invisible", True) else visible(text)
