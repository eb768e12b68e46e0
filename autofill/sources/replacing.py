"""A mapping anywhere in a YAML text, replaced: also one in a list, and all else stays as it is, comments and quotes.

The edit is read back: what comes out holds exactly what was meant, or nothing is changed. No files, no models.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, TypeAlias

import yaml

from autofill.errors import InvalidFile
from autofill.language import _
from autofill.sources.source import parse_source
from autofill.sources.strict_yaml import Trail, Value, composed
from autofill.sources.writing import yaml_line

_Edit: TypeAlias = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A key with its value, and where both stand in the text."""

    key: str
    start: int
    end: int
    column: int


def with_mapping(text: str, name: str, trail: Trail, wanted: Mapping[str, Value]) -> str:
    """The text with these values in the mapping at a trail; `name` stands for the file in messages.

    Raises:
        InvalidFile: it is not strict YAML, or cannot be changed there without harm.
    """
    breaks = "\r\n" if "\r\n" in text else "\n"
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    source = parse_source(text.encode(), name)
    there: Any = source.data
    for step in trail:
        there = there[step]
    node = _node_at(composed(text), trail)
    edits = sorted(_edits(text, node, there, wanted), reverse=True)
    made = text
    for start, end, words in edits:
        made = made[:start] + words + made[end:]
    if parse_source(made.encode(), name).data != _replaced(source.data, trail, wanted):
        raise InvalidFile([source.problem(trail, _("cannot be changed here without harm; change it in an editor"))])
    return made.replace("\n", breaks)


def _edits(
    text: str, node: yaml.MappingNode, there: Mapping[str, Value], wanted: Mapping[str, Value]
) -> Iterator[_Edit]:
    """What to write where: changed values in their places, new keys in those of old ones or behind the first."""
    entries = [
        _Entry(key.value, key.start_mark.index, _end_of(value), key.start_mark.column) for key, value in node.value
    ]
    by_key = {each.key: each for each in entries}
    gone = [each for each in entries if each.key not in wanted]
    new = [key for key in wanted if key not in there]
    changed = [(by_key[key], key) for key in wanted if key in there and there[key] != wanted[key]]
    for entry, key in (*changed, *zip(gone, new, strict=False)):
        yield entry.start, entry.end, yaml_line(key, wanted[key])
    between = ", " if node.flow_style else "\n" + " " * entries[0].column
    if more := new[len(gone) :]:
        yield entries[0].end, entries[0].end, "".join(between + yaml_line(key, wanted[key]) for key in more)
    for entry in gone[len(new) :]:
        number = entries.index(entry)
        if number == 0 and len(entries) > 1:
            yield entry.start, entries[1].start, ""
        else:
            yield entries[number - 1].end if node.flow_style else text.rfind("\n", 0, entry.start), entry.end, ""


def _node_at(node: yaml.Node | None, trail: Trail) -> yaml.MappingNode:
    for step in trail:
        assert node is not None  # its values were read
        node = node.value[step] if isinstance(step, int) else next(v for k, v in node.value if k.value == step)
    assert isinstance(node, yaml.MappingNode)
    return node


def _end_of(node: yaml.Node) -> int:
    """Where what a value shows ends: the marks of blocks are those of what comes next."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end_of(last[1] if isinstance(last, tuple) else last)
    return int(node.end_mark.index)


def _replaced(data: Mapping[str, Value], trail: Trail, wanted: Mapping[str, Value]) -> Mapping[str, Value]:
    made: Any = deepcopy(dict(data))
    here = made
    for step in trail[:-1]:
        here = here[step]
    here[trail[-1]] = dict(wanted)
    return dict(made)
