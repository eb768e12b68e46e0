"""The plan: the typed steps that putting one inquiry into one form takes, and every problem before a browser starts.

Pure: the same inquiry and form map give the same plan with the same digest. No clock, no files, no browser.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Annotated, Literal

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
from autofill.inquiry.profile import Inquiry, Loaded, field_names, lookup, said
from autofill.language import _

# Not worth a warning where a form has no use for them; files have one of their own.
_EVERY_PROFILE_HAS = frozenset(
    {"form", "topic", "contact.first_name", "contact.last_name", "contact.email", "allow_invisible", "attachments"}
)


class PlanPart(BaseModel):
    """Base of everything in a plan: frozen, strict and closed."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Entry(PlanPart):
    """One control and what goes into it: text as typed, or the site's own words of a choice."""

    control: Control
    text: str


class ReachStep(PlanPart):
    """Arrive at a page that asks nothing, and follow its link."""

    action: Literal["reach"] = "reach"
    slug: str
    name: str
    heading: Element
    advance: Element


class FillStep(PlanPart):
    """Fill one page, read it back, go on."""

    action: Literal["fill"] = "fill"
    slug: str
    name: str
    heading: Element
    entries: tuple[Entry, ...]
    advance: Element


class ReviewStep(PlanPart):
    """Look at the page that shows everything again, compare, go on."""

    action: Literal["review"] = "review"
    slug: str
    name: str
    heading: Element
    entries: tuple[Entry, ...]
    advance: Element


class SubmitStep(PlanPart):
    """Arrive at the page with the submit button, press it once, and look at what follows."""

    action: Literal["submit"] = "submit"
    slug: str
    name: str
    heading: Element
    advance: Element
    request: Request
    confirmation: Confirmation
    refusal: Refusal


Step = Annotated[ReachStep | FillStep | ReviewStep | SubmitStep, Field(discriminator="action")]


class Plan(PlanPart):
    """Steps in order; each one is what a person would look at as one picture.

    `said` is what the inquiry says by itself, by field: the same whatever the form map calls it. It is no step.
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
    said: Mapping[str, str] = Field(exclude=True)
    warnings: tuple[Problem, ...] = Field(default=(), exclude=True)

    @cached_property
    def digest(self) -> str:
        """SHA-256 (hex) of everything the plan would do."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Everything that is entered, in order."""
        return tuple(entry for step in self.steps if isinstance(step, FillStep) for entry in step.entries)


def make_plan(loaded: Loaded, form_map: FormMap) -> Plan:
    """Work out the steps for one inquiry.

    Raises:
        InvalidFile: the form asks for something the inquiry lacks, or does not take what it has; all problems listed.
    """
    problems: list[Problem] = []
    steps: list[Step] = []
    entries: list[Entry] = []
    for page in form_map.pages:
        if not _all_hold(page.when, loaded.inquiry):
            continue
        here = _page_entries(page, loaded, problems)
        entries += here
        steps.append(_step(page, tuple(here), tuple(entries), form_map, last=page is form_map.pages[-1]))
    if problems:
        raise InvalidFile(sorted(problems, key=lambda problem: (problem.line, problem.column)))
    return Plan(
        form=form_map.id,
        form_title=form_map.title,
        form_map_digest=form_map.digest,
        topic=loaded.inquiry.topic,
        start_url=form_map.start.url,
        origins=form_map.start.origins,
        hosts=form_map.start.hosts,
        seconds_between_runs=form_map.pace.seconds_between_runs,
        steps=tuple(steps),
        busy=form_map.busy,
        server=form_map.server,
        person_needed=form_map.person_needed,
        away=form_map.away,
        login=form_map.login,
        practice_only=form_map.practice_only,
        said=said(loaded.inquiry),
        warnings=(*loaded.warnings, *_left_out(loaded, form_map, entries)),
    )


def _step(
    page: FormPage, here: tuple[Entry, ...], so_far: tuple[Entry, ...], form_map: FormMap, *, last: bool
) -> ReachStep | FillStep | ReviewStep | SubmitStep:
    if last:
        return SubmitStep(
            slug=page.id,
            name=page.title,
            heading=page.heading,
            advance=page.advance,
            request=form_map.submit,
            confirmation=form_map.confirmation,
            refusal=form_map.refusal,
        )
    if page.controls:
        return FillStep(slug=page.id, name=page.title, heading=page.heading, entries=here, advance=page.advance)
    if page.echoes:
        return ReviewStep(slug=page.id, name=page.title, heading=page.heading, entries=so_far, advance=page.advance)
    return ReachStep(slug=page.id, name=page.title, heading=page.heading, advance=page.advance)


def _page_entries(page: FormPage, loaded: Loaded, problems: list[Problem]) -> list[Entry]:
    entries = []
    for control in page.controls:
        if not _all_hold(control.when, loaded.inquiry):
            continue
        try:
            text = text_for(control, loaded.inquiry)
        except UnfitError as unfit:
            problems.append(loaded.source.problem(tuple(control.value.split(".")), str(unfit)))
            continue
        if text is not None:
            entries.append(Entry(control=control, text=text))
    return entries


def _all_hold(conditions: tuple[Condition, ...], inquiry: Inquiry) -> bool:
    return all(_holds(condition, inquiry) for condition in conditions)


def _holds(condition: Condition, inquiry: Inquiry) -> bool:
    value = lookup(inquiry, condition.field)
    if value is None or value in condition.none_of:
        return False
    return not condition.one_of or value in condition.one_of


def _unasked(asked: set[str]) -> Iterator[str]:
    """Fields of which this form asks neither the whole nor a part, with any topic; of an address, only the whole."""
    for field in field_names() - _EVERY_PROFILE_HAS:
        parent = field.rpartition(".")[0]
        related = (each in {field, parent} or each.startswith(f"{field}.") for each in asked)
        if not any(related) and parent not in field_names():
            yield field


def _left_out(loaded: Loaded, form_map: FormMap, entries: list[Entry]) -> tuple[Problem, ...]:
    """Warnings for what the person gave and this form does not ask for."""
    asked = {control.value for page in form_map.pages for control in page.controls}
    entered = {entry.control.value for entry in entries}
    given = loaded.source.positions.keys()
    silent = [
        field
        for field in sorted((asked - entered) | set(_unasked(asked)))
        if tuple(field.split(".")) in given and lookup(loaded.inquiry, field) is not None
    ]
    warnings = [
        loaded.source.problem(
            tuple(field.split(".")),
            _("this form does not ask for it with this topic; it will not be sent (you may quote it in the message)"),
            severity="warning",
        )
        for field in silent
    ]
    if loaded.inquiry.attachments and not form_map.attachments.accepted:
        warnings.append(
            loaded.source.problem(
                ("attachments",),
                _(
                    "this form takes no files; describe them in the message and send them with your reply to the"
                    " confirmation mail"
                ),
                severity="warning",
            )
        )
    return tuple(warnings)
