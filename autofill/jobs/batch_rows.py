"""The inquiries of a batch, one by one: each is read and planned when it is wanted, and not kept.

Rows come from a table with a template, or from a folder of profiles. Prints nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final

from autofill.errors import AutofillError, InvalidFile, Problem
from autofill.forms.catalog import Prepared, prepare, prepare_profile
from autofill.inquiry.fields import content_of, trail_of
from autofill.intake.columns import Columns
from autofill.intake.profiles import Profiles
from autofill.intake.table import Record, Table
from autofill.language import _
from autofill.sources.source import YAML_ENDINGS, Source

COLUMNS: Final = ".columns.yaml"
"""How the name of a file ends that assigns the columns of a table."""


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One inquiry of a batch: its name among the others, the one it has in recordings, and how it is planned."""

    label: str
    name: str
    prepare: Callable[[], Prepared] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Batch:
    """Where the inquiries come from, and each of them, anew each time.

    Of a table: its header, what parts its cells, and in `note` how it was read.
    """

    name: str
    rows: Callable[[], Iterator[BatchRow]] = field(repr=False)
    header: tuple[str, ...] = ()
    delimiter: str = ","
    note: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """What is wrong with one inquiry of a batch, and what is worth knowing; it is `ready` if nothing is wrong."""

    row: BatchRow
    problems: tuple[Problem, ...]
    prepared: Prepared | None = field(default=None, repr=False)

    @property
    def ready(self) -> bool:
        """Whether it can run."""
        return all(problem.severity == "warning" for problem in self.problems)


def rows_of_table(table: Table, template: Source, columns: Columns, folder: Path, form: str | None) -> Batch:
    """The rows of a table, whose files are in `folder`. What is wrong with the table is found as it is read.

    Raises:
        InvalidFile: The template names columns that the table does not have.
    """
    profiles = Profiles(table, template, columns)

    def row(record: Record) -> BatchRow:
        number = str(record.number)
        return BatchRow(number, f"{table.name}:{number}", lambda: prepare(profiles.of(record), folder, form))

    return Batch(table.name, lambda: map(row, table.rows()), table.header, delimiter=table.delimiter, note=table.note)


def profile_files(folder: Path) -> list[Path]:
    """The inquiries of a folder, by name; what says where a table's columns go is none."""
    found = (each for each in folder.glob("*") if each.suffix in YAML_ENDINGS and each.is_file())
    return sorted(each for each in found if not each.name.endswith(COLUMNS))


def rows_of_folder(folder: Path, form: str | None) -> Batch:
    """The profiles of a folder, by name.

    Raises:
        InvalidFile: It holds none.
    """
    files = profile_files(folder)
    if not files:
        raise InvalidFile([Problem.of_file(str(folder), _("holds no profiles (*.yaml)"))])

    def row(file: Path) -> BatchRow:
        return BatchRow(file.name, str(file), lambda: prepare_profile(file, form))

    return Batch(str(folder), lambda: map(row, files))


def check_rows(batch: Batch) -> Iterator[Checked]:
    """Check every inquiry of a batch, also against those before it: none goes out twice, nor two about one item."""
    inquiries: dict[bytes, str] = {}
    items: dict[tuple[object, ...], str] = {}
    for row in batch.rows():
        try:
            prepared = row.prepare()
        except AutofillError as error:
            yield Checked(row, error.problems or (Problem.of_file(row.name, str(error)),))
            continue
        item = prepared.organisation.item_in(prepared.plan.fields)
        twice: list[Problem] = []
        if (first := inquiries.setdefault(_content(prepared), row.label)) != row.label:
            again = _("is the same inquiry as row {row}; keep one")
            twice.append(Problem(batch.name, 0, 0, "", message=again.format(row=first)))
        elif item and (first := items.setdefault((prepared.plan.form, *item.items()), row.label)) != row.label:
            again = _("is about the same item as row {row}; autofill does not ask twice about one item")
            twice.append(prepared.loaded.source.problem(trail_of(*item), again.format(row=first)))
        yield Checked(row, (*prepared.plan.warnings, *twice), prepared)


def _content(prepared: Prepared) -> bytes:
    """By which the same inquiry is known: what it says, and to which form."""
    files = sorted(attachment.fingerprint for attachment in prepared.attachments)
    return sha256(repr((prepared.plan.form, sorted(content_of(prepared.plan.fields).items()), files)).encode()).digest()
