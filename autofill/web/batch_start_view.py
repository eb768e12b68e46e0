"""What the page shows on which a batch is begun: the tables there are, the columns of one, and what its rows lack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import islice
from os.path import isdir, isfile  # of what can be no path they say no
from pathlib import Path
from typing import Final

from autofill.authoring import words
from autofill.authoring.check import form_for
from autofill.authoring.questions import fields_of, questions
from autofill.errors import AutofillError
from autofill.intake.table import Table, column_letter
from autofill.jobs.background_batches import BatchRequest
from autofill.jobs.batch_check import BatchCheck, ProblemLine, checked_batch
from autofill.jobs.batch_rows import profile_files
from autofill.jobs.batch_source import Assignment, BatchOrigin, assignment_of, batch_of
from autofill.language import _
from autofill.sources.source import Source, read_source

# As many problems as a person still reads.
_MOST: Final = 200


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """A column of a table: its letter and name, what its first cell holds, and the field that it goes into."""

    letter: str
    name: str
    example: str
    field: str


@dataclass(frozen=True, slots=True)
class ColumnsView:
    """Which column goes where, and what each field is called; what is not written yet is a proposal."""

    file: Path
    lines: tuple[ColumnLine, ...]
    choices: Mapping[str, str]
    is_written: bool


@dataclass(frozen=True, slots=True)
class BatchStartView:
    """The page: what can be chosen, what was, and what came of the check; `error` says why there is none.

    `sources` are tables and folders of profiles, `templates` the profiles.
    """

    sources: tuple[str, ...]
    templates: tuple[str, ...]
    request: BatchRequest
    columns: ColumnsView | None = None
    check: BatchCheck | None = None
    error: AutofillError | None = None

    @property
    def needs_template(self) -> bool:
        """Whether a table was chosen, and no template for its rows."""
        return bool(self.request.source) and not self.request.template and isfile(self.request.source)  # noqa: PTH113

    @property
    def problems(self) -> tuple[ProblemLine, ...]:
        """What is wrong with rows, and what is worth knowing."""
        return tuple(islice(self.check.problems(), _MOST)) if self.check else ()

    @property
    def origins(self) -> tuple[str, ...]:
        """Where the real form may be, of which the person types one; none if rows go into different forms."""
        return tuple(sorted((self.check and self.check.origins) or ()))


def batch_start_view(profiles: Path, request: BatchRequest) -> BatchStartView:
    """The page for what was chosen so far; `profiles` is where inquiries are, and tables beside them."""
    files = profile_files(profiles)
    folders = (each for each in sorted(profiles.glob("*")) if each.is_dir() and profile_files(each))
    tables = sorted(each for each in profiles.glob("*") if each.suffix.lower() in {".csv", ".tsv", ".txt"})
    found = (*tables, *([profiles] if files else []), *folders)
    view = BatchStartView(tuple(map(str, found)), templates=tuple(map(str, files)), request=request)
    if not request.source or view.needs_template:
        return view
    try:
        return _checked(view)
    except AutofillError as error:
        return replace(view, error=error)


def assignment_for(request: BatchRequest) -> Assignment | None:
    """Which column goes where, or is to be said to; None for a folder of profiles.

    Raises:
        AutofillError: Table, template or form map cannot be used.
    """
    table, origin = origin_for(request).table(), origin_for(request)
    return assignment_of(origin, table, read_source(origin.template)) if table and origin.template else None


def origin_for(request: BatchRequest) -> BatchOrigin:
    """The origin of the rows."""
    template = template_for(request)
    return BatchOrigin(source=request.source, template=Path(template) if template else None)


def template_for(request: BatchRequest) -> str | None:
    """The template, if rows need one: a folder's profiles are whole, whatever was chosen."""
    return None if isdir(request.source) else request.template or None  # noqa: PTH112


def _checked(view: BatchStartView) -> BatchStartView:
    origin, assignment = origin_for(view.request), assignment_for(view.request)
    if assignment and origin.template:
        view = replace(view, columns=_columns(assignment, read_source(origin.template)))
        if not assignment.file.exists():
            return view
    try:
        return replace(view, check=checked_batch(batch_of(origin)))
    except AutofillError as error:
        return replace(view, error=error)


def _columns(assignment: Assignment, template: Source) -> ColumnsView:
    table, is_written = assignment.table, assignment.file.exists()
    fields: tuple[str | None, ...] = assignment.proposed()
    try:
        if is_written:
            trails = assignment.read().trails
            fields = tuple(".".join(map(str, trails[n])) if n in trails else None for n in range(len(table.header)))
    except AutofillError:  # the check says so
        pass
    form = form_for(template)
    asked = {each.path: each.full_name for each in questions(form, fields_of(template, form))}
    known = assignment.fields | {each for each in asked if each.startswith("answers.")}
    named = {path: name for path, name in asked.items() if path in known}
    rest = {
        path: _(words.FIELDS[path].name) if path in words.FIELDS else path
        for path in sorted({*known, *filter(None, fields)} - named.keys())
    }
    return ColumnsView(assignment.file, tuple(_lines(table, fields)), {**named, **rest}, is_written)


def _lines(table: Table, fields: tuple[str | None, ...]) -> list[ColumnLine]:
    first = next(iter(table.rows()), None)
    cells = (*(first.cells if first else ()), *[""] * len(table.header))
    return [
        ColumnLine(column_letter(place), name, example, field or "")
        for place, (name, example, field) in enumerate(zip(table.header, cells, fields, strict=False), 1)
    ]
