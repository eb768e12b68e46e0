"""The form map: where a form is and how its pages, controls, limits and outcomes are recognised.

Holds no personal data and does nothing; every fact in it says whether it was seen, inferred or is unknown.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cached_property
from operator import not_
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from autofill.inquiry.values import Slug, YesNo
from autofill.language import _
from autofill.organisations.model import DataPart, Fact, Pattern, parts
from autofill.sources.strict_yaml import Trail
from autofill.sources.validation import located_errors

Words = Annotated[str, Field(min_length=1, max_length=200)]
Choices = dict[str, Words]
ControlKind = Literal["text", "textarea", "date", "select", "combobox", "radio", "checkbox", "file"]
# Kinds into which a person's own words go; the others take words of the site.
TYPED: frozenset[ControlKind] = frozenset({"text", "textarea", "date", "file"})
Role = Literal["heading", "button", "link", "alert", "status"]


class Element(DataPart):
    """Something on a page, recognised by what people perceive: its role and its accessible name."""

    role: Role
    name: Words = Field(description="Accessible name, without the asterisk of required labels.")
    alternatives: tuple[Words, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every accepted name, the usual one first."""
        return (self.name, *self.alternatives)


class Limit(DataPart):
    """How much text a control takes, counted as the site counts it."""

    max: int = Field(gt=0)
    unit: Literal["utf-16", "code-points"] = "utf-16"
    newline: int = Field(default=1, ge=1, le=2, description="What one line break counts for.")
    fact: Fact


class Condition(DataPart):
    """Holds when the inquiry gives the `field`, and its value is `one_of` and `none_of` the listed ones."""

    field: str
    one_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()


class DependentChoices(DataPart):
    """Choices that depend on another field of the inquiry: its value -> our slug -> the site's words."""

    on: str
    table: dict[str, Choices]


class Control(DataPart):
    """One control of the form and the field of the inquiry that goes into it."""

    id: Slug
    kind: ControlKind
    name: Words
    alternatives: tuple[Words, ...] = ()
    value: str = Field(description="Dotted path of the inquiry's field, such as contact.email.")
    presence: YesNo = Field(default=False, description="Enter yes or no: whether the field is given.")
    choices: Choices = Field(default_factory=dict)
    dependent: DependentChoices | None = None
    required: YesNo = False
    when: tuple[Condition, ...] = ()
    limit: Limit | None = None
    date_format: Literal["MMM D, YYYY", "MM/DD/YYYY", "YYYY-MM-DD"] = "MMM D, YYYY"
    rewrites: tuple[Literal["case", "punctuation"], ...] = Field(
        default=(), exclude_if=not_, description="What the site may write otherwise; it does not count when read back."
    )
    asks_server: YesNo = Field(default=False, description="Leaving it makes the page ask its server.")
    fact: Fact

    @property
    def names(self) -> tuple[str, ...]:
        """Every accepted name, the usual one first."""
        return (self.name, *self.alternatives)


class FormPage(DataPart):
    """One screen: how it is recognised, what is filled in, and what leads on."""

    id: Slug
    title: Words
    heading: Element
    controls: tuple[Control, ...] = ()
    echoes: YesNo = Field(default=False, description="Shows the entered values again, for checking.")
    when: tuple[Condition, ...] = Field(default=(), description="The page comes only if each of these holds.")
    advance: Element
    fact: Fact


class Request(DataPart):
    """A request the page makes, recognised by method and path."""

    method: Literal["POST", "PUT", "GET"]
    path: Pattern
    fact: Fact


class Lookup(Request):
    """A request that the page makes while it is filled in, and the fields of the inquiry that it may carry.

    Without fields it may carry parts of what is typed, but neither the message nor most of the rest.
    """

    carries: tuple[str, ...] = ()


class Confirmation(DataPart):
    """What proves success on the page, and where the case number stands."""

    proof: Element
    case_number: Pattern
    near: tuple[Words, ...] = Field(min_length=1, description="One of these words stands on the case number's line.")
    fact: Fact


class Refusal(DataPart):
    """How the page says no."""

    elements: tuple[Element, ...] = Field(min_length=1)
    fact: Fact


class PersonNeeded(DataPart):
    """What a person has to deal with: CAPTCHAs by their frames' addresses, logins by the page's path or heading."""

    captcha_frames: tuple[Pattern, ...] = ()
    login_paths: tuple[Pattern, ...] = ()
    elements: tuple[Element, ...] = ()
    fact: Fact


class Away(DataPart):
    """How the page says that nobody is there to answer now, and when somebody is."""

    elements: tuple[Element, ...] = Field(min_length=1)
    hours: Words
    fact: Fact


class Login(DataPart):
    """The page that stands before the first one when nobody is logged in; being in shows in that first page itself."""

    heading: Element
    account: Words = Field(description="Label of the control for the user name.")
    password: Words = Field(description="Label of the control for the password.")
    advance: Element
    refusal: Element = Field(description="Says that account and password were not taken.")
    fact: Fact


class Start(DataPart):
    """The page a run opens first, and the origins it may visit."""

    url: Annotated[str, Field(pattern=r"^https://")]
    origins: tuple[Annotated[str, Field(pattern=r"^https://[^/]+$")], ...] = Field(description="Where the page may be.")
    hosts: tuple[str, ...] = Field(
        default=(), description="Further hosts the page needs for styles, scripts, pictures."
    )
    fact: Fact


class Pace(DataPart):
    """How often the form may be used: seconds between two submissions."""

    seconds_between_runs: int = Field(ge=0)
    fact: Fact


class Attachments(DataPart):
    """Whether the form takes files."""

    accepted: YesNo
    fact: Fact


_NAMES_A_FIELD: dict[type, str] = {Condition: "field", Control: "value", DependentChoices: "on"}


class FormMap(DataPart):
    """A whole form map; `sources` says where each fact comes from."""

    id: Slug
    title: Words
    organisation: Words = Field(description="Its id or title, where the map lies in no organisation's folder.")
    sources: dict[str, str]
    start: Start
    pace: Pace
    attachments: Attachments
    busy: Element = Field(description="What is shown while the page waits for its server.")
    pages: tuple[FormPage, ...] = Field(min_length=1, description="In order; the last one submits.")
    server: Lookup = Field(description="What the page sends when it asks its server.")
    lookups: tuple[Lookup, ...] = Field(default=(), description="What else it sends before the submit request.")
    submit: Request
    confirmation: Confirmation
    refusal: Refusal
    person_needed: PersonNeeded
    away: Away | None = None
    login: Login | None = None
    practice_only: Words | None = Field(default=None, description="Why the map must not be used for the real form.")

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        wrong = [
            ((*trail, "source"), _("is not listed under `sources`"))
            for trail, fact in self._parts
            if type(fact) is Fact and fact.source not in self.sources
        ]
        if self.pages[-1].when:
            last = ("pages", len(self.pages) - 1, "when")
            wrong.append((last, _("the last page submits, so it cannot depend on anything")))
        if wrong:
            raise located_errors(wrong)
        return self

    def fields(self) -> Iterator[tuple[Trail, str]]:
        """Every field of an inquiry that the map names, and where."""
        for trail, part in self._parts:
            if isinstance(part, Lookup):
                yield from (((*trail, "carries", number), field) for number, field in enumerate(part.carries))
            if key := _NAMES_A_FIELD.get(type(part)):
                yield (*trail, key), getattr(part, key)

    @cached_property
    def _parts(self) -> list[tuple[Trail, object]]:
        return parts(self)[1:]  # the map itself would hold itself

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of the map's content; spelling and comments of the file do not count."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()
