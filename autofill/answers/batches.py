"""Answers about many inquiries: the rows of a batch, and what workers have to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from autofill.errors import Problem
from autofill.jobs.batch_outcome import RowOutcome, State
from autofill.line import JsonLine


@dataclass(frozen=True, kw_only=True)
class BatchRowAnswer(JsonLine):
    """One row of a table as it was checked."""

    schema: Literal["autofill.batch-row/1"] = "autofill.batch-row/1"
    row: str
    ready: bool
    problems: tuple[Problem, ...]


@dataclass(frozen=True, kw_only=True)
class BatchCheckAnswer(JsonLine):
    """How many rows there are, and how many are ready to run."""

    schema: Literal["autofill.batch-check/1"] = "autofill.batch-check/1"
    rows: int
    ready: int


@dataclass(frozen=True, kw_only=True)
class BatchOutcomeAnswer(RowOutcome, JsonLine):
    """What one row came to. `exit_code` is what the row's own run ended with, 0 if it was sent before."""

    schema: Literal["autofill.batch-outcome/1"] = "autofill.batch-outcome/1"


@dataclass(frozen=True, kw_only=True)
class BatchAnswer(JsonLine):
    """A batch that has ended: the number of its rows, the folder of its results, and the worst exit code."""

    schema: Literal["autofill.batch/1"] = "autofill.batch/1"
    rows: int
    results: str
    exit_code: int


@dataclass(frozen=True, kw_only=True)
class WorkerFacts:
    """One worker, and when it was heard last (UTC, ISO 8601)."""

    host: str
    process: int
    alive: bool
    heard_at: str


@dataclass(frozen=True, kw_only=True)
class QueueFacts:
    """One queue: the numbers of its rows."""

    waiting: int
    at_work: int
    ended: int


@dataclass(frozen=True, kw_only=True)
class RowForPerson:
    """One row that needs a person."""

    batch: str
    row: str
    state: State
    note: str


@dataclass(frozen=True, kw_only=True)
class WorkStatusAnswer(JsonLine):
    """How everything stands that workers have to do; `rows` counts what the ended ones came to."""

    schema: Literal["autofill.work-status/1"] = "autofill.work-status/1"
    workers: tuple[WorkerFacts, ...]
    queues: dict[str, QueueFacts]
    ended_in_the_last_hour: int
    rows: dict[State, int]
    need_a_person: tuple[RowForPerson, ...]
