"""Which column of a table goes into which field of an inquiry. Knows headers and fields, no cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from autofill.errors import InvalidFile, Problem
from autofill.inquiry.fields import ANSWERS, field_names, question, trail_of
from autofill.inquiry.models import Inquiry
from autofill.inquiry.profile import HINTS
from autofill.intake.table import HEADER, Table, column_letter
from autofill.language import _
from autofill.sources.source import Source, read_source
from autofill.sources.strict_yaml import Trail
from autofill.sources.validation import nearest_key

ATTACHMENTS = ("attachments",)
# Where an inquiry goes is the same for all rows: they share pace, form map and practice site.
_NOT_BY_ROW = frozenset({"form"})


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the cells of a row go: the trail in a profile by the column's place, from 0."""

    trails: Mapping[int, Trail]


def fields_for_columns(model: type[Inquiry]) -> frozenset[str]:
    """The fields that a column can go into, answers aside: those that hold one text, and the attachments."""
    names = field_names(model)
    whole = {name for name in names if any(other.startswith(f"{name}.") for other in names)}
    return names - whole - _NOT_BY_ROW


def read_columns(path: Path, table: Table, model: type[Inquiry]) -> Columns:
    """The columns as a file says, `Header: field` on each line; a header without a field goes nowhere.

    Raises:
        FileMissing, InvalidFile: The file, or the table's header, is not as it must be; carries every problem.
    """
    source = read_source(path)
    places = _places(table)
    problems: list[Problem] = []
    trails: dict[int, Trail] = {}
    for key in (str(trail[0]) for trail in source.positions if len(trail) == 1):
        found = places.get(question(key), ())
        if not found:
            words = _("the table has no such column; {columns}").format(columns=table.columns_like(key))
            problems.append(_of_column(source, key, words))
        elif len(found) > 1 and source.has((key,)):
            words = _("is the name of more than one column; give each its own name")
            problems.append(table.problem(HEADER, found[1] + 1, words))
        elif field := source.text((key,)):
            trail = trail_of(field.strip())
            problems += _about_field(source, key, trail, model)
            if trail in trails.values():
                problems.append(_of_column(source, key, _("another column goes into the same field; keep one")))
            trails[found[0]] = trail
        elif source.has((key,)) and source.text((key,)) is None:
            problems.append(_of_column(source, key, _("must be one text, not a list or a block")))
    if not trails and not problems:
        problems.append(Problem.of_file(str(path), _("assigns no column to a field")))
    if problems:
        raise InvalidFile(problems)
    return Columns(trails)


def columns_text(table: Table, fields: Iterable[str | None]) -> str:
    """The file for `read_columns`, with a field, or none, for each named column."""
    lines: dict[str, str] = {}
    for place, (name, field) in enumerate(zip(table.header, fields, strict=True), 1):
        quoted = '"' + name.replace("\\", r"\\").replace('"', r"\"") + '"'
        nameless = _("# Column {letter} has no name and is not used.").format(letter=column_letter(place))
        line = f"{quoted}: {field or ''}".rstrip() if name else nameless
        lines.setdefault(question(name) or line, line)
    return "".join(f"{line}\n" for line in lines.values())


def _places(table: Table) -> dict[str, tuple[int, ...]]:
    """Where columns of a name are; case and white space are folded."""
    found: dict[str, tuple[int, ...]] = {}
    for place, name in enumerate(table.header):
        found[question(name)] = (*found.get(question(name), ()), place)
    return found


def _of_column(source: Source, key: str, message: str) -> Problem:
    """A problem with a line; a name that is in no other file of the person's is no secret, whatever is in it."""
    return replace(source.problem((key,), message), field=key)


def _about_field(source: Source, key: str, trail: Trail, model: type[Inquiry]) -> Iterator[Problem]:
    name = ".".join(map(str, trail))
    if name in fields_for_columns(model) or (name.startswith(ANSWERS) and name != ANSWERS):
        return
    if name in _NOT_BY_ROW:
        yield _of_column(source, key, _("is the same for all rows; write it in the template"))
    elif any(each.startswith(f"{name}.") for each in field_names(model)):
        yield _of_column(source, key, _("has parts; name one of them, such as {name}.city").format(name=name))
    elif near := nearest_key(model, trail, HINTS):
        words = _("unknown field; did you mean {near}?")
        yield _of_column(source, key, words.format(near=".".join((*map(str, trail[:-1]), near))))
    else:
        yield _of_column(source, key, _("unknown field; for a question of the form, use `answers.` and the question"))
