"""A batch before it starts: every row is checked, and all problems are one table. Prints nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from autofill.errors import Problem
from autofill.intake.table import column_letter
from autofill.jobs.batch_rows import Batch, Checked, check_rows
from autofill.language import _

# So many rows with the same problem are named; the others are counted.
_NAMED = 5


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """One problem: in which rows, where in them (a column, or a place in another file), and what is wrong."""

    rows: str
    place: str
    says: str
    severity: Literal["error", "warning"]


@dataclass(slots=True)
class BatchCheck:
    """The rows that were checked, in their order, and what is wrong with some.

    Of the others: every host that they need, and the origins that all their forms may be at.
    """

    batch: Batch
    labels: list[str] = field(default_factory=list)
    wrong: dict[str, str] = field(default_factory=dict)
    hosts: set[str] = field(default_factory=set)
    origins: frozenset[str] | None = None
    _found: dict[Problem, list[str]] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """How many there are."""
        return len(self.labels)

    @property
    def ready(self) -> int:
        """How many can run."""
        return self.rows - len(self.wrong)

    def problems(self) -> Iterator[ProblemLine]:
        """All problems, errors first; what several rows have is one."""
        for problem, labels in sorted(self._found.items(), key=lambda each: each[0].severity):
            named, more = ", ".join(labels[:_NAMED]), len(labels) - _NAMED
            rows = _("{rows} and {more} more").format(rows=named, more=more) if more > 0 else named
            yield ProblemLine(rows, self._place(problem), _said(problem), problem.severity)

    def take(self, checked: Checked) -> None:
        """Count one row."""
        label = checked.row.label
        self.labels.append(label)
        if not checked.ready:
            wrong = (each for each in checked.problems if each.severity == "error")
            self.wrong[label] = "; ".join(f"{self._place(each)} {_said(each)}".strip() for each in wrong)
        elif checked.prepared:
            self.hosts |= checked.prepared.plan.needed_hosts
            origins = frozenset(checked.prepared.plan.origins)
            self.origins = origins if self.origins is None else self.origins & origins
        for problem in checked.problems:
            self._found.setdefault(self._of_any_row(problem), []).append(label)

    def _of_any_row(self, problem: Problem) -> Problem:
        """The problem without its row, if it is a cell's: the same is said once for all rows that have it."""
        return replace(problem, line=0) if problem.file == self.batch.name else problem

    def _place(self, problem: Problem) -> str:
        """A column's letter, as spreadsheets have it, and its name; or the place in another file."""
        if problem.file != self.batch.name:
            return f"{problem.file}:{problem.line}" if problem.line else ""
        if not problem.column:
            return ""
        return f"{column_letter(problem.column)} {self.batch.header[problem.column - 1]}".strip()


def checked_batch(batch: Batch, told: Callable[[Checked], None] = lambda _checked: None) -> BatchCheck:
    """The check of every row; each is `told` as it was checked.

    Raises:
        InvalidFile: The table cannot be read to its end.
    """
    check = BatchCheck(batch)
    for checked in check_rows(batch):
        check.take(checked)
        told(checked)
    return check


def _said(problem: Problem) -> str:
    return f"{problem.field}: {problem.message}" if problem.field else problem.message
