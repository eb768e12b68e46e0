"""The plan: the typed steps that putting one inquiry into one form takes, and every problem before a browser starts.

Pure: the same inquiry and form map give the same plan with the same digest. No clock, no files, no browser.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from operator import not_
from typing import Annotated, Any, Literal, TypeAlias, TypeVar

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
    Lookup,
    PersonNeeded,
    Refusal,
    Request,
)
from autofill.forms.left_out import left_out
from autofill.inquiry.fields import (
    Fields,
    field_names,
    question,
    single_spaced,
    text_of,
    trail_of,
    value_of,
)
from autofill.inquiry.profile import Loaded
from autofill.language import _
from autofill.organisations.organisation import Organisation
from autofill.sources.source import Source


class PlanPart(BaseModel):
    """Base of everything in a plan or a script: frozen, strict and closed."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


_Part = TypeVar("_Part")
_SAME_ROLE = {"textarea": "text", "date": "text", "combobox": "select"}
# What a page has nothing of is not in the plan either: plans of forms without it stay what they were.
_IfAny: TypeAlias = Annotated[tuple[_Part, ...], Field(exclude_if=not_)]


class Entry(PlanPart):
    """One control and what goes into it: text as typed, or the site's own words of a choice."""

    control: Control
    text: str

    def is_shown_by(self, text: str) -> bool:
        """Whether a page that shows this text shows the entry: spacing never counts, nor what the site rewrites."""
        return _comparable(text, self.control) == _comparable(self.text, self.control)


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
    """Fill one page, read it back, go on.

    `echoed` is what the page shows again of earlier ones; into the controls of `left` nothing goes.
    """

    action: Literal["fill"] = "fill"
    entries: tuple[Entry, ...]
    echoed: _IfAny[Entry] = ()
    left: tuple[Control, ...] = Field(default=(), exclude=True)


class ReviewStep(_Screen):
    """Look at the page that shows everything again, compare, go on."""

    action: Literal["review"] = "review"
    entries: tuple[Entry, ...]


class SubmitStep(_Screen):
    """Fill the last page as any other, press its button once, and look at what follows."""

    action: Literal["submit"] = "submit"
    entries: _IfAny[Entry] = ()
    echoed: _IfAny[Entry] = ()
    left: tuple[Control, ...] = Field(default=(), exclude=True)
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
    server: Lookup
    lookups: tuple[Lookup, ...] = ()
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
        return tuple(entry for step in self.filled for entry in step.entries)

    @property
    def left(self) -> tuple[Control, ...]:
        """Controls that nothing goes into; a page may hold something in them all the same."""
        return tuple(control for step in self.filled for control in step.left)

    @property
    def filled(self) -> tuple[FillStep | SubmitStep, ...]:
        """The steps whose pages are filled in."""
        return tuple(step for step in self.steps if isinstance(step, FillStep | SubmitStep))


def make_plan(loaded: Loaded, form_map: FormMap, organisation: Organisation) -> Plan:
    """Work out the steps that putting one inquiry into this organisation's form takes.

    Raises:
        InvalidFile: the form asks for something the inquiry lacks, or does not take what it has; all problems listed.
    """
    filled = _filled(form_map, loaded.fields)
    if problems := [problem for _field, problem in unmet(form_map, loaded.fields, loaded.source)]:
        raise InvalidFile(problems)
    entered = {question(entry.control.value) for page in filled for entry in page.entries}
    return Plan(
        form=form_map.id,
        form_title=form_map.title,
        form_map_digest=form_map.digest,
        topic=text_of(loaded.fields, "topic"),
        start_url=form_map.start.url,
        origins=form_map.start.origins,
        hosts=form_map.start.hosts,
        seconds_between_runs=form_map.pace.seconds_between_runs,
        steps=tuple(_step(page, filled[:number], form_map) for number, page in enumerate(filled)),
        busy=form_map.busy,
        server=form_map.server,
        lookups=form_map.lookups,
        person_needed=form_map.person_needed,
        away=form_map.away,
        login=form_map.login,
        practice_only=form_map.practice_only,
        organisation=organisation.id,
        chosen=organisation.own_fields.chosen,
        fields=loaded.fields,
        warnings=(*loaded.warnings, *left_out(loaded, form_map, entered, field_names(organisation.inquiry_model))),
    )


def unmet(form_map: FormMap, fields: Fields, source: Source) -> Iterator[tuple[str, Problem]]:
    """What the form lacks or does not take, by field; also of an inquiry that is not valid itself."""
    for page in _filled(form_map, fields):
        for field, why in page.unmet:
            yield field, source.problem(trail_of(field), why)


@dataclass(frozen=True, slots=True)
class _Filled:
    """A page of the form, what goes into it, what stays as it is, and fields it needs or does not take, with why."""

    page: FormPage
    entries: tuple[Entry, ...]
    left: tuple[Control, ...]
    unmet: tuple[tuple[str, str], ...]


def _filled(form_map: FormMap, fields: Fields) -> tuple[_Filled, ...]:
    """The pages that come for this inquiry."""
    return tuple(_fill(page, fields) for page in form_map.pages if _all_hold(page.when, fields))


def _fill(page: FormPage, fields: Fields) -> _Filled:
    entries: list[Entry] = []
    wrong: list[tuple[str, str]] = []
    taken: set[tuple[str, str]] = set()
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
        if text is not None and not taken.isdisjoint(_labels(control)):
            words = _("the form map has two controls “{control}” on one page, and does not tell them apart")
            wrong.append((control.value, words.format(control=control.name)))
        elif text is not None:
            entries.append(Entry(control=control, text=text))
            taken.update(_labels(control))
    # Whether a control is shown whose condition does not hold is for the page to say; under its name another may be.
    left = tuple(control for control in page.controls if taken.isdisjoint(_labels(control)))
    return _Filled(page, tuple(entries), left, tuple(wrong))


def _comparable(text: str, control: Control) -> str:
    text = single_spaced(text)
    if "case" in control.rewrites:
        text = text.casefold()
    return "".join(filter(str.isalnum, text)) if "punctuation" in control.rewrites else text


def _labels(control: Control) -> Iterator[tuple[str, str]]:
    """What a page tells controls from each other by."""
    return ((_SAME_ROLE.get(control.kind, control.kind), name) for name in control.names)


def _step(here: _Filled, so_far: tuple[_Filled, ...], form_map: FormMap) -> Step:
    page = here.page
    screen: dict[str, Any] = {
        "slug": page.id, "name": page.title, "heading": page.heading, "advance": page.advance,
    }  # fmt: skip
    echoed = tuple(entry for each in so_far for entry in each.entries) if page.echoes else ()
    filled: dict[str, Any] = {"entries": here.entries, "echoed": echoed, "left": here.left}
    if page is form_map.pages[-1]:
        confirmation, refusal = form_map.confirmation, form_map.refusal
        return SubmitStep(**screen, **filled, request=form_map.submit, confirmation=confirmation, refusal=refusal)
    if page.controls:
        return FillStep(**screen, **filled)
    if page.echoes:
        return ReviewStep(**screen, entries=echoed)
    return ReachStep(**screen)


def _all_hold(conditions: tuple[Condition, ...], fields: Fields) -> bool:
    for condition in conditions:
        value = value_of(fields, condition.field)
        given = {value} if isinstance(value, str) else set(value or ())
        one_of = given.intersection(condition.one_of) if condition.one_of else given
        if not one_of or not given.isdisjoint(condition.none_of):
            return False
    return True
