"""Plain values as YAML text that strict YAML reads back as they were. No models, no files."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Final

from autofill.sources.strict_yaml import Value

_WIDTH: Final = 120
# Values inside of values that still stand on one line.
_DEEPEST: Final = 3
# Text that needs no quotes; in the brackets of one line some more does.
_PLAIN: Final = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`=~][^\n\t]*")
_IN_BRACKETS: Final = re.compile(r"[^,\[\]{}?]*")


def yaml_line(key: str, value: Value) -> str:
    """One value on one line, behind its key if it has one."""
    return f"{_quoted(key)}: {_flow(value)}" if key else _flow(value)


def yaml_lines(key: str, value: Value, margin: int) -> list[str]:
    """One value behind its key, so many spaces in: mappings, lists and texts of several lines in block style."""
    return list(_lines({key: value}, " " * margin, in_blocks=True))


def yaml_text(data: Mapping[str, Value]) -> str:
    """The text of a file; what fits stands on one line."""
    return "".join(f"{line}\n" for line in _lines(data, ""))


def _lines(data: Mapping[str, Value], margin: str, *, in_blocks: bool = False) -> Iterator[str]:
    for key, value in data.items():
        start, inner = f"{margin}{_quoted(key)}:", f"{margin}  "
        if isinstance(value, str):
            first, *others = _block(value) or [_quoted(value)]
            yield f"{start} {first}"
            yield from (line and f"{inner}{line}" for line in others)
        elif (not in_blocks or not value) and _fits(one_line := f"{start} {_flow(value)}", value):
            yield one_line
        else:
            yield start
            inside = _items(value, inner) if isinstance(value, list) else _lines(value, inner, in_blocks=in_blocks)
            yield from inside


def _block(text: str) -> list[str]:
    """A text of several lines behind `|`; nothing for one that would not be read back as it is, or has but one."""
    lines = text.removesuffix("\n").split("\n")
    has_words = all(not line or (line.isprintable() and not line.isspace()) for line in lines)
    if len(lines) < 2 or not has_words or not lines[-1] or not lines[0] or lines[0][0].isspace():
        return []
    return ["|" if text.endswith("\n") else "|-", *lines]


def _items(values: list[Value], margin: str) -> Iterator[str]:
    for value in values:
        one_line = f"{margin}- {_quoted(value) if isinstance(value, str) else _flow(value)}"
        if isinstance(value, dict) and not _fits(one_line, value):
            first, *others = _lines(value, f"{margin}  ")
            yield f"{margin}- {first.lstrip()}"
            yield from others
        else:
            yield one_line


def _fits(line: str, value: Value) -> bool:
    return len(line) <= _WIDTH and _depth(value) <= _DEEPEST


def _depth(value: Value) -> int:
    if isinstance(value, str):
        return 0
    return 1 + max(map(_depth, value.values() if isinstance(value, dict) else value), default=0)


def _flow(value: Value) -> str:
    """A value on one line."""
    if isinstance(value, str):
        return _quoted(value, in_brackets=True)
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    return f"{{{', '.join(f'{_quoted(key, in_brackets=True)}: {_flow(each)}' for key, each in value.items())}}}"


def _quoted(text: str, *, in_brackets: bool = False) -> str:
    is_plain = _PLAIN.fullmatch(text) and not re.search(r":(?:\s|$)|\s#", text) and text == text.rstrip()
    if is_plain and text.isprintable() and (not in_brackets or _IN_BRACKETS.fullmatch(text)):
        return text
    if text.isprintable() and re.search(r'["\\]', text):
        return "'" + text.replace("'", "''") + "'"
    return json.dumps(text, ensure_ascii=False)
