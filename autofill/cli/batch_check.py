"""The second part of `autofill batch`: every row is checked before anything starts, and all problems are one table."""

from __future__ import annotations

from autofill import console
from autofill.answers.batches import BatchCheckAnswer, BatchRowAnswer
from autofill.jobs.batch_check import BatchCheck, ProblemLine, checked_batch
from autofill.jobs.batch_rows import Batch, Checked
from autofill.language import _, plural


def check_all(batch: Batch, *, json: bool) -> BatchCheck:
    """Check every row, show all problems as one table on stderr, and say how many rows are ready.

    Raises:
        InvalidFile: The table cannot be read to its end.
    """
    if json:
        check = checked_batch(batch, _say_row)
        console.say_json(BatchCheckAnswer(rows=check.rows, ready=check.ready))
        return check
    check = checked_batch(batch)
    head = (_("Row"), _("Column"), _("What is wrong"))
    lines = [_cells(each) for each in check.problems()]
    for line in console.columns([head, *lines]) if lines else ():
        console.tell(line)
    ready = plural("{ready} of {rows} row is ready", "{ready} of {rows} rows are ready", check.rows)
    console.say(ready.format(ready=check.ready, rows=check.rows))
    return check


def _say_row(checked: Checked) -> None:
    problems = tuple(checked.problems)
    console.say_json(BatchRowAnswer(row=checked.row.label, ready=checked.ready, problems=problems))


def _cells(line: ProblemLine) -> tuple[str, ...]:
    says = _("warning: {said}").format(said=line.says) if line.severity == "warning" else line.says
    return line.rows, line.place, says
