"""The model of `organisation.yaml`: offices, channels, calendar, deadlines, mail and escalation of one organisation.

No files are read here, and no organisation is known. `docs/organisations.md` explains the keys.
"""

from __future__ import annotations

import re
from string import Formatter
from typing import Annotated, Any, Final, Literal, Self, TypeAlias, get_args
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, model_validator

from autofill.inquiry.geography import COUNTRIES
from autofill.inquiry.values import Day, Slug, fits
from autofill.language import _, gettext_noop
from autofill.sources.strict_yaml import Trail
from autofill.sources.validation import located_errors

Mark: TypeAlias = Literal["seen", "inferred", "unknown"]
"""How a fact is known: read in the source, following from it, or looked for and not found."""
Weekday: TypeAlias = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: Final[tuple[Weekday, ...]] = get_args(Weekday)
MovedHolidays: TypeAlias = Literal["both", "observed", "actual"]


def _is_country(code: str) -> bool:
    country, dash, part = code.partition("-")
    if dash and country in COUNTRIES:
        from holidays import country_holidays  # noqa: PLC0415 - every run reads a country, and none needs its holidays

        country_holidays(country, subdiv=part)
    return country in COUNTRIES


def _is_filled(how: str) -> bool:
    return {place for _text, place, _spec, _as in Formatter().parse(how)} <= {None, "name", "phone", "hours", "page"}


Words: TypeAlias = Annotated[str, Field(min_length=1, max_length=400)]
Days: TypeAlias = Annotated[int, Field(ge=1, le=366)]
How: TypeAlias = Annotated[
    Words,
    fits(_is_filled, gettext_noop("contains unknown braces; known: {name}, {phone}, {hours}, {page}")),
]
Zone: TypeAlias = Annotated[str, fits(ZoneInfo, gettext_noop("is not a time zone; write one such as Europe/Berlin"))]
Clock: TypeAlias = Annotated[
    str, fits(re.compile(r"([01]\d|2[0-3]):[0-5]\d").fullmatch, gettext_noop("must be a time written 08:30"))
]
Country: TypeAlias = Annotated[
    str,
    fits(_is_country, gettext_noop("is not a country whose holidays are known; write a code such as DE or DE-BY")),
]
Pattern: TypeAlias = Annotated[str, fits(re.compile, gettext_noop("is not a regular expression of Python"))]
_DOMAIN: Final = re.compile(r"(?!.*\.example$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*")
Domain: TypeAlias = Annotated[
    str,
    fits(
        _DOMAIN.fullmatch,
        gettext_noop("must be a mail domain in small letters, such as acme.com, and not end in .example"),
    ),
]


class DataPart(BaseModel):
    """Base of every part of an organisation's files: frozen, and closed to unknown keys."""

    # A plain run reads no organisation's data: what checks them is built when it is needed.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Fact(DataPart):
    """How a part is known: `seen` in the source, `inferred` from it, or `unknown` and assumed."""

    mark: Mark
    source: Slug
    note: str = ""


class FactPart(DataPart):
    """A part that can say how it is known. What comes with autofill has to."""

    fact: Fact | None = None


class OpeningHours(DataPart):
    """On which days an office opens and closes, by its own clock; one that closes earlier is open over midnight."""

    days: tuple[Weekday, ...] = Field(min_length=1)
    opens: Clock
    closes: Clock


class Office(FactPart):
    """An office that people can turn to. What is not known in public is left empty; its name is not translated.

    `hours` is for people; `open` says the same by the clock of `timezone`.
    """

    name: Words
    phone: str = ""
    hours: str = ""
    open: tuple[OpeningHours, ...] = ()
    timezone: Zone = "UTC"
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

    timezone: Zone = "UTC"
    workdays: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri")
    holidays: Country | None = None
    moved_holidays: MovedHolidays = "both"
    closed: tuple[Day, ...] = ()


class DeadlineRules(FactPart):
    """How long an answer and a confirmation may take, and after how many reminders another channel comes."""

    reply_business_days: Days = 3
    acknowledged_within_minutes: int = Field(default=60, ge=1)
    follow_ups: int = Field(default=2, ge=0)


class FurtherHelp(FactPart):
    """What else a person can do once the first inquiry is so many business days old."""

    after_business_days: Days
    office: Slug
    how: How


class CaseNumbers(FactPart):
    """What a case number looks like in a mail, and which words stand on its line or shortly before it.

    A group in the pattern, if there is one, is the number itself.
    """

    pattern: Pattern
    near: Pattern


class MailRules(FactPart):
    """How the organisation's mails are recognised: the domains of their senders, those below them too, and numbers."""

    domains: tuple[Domain, ...] = ()
    case_number: CaseNumbers | None = None
    quotes: tuple[str, ...] = Field(default=(), description="Fields of the inquiry that its mails may quote.")


class EscalationRule(FactPart):
    """One place to turn to when letters stay unanswered; `mentions` names the office whose facts fill `how`."""

    name: Slug
    title: Words
    office: Slug
    how: How
    mentions: Slug | None = None
    calendar_days: Days | None = None


class FollowUpRules(FactPart):
    """How a further inquiry about the same matter says so: its topic, and the sub-topic for each reason."""

    topic: Slug | None = None
    unanswered: Slug | None = None
    not_solved: Slug | None = None
    new_information: Slug | None = None


class OrganisationData(DataPart):
    """All that `organisation.yaml` says."""

    id: Slug
    title: Words
    language: Literal["en"] = "en"
    sources: dict[Slug, str] = Field(default_factory=dict)
    offices: dict[Slug, Office] = Field(default_factory=dict)
    channels: dict[Slug, Channel] = Field(default_factory=dict)
    calendar: CalendarRules = Field(default_factory=CalendarRules)
    deadlines: DeadlineRules = Field(default_factory=DeadlineRules)
    further_help: tuple[FurtherHelp, ...] = ()
    mail: MailRules = Field(default_factory=MailRules)
    follow_up: FollowUpRules = Field(default_factory=FollowUpRules)
    escalation: tuple[EscalationRule, ...] = ()

    @model_validator(mode="after")
    def _names_exist(self) -> Self:
        steps = [step.name for step in self.escalation]
        twice = (n for n, name in enumerate(steps) if name in steps[:n])
        wrong: list[tuple[Trail, str]] = [(("escalation", n, "name"), _("another step has this name")) for n in twice]
        if not self.calendar.workdays:
            wrong.append((("calendar", "workdays"), _("must not be empty")))
        for trail, value in parts(self):
            of_office = {"office", "mentions", "topics"} & {*trail[-2:]}
            if of_office and isinstance(value, str) and value not in self.offices:
                wrong.append((trail, _("no such office under `offices`")))
            if trail[-2:] == ("fact", "source") and value not in self.sources:
                wrong.append((trail, _("no such source under `sources`")))
        if wrong:
            raise located_errors(wrong)
        return self


def parts(whole: DataPart) -> list[tuple[Trail, object]]:
    """Everything inside a part, however deep, and where it stands."""
    found: list[tuple[Trail, Any]] = [((), whole)]
    for trail, value in found:  # which grows meanwhile
        if isinstance(value, tuple):
            found += (((*trail, number), each) for number, each in enumerate(value))
        elif isinstance(value, dict):
            found += (((*trail, key), each) for key, each in value.items())
        elif hasattr(value, "model_fields_set"):
            found += (((*trail, key), each) for key, each in vars(value).items())
    return found
