"""The first part of `autofill batch`: where its inquiries come from, and which column of a table goes where."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from autofill import console
from autofill.errors import DiskTrouble, FileMissing, Misconfigured
from autofill.forms.catalog import load_form
from autofill.intake.columns import Columns, columns_text, fields_for_columns, read_columns
from autofill.intake.query import is_database, read_query
from autofill.intake.table import Table, read_csv
from autofill.jobs.batch_rows import Batch, rows_of_folder, rows_of_table
from autofill.language import _
from autofill.mapping.headers import propose
from autofill.organisations import registry
from autofill.organisations.organisation import Organisation
from autofill.sources.source import read_source


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchOrigin:
    """Where the inquiries of one `autofill batch` come from, as its options say."""

    source: str
    template: Path | None
    columns: Path | None
    encoding: str | None
    query: str | None
    form: str | None

    def table(self) -> Table | None:
        """The table; none if it is a folder of profiles.

        Raises:
            Misconfigured: The options do not go together.
            FileMissing, InvalidFile: It cannot be read.
        """
        needs_query = is_database(self.source)
        is_folder = not needs_query and Path(self.source).is_dir()
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


def batch_of(origin: BatchOrigin) -> Batch:
    """The inquiries of a folder of profiles, or of a table with its template.

    Raises:
        FileMissing, InvalidFile: A file is not there, or cannot be used.
        Misconfigured: The options do not go together, or nobody has looked yet at which column goes where.
    """
    table = origin.table()
    if table is None or origin.template is None:
        return rows_of_folder(Path(origin.source), origin.form)
    if table.note:
        console.tell(f"{table.name}: {table.note}")
    source = read_source(origin.template)
    whose = load_form(origin.form or source.text(("form",)) or registry.default_form(), source).organisation
    # Files that go with rows lie beside what names them.
    beside = origin.template if origin.query else Path(origin.source)
    columns = _columns(origin.columns, beside, table, whose)
    return rows_of_table(table, source, columns, folder=beside.parent, form=origin.form)


def _columns(named: Path | None, beside: Path, table: Table, whose: Organisation) -> Columns:
    """The columns as a file says; where there is none yet, one is proposed, for a person to look at."""
    file = named or beside.with_suffix(".columns.yaml")
    if named is None and not file.exists():
        item = next(iter(whose.own_fields.identifying), None)
        fields = propose(table.header, fields_for_columns(whose.inquiry_model), item)
        text = columns_text(table, fields)
        try:
            file.write_text(text, encoding="utf-8")
        except OSError as error:
            raise DiskTrouble(
                _("{file} cannot be written: {reason}.").format(file=file, reason=error.strerror),
                hint=_("Assign columns to fields with --columns FILE."),
            ) from None
        console.say_text(text.rstrip("\n"))
        raise Misconfigured(
            _("autofill proposed a field for each column in {file}. Nothing was sent.").format(file=file),
            hint=_(
                "Check it and fix what is wrong (columns without a field are not used). Then run the same "
                "command again."
            ),
        )
    try:
        return read_columns(file, table, whose.inquiry_model)
    except FileMissing as error:
        raise FileMissing(str(error), hint=_("Leave out --columns to get a proposal.")) from None
