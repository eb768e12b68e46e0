"""The second part of `autofill batch`: every row is checked before anything starts, and all problems are one table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace

from autofill import console
from autofill.errors import Problem
from autofill.intake.table import column_letter
from autofill.jobs.batch_rows import Batch, check_rows
from autofill.language import _, plural
from autofill.orders.reading import hosts_of

# So many rows with the same problem are named; the others are counted.
_NAMED = 5


@dataclass(slots=True)
class Tally:
    """The rows that were checked, in their order, what is wrong with some, and every host that the others need."""

    labels: list[str] = field(default_factory=list)
    wrong: dict[str, str] = field(default_factory=dict)
    hosts: set[str] = field(default_factory=set)

    @property
    def rows(self) -> int:
        """How many there are."""
        return len(self.labels)


def check_all(batch: Batch, *, json: bool) -> Tally:
    """Check every row, show all problems as one table on stderr, and say how many rows are ready.

    Raises:
        InvalidFile: The table cannot be read to its end.
    """
    tally = Tally()
    found: dict[Problem, list[str]] = {}
    for checked in check_rows(batch):
        tally.labels.append(checked.row.label)
        tally.hosts |= hosts_of(checked.prepared.plan) if checked.prepared else set()
        if not checked.ready:
            wrong = (each for each in checked.problems if each.severity == "error")
            tally.wrong[checked.row.label] = "; ".join(f"{_place(batch, each)} {_said(each)}".strip() for each in wrong)
        if json:
            problems = [asdict(problem) for problem in checked.problems]
            console.say_json("autofill.batch-row/1", row=checked.row.label, ready=checked.ready, problems=problems)
        for problem in () if json else checked.problems:
            found.setdefault(_of_any_row(problem, batch), []).append(checked.row.label)
    if json:
        console.say_json("autofill.batch-check/1", rows=tally.rows, ready=tally.rows - len(tally.wrong))
        return tally
    errors_first = sorted(found.items(), key=lambda each: each[0].severity)
    head = (_("Row"), _("Column"), _("What is wrong"))
    for line in console.columns([head, *(_line(batch, *each) for each in errors_first)]) if found else ():
        console.tell(line)
    ready = plural("{ready} of {rows} row is ready", "{ready} of {rows} rows are ready", tally.rows)
    console.say(ready.format(ready=tally.rows - len(tally.wrong), rows=tally.rows))
    return tally


def _of_any_row(problem: Problem, batch: Batch) -> Problem:
    """The problem without its row, if it is a cell's: the same is said once for all rows that have it."""
    return replace(problem, line=0) if problem.file == batch.name else problem


def _line(batch: Batch, problem: Problem, labels: Sequence[str]) -> tuple[str, ...]:
    named = ", ".join(labels[:_NAMED])
    more = len(labels) - _NAMED
    rows = _("{rows} and {more} more").format(rows=named, more=more) if more > 0 else named
    said = _said(problem)
    if problem.severity == "warning":
        said = _("warning: {said}").format(said=said)
    return rows, _place(batch, problem), said


def _said(problem: Problem) -> str:
    return f"{problem.field}: {problem.message}" if problem.field else problem.message


def _place(batch: Batch, problem: Problem) -> str:
    """A column's letter, as spreadsheets have it, and its name; or the place in another file."""
    if problem.file != batch.name:
        return f"{problem.file}:{problem.line}" if problem.line else ""
    if not problem.column:
        return ""
    return f"{column_letter(problem.column)} {batch.header[problem.column - 1]}".strip()
