"""Causes of YAML errors: the line where a person made the mistake, what it is, and what to write instead.

The parser says where it could not go on. That is often a line too late, so it is asked again, about one line by itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Protocol, TypeAlias

import yaml

from autofill.language import _, gettext_noop

Place: TypeAlias = tuple[int, int]
"""Line and column, both from 1."""

Loader: TypeAlias = "type[yaml.CSafeLoader | yaml.SafeLoader]"

NOT_YAML: Final = gettext_noop("is not valid YAML; check indentation, quotes and brackets near this line")
NO_LINES: Final = gettext_noop("has no `name: value` lines; every line needs a name, a colon and a space")
_TAB = gettext_noop("a tab cannot indent; use spaces")
_START = gettext_noop("a text cannot begin with this character; put the text in quotes")
_INDENTATION = gettext_noop(
    "the indentation does not fit; begin lines that belong together in the same column, "
    "and put a text of several lines below `|`"
)
_COLON = gettext_noop("no space after the colon; write `name: value`")
_WIDE_COLON = gettext_noop("this is a full-width colon (：); type `:` and a space")
_SECOND_COLON = gettext_noop("a second `: ` on one line; put the text in quotes, or below `|`")
_CURLY = gettext_noop("curly quotes (“ ”) do not count as quotes; use straight ones")
_NO_NAME = gettext_noop(
    "this line has no `name: `; if it belongs to the text above, indent it, or put the whole text below `|`"
)
_DASH = gettext_noop("no space after the dash; write `- value`")
_OPEN_QUOTE = gettext_noop("a quote opens here and never closes; close it, or put the text in the other kind of quotes")
_LATE_QUOTE = gettext_noop("a quote opens here and closes only on line {line}; is one missing on this line?")
_AFTER_QUOTE = gettext_noop("text follows the closing quote; put the whole text in quotes of the other kind")
_LIST = gettext_noop("a list cannot begin on this line; write each `- value` on a line of its own below")
_BELOW = gettext_noop("a text after `|` or `>` begins on the next line, indented")
_BRACKET = gettext_noop(
    "a bracket opens here and never closes, or a comma is missing; put the text in quotes if it is one"
)
_ESCAPE = gettext_noop("unknown escape after a backslash; use single quotes to keep the backslash")

_AT_THE_ERROR: Final = (
    ("violates indentation", _TAB),
    ("indentation space is expected", _TAB),
    ("escape", _ESCAPE),
    ("sequence entries are not allowed", _LIST),
    ("comment or line break", _BELOW),
    ("comment or a line break", _BELOW),
    ("node content", _START),
)
_AT_ITS_BEGINNING: Final = (
    ("expected ',' or", _BRACKET),
    ("quoted scalar", _OPEN_QUOTE),
    ("alias", _START),
    ("anchor", _START),
    ("directive", _START),
)
_NAME: Final = re.compile(r"[\"']?[^\W\d][\w .-]{0,39}[\"']?")
_CURLY_QUOTES: Final = tuple("“”„‟‘’‚«»")


class _Mark(Protocol):
    """A place as both parsers give it, counted from 0."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake in a YAML file, where it was made."""

    place: Place
    message: str


def find_mistake(text: str, error: yaml.MarkedYAMLError, last: yaml.ScalarEvent | None, loader: Loader) -> Mistake:
    """The cause of `error`, which the parser met in `text` after `last`, the last scalar that it could read."""
    at = _place(error.problem_mark or error.context_mark)
    begin = _place(error.context_mark)
    said = f"{error.context} {error.problem}"
    for table, place in ((_AT_THE_ERROR, at), (_AT_ITS_BEGINNING, begin)):
        if found := next((ours for theirs, ours in table if theirs in said), None):
            return Mistake(place, _(found))
    if "cannot start any token" in said:
        return Mistake(at, _(_TAB) if _rest(text, at).startswith("\t") else _(_START))
    if "mapping values are not allowed" in said:
        return _unexpected_colon(text, at, loader)
    if "expected ':'" in said:
        return _no_colon(_rest(text, begin), begin, loader)
    misplaced = any(theirs in said for theirs in ("expected key", "block end", "'-' indicator", "document start"))
    return _after_quote(text, at, last) or Mistake(at, _(_INDENTATION if misplaced else NOT_YAML))


def missing_colon(line: str, loader: Loader) -> str | None:
    """The message for a line whose colon does not count, such as `name:value`; not yet translated."""
    if _read_alone(line, loader) is dict:
        return None
    for colon, message in (("：", _WIDE_COLON), (":", _COLON)):
        name, found, value = line.strip().removeprefix("- ").partition(colon)
        if found and _NAME.fullmatch(name) and (colon == "：" or not value.startswith((" ", "//"))):
            return message
    return None


def _no_colon(line: str, place: Place, loader: Loader) -> Mistake:
    """A line that ought to begin with a name and does not."""
    dash = _DASH if line.startswith("-") else _NO_NAME
    return Mistake(place, _(missing_colon(line, loader) or dash))


def _unexpected_colon(text: str, at: Place, loader: Loader) -> Mistake:
    """A `: ` where none may be: a second one, one that is too deep, or the first after a line without one."""
    line = _rest(text, (at[0], 1))
    if _read_alone(line, loader) is not dict:
        curly = line.partition(": ")[2].lstrip().startswith(_CURLY_QUOTES)
        return Mistake(at, _(_CURLY if curly else _SECOND_COLON))
    above = at[0] - 1
    while above > 1 and not _rest(text, (above, 1)).split("#")[0].strip():
        above -= 1
    before = _rest(text, (above, 1))
    place = (above, len(before) - len(before.lstrip()) + 1)
    if message := missing_colon(before, loader):
        return Mistake(place, _(message))
    return Mistake((at[0], len(line) - len(line.lstrip()) + 1), _(_INDENTATION))


def _after_quote(text: str, at: Place, last: yaml.ScalarEvent | None) -> Mistake | None:
    """What is wrong around a quoted text behind which the parser could not go on."""
    if last is None or last.style not in {"'", '"'}:
        return None
    begin, end = _place(last.start_mark), _place(last.end_mark)
    if end[0] != at[0] or _rest(text, end)[: at[1] - end[1]].strip():
        return None
    if _rest(text, end).startswith(":"):
        return Mistake(end, _(_COLON))
    if begin[0] < end[0]:
        return Mistake(begin, _(_LATE_QUOTE).format(line=end[0]))
    return Mistake(at, _(_AFTER_QUOTE))


def _read_alone(line: str, loader: Loader) -> type | None:
    """What the parser takes one line for: `dict` with a `name: `, `str` for a text, None for neither."""
    try:
        events = list(yaml.parse(line.strip(), Loader=loader))
    except (yaml.YAMLError, ValueError, OverflowError):
        return None
    if any(isinstance(event, yaml.MappingStartEvent) for event in events):
        return dict
    return str if any(isinstance(event, yaml.ScalarEvent) for event in events) else None


def _rest(text: str, place: Place) -> str:
    """What stands from `place` to the end of its line."""
    lines = text.split("\n")
    return lines[place[0] - 1][place[1] - 1 :] if place[0] <= len(lines) else ""


def _place(mark: _Mark | None) -> Place:
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)
