"""Rows become profiles: a template, with the cells of one row in their places. No rules about values.

A template may name a column inside its texts, as `{{Order number}}`; there the cell stands in each row.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

from autofill.errors import InvalidFile, Problem
from autofill.inquiry.fields import question
from autofill.intake.columns import ATTACHMENTS, Columns
from autofill.intake.table import Record, Table
from autofill.language import _
from autofill.sources.source import Source
from autofill.sources.strict_yaml import UNPRINTABLE, Trail, shown
from autofill.sources.yaml_mistakes import Place

_NAMED: Final = re.compile(r"\{\{(.+?)\}\}")
# What keeps a number a text in a cell where it is typed. Names may begin so, too: 's-Hertogenbosch.
_MARKED: Final = re.compile(r"'([A-Z]{0,2}[\d .,/+-]*\d[A-Z]{0,2})")
# What Excel writes so that it keeps zeros in front, and what it makes of a long number that it does not keep.
_AS_TEXT: Final = re.compile(r'="(.*)"', re.DOTALL)
_SHORTENED: Final = re.compile(r"[+-]?\d(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
# A spreadsheet's number has 15 digits; what was behind them is lost. No number of somebody's ends like this by chance.
_ROUNDED: Final = re.compile(r"\d{15}0{5,}")
# What stands in a cell whose formula failed, in any language, and in one that is too narrow for its number.
_FAILED: Final = re.compile(r"#[^\W\d_][^\W_]*(?:/0)?[!?]|#N/A|#NV|#{4,}|Err:\d{3}")
_FILES_PARTED: Final = re.compile(r"[;\n]")


@dataclass(frozen=True, slots=True)
class _RowSource(Source):
    """One row as if it were a profile: what a cell gave stands in the table, all else in the template."""

    template: Source | None = None
    cells: Mapping[Trail, Place] = field(default_factory=dict)

    def problem(self, trail: Trail, message: str, *, severity: Literal["error", "warning"] = "error") -> Problem:
        """A problem at the cell that gave the value, or at the template's nearest place."""
        assert self.template
        found = self.template.problem(trail, message, severity=severity)
        known = next((trail[:n] for n in range(len(trail), 0, -1) if trail[:n] in self.cells), None)
        if known is None:
            return found
        row, column = self.cells[known]
        return replace(found, file=self.name, line=row, column=column)


@dataclass(slots=True)
class Profiles:
    """The rows of a table as profiles."""

    table: Table
    template: Source
    columns: Columns
    _named: dict[str, int] = field(init=False)
    _first_named: dict[Trail, int] = field(init=False)

    def __post_init__(self) -> None:
        """Find out which columns the template names in its texts.

        Raises:
            InvalidFile: The table has no such column, or more than one.
        """
        places: dict[str, list[int]] = {}
        for place, name in enumerate(self.table.header):
            places.setdefault(question(name), []).append(place)
        texts = [(trail, self.template.text(trail) or "") for trail in self.template.positions]
        named = [(trail, name) for trail, text in texts for name in _NAMED.findall(text)]
        wrong = [(trail, name) for trail, name in named if len(places.get(question(name), ())) != 1]
        if wrong:
            words = _("{name} must be the name of exactly one column; {columns}")
            told = (
                (trail, words.format(name="{{" + name + "}}", columns=self.table.columns_like(name)))
                for trail, name in wrong
            )
            raise InvalidFile(self.template.problem(*each) for each in dict.fromkeys(told))
        self._named = {question(name): places[question(name)][0] for _trail, name in named}
        self._first_named = {trail: self._named[question(name)] for trail, name in reversed(named)}

    def of(self, record: Record) -> Source:
        """One row as a profile.

        Raises:
            InvalidFile: A cell cannot be taken as it is; carries every problem of the row's cells.
        """
        if len(record.cells) > len(self.table.header):
            words = _("has more cells than the header has names; is a delimiter inside a text that is not in quotes?")
            raise InvalidFile([Problem(self.table.name, record.number, 0, "", message=words)])
        problems: list[Problem] = []
        texts: dict[int, str] = {}
        for place in {*self.columns.trails, *self._named.values()}:
            cell = record.cells[place] if place < len(record.cells) else ""
            try:
                texts[place] = _text(cell)
            except ValueError as error:
                problems.append(self._problem(record, place, str(error)))
        for name, place in self._named.items():
            if not texts.get(place, "?"):
                words = _("is empty, but the template uses it in a text as {name}")
                problems.append(self._problem(record, place, words.format(name="{{" + name + "}}")))
        if problems:
            raise InvalidFile(problems)
        return self._filled(record, texts)

    def _problem(self, record: Record, place: int, message: str) -> Problem:
        trail = self.columns.trails.get(place, ())
        return Problem(self.table.name, record.number, place + 1, shown(trail), message=message)

    def _filled(self, record: Record, texts: Mapping[int, str]) -> Source:
        cells = {trail: (record.number, place + 1) for trail, place in self._first_named.items()}
        data = self._with_texts(texts)(self.template.data)
        positions = dict(self.template.positions)
        for place, trail in self.columns.trails.items():
            # What is empty says nothing: what the template says holds for this row, too.
            if text := texts[place]:
                files = [each.strip() for each in _FILES_PARTED.split(text)] if trail == ATTACHMENTS else []
                _put(data, trail, [each for each in files if each] if files else text)
                here = (record.number, place + 1)
                cells[trail] = here
                # The template's own values below it, such as its attachments, are no longer there.
                positions = {each: at for each, at in positions.items() if each[: len(trail)] != trail}
                parents = {trail[:n]: here for n in range(1, len(trail) + 1)}
                positions = {**parents, **positions, **{(*trail, n): here for n in range(len(files))}}
            elif trail not in positions:
                cells[trail] = (record.number, place + 1)
        cut = tuple(trail for trail in self.template.cut if trail not in cells)
        goes = {place: trail for trail, place in self._first_named.items()} | dict(self.columns.trails)
        unmarked = tuple(trail for n, trail in goes.items() if any(map(_MARKED.fullmatch, record.cells[n : n + 1])))
        return _RowSource(
            self.table.name, data, positions, cut=cut, unmarked=unmarked, template=self.template, cells=cells
        )

    def _with_texts(self, texts: Mapping[int, str]) -> Callable[[Any], Any]:
        """A copier of what the template says, with a row's cells where it names them."""

        def cell(found: re.Match[str]) -> str:
            return texts[self._named[question(found[1])]]

        def copied(value: Any) -> Any:
            if isinstance(value, Mapping):
                return {key: copied(each) for key, each in value.items()}
            return list(map(copied, value)) if isinstance(value, list) else _NAMED.sub(cell, value)

        return copied


def _text(cell: str) -> str:
    """A cell as a text.

    Raises:
        ValueError: It is not what was meant.
    """
    if as_text := _AS_TEXT.fullmatch(cell) or _MARKED.fullmatch(cell):
        cell = as_text[1].replace('""', '"')
    elif _ROUNDED.fullmatch(cell):
        raise ValueError(
            _("a spreadsheet keeps only 15 digits of a number; format the column as text, and enter it again")
        )
    text = unicodedata.normalize("NFC", cell.replace("\r\n", "\n").replace("\r", "\n"))
    if _SHORTENED.fullmatch(text):
        raise ValueError(_("the spreadsheet shortened a long number; format the column as text, and enter it again"))
    if _FAILED.fullmatch(text):
        raise ValueError(_("contains a spreadsheet error and not a value; fix the formula, or widen the column"))
    if text.startswith("="):
        raise ValueError(_("contains a formula and not its value; export the values"))
    if found := UNPRINTABLE.search(text):
        raise ValueError(
            _("the text contains the invisible character U+{code:04X}; delete it").format(code=ord(found[0]))
        )
    return text


def _put(data: dict[str, Any], trail: Trail, value: str | list[str]) -> None:
    for key in map(str, trail[:-1]):
        inner = data.setdefault(key, {})
        if not isinstance(inner, dict):  # the template is wrong there, and will be told so
            return
        data = inner
    data[str(trail[-1])] = value
