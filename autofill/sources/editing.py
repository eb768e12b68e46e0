"""Edits of a YAML text, one value at a time: comments, order, quotes and line ends of all else stay as they are.

Every edit is read back: what comes out holds exactly what was meant, or nothing is changed. No files, no models.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import yaml

from autofill.errors import InvalidFile, Problem
from autofill.language import _
from autofill.sources.source import Source, parse_source
from autofill.sources.strict_yaml import Trail, Value, composed
from autofill.sources.writing import yaml_lines, yaml_text

# A key that was written `? key` may have its colon on a line below, or none.
_TO_COLON: Final = re.compile(r"(?:\s|#.*+)*+:")
_COMMENT: Final = re.compile(r"(?:^|[ \t]+)#.*", re.MULTILINE)
Keys: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A key of a mapping in block style, with its value; `column` is where the keys of the mapping begin."""

    key: yaml.Node
    value: yaml.Node
    column: int

    @property
    def start(self) -> int:
        return int(self.key.start_mark.index)


class YamlText:
    """The text of a YAML file; `name` stands for it in messages, `order` says which keys come before which others.

    Raises:
        InvalidFile: It is not strict YAML; carries every problem found. An empty text is one without values.
    """

    def __init__(self, text: str, name: str, order: Sequence[Keys] = ()) -> None:
        self._breaks = "\r\n" if "\r\n" in text else "\n"
        self._name, self._order = name, order
        self._text = text.removeprefix("\ufeff").replace("\r\n", "\n")
        self.source = _read(self._text, name)

    def __str__(self) -> str:
        return self._text.replace("\n", self._breaks)

    def named(self, name: str) -> YamlText:
        """The same text in a file of another name."""
        return YamlText(str(self), name, self._order)

    def with_value(self, keys: Keys, value: Value, comment: str = "") -> YamlText:
        """The text with this value under these keys; a key that is new gets its `comment` on a line above.

        Raises:
            InvalidFile: The value holds what no YAML text can hold, such as invisible characters.
        """
        value = _composed(value)
        if self._at(keys) == value:
            return self
        wanted = _with(self.source.data, keys, value)
        parent, depth = self._deepest(keys)
        if parent is None or parent.flow_style:
            return self._without_brackets(keys[:depth], wanted)
        entry = _entry(parent, keys[depth])
        if entry is None:
            return self._checked(self._inserted(parent, keys, depth, value=value, comment=comment), wanted)
        if depth + 1 < len(keys):  # a text or a list stands where a block has to
            value = _with({}, keys[depth + 1 :], value)
        return self._checked(self._replaced(entry, keys[depth], value), wanted)

    def without(self, keys: Keys, *, as_comment: bool = False) -> YamlText:
        """The text without what stands under these keys, or with it as a comment; empty blocks go as well."""
        parent, depth = self._deepest(keys)
        if parent is None or self.source.positions.get(keys) is None:
            return self
        wanted = _drop(self.source.data, keys)
        while len(keys) > 1 and not _get(wanted, keys[:-1]):
            keys = keys[:-1]
            wanted = _drop(wanted, keys)
        parent, depth = self._deepest(keys)
        if parent is None or parent.flow_style:
            kept = _get(self.source.data, keys)
            left = yaml_text({keys[-1]: kept}) if as_comment and kept is not None else ""
            return self._without_brackets(keys[:depth], wanted, left)
        entry = _entry(parent, keys[-1])
        assert entry  # it stands there
        start, end = self._start(entry), self._line_end(self._end(entry.value, entry.key))
        gone = self._text[start:end]
        kept_as = "".join(_as_comment(line) for line in gone.splitlines(keepends=True)) if as_comment else ""
        return self._checked(self._text[:start] + kept_as + self._text[end:], wanted)

    def lines(self) -> Mapping[Trail, tuple[int, int]]:
        """First and last line, from 1, of every value under a key, its key included."""
        return dict(self._lines((), self._root()))

    def _lines(self, trail: Trail, node: yaml.Node | None) -> Iterator[tuple[Trail, tuple[int, int]]]:
        for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
            last = self._text.count("\n", 0, self._end(value, key)) + 1
            yield (*trail, key.value), (key.start_mark.line + 1, last)
            yield from self._lines((*trail, key.value), value)

    def _at(self, keys: Keys) -> Value | None:
        return _get(self.source.data, keys)

    def _root(self) -> yaml.MappingNode | None:
        return composed(self._text)

    def _deepest(self, keys: Keys) -> tuple[yaml.MappingNode | None, int]:
        """The innermost mapping on the way to a value, and how many keys lead to it; the outermost one in brackets."""
        here, depth = self._root(), 0
        while here is not None and not here.flow_style and depth + 1 < len(keys):
            entry = _entry(here, keys[depth])
            if entry is None or not isinstance(entry.value, yaml.MappingNode):
                break
            here, depth = entry.value, depth + 1
        return here, depth

    def _replaced(self, entry: _Entry, key: str, value: Value) -> str:
        start, end = self._start(entry), self._line_end(self._end(entry.value, entry.key))
        first, *others = yaml_lines(key, value, entry.column)
        above: list[str] = []
        for index, comment in self._comments(entry, end):
            if "\n" in self._text[start:index]:
                above.append(f"{' ' * entry.column}{comment.lstrip()}")
            else:  # beside its key or its value
                first += comment
        return self._text[:start] + "".join(f"{line}\n" for line in (*above, first, *others)) + self._text[end:]

    def _comments(self, entry: _Entry, end: int) -> Iterator[tuple[int, str]]:
        """All comments from a key to the end of its value's last line, and where: they stand between the texts."""
        here = int(entry.key.end_mark.index)
        for leaf in _leaves(entry.value):
            yield from self._comments_between(here, int(leaf.start_mark.index))
            here = int(leaf.end_mark.index)
            if leaf.style in {"|", ">"}:
                yield from self._comments_between(leaf.start_mark.index, self._line_end(leaf.start_mark.index))
        yield from self._comments_between(here, end)

    def _comments_between(self, start: int, end: int) -> Iterator[tuple[int, str]]:
        return ((start + found.start(), found[0]) for found in _COMMENT.finditer(self._text[start : max(start, end)]))

    def _inserted(self, parent: yaml.MappingNode, keys: Keys, depth: int, *, value: Value, comment: str) -> str:
        margin, key = int(parent.start_mark.column), keys[depth]
        for each in reversed(keys[depth + 1 :]):
            value = {each: value}
        lines = yaml_lines(key, value, margin)
        place = self._place_for(parent, keys[: depth + 1])
        if comment:
            lines = [f"{' ' * margin}# {each}" for each in comment.splitlines()] + lines
        before, after = self._text[:place], self._text[place:]
        if before and not before.endswith("\n"):
            before += "\n"
        is_wide = depth == 0 and (comment or len(lines) > 1)
        gap = "\n" if is_wide and before and not before.endswith("\n\n") else ""
        gap_after = "\n" if is_wide and len(lines) > 1 and after and not after.startswith("\n") else ""
        return before + gap + "".join(f"{line}\n" for line in lines) + gap_after + after

    def _place_for(self, parent: yaml.MappingNode, keys: Keys) -> int:
        """Where a new entry begins: behind the last one that comes before it, in the order of the file."""
        rank = {each: number for number, each in enumerate(self._order)}
        mine = rank.get(keys, len(rank))
        entries = _entries(parent)
        before = [each for each in entries if rank.get((*keys[:-1], each.key.value), len(rank)) <= mine]
        if before:
            return self._line_end(max(self._end(each.value, each.key) for each in before))
        return self._start(entries[0])

    def _without_brackets(self, keys: Keys, wanted: Mapping[str, Value], left: str = "") -> YamlText:
        """The text with the outermost brackets that hold an edited value written anew, with what was `left` out."""
        comments = "".join(_as_comment(line) for line in left.splitlines(keepends=True))
        if not keys:
            found = "".join(f"{each.lstrip()}\n" for each in _COMMENT.findall(self._text))
            return self._checked(found + comments + yaml_text(wanted), wanted)
        parent, depth = self._deepest(keys)
        entry = _entry(parent, keys[-1]) if parent and depth + 1 == len(keys) else None
        value = _get(wanted, keys)
        assert entry  # its brackets stand there
        assert value is not None
        text = self._replaced(entry, keys[-1], value)
        start = self._start(entry)
        return self._checked(text[:start] + comments + text[start:], wanted)

    def _checked(self, text: str, wanted: Mapping[str, Value]) -> YamlText:
        made = YamlText(text.replace("\n", self._breaks), self._name, self._order)
        if made.source.data != wanted:
            problem = self.source.problem((), _("cannot be changed here without harm; change it in an editor"))
            raise InvalidFile([problem])
        return made

    def _start(self, entry: _Entry) -> int:
        """Where the lines of an entry begin, `? ` before its key included; nothing else may stand there."""
        start = self._line_of(entry.start)
        if self._text[start : entry.start].strip() not in {"", "?"}:
            line, column = entry.key.start_mark.line + 1, entry.key.start_mark.column + 1
            message = _("this entry shares a line with what it is part of; write it as `name: value` on its own line")
            raise InvalidFile([Problem(self._name, line, column, field="", message=message)])
        return start

    def _end(self, value: yaml.Node, key: yaml.Node) -> int:
        """Where what a value shows ends: the marks of blocks are those of what comes next."""
        if isinstance(value, yaml.CollectionNode) and not value.flow_style:
            key, value = value.value[-1] if isinstance(value, yaml.MappingNode) else (key, value.value[-1])
            return self._end(value, key)
        end = int(value.end_mark.index)
        if isinstance(value, yaml.ScalarNode) and not value.value and not value.style:
            colon = _TO_COLON.match(self._text, key.end_mark.index)
            return colon.end() if colon else int(key.end_mark.index)
        return len(self._text[:end].rstrip()) if getattr(value, "style", None) in {"|", ">"} else end

    def _line_of(self, index: int) -> int:
        return self._text.rfind("\n", 0, index) + 1

    def _line_end(self, index: int) -> int:
        found = self._text.find("\n", index)
        return len(self._text) if found < 0 else found + 1


def _read(text: str, name: str) -> Source:
    if any(line.strip() and not line.lstrip().startswith("#") for line in text.splitlines()):
        return parse_source(text.encode(errors="surrogatepass"), name)
    return Source(name, {}, {(): (1, 1)})


def _entry(mapping: yaml.MappingNode | None, key: str) -> _Entry | None:
    return next((each for each in _entries(mapping) if each.key.value == key), None)


def _entries(mapping: yaml.MappingNode | None) -> list[_Entry]:
    if mapping is None:
        return []
    return [_Entry(key, value, int(mapping.start_mark.column)) for key, value in mapping.value]


def _leaves(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.ScalarNode):
        yield node
        return
    for part in node.value:
        for each in part if isinstance(part, tuple) else (part,):
            yield from _leaves(each)


def _composed(value: Value) -> Value:
    match value:
        case str():
            return unicodedata.normalize("NFC", value)
        case list():
            return [_composed(each) for each in value]
    return {key: _composed(each) for key, each in value.items()}


def _get(data: Mapping[str, Value], keys: Keys) -> Value | None:
    here: Any = data
    for key in keys:
        here = here.get(key) if isinstance(here, Mapping) else None
    found: Value | None = here
    return found


def _with(data: Mapping[str, Value], keys: Keys, value: Value) -> dict[str, Value]:
    made: dict[str, Any] = deepcopy(dict(data))
    here = made
    for key in keys[:-1]:
        inner = here.get(key)
        here[key] = here = inner if isinstance(inner, dict) else {}
    here[keys[-1]] = value
    return made


def _drop(data: Mapping[str, Value], keys: Keys) -> dict[str, Value]:
    made: dict[str, Any] = deepcopy(dict(data))
    here = _get(made, keys[:-1]) if keys[:-1] else made
    if isinstance(here, dict):
        here.pop(keys[-1], None)
    return made


def _as_comment(line: str) -> str:
    body = line.lstrip(" ")
    return f"{line[: len(line) - len(body)]}# {body}" if body.strip() and not body.startswith("#") else line
