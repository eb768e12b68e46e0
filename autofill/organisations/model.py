"""The model of `organisation.yaml`: offices, channels, calendar, deadlines, mail and escalation of one organisation.

No files are read here, and no organisation is known. `docs/organisations.md` explains the keys.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from string import Formatter
from typing import Annotated, Final, Literal, Self, TypeAlias
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from autofill.inquiry.values import Day, Slug
from autofill.language import _
from autofill.sources.strict_yaml import Trail
from autofill.sources.validation import located_errors

Mark: TypeAlias = Literal["seen", "inferred", "unknown"]
"""How a fact is known: read in the source, following from it, or looked for and not found."""
Weekday: TypeAlias = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
MovedHolidays: TypeAlias = Literal["both", "observed", "actual"]
Days: TypeAlias = Annotated[int, Field(ge=1, le=366)]
Words: TypeAlias = Annotated[str, Field(min_length=1, max_length=400)]
# RFC 2606: nobody can own a domain below it, so no mail from there can be real.
PRACTICE_TOP: Final = "example"
_PLACEHOLDERS: Final = ("name", "phone", "hours", "page")


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error:
        raise ValueError(_("is not a regular expression Python understands")) from None
    return text


def _language(code: str) -> str:
    if not re.fullmatch("[a-z]{2}", code):
        raise ValueError(_("must be two small letters, such as en"))
    return code


def _some(parts: tuple[str, ...]) -> tuple[str, ...]:
    if not parts:
        raise ValueError(_("must not be empty"))
    return parts


def _domain(text: str) -> str:
    if not re.fullmatch(r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*", text):
        raise ValueError(_("must be a mail domain in small letters, such as acme.example"))
    return text


def _sender(domain: str) -> str:
    if domain.endswith(f".{PRACTICE_TOP}"):
        raise ValueError(_("ends in .example, where no real mail comes from; put it in `practice_domain`"))
    return domain


def _practice(domain: str) -> str:
    if not domain.endswith(f".{PRACTICE_TOP}"):
        raise ValueError(_("must end in .example, so that it is nobody's"))
    return domain


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError(_("is no time zone; write one such as Europe/Berlin")) from None
    return name


def _country(code: str) -> str:
    from holidays import country_holidays  # noqa: PLC0415 - a run needs no holidays

    country, _dash, part = code.partition("-")
    try:
        known = country.isupper() and len(country) == 2 and country_holidays(country, subdiv=part or None)
    except NotImplementedError:
        known = False
    if known is False:
        raise ValueError(_("is no country whose holidays are known; write a code such as DE or DE-BY"))
    return code


def _how(text: str) -> str:
    try:
        places = {place for _text, place, _spec, _conversion in Formatter().parse(text) if place is not None}
    except ValueError:
        places = {""}
    if places - {*_PLACEHOLDERS}:
        known = ", ".join(f"{{{name}}}" for name in _PLACEHOLDERS)
        raise ValueError(_("holds braces that stand for nothing; known: {known}").format(known=known))
    return text


Pattern: TypeAlias = Annotated[str, AfterValidator(_pattern)]
Domain: TypeAlias = Annotated[str, AfterValidator(_domain)]
How: TypeAlias = Annotated[Words, AfterValidator(_how)]


class DataPart(BaseModel):
    """Base of every part of an organisation's files: frozen, and closed to unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Fact(DataPart):
    """How a part is known: `seen` in the source, `inferred` from it, or `unknown` and assumed."""

    mark: Mark
    source: Slug
    note: str = ""


class FactPart(DataPart):
    """A part that can say how it is known. What comes with autofill has to."""

    fact: Fact | None = None


class Office(FactPart):
    """An office that people can turn to. What is not known in public is left empty; its name is not translated."""

    name: Words
    phone: str = ""
    hours: str = ""
    page: str = ""

    def __str__(self) -> str:
        """One line for people, in their language."""
        return ", ".join(filter(None, (self.name, self.phone, _(self.hours), self.page)))

    def fill(self, how: str) -> str:
        """A text with this office's name, phone, hours and page in place of their names in braces."""
        return _(how).format(name=self.name, phone=self.phone, hours=_(self.hours), page=self.page)


class Channel(FactPart):
    """A way to reach an office besides a form, and how many characters one message or one public post may have."""

    office: Slug
    topics: dict[Slug, Slug] = Field(default_factory=dict, description="Topics that another office answers.")
    handle: str = Field(default="", description="Its name in public posts.")
    limit: int | None = Field(default=None, gt=0)
    post_limit: int | None = Field(default=None, gt=0)


class CalendarRules(FactPart):
    """When the organisation works: its time zone, the days of its week, and the holidays of its country."""

    timezone: Annotated[str, AfterValidator(_zone)] = "UTC"
    workdays: Annotated[tuple[Weekday, ...], AfterValidator(_some)] = ("mon", "tue", "wed", "thu", "fri")
    holidays: Annotated[str, AfterValidator(_country)] | None = None
    moved_holidays: MovedHolidays = "both"
    closed: tuple[Day, ...] = ()


class DeadlineRules(FactPart):
    """How long an answer and a confirmation may take, and after how many reminders another channel comes."""

    reply_business_days: Days = 3
    acknowledged_within_minutes: int = Field(default=60, ge=1)
    follow_ups: int = Field(default=2, ge=0)

    @property
    def acknowledged_within(self) -> timedelta:
        """How soon a confirmation mail comes as a rule."""
        return timedelta(minutes=self.acknowledged_within_minutes)


class FurtherHelp(FactPart):
    """What else a person can do once the first inquiry is so many business days old."""

    after_business_days: Days
    office: Slug
    how: How


class Senders(FactPart):
    """The domains that the organisation writes mails from; those below them count, too."""

    domains: Annotated[tuple[Annotated[Domain, AfterValidator(_sender)], ...], AfterValidator(_some)]


class CaseNumbers(FactPart):
    """What a case number looks like in a mail, and which words stand on its line."""

    pattern: Pattern
    near: Pattern


class MailRules(DataPart):
    """How the organisation's mails are recognised."""

    senders: Senders | None = None
    case_number: CaseNumbers | None = None
    quotes: tuple[str, ...] = Field(default=(), description="Fields of the inquiry that its mails may quote.")
    practice_domain: Annotated[Domain, AfterValidator(_practice)] | None = None


class EscalationRule(FactPart):
    """One place to turn to when letters stay unanswered; `mentions` names the office whose facts fill `how`."""

    name: Slug
    title: Words
    office: Slug
    how: How
    mentions: Slug | None = None
    calendar_days: Days | None = None


class OrganisationData(DataPart):
    """All that `organisation.yaml` says."""

    id: Slug
    title: Words
    language: Annotated[str, AfterValidator(_language)] = "en"
    sources: dict[Slug, str] = Field(default_factory=dict)
    offices: dict[Slug, Office] = Field(default_factory=dict)
    channels: dict[Slug, Channel] = Field(default_factory=dict)
    calendar: CalendarRules = CalendarRules()
    deadlines: DeadlineRules = DeadlineRules()
    further_help: tuple[FurtherHelp, ...] = ()
    mail: MailRules = MailRules()
    escalation: tuple[EscalationRule, ...] = ()

    @model_validator(mode="after")
    def _names_exist(self) -> Self:
        wrong = [
            *(
                (trail, _("no such office under `offices`"))
                for trail, name in self._offices()
                if name not in self.offices
            ),
            *(
                ((*trail, "fact", "source"), _("no such source under `sources`"))
                for trail, part in fact_parts(self)
                if part.fact and part.fact.source not in self.sources
            ),
        ]
        names = [step.name for step in self.escalation]
        twice = (n for n, name in enumerate(names) if name in names[:n])
        wrong += [(("escalation", n, "name"), _("another step has this name")) for n in twice]
        if wrong:
            raise located_errors(wrong)
        return self

    def _offices(self) -> Iterator[tuple[Trail, str]]:
        """Every name of an office that the other parts use, and where it stands."""
        for key, channel in self.channels.items():
            yield ("channels", key, "office"), channel.office
            yield from ((("channels", key, "topics", topic), name) for topic, name in channel.topics.items())
        for number, help_ in enumerate(self.further_help):
            yield ("further_help", number, "office"), help_.office
        for number, step in enumerate(self.escalation):
            yield ("escalation", number, "office"), step.office
            if step.mentions:
                yield ("escalation", number, "mentions"), step.mentions


def fact_parts(part: DataPart, trail: Trail = ()) -> Iterator[tuple[Trail, FactPart]]:
    """Every part inside a part that can say how it is known, and where it stands."""
    if isinstance(part, FactPart):
        yield trail, part
    for name in type(part).model_fields:
        value = getattr(part, name)
        inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, tuple) else ()
        if isinstance(value, DataPart):
            yield from fact_parts(value, (*trail, name))
        for key, each in inside:
            if isinstance(each, DataPart):
                yield from fact_parts(each, (*trail, name, key))
