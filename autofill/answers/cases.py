"""Answers about cases and their letters. Times are in UTC, days the organisation's (both ISO 8601)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from autofill.cases.model.case_states import Kind, Status
from autofill.cases.model.case_status import NextStep
from autofill.cases.model.run_states import Space, State
from autofill.line import JsonLine


@dataclass(frozen=True, kw_only=True)
class RunOfCase:
    """One run of a case, and what the ledger knows of it."""

    run_id: str
    state: State
    case_number: str | None


@dataclass(frozen=True, kw_only=True)
class CaseEntry:
    """One case: what it is about, how it stands, and what comes next.

    `settled` is its status without deadlines; `rung` is the escalation step it is on.
    """

    case: str
    item: str
    subject: str
    places: tuple[str, ...]
    space: Space
    form: str
    numbers: tuple[str, ...]
    status: Status
    settled: Status
    since: str
    due: str | None
    days_late: int
    follow_ups: int
    rung: str | None
    move: Literal["yours", "theirs", "nobody's"]
    step: NextStep
    next: str
    runs: tuple[RunOfCase, ...]
    recordings: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Happened:
    """One thing that happened to a case; `who` and `because` are there if a person said so."""

    at: str
    kind: Kind
    detail: str | None = None
    case_number: str | None = None
    run_id: str | None = None
    evidence: str | None = None
    who: str | None = None
    because: str | None = None


@dataclass(frozen=True, kw_only=True)
class Told:
    """Outcome of a run that a person told."""

    run_id: str
    at: str
    state: State
    who: str | None
    because: str | None
    evidence_sha256: str | None


@dataclass(frozen=True, kw_only=True)
class CaseAnswer(CaseEntry, JsonLine):
    """One case with its history, and what a person told of its runs."""

    schema: Literal["autofill.case/1"] = "autofill.case/1"
    history: tuple[Happened, ...]
    told: tuple[Told, ...]


@dataclass(frozen=True, kw_only=True)
class CasesAnswer(JsonLine):
    """Cases, what is due first; `due` counts those."""

    schema: Literal["autofill.cases/1"] = "autofill.cases/1"
    due: int
    cases: tuple[CaseEntry, ...]


@dataclass(frozen=True, kw_only=True)
class ResolveAnswer(JsonLine):
    """Run whose outcome was told."""

    schema: Literal["autofill.resolve/1"] = "autofill.resolve/1"
    run_id: str
    state: State
    case_number: str | None
    evidence_sha256: str | None


@dataclass(frozen=True, kw_only=True)
class RungOfLetter:
    """The escalation step that a letter is for."""

    name: str
    title: str
    where: str
    how: str


@dataclass(frozen=True, kw_only=True)
class FollowUpAnswer(JsonLine):
    """Letter of a case: in `file`, or in `content` if it was not written."""

    schema: Literal["autofill.followup/1"] = "autofill.followup/1"
    case: str
    form: Literal["reply", "new", "escalation"]
    file: str | None
    recorded: bool
    content: str | None
    rung: RungOfLetter | None
