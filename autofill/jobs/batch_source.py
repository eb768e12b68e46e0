"""Where the inquiries of a batch come from, and which column of a table goes where. Prints nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from os.path import isdir
from pathlib import Path

from autofill.errors import DiskTrouble, FileMissing, Misconfigured
from autofill.forms.catalog import load_form
from autofill.intake.columns import Columns, columns_text, fields_for_columns, read_columns
from autofill.intake.query import is_database, read_query
from autofill.intake.table import Table, read_csv
from autofill.jobs.batch_rows import COLUMNS, Batch, rows_of_folder, rows_of_table
from autofill.language import _
from autofill.mapping.headers import propose
from autofill.organisations import registry
from autofill.organisations.organisation import Organisation
from autofill.sources.source import Source, read_source


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchOrigin:
    """Where the inquiries of one `autofill batch` come from, as its options say."""

    source: str
    template: Path | None = None
    columns: Path | None = None
    encoding: str | None = None
    query: str | None = None
    form: str | None = None

    @property
    def beside(self) -> Path:
        """The file that names the files of rows; they lie beside it, and so does the file of the columns."""
        return self.template if self.query and self.template else Path(self.source)

    def table(self) -> Table | None:
        """The table; none if it is a folder of profiles.

        Raises:
            Misconfigured: The options do not go together.
            FileMissing, InvalidFile: It cannot be read.
        """
        needs_query = is_database(self.source)
        is_folder = not needs_query and isdir(self.source)  # noqa: PTH112 - of what can be no path it says no
        if is_folder and (self.template or self.columns or self.encoding):
            raise Misconfigured(
                _("Profiles in a folder need no --template, --columns or --encoding."),
                hint=_("Leave these options out."),
            )
        if needs_query != (self.query is not None):
            raise Misconfigured(
                _("A database needs --query; tables and folders have none."),
                hint=_('For example: --query "SELECT * FROM parcels ORDER BY id"'),
            )
        if not is_folder and self.template is None:
            raise Misconfigured(
                _("A table needs a template profile for its rows. Nothing was sent."),
                hint=_("Write one inquiry as a profile and give it with --template FILE."),
            )
        if self.query is not None:
            return read_query(self.source, self.query)
        return None if is_folder else read_csv(Path(self.source), self.encoding)


class ColumnsProposed(Misconfigured):
    """A file that assigns columns to fields was written for the first time; a person has to look at its `text`."""

    def __init__(self, file: Path, text: str) -> None:
        self.text = text
        super().__init__(
            _("autofill proposed a field for each column in {file}. Nothing was sent.").format(file=file),
            hint=_(
                "Check it and fix what is wrong (columns without a field are not used). Then run the same "
                "command again."
            ),
        )


@dataclass(frozen=True, slots=True)
class Assignment:
    """Which column of a table goes into which field of an inquiry: the `file` that says so, or is to say so."""

    file: Path
    table: Table
    whose: Organisation

    @property
    def fields(self) -> frozenset[str]:
        """The fields that a column can go into."""
        return fields_for_columns(self.whose.inquiry_model)

    def proposed(self) -> tuple[str | None, ...]:
        """A field for each column whose name is clear."""
        item = next(iter(self.whose.own_fields.identifying), None)
        return propose(self.table.header, self.fields, item)

    def read(self) -> Columns:
        """The columns as the file says.

        Raises:
            FileMissing, InvalidFile: There is none, or it is wrong.
        """
        return read_columns(self.file, self.table, self.whose.inquiry_model)

    def write(self, fields: Iterable[str | None]) -> str:
        """Write the file, with a field or none for each column; its text.

        Raises:
            DiskTrouble: It cannot be written.
        """
        text = columns_text(self.table, fields)
        try:
            self.file.write_text(text, encoding="utf-8")
        except OSError as error:
            raise DiskTrouble(
                _("{file} cannot be written: {reason}.").format(file=self.file, reason=error.strerror),
                hint=_("Assign columns to fields with --columns FILE."),
            ) from None
        return text


def assignment_of(origin: BatchOrigin, table: Table, template: Source) -> Assignment:
    """The assignment for a table and its template.

    Raises:
        FileMissing, InvalidFile: There is no such form, or its map is wrong.
    """
    whose = load_form(origin.form or template.text(("form",)) or registry.default_form(), template).organisation
    return Assignment(origin.columns or origin.beside.with_suffix(COLUMNS), table, whose)


def batch_of(origin: BatchOrigin) -> Batch:
    """The inquiries of a folder of profiles, or of a table with its template.

    Raises:
        FileMissing, InvalidFile: A file is not there, or cannot be used.
        Misconfigured: The options do not go together.
        ColumnsProposed: Nobody has looked yet at which column goes where.
    """
    table = origin.table()
    if table is None or origin.template is None:
        return rows_of_folder(Path(origin.source), origin.form)
    template = read_source(origin.template)
    assignment = assignment_of(origin, table, template)
    if origin.columns is None and not assignment.file.exists():
        raise ColumnsProposed(assignment.file, assignment.write(assignment.proposed()))
    try:
        columns = assignment.read()
    except FileMissing as error:
        raise FileMissing(str(error), hint=_("Leave out --columns to get a proposal.")) from None
    return rows_of_table(table, template, columns, folder=origin.beside.parent, form=origin.form)
