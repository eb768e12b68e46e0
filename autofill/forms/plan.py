"""The plan: the typed steps that putting one inquiry into one form takes. No clock, no files, no browser."""

from __future__ import annotations

import hashlib
from functools import cached_property
from operator import not_
from typing import Annotated, Literal, TypeAlias, TypeVar
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field

from autofill.errors import Problem
from autofill.forms.control import Control
from autofill.forms.element import Element
from autofill.forms.form_map import DialogAnswer, Dismissal, Login, Lookup, Request
from autofill.forms.outcome import Away, Confirmation, PersonNeeded, Refusal
from autofill.inquiry.fields import (
    Fields,
    single_spaced,
)
from autofill.inquiry.phones import is_same_phone


class PlanPart(BaseModel):
    """Base of everything in a plan or a script: frozen, strict and closed."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)


_Part = TypeVar("_Part")
# What a page has nothing of is not in the plan either: plans of forms without it stay what they were.
_IfAny: TypeAlias = Annotated[tuple[_Part, ...], Field(exclude_if=not_)]


class Entry(PlanPart):
    """One control and what goes into it: text as typed, or the site's own words of a choice; several a line each.

    Of a day, `day` is it as ISO text, however the form writes it.
    """

    control: Control
    text: str
    day: str = Field(default="", exclude=True)

    def is_shown_by(self, text: str) -> bool:
        """Whether a page that shows this text shows the entry: spacing never counts, nor what the site rewrites."""
        same = _comparable(text, self.control) == _comparable(self.text, self.control)
        return same or ("phone" in self.control.rewrites and is_same_phone(self.text, text))


class _Screen(PlanPart):
    """What every step knows of its page; when what it is `known_by` is there, the page is."""

    slug: str
    name: str
    known_by: Element | Control
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
    request: Request | None
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
    server: Lookup | None = None
    lookups: tuple[Lookup, ...] = ()
    dismiss: tuple[Dismissal, ...] = ()
    dialogs: tuple[DialogAnswer, ...] = ()
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
    def needed_hosts(self) -> frozenset[str]:
        """Every host that the form needs."""
        return frozenset({*(urlsplit(origin).hostname or "" for origin in self.origins), *self.hosts})

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


def _comparable(text: str, control: Control) -> str:
    text = single_spaced(text)
    if "case" in control.rewrites:
        text = text.casefold()
    return "".join(filter(str.isalnum, text)) if "punctuation" in control.rewrites else text
