"""Scripts for channels that are no form: what to write in a chat or a direct message, what to say on the phone.

Pure. Texts for the organisation are in its language and the person's own words; headings are in the person's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final, Literal, TypeAlias

from autofill.errors import Misconfigured
from autofill.forms.days import written_date
from autofill.forms.plan import PlanPart
from autofill.inquiry.fields import Fields, text_of
from autofill.inquiry.geography import COUNTRIES
from autofill.language import _
from autofill.organisations.model import Channel as ChannelData
from autofill.organisations.organisation import Organisation

Channel: TypeAlias = Literal["chat", "dm", "phone"]

_SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s+|\n\s*\n")
_REQUEST: Final = re.compile(
    r"(?i)\?$|\bplease\b|\b(?:could|can|would|will) you\b|\bI (?:ask|request|would like|want)\b"
)


class Passage(PlanPart):
    """Something to say or to write, of at most `limit` characters; `shortened` if not all the message went in."""

    title: str
    text: str
    limit: int | None = None
    shortened: bool = False


class Script(PlanPart):
    """Everything for one channel: whom it leads to, and the passages in the order in which they are needed."""

    channel: Channel
    whom: str
    passages: tuple[Passage, ...]


def script_for(fields: Fields, organisation: Organisation, channel: Channel, today: date) -> Script:
    """Prepare an inquiry for a channel that is not a form; `today` decides whom the advice says to call.

    Raises:
        Misconfigured: the organisation has no such channel.
    """
    known = organisation.data.channels.get(channel)
    if known is None:
        raise Misconfigured(
            _("No such channel is known for {organisation}.").format(organisation=organisation.data.title),
            hint=_("Channels: {channels}").format(channels=", ".join(organisation.data.channels) or _("none")),
        )
    writer = _Writer(fields, organisation)
    if channel == "phone":
        office = organisation.data.offices[_office_to_call(fields, organisation, known, today)]
        return Script(channel=channel, whom=str(office), passages=writer.call())
    passages = writer.chat(known) if channel == "chat" else writer.direct_message(known)
    return Script(channel=channel, whom=str(organisation.data.offices[known.office]), passages=passages)


def _office_to_call(fields: Fields, organisation: Organisation, channel: ChannelData, today: date) -> str:
    offices = organisation.data.offices
    advised = (rule.office for _name, rule, _found in organisation.advice(fields, today) if rule.office)
    usual = channel.topics.get(text_of(fields, "topic"), channel.office)
    return next((name for name in advised if offices[name].phone), usual)


class _Writer:
    """What one inquiry says in a channel."""

    def __init__(self, fields: Fields, organisation: Organisation) -> None:
        self._fields, self._organisation = fields, organisation
        sentences = [" ".join(each.split()) for each in _SENTENCE_END.split(self._text("message").strip())]
        self._wanted = [each for each in sentences if _REQUEST.search(each)]
        self._happened = [each for each in sentences if each not in self._wanted]

    def chat(self, channel: ChannelData) -> tuple[Passage, ...]:
        """An opening within the chat's limit, and answers to what is asked next."""
        opening = (f"Hello, I need help with this: {self._about()}.", *self._opening_facts(), *self._wanted)
        return (
            _fitted(_("First message"), opening, channel.limit),
            Passage(title=_("When asked what happened"), text="\n".join(self._happened or self._wanted)),
            self._if_asked(),
        )

    def direct_message(self, channel: ChannelData) -> tuple[Passage, ...]:
        """A public post without anything personal, and the message itself."""
        # What somebody wants comes before the story, which may be cut.
        private = (
            f"About: {self._about()}.",
            *self._opening_facts(),
            f"From {', '.join(filter(None, (self._name(), self._text('contact.email'))))}.",
            *self._wanted,
            *self._happened,
        )
        topic = self._text("topic").replace("-", " ") or "a problem"
        public = (
            f"{channel.handle} Hello, I need help with this: {topic}. May I send you the details in a direct message?"
        )
        post = Passage(
            title=_("Public post, which everybody reads: nothing personal in it"), text=public, limit=channel.post_limit
        )
        return (post, _fitted(_("Direct message, once they have answered"), private, channel.limit), self._if_asked())

    def call(self) -> tuple[Passage, ...]:
        """What to say first, the facts in order, what to write down, and where to turn next."""
        facts = (
            *self._own_facts({"opening", "call"}),
            ("What happened", " ".join(self._happened)),
            ("What I ask for", " ".join(self._wanted)),
            ("Earlier case number", self._text("previous_case")),
            ("Call me back at", self._text("contact.phone")),
            ("Write to me at", self._text("contact.email")),
        )
        quoted = self._organisation.data.mail.quotes
        identifying = {self._organisation.own_fields.fields[name].label for name in quoted}
        told = [f"{name}: {_spelled_out(text) if name in identifying else text}" for name, text in facts if text]
        opening = f"Hello, my name is {self._name()}. I am calling about this: {self._about()}."
        notes = (
            _("Day, time and number of your call"),
            _("Name of the person you spoke with"),
            _("Case number (“service request number”): ask for it, and read it back"),
            _("What was promised, and by when"),
        )
        return (
            Passage(title=_("Say first"), text=opening),
            Passage(title=_("Facts, in the order they are asked for"), text="\n".join(told)),
            Passage(title=_("Write down"), text="\n".join(f"{note}: ____" for note in notes)),
            Passage(title=_("If it is not solved"), text="\n".join(self._further())),
        )

    def _further(self) -> Iterator[str]:
        """Where to turn after the phone."""
        offices = self._organisation.data.offices
        for step in self._organisation.data.escalation:
            office = offices[step.office]
            if not office.phone:
                yield f"{office}: {offices[step.mentions or step.office].fill(step.how)}"

    def _about(self) -> str:
        """Topic and sub-topic in words, and the subject: `missing package (not received): Books from Portland`."""
        kind, sub_topic = (self._text(name).replace("-", " ") for name in ("topic", "sub_topic"))
        parts = f"{kind} ({sub_topic})" if sub_topic else kind, self._text("subject").rstrip(".")
        return ": ".join(filter(None, parts))

    def _opening_facts(self) -> Iterator[str]:
        """What is known of the matter, in sentences, and no street in any."""
        return (f"{name}: {text}." for name, text in self._own_facts({"opening"}, streets=False))

    def _own_facts(self, when: set[str], *, streets: bool = True) -> list[tuple[str, str]]:
        """The organisation's own fields that have a label, those of one label together."""
        facts: dict[str, list[str]] = {}
        for name, field in self._organisation.own_fields.fields.items():
            text = self._text(name)
            if not (text and field.label and field.tell in when) or text == "other":  # which says nothing
                continue
            if field.type in {"day", "past-day"}:
                text = written_date(date.fromisoformat(text), "MMM D, YYYY")
            elif field.type == "choice":
                text = text.replace("-", " ").title()
            elif field.type == "address" and not streets:
                text = self._place(name)
            facts.setdefault(field.label, []).append(text)
        return [(label, ", ".join(texts)) for label, texts in facts.items()]

    def _if_asked(self) -> Passage:
        own = self._organisation.own_fields.fields
        addresses = {field.label for field in own.values() if field.type == "address"}
        known = (
            ("Name", self._name()),
            ("E-mail", self._text("contact.email")),
            ("Phone", self._text("contact.phone")),
            ("Address", self._text("contact.address")),
            *(fact for fact in self._own_facts({"opening"}) if fact[0] in addresses),
            *self._own_facts({"asked"}),
            ("Earlier case number", self._text("previous_case")),
        )
        return Passage(title=_("Only when asked"), text="\n".join(f"{name}: {text}" for name, text in known if text))

    def _name(self) -> str:
        whole = (self._text("contact.first_name"), self._text("contact.last_name"))
        return " ".join(filter(None, whole)) or self._text("contact.name")

    def _place(self, address: str) -> str:
        """Where, without the street. A country's code would be read as a state: DE is Delaware, too, and ID Idaho."""
        city, state, code, country = (
            self._text(f"{address}.{part}") for part in ("city", "state", "postal_code", "country")
        )
        region = " ".join(filter(None, (state, code)))
        return ", ".join(filter(None, (city, region, "" if country in {"", "US"} else COUNTRIES[country])))

    def _text(self, name: str) -> str:
        return text_of(self._fields, name)


def _fitted(title: str, sentences: tuple[str, ...], limit: int | None) -> Passage:
    """As many whole sentences as fit."""
    text = ""
    for sentence in sentences:
        longer = f"{text} {sentence}".strip()
        if limit and len(longer) > limit:
            return Passage(title=title, text=text or sentence[:limit], limit=limit, shortened=True)
        text = longer
    return Passage(title=title, text=text, limit=limit)


def _spelled_out(number: str) -> str:
    """A number as it is read out: digits in fours, or between its two pairs of letters in threes."""
    return " ".join(re.findall(r"\d{1,4}" if number.isdecimal() else r"[A-Za-z]+|\d{1,3}", number))
