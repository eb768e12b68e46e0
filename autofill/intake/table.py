"""A table as it was exported: a header, and rows that are read one by one, however many there are.

Rows are counted as a spreadsheet shows them: the header is row 1, whatever line breaks its cells hold.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from autofill.errors import FileMissing, InvalidFile, Problem
from autofill.language import _

HEADER: Final = 1
# So much of a file is looked at to find out how it is written (bytes).
_SAMPLE: Final = 64 * 1024
_ENOUGH: Final = 1024 * 1024
# The longest cell of a spreadsheet has 32,767 signs; what is longer is a quote that nobody closed.
_LONGEST: Final = 128 * 1024
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WESTERN: Final = "cp1252"
_FOREIGN: Final = re.compile(r"[^\W\d_\u0000-\u024f]{2,}")
_WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
# Excel's own way to name the delimiter, in a line before the header that it does not show.
_NAMED: Final = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Record:
    """One row, by its number; its cells are as they were written."""

    number: int
    cells: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Table:
    """A header and the rows below it; `rows` reads them anew each time. `note` says how it was read.

    `delimiter` is what parts cells where it came from, if that is a comma or a semicolon.
    """

    name: str
    header: tuple[str, ...]
    rows: Callable[[], Iterator[Record]]
    note: str = ""
    delimiter: str = ","

    def columns_like(self, name: str) -> str:
        """The column that was probably meant by a name that none has, in words, or else all that there are."""
        names = {each.casefold(): each for each in filter(None, self.header)}
        if near := get_close_matches(" ".join(name.split()).casefold(), names, n=1):
            return _("did you mean “{near}”?").format(near=names[near[0]])
        return _("there are: {columns}").format(columns=", ".join(names.values()))

    def problem(self, row: int, column: int, message: str) -> Problem:
        """A problem with a cell; rows count from 1, the header's, and columns from 1. 0 is the row as a whole."""
        named = self.header[column - 1] if 0 < column <= len(self.header) else ""
        return Problem(self.name, row, column, named, message=message)


def column_letter(number: int) -> str:
    """What spreadsheets call a column, which counts from 1."""
    letters = ""
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def read_csv(path: Path, encoding: str | None = None) -> Table:
    """A table of text with delimiters, as spreadsheets export it; encoding and delimiter are found out.

    Raises:
        FileMissing: There is no such file, or it cannot be read.
        InvalidFile: It is a workbook, empty, or not in this encoding, or its first row names no columns. Rows that
            are wrong are found as they are read, and that there are none.
    """
    name = str(path)
    try:
        with path.open("rb") as file:
            beginning = file.read(_SAMPLE)
        if beginning.startswith(_WORKBOOKS):
            raise InvalidFile([Problem.of_file(name, _("is a workbook; save it as CSV (UTF-8), and use that file"))])
        encoding = encoding or _encoding_of(path, beginning)
        sample = codecs.getincrementaldecoder(encoding)(errors="replace").decode(beginning)
    except OSError as error:
        raise FileMissing.unreadable(path, error, _("Nothing was sent. Check the path.")) from None
    except LookupError:
        raise InvalidFile([Problem.of_file(name, _("unknown encoding; try utf-8 or cp1252"))]) from None
    named = _NAMED.match(sample)
    delimiter = named[1] if named else _delimiter_of(sample)

    def records() -> Iterator[Record]:
        with path.open(encoding=encoding, newline="") as file:
            if named:
                file.readline()
            yield from _records(name, file, delimiter)

    header = next(records(), Record(HEADER, ())).cells
    _check_header(name, header)
    shown = {"\t": "TAB"}.get(delimiter, delimiter)
    said = _("Read as {encoding}, columns separated by {delimiter}")
    note = said.format(encoding=encoding.removesuffix("-sig"), delimiter=shown)
    below = lambda: _below_header(name, records())  # noqa: E731
    return Table(name, header, below, note=note, delimiter=";" if delimiter == ";" else ",")


def _records(name: str, lines: Iterator[str], delimiter: str) -> Iterator[Record]:
    csv.field_size_limit(_LONGEST)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            yield Record(number, tuple(cell.strip() for cell in cells))
    except csv.Error:
        words = _("a quote that begins on line {line} is not closed, or a quote inside a cell is not doubled")
        raise InvalidFile([Problem(name, number + 1, 1, "", message=words.format(line=reader.line_num))]) from None
    except UnicodeDecodeError:
        words = _("the encoding changes here; save the table as CSV (UTF-8), or use --encoding")
        raise InvalidFile([Problem(name, number + 1, 1, "", message=words)]) from None


def _below_header(name: str, records: Iterator[Record]) -> Iterator[Record]:
    found = None
    for found in (each for each in records if each.number > HEADER and any(each.cells)):
        yield found
    if found is None:
        raise InvalidFile(
            [Problem.of_file(name, _("has no rows below the names of its columns; is it the right file?"))]
        )


def _check_header(name: str, header: tuple[str, ...]) -> None:
    """The first row names the columns; what looks like somebody's data is not repeated."""
    if not any(header):
        raise InvalidFile([Problem.of_file(name, _("is empty; the first row must name the columns"))])
    if len(header) > 2 and sum(map(bool, header)) == 1:
        words = _("names one of {columns} columns; is it a title? The first row must name the columns")
        raise InvalidFile([Problem(name, HEADER, 1, "", message=words.format(columns=len(header)))])
    if any("@" in cell or len(re.sub(r"\D", "", cell)) > 5 for cell in header):
        words = _("looks like data; the first row must name the columns")
        raise InvalidFile([Problem(name, HEADER, 1, "", message=words)])


def _encoding_of(path: Path, beginning: bytes) -> str:
    """By its mark, else UTF-8 if all of it is that, else what it looks like, if that leaves no doubt.

    Raises:
        InvalidFile: Two encodings would make different names of the same bytes; a guess would be somebody's name.
    """
    for mark, name in _MARKS:
        if beginning.startswith(mark):
            return name
    strange = beginning if b"\0" in beginning else _not_utf8(path)
    if strange is None:
        return "utf-8"
    import chardet  # noqa: PLC0415 - most files say what they are

    found = chardet.detect(strange)["encoding"] or _WESTERN
    text = strange.decode(found, errors="replace")
    if text == strange.decode(_WESTERN, errors="replace"):
        return _WESTERN
    # Whole words of another script are no chance; single letters with marks may be those of many countries.
    foreign = sum(len(word) for word in _FOREIGN.findall(text))
    if found.casefold().startswith("utf") or foreign * 2 > sum(not each.isascii() and each.isalpha() for each in text):
        return found
    said = _(
        "is not UTF-8, and may be {found} or {western}; save it as CSV (UTF-8), or use --encoding {found} or {western}"
    )
    raise InvalidFile([Problem.of_file(str(path), said.format(found=found, western=_WESTERN))])


def _not_utf8(path: Path) -> bytes | None:
    """The lines of a file that hold more than ASCII, up to some size, unless all of them are UTF-8."""
    is_utf8, strange = True, bytearray()
    with path.open("rb") as file:
        for line in file:
            if not line.isascii():
                if len(strange) < _ENOUGH:
                    strange += line
                try:
                    line.decode()
                except UnicodeDecodeError:
                    is_utf8 = False
    return None if is_utf8 else bytes(strange)


def _delimiter_of(sample: str) -> str:
    import clevercsv  # noqa: PLC0415 - a table is what few commands read

    whole_lines = sample[: sample.rfind("\n") + 1] or sample
    found = clevercsv.Detector().detect(whole_lines, delimiters=[",", ";", "\t", "|"])
    return (found and found.delimiter) or ","
