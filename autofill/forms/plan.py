"""The plan: the typed steps that putting one inquiry into one form takes, and every problem before a browser starts.

Pure: the same inquiry and form map give the same plan with the same digest. No clock, no files, no browser.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from autofill.errors import InvalidFile, Problem
from autofill.forms.entries import UnfitError, text_for
from autofill.forms.form_map import (
    Away,
    Condition,
    Confirmation,
    Control,
    Element,
    FormMap,
    FormPage,
    Login,
    PersonNeeded,
    Refusal,
    Request,
)
from autofill.inquiry.fields import ANSWERS, FILES, Fields, field_names, question, text_of, trail_of, value_of
from autofill.inquiry.profile import Loaded
from autofill.language import _
from autofill.organisations.organisation import Organisation
from autofill.sources.source import Source

# Not worth a warning where a form has no use for them; files have one of their own.
_EVERY_PROFILE_HAS = frozenset(
    {"form", "topic", "contact.first_name", "contact.last_name", "contact.email", "allow_invisible", "attachments"}
)


class PlanPart(BaseModel):
    """Base of everything in a plan or a script: frozen, strict and closed."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Entry(PlanPart):
    """One control and what goes into it: text as typed, or the site's own words of a choice."""

    control: Control
    text: str


class _Screen(PlanPart):
    """What every step knows of its page."""

    slug: str
    name: str
    heading: Element
    advance: Element


class ReachStep(_Screen):
    """Arrive at a page that asks nothing, and follow its link."""

    action: Literal["reach"] = "reach"


class FillStep(_Screen):
    """Fill one page, read it back, go on."""

    action: Literal["fill"] = "fill"
    entries: tuple[Entry, ...]


class ReviewStep(_Screen):
    """Look at the page that shows everything again, compare, go on."""

    action: Literal["review"] = "review"
    entries: tuple[Entry, ...]


class SubmitStep(_Screen):
    """Arrive at the page with the submit button, press it once, and look at what follows."""

    action: Literal["submit"] = "submit"
    request: Request
    confirmation: Confirmation
    refusal: Refusal


Step = Annotated[ReachStep | FillStep | ReviewStep | SubmitStep, Field(discriminator="action")]


class Plan(PlanPart):
    """Steps in order; each one is what a person would look at as one picture.

    `fields` is the inquiry's own flat mapping, whatever the form makes of it; of those, `chosen` come from lists.
    `organisation` is who is written to.
    """

    form: str
    form_title: str
    form_map_digest: str
    topic: str
    start_url: str
    origins: tuple[str, ...]
    hosts: tuple[str, ...]
    seconds_between_runs: int
    steps: tuple[Step, ...]
    busy: Element
    server: Request
    person_needed: PersonNeeded
    away: Away | None = None
    login: Login | None = None
    practice_only: str | None = None
    organisation: str = Field(exclude=True)
    chosen: frozenset[str] = Field(default=frozenset(), exclude=True)
    fields: Fields = Field(exclude=True)
    warnings: tuple[Problem, ...] = Field(default=(), exclude=True)

    @cached_property
    def digest(self) -> str:
        """SHA-256 (hex) of everything the plan would do."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Everything that is entered, in order."""
        return tuple(entry for step in self.steps if isinstance(step, FillStep) for entry in step.entries)


def make_plan(loaded: Loaded, form_map: FormMap, organisation: Organisation) -> Plan:
    """Work out the steps that putting one inquiry into this organisation's form takes.

    Raises:
        InvalidFile: the form asks for something the inquiry lacks, or does not take what it has; all problems listed.
    """
    filled = _filled(form_map, loaded.fields)
    if problems := [problem for _field, problem in unmet(form_map, loaded.fields, loaded.source)]:
        raise InvalidFile(problems)
    entries = tuple(entry for page in filled for entry in page.entries)
    return Plan(
        form=form_map.id,
        form_title=form_map.title,
        form_map_digest=form_map.digest,
        topic=text_of(loaded.fields, "topic"),
        start_url=form_map.start.url,
        origins=form_map.start.origins,
        hosts=form_map.start.hosts,
        seconds_between_runs=form_map.pace.seconds_between_runs,
        steps=tuple(_step(page, filled[: number + 1], form_map) for number, page in enumerate(filled)),
        busy=form_map.busy,
        server=form_map.server,
        person_needed=form_map.person_needed,
        away=form_map.away,
        login=form_map.login,
        practice_only=form_map.practice_only,
        organisation=organisation.id,
        chosen=organisation.own_fields.chosen,
        fields=loaded.fields,
        warnings=(*loaded.warnings, *_left_out(loaded, form_map, entries, field_names(organisation.inquiry_model))),
    )


def unmet(form_map: FormMap, fields: Fields, source: Source) -> Iterator[tuple[str, Problem]]:
    """What the form lacks or does not take, by field; also of an inquiry that is not valid itself."""
    for page in _filled(form_map, fields):
        for field, why in page.unmet:
            yield field, source.problem(trail_of(field), why)


@dataclass(frozen=True, slots=True)
class _Filled:
    """A page of the form, what goes into it, and the fields that it needs or does not take as they are, with why."""

    page: FormPage
    entries: tuple[Entry, ...]
    unmet: tuple[tuple[str, str], ...]


def _filled(form_map: FormMap, fields: Fields) -> tuple[_Filled, ...]:
    """The pages that come for this inquiry."""
    return tuple(_fill(page, fields) for page in form_map.pages if _all_hold(page.when, fields))


def _fill(page: FormPage, fields: Fields) -> _Filled:
    entries: list[Entry] = []
    wrong: list[tuple[str, str]] = []
    for control in page.controls:
        # What depends on a wrong field is that field's mistake.
        depends_on = control.dependent.on if control.dependent else None
        if not _all_hold(control.when, fields) or depends_on in {field for field, _why in wrong}:
            continue
        try:
            text = text_for(control, fields)
        except UnfitError as unfit:
            wrong.append((control.value, str(unfit)))
            continue
        if text is not None:
            entries.append(Entry(control=control, text=text))
    return _Filled(page, tuple(entries), tuple(wrong))


def _step(here: _Filled, so_far: tuple[_Filled, ...], form_map: FormMap) -> Step:
    page = here.page
    screen: dict[str, Any] = {
        "slug": page.id, "name": page.title, "heading": page.heading, "advance": page.advance,
    }  # fmt: skip
    if page is form_map.pages[-1]:
        confirmation, refusal = form_map.confirmation, form_map.refusal
        return SubmitStep(**screen, request=form_map.submit, confirmation=confirmation, refusal=refusal)
    if page.controls:
        return FillStep(**screen, entries=here.entries)
    if page.echoes:
        return ReviewStep(**screen, entries=tuple(entry for each in so_far for entry in each.entries))
    return ReachStep(**screen)


def _all_hold(conditions: tuple[Condition, ...], fields: Fields) -> bool:
    for condition in conditions:
        value = value_of(fields, condition.field)
        given = {value} if isinstance(value, str) else set(value or ())
        one_of = given.intersection(condition.one_of) if condition.one_of else given
        if not one_of or not given.isdisjoint(condition.none_of):
            return False
    return True


def _unasked(asked: set[str], known: frozenset[str]) -> Iterator[str]:
    """Fields of which this form asks neither the whole nor a part, with any topic; of an address, only the whole."""
    for field in known - _EVERY_PROFILE_HAS:
        parent = field.rpartition(".")[0]
        related = (each in {field, parent} or each.startswith(f"{field}.") for each in asked)
        if not any(related) and parent not in known:
            yield field


def _left_out(
    loaded: Loaded, form_map: FormMap, entries: tuple[Entry, ...], known: frozenset[str]
) -> Iterator[Problem]:
    """Warnings for what the person gave and this form does not ask for."""
    asked = {control.value for page in form_map.pages for control in page.controls}
    entered = {question(entry.control.value) for entry in entries}
    own = {name for name in loaded.fields if name.startswith((ANSWERS, FILES))}
    for field in sorted(asked - own | set(_unasked(asked, known)) | own):
        # Defaults are nobody's loss; words of a question are the person's however spaced.
        is_given = field in own or trail_of(field) in loaded.source.positions
        if question(field) in entered or field not in loaded.fields or not is_given:
            continue
        message = _(
            "this form does not ask for it with this topic; it will not be sent (you may quote it in the message)"
        )
        yield loaded.source.problem(trail_of(field), message, severity="warning")
    if "attachments" in loaded.fields and not form_map.attachments.accepted:
        words = _(
            "this form takes no files; describe them in the message and send them with your reply to the"
            " confirmation mail"
        )
        yield loaded.source.problem(("attachments",), words, severity="warning")
