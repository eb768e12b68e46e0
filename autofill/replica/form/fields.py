"""The questions of the form: one table, from which the page is drawn and the answers are checked.

How a control looks is in static/wizard/, how an answer is checked in checks.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from autofill.replica.form import catalog

Answers: TypeAlias = Mapping[str, str]
"""Field name to answer; a choice is answered with its slug, a date in ISO form."""

FieldKind = Literal["text", "email", "tel", "textarea", "date", "select", "combobox", "radio", "checkbox", "file"]


@dataclass(frozen=True, slots=True)
class FieldCondition:
    """A condition on another answer: the answer to `name` is one of `answers`."""

    name: str
    answers: tuple[str, ...]

    def holds(self, given: Answers) -> bool:
        """Whether the answers so far fulfil it."""
        return given.get(self.name) in self.answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One question of the form.

    Attributes:
        name: The name the answer is sent under.
        label: The words beside the control.
        max_length: In UTF-16 units, a line break counting as two; the page counts it as one, as browsers do.
        choices: Slug to words; empty for `sub_topic`, whose choices come from the server.
        when: The question is asked only while this holds.
        required_when: An answer is required only while this holds.
        same_as: The answer must equal the answer to this field, and is not recorded.
        info: The text behind the control's help button.
    """

    name: str
    label: str
    kind: FieldKind = "text"
    required: bool = False
    max_length: int | None = None
    choices: Mapping[str, str] | None = None
    pattern: str | None = None
    when: FieldCondition | None = None
    required_when: FieldCondition | None = None
    same_as: str | None = None
    info: str | None = None

    def is_asked(self, given: Answers) -> bool:
        """Whether the page shows this question."""
        return self.when is None or self.when.holds(given)

    def is_required(self, given: Answers) -> bool:
        """Whether it must be answered."""
        return self.required or (self.required_when is not None and self.required_when.holds(given))


PREVIOUS_CASE = "previous_case"

_ITEM = FieldCondition("topic", catalog.ITEM_TOPICS)
_MAYBE_TRACKED = FieldCondition("topic", (*catalog.ITEM_TOPICS, catalog.FOLLOW_UP))
_TRACKED = FieldCondition("has_tracking_number", ("yes",))
_BY_PHONE = FieldCondition("reply_by", ("phone",))
_DOMESTIC = FieldCondition("country", ("US",))
_ABROAD = FieldCondition("country", tuple(code for code in catalog.COUNTRIES if code != "US"))

PROBLEM_DETAILS: tuple[Field, ...] = (
    Field(name="topic", label="What can we help you with?", kind="combobox", required=True, choices=catalog.TOPICS),
    Field(
        name="sub_topic",
        label="Please provide some additional details",
        kind="combobox",
        required=True,
        when=FieldCondition("topic", tuple(catalog.TOPICS)),
    ),
    Field(
        name="has_tracking_number",
        label="Do you have a tracking number?",
        kind="radio",
        required=True,
        choices=catalog.YES_NO,
        when=_MAYBE_TRACKED,
    ),
    Field(name="tracking_number", label="Tracking Number", required=True, max_length=40, when=_TRACKED),
    Field(name="mailing_date", label="Mailing Date", kind="date", when=_ITEM),
    Field(name="mail_class", label="Mail Class", kind="select", choices=catalog.MAIL_CLASSES, when=_ITEM),
    Field(name="service", label="Extra Service", kind="select", choices=catalog.EXTRA_SERVICES, when=_ITEM),
    Field(
        name="contents", label="Contents", max_length=255, when=FieldCondition("topic", ("missing-package", "claim"))
    ),
    Field(name="value", label="Insured Value", max_length=40, when=FieldCondition("topic", ("claim",))),
    Field(name="value", label="Postage Paid", max_length=40, when=FieldCondition("topic", ("refund",))),
    Field(name="sender_address", label="Sender Address", max_length=255, when=_ITEM),
    Field(name="recipient_address", label="Recipient Address", max_length=255, when=_ITEM),
    Field(
        name="person",
        label="Name of the Employee",
        max_length=80,
        info="If you do not know it, say what you saw.",
        when=FieldCondition("sub_topic", ("compliment", "complaint-employee")),
    ),
    Field(name="place", label="Post Office or Place", max_length=255, when=FieldCondition("topic", ("feedback",))),
    Field(
        name="user_name",
        label="Provide Your User Name",
        max_length=80,
        when=FieldCondition("topic", ("technical-support",)),
    ),
    Field(name="problem_date", label="Date of Problem or Best Guess", kind="date"),
    Field(name="subject", label="Subject", max_length=100),
    Field(name="message", label="Additional Information", kind="textarea", required=True, max_length=4000),
    Field(
        name=PREVIOUS_CASE,
        label="Previous Service Request Number",
        max_length=20,
        required_when=FieldCondition("topic", (catalog.FOLLOW_UP,)),
    ),
)

ATTACHMENTS = Field(name="files", label="Attach Files", kind="file")

CONTACT_INFORMATION: tuple[Field, ...] = (
    Field(name="first_name", label="First Name", required=True, max_length=40),
    Field(name="last_name", label="Last Name", required=True, max_length=40),
    Field(name="company", label="Company Name", max_length=80),
    Field(
        name="email",
        label="Email",
        kind="email",
        required=True,
        max_length=254,
        info="The confirmation with your Service Request Number is sent to this address.",
    ),
    Field(name="confirm_email", label="Confirm Email", kind="email", required=True, max_length=254, same_as="email"),
    Field(name="phone", label="Phone Number", kind="tel", max_length=25, required_when=_BY_PHONE),
    Field(name="reply_by", label="Preferred Contact Method", kind="radio", required=True, choices=catalog.REPLY_BY),
    Field(name="country", label="Country", kind="combobox", required=True, choices=catalog.COUNTRIES),
    Field(name="street", label="Street Address", required=True, max_length=100),
    Field(name="unit", label="Apartment, Suite or Unit", max_length=40),
    Field(name="city", label="City", required=True, max_length=60),
    Field(name="state", label="State", kind="combobox", required=True, choices=catalog.STATES, when=_DOMESTIC),
    Field(
        name="postal_code",
        label="ZIP Code",
        required=True,
        max_length=10,
        pattern="[0-9]{5}(-[0-9]{4})?",
        when=_DOMESTIC,
    ),
    Field(name="state", label="State, Province or Region", max_length=60, when=_ABROAD),
    Field(name="postal_code", label="Postal Code", max_length=20, when=_ABROAD),
    Field(name="certify_true", label="I certify that what I have written is true.", kind="checkbox", required=True),
)

ALL_FIELDS = PROBLEM_DETAILS + CONTACT_INFORMATION
