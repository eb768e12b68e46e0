"""The form map: where a form is and how its pages, controls, limits and outcomes are recognised.

Holds no personal data and does nothing. What comes with autofill says of every fact in it whether it was seen, inferred
or is unknown; a map that says nothing of the kind is unmarked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cached_property
from operator import not_
from typing import Annotated, Final, Literal, Self, TypeAlias
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, model_validator

from autofill.forms.control import Condition, Control, DependentChoices
from autofill.forms.element import Element, Heading, Press, Words, short, slug
from autofill.forms.outcome import CAPTCHAS, Away, Confirmed, PersonNeeded, Refusal, Refused, usual_thanks
from autofill.inquiry.fields import FILES
from autofill.inquiry.values import Slug, YesNo, fits
from autofill.language import _, gettext_noop
from autofill.organisations.model import DataPart, Fact, FactPart, Pattern, parts
from autofill.sources.strict_yaml import Trail
from autofill.sources.validation import located_errors

_HERE: Final = {"127.0.0.1", "localhost", "::1"}


def may_start(url: str) -> bool:
    """Whether a form may be at an address: it is secure, or on this machine."""
    address = urlsplit(url)
    secure = address.scheme == "https" or (address.scheme == "http" and address.hostname in _HERE)
    return secure and bool(address.hostname) and "@" not in address.netloc


def _is_origin(url: str) -> bool:
    return may_start(url) and not urlsplit(url).path


Url: TypeAlias = Annotated[
    str, fits(may_start, gettext_noop("must begin with https://, or be an address on this machine (http://127.0.0.1)"))
]
Origin: TypeAlias = Annotated[
    str, fits(_is_origin, gettext_noop("must be https:// and a host, with nothing behind it"))
]


class FormPage(FactPart):
    """One screen: how it is recognised, what is filled in, and what leads on.

    Without a heading it is known by its controls.
    """

    id: Slug = ""
    title: Words = ""
    heading: Heading | None = None
    controls: tuple[Control, ...] = ()
    echoes: YesNo = Field(default=False, description="Shows the entered values again, for checking.")
    when: tuple[Condition, ...] = Field(default=(), description="The page comes only if each of these holds.")
    advance: Press | None = Field(default=None, description="The button or link that leads on.")
    submit: Press | None = Field(default=None, description="The button of the last page.")

    @property
    def button(self) -> Element | None:
        """What is pressed when the page is done."""
        return self.submit or self.advance


class Request(FactPart):
    """A request the page makes, recognised by method and path."""

    method: Literal["POST", "PUT", "PATCH", "GET"] = "POST"
    path: Pattern


class Lookup(Request):
    """A request that the page makes while it is filled in, and the fields of the inquiry that it may carry.

    Without fields it may carry parts of what is typed, but neither the message nor most of the rest.
    """

    method: Literal["POST", "PUT", "PATCH", "GET"] = "GET"
    carries: tuple[str, ...] = ()


class Login(FactPart):
    """The page that stands before the first one when nobody is logged in; being in shows in that first page itself."""

    heading: Heading
    account: Words = Field(description="Label of the control for the user name.")
    password: Words = Field(description="Label of the control for the password.")
    advance: Press
    refusal: Element = Field(description="Says that account and password were not taken.")


class Start(FactPart):
    """The page a run opens first, and the origins it may visit; those are its own, if none are given."""

    url: Url
    origins: tuple[Origin, ...] = Field(default=(), description="Where the page may be.")
    hosts: tuple[str, ...] = Field(
        default=(), description="Further hosts the page needs for styles, scripts, pictures."
    )

    @property
    def own_origins(self) -> tuple[str, ...]:
        """That of its address alone."""
        address = urlsplit(self.url)
        return (f"{address.scheme}://{address.netloc}",)


class Pace(FactPart):
    """How often the form may be used: seconds between two submissions."""

    seconds_between_runs: int = Field(default=60, ge=0)


class Attachments(FactPart):
    """Whether the form takes files."""

    accepted: YesNo


class Dismissal(DataPart):
    """What may come at any time, a banner say, and what is pressed to put it away: `when` it is there, `click`."""

    when: Heading | None = None
    click: Press


class DialogAnswer(DataPart):
    """A dialog of the browser, known by words of its text, and whether it is agreed to."""

    text: Words
    accept: YesNo = True


_NAMES_A_FIELD: dict[type, str] = {Condition: "field", DependentChoices: "on"}


class FormMap(FactPart):
    """A whole form map; `sources` says where each fact comes from."""

    id: Slug
    title: Words
    organisation: str = Field(
        default="", description="Its id or title, where the map lies in no organisation's folder."
    )
    sources: dict[str, str] = Field(default_factory=dict)
    url: Url | None = Field(default=None, description="The form's address; short for `start`.")
    start: Start | None = None
    staging: tuple[Origin, ...] = Field(
        default=(), exclude_if=not_, description="Where the form's owner tries it out: what rehearsals may be sent to."
    )
    pace: Pace = Field(default_factory=Pace)
    attachments: Attachments | None = None
    busy: Annotated[Element, BeforeValidator(short("name", role="status"), json_schema_input_type=Element | str)] = (
        Field(
            default=Element(role="status", name="Loading"),
            description="What is shown while the page waits for its server.",
        )
    )
    pages: tuple[FormPage, ...] = Field(min_length=1, description="In order; the last one submits.")
    server: Lookup | None = Field(default=None, description="What the page sends when it asks its server.")
    lookups: tuple[Annotated[Lookup, BeforeValidator(short("path"), json_schema_input_type=Lookup | str)], ...] = Field(
        default=(), description="What else it sends before the submit request."
    )
    submit: Annotated[Request | None, BeforeValidator(short("path"), json_schema_input_type=Request | str | None)] = (
        Field(default=None, description="The request that submits; by default the one that carries the inquiry.")
    )
    confirmation: Confirmed = Field(
        default_factory=usual_thanks, description="The proof of success; by default, thanks as pages usually say them."
    )
    refusal: Refused = Field(default_factory=Refusal)
    person_needed: PersonNeeded = Field(default_factory=lambda: PersonNeeded(captcha_frames=CAPTCHAS))
    dismiss: tuple[
        Annotated[Dismissal, BeforeValidator(short("click"), json_schema_input_type=Dismissal | str)], ...
    ] = Field(default=(), description="What may come at any time, and how it is put away.")
    dialogs: tuple[
        Annotated[DialogAnswer, BeforeValidator(short("text"), json_schema_input_type=DialogAnswer | str)], ...
    ] = Field(default=(), description="Dialogs of the browser that are agreed to.")
    away: Away | None = None
    login: Login | None = None
    practice_only: Words | None = Field(default=None, description="Why the map must not be used for the real form.")

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if wrong := [*self._wrong_facts(), *self._wrong_pages()]:
            raise located_errors(wrong)
        if (self.url is None) == (self.start is None):
            raise located_errors([(("url",), _("is missing; the map needs `url`, or `start`, and only one of them"))])
        if wrong := [(("staging", n), _("is the real form's own")) for n in self._live_staging()]:
            raise located_errors(wrong)
        return self

    def _live_staging(self) -> Iterator[int]:
        live = {*self.site.origins, *self.site.own_origins}
        return (number for number, origin in enumerate(self.staging) if origin in live)

    def _wrong_facts(self) -> Iterator[tuple[Trail, str]]:
        for trail, fact in self._parts:
            if type(fact) is Fact and fact.source not in self.sources:
                yield (*trail, "source"), _("is not listed under `sources`")

    def _wrong_pages(self) -> Iterator[tuple[Trail, str]]:
        last = len(self.pages) - 1
        if self.pages[last].when:
            yield ("pages", last, "when"), _("the last page submits, so it cannot depend on anything")
        for number, page in enumerate(self.pages):
            here: Trail = ("pages", number)
            if page.button is None:
                yield (*here, "submit" if number == last else "advance"), _("is required")
            if page.submit and number != last:
                yield (*here, "submit"), _("only the last page submits; write `advance`")
            if number and not (page.heading or self.marks_of(page)):
                yield here, _("needs a `heading`: nothing else tells it from the pages before it")
            for place, control in enumerate(page.controls):
                if control.asks_server and self.server is None:
                    words = _("needs `server`: the request that the page makes then")
                    yield (*here, "controls", place, "asks_server"), words

    @cached_property
    def site(self) -> Start:
        """Where the form is: its first page, and the origins it may be on."""
        start = self.start or Start(url=self.url or "")
        return start if start.origins else start.model_copy(update={"origins": start.own_origins})

    @property
    def takes_files(self) -> bool:
        """Whether files can be sent along."""
        if self.attachments is not None:
            return self.attachments.accepted
        names = (name for page in self.pages for control in page.controls for name in control.fields)
        return any(name == "attachments" or name.startswith(FILES) for name in names)

    def marks_of(self, page: FormPage) -> tuple[Element | Control, ...]:
        """What a page can be known by without its heading: what it has for sure, and no page before it has."""
        before = next(self.pages[:number] for number, each in enumerate(self.pages) if each is page)
        known = {(name, *control.place) for each in before for control in each.controls for name in control.names}
        own = (control for control in page.controls if not control.when)
        marks = tuple(each for each in own if known.isdisjoint((name, *each.place) for name in each.names))
        button = page.button
        taken = {name for each in before if each.button for name in each.button.names}
        return marks or ((button,) if button and not page.controls and taken.isdisjoint(button.names) else ())

    def name_of(self, page: FormPage) -> str:
        """What people call a page."""
        return page.title or (page.heading.name if page.heading else self.title)

    def slug_of(self, page: FormPage) -> str:
        """What files of a page are called: its `id`, or its name; each further one of the same name is numbered."""
        slugs: list[str] = []
        for each in self.pages:
            own = each.id or slug(self.name_of(each)) or "page"
            further = (f"{own}-{number}" for number in range(2, len(self.pages) + 2))
            slugs.append(next(name for name in (own, *further) if name not in slugs))
            if each is page:
                break
        return slugs[-1]

    def fields(self) -> Iterator[tuple[Trail, str]]:
        """Every field of an inquiry that the map names, and where."""
        for trail, part in self._parts:
            if isinstance(part, Lookup):
                yield from (((*trail, "carries", number), field) for number, field in enumerate(part.carries))
            if isinstance(part, Control):
                yield from (((*trail, "value"), field) for field in part.fields)
            if key := _NAMES_A_FIELD.get(type(part)):
                yield (*trail, key), getattr(part, key)

    def css(self) -> Iterator[Trail]:
        """Where controls are found by CSS selectors."""
        return ((*trail, "css") for trail, part in self._parts if isinstance(part, Control) and part.css)

    def fact_of(self, page: FormPage, control: Control | None = None) -> Fact | None:
        """How a part is known: by its own mark, or else by that of what it stands in."""
        return (control and control.fact) or page.fact or self.fact

    @cached_property
    def _parts(self) -> list[tuple[Trail, object]]:
        return parts(self)[1:]  # the map itself would hold itself

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of the map's content; spelling and comments of the file do not count."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()
