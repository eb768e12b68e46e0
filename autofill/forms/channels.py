"""What to write or say where there is no form to fill: in a chat, in a direct message, on the phone.

Pure. Texts for the organisation are English and the person's own words; only headings speak the person's language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Final, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict

from autofill.forms.entries import written_date
from autofill.inquiry import helplines
from autofill.inquiry.advice import fitting
from autofill.inquiry.helplines import Helpline
from autofill.inquiry.profile import Address, Inquiry
from autofill.language import _

Channel: TypeAlias = Literal["chat", "dm", "phone"]

# The chat's limit was looked for and not found; this much is read at a glance.
CHAT_LIMIT: Final = 500
# Posts end at 280 characters, direct messages at 10,000 (docs.rs/egg-mode); a clerk reads no ten thousand.
POST_LIMIT: Final = 280
DIRECT_MESSAGE_LIMIT: Final = 1_000

_SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s+|\n\s*\n")
_REQUEST: Final = re.compile(
    r"(?i)\?$|\bplease\b|\b(?:could|can|would|will) you\b|\bI (?:ask|request|would like|want)\b"
)


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class Passage(_Part):
    """Something to say or to write, of at most `limit` characters; `shortened` if not all the message went in."""

    title: str
    text: str
    limit: int | None = None
    shortened: bool = False


class Script(_Part):
    """Everything for one channel: whom it leads to, and the passages in the order in which they are needed."""

    channel: Channel
    whom: str
    passages: tuple[Passage, ...]


def script_for(inquiry: Inquiry, channel: Channel, today: date) -> Script:
    """Prepare an inquiry for a channel that is not a form; `today` decides whom the advice says to call."""
    if channel == "chat":
        return Script(channel=channel, whom=str(helplines.CHAT), passages=_chat(inquiry))
    if channel == "dm":
        return Script(channel=channel, whom=str(helplines.DIRECT_MESSAGE), passages=_direct_message(inquiry))
    return Script(channel=channel, whom=str(_number_to_call(inquiry, today)), passages=_call(inquiry))


def _chat(inquiry: Inquiry) -> tuple[Passage, ...]:
    happened, wanted = _told(inquiry.message)
    opening = (f"Hello, I need help with this: {_about(inquiry)}.", *_known(inquiry), *wanted)
    return (
        _fitted(_("First message"), opening, CHAT_LIMIT),
        Passage(title=_("When asked what happened"), text="\n".join(happened or wanted)),
        _if_asked(inquiry),
    )


def _direct_message(inquiry: Inquiry) -> tuple[Passage, ...]:
    happened, wanted = _told(inquiry.message)
    contact = inquiry.contact
    # What somebody wants comes before the story, which may be cut.
    private = (
        f"About: {_about(inquiry)}.",
        *_known(inquiry),
        f"From {contact.first_name} {contact.last_name}, {contact.email}.",
        *wanted,
        *happened,
    )
    topic = inquiry.topic.replace("-", " ")
    public = f"@USPSHelp Hello, I need help with this: {topic}. May I send you the details in a direct message?"
    return (
        Passage(title=_("Public post, which everybody reads: nothing personal in it"), text=public, limit=POST_LIMIT),
        _fitted(_("Direct message, once they have answered"), private, DIRECT_MESSAGE_LIMIT),
        _if_asked(inquiry),
    )


def _call(inquiry: Inquiry) -> tuple[Passage, ...]:
    contact = inquiry.contact
    happened, wanted = _told(inquiry.message)
    facts = (
        *_item(inquiry, lambda address: address.one_line),
        ("Place", inquiry.place),
        ("Person", inquiry.person),
        ("What happened", " ".join(happened)),
        ("What I ask for", " ".join(wanted)),
        ("Earlier case number", inquiry.previous_case),
        ("Call me back at", contact.phone),
        ("Write to me at", contact.email),
    )
    said = [f"{name}: {_apart(text) if name == 'Tracking number' else text}" for name, text in facts if text]
    opening = f"Hello, my name is {contact.first_name} {contact.last_name}. I am calling about this: {_about(inquiry)}."
    notes = (
        _("Day, time and number you called"),
        _("Name of the person you spoke with"),
        _("Case number (“service request number”): ask for it, and read it back"),
        _("What was promised, and by when"),
    )
    further = (
        _("Ask for this office, and for its number: {office}").format(office=helplines.CONSUMER_CONTACT),
        _("After it, and with all dates and case numbers: {office}. USPS answers within 45 days.").format(
            office=helplines.REGULATOR
        ),
    )
    return (
        Passage(title=_("Say first"), text=opening),
        Passage(title=_("Facts, in the order in which they are asked for"), text="\n".join(said)),
        Passage(title=_("Write down"), text="\n".join(f"{note}: ____" for note in notes)),
        Passage(title=_("If it stays unsolved"), text="\n".join(further)),
    )


def _number_to_call(inquiry: Inquiry, today: date) -> Helpline:
    advised = (rule.whom for rule, _found in fitting(inquiry, today) if rule.whom and rule.whom.phone)
    usual = helplines.TECHNICAL_SUPPORT if inquiry.topic == "technical-support" else helplines.CUSTOMER_CARE
    return next(advised, usual)


def _about(inquiry: Inquiry) -> str:
    """Topic and sub-topic in words, and the subject: `missing package (not received): Books from Portland`."""
    kind = inquiry.topic.replace("-", " ")
    if inquiry.sub_topic:
        kind += f" ({inquiry.sub_topic.replace('-', ' ')})"
    return f"{kind}: {inquiry.subject.rstrip('.')}" if inquiry.subject else kind


def _item(inquiry: Inquiry, where: Callable[[Address], str]) -> Iterator[tuple[str, str]]:
    """What is known of the item, its addresses as `where` writes them."""
    if not (item := inquiry.item):
        return
    services = (item.mail_class, item.service)
    facts = (
        ("Tracking number", item.tracking_number),
        ("Mailed", item.mailing_date and written_date(item.mailing_date, "MMM D, YYYY")),
        ("Sent as", ", ".join(each.replace("-", " ").title() for each in services if each and each != "other")),
        ("Contents", item.contents),
        ("Value", item.value),
        ("From", item.sender_address and where(item.sender_address)),
        ("To", item.recipient_address and where(item.recipient_address)),
    )
    for name, text in facts:
        if text:
            yield name, text


def _if_asked(inquiry: Inquiry) -> Passage:
    contact, item = inquiry.contact, inquiry.item
    known = (
        ("Name", f"{contact.first_name} {contact.last_name}"),
        ("E-mail", contact.email),
        ("Phone", contact.phone),
        ("Address", contact.address and contact.address.one_line),
        ("Sender", item and item.sender_address and item.sender_address.one_line),
        ("Recipient", item and item.recipient_address and item.recipient_address.one_line),
        ("User name", inquiry.user_name),
        ("Earlier case number", inquiry.previous_case),
    )
    return Passage(title=_("Only when asked"), text="\n".join(f"{name}: {text}" for name, text in known if text))


def _known(inquiry: Inquiry) -> Iterator[str]:
    """What is known of the item, in sentences, and no street in any."""
    return (f"{name}: {text}." for name, text in _item(inquiry, lambda address: address.place))


def _told(message: str) -> tuple[list[str], list[str]]:
    """The sentences of a message: what happened, and what is asked for."""
    sentences = [" ".join(each.split()) for each in _SENTENCE_END.split(message.strip())]
    wanted = [each for each in sentences if _REQUEST.search(each)]
    return [each for each in sentences if each not in wanted], wanted


def _fitted(title: str, sentences: tuple[str, ...], limit: int) -> Passage:
    """As many whole sentences as fit."""
    text = ""
    for sentence in sentences:
        longer = f"{text} {sentence}".strip()
        if len(longer) > limit:
            return Passage(title=title, text=text or sentence[:limit], limit=limit, shortened=True)
        text = longer
    return Passage(title=title, text=text, limit=limit)


def _apart(number: str) -> str:
    """A tracking number as it is read out: digits in fours, or between its two pairs of letters in threes."""
    return " ".join(re.findall(r"\d{1,4}" if number.isdecimal() else r"[A-Z]{2}|\d{1,3}", number))
