"""Strict YAML: parser events become plain values; every scalar is text, every key keeps its place.

No files and no models; what may stand in a profile or a form map is the same and is decided here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NoReturn, TypeAlias

import yaml

from autofill.errors import Problem
from autofill.language import _
from autofill.sources.yaml_mistakes import NO_LINES, NOT_YAML, Place, find_mistake, missing_colon

MAX_DEPTH = 8
MAX_EVENTS = 4_000

Trail: TypeAlias = tuple[str | int, ...]
"""The way to a value: keys and list positions (from 0), such as `("contact", "email")`."""

Value: TypeAlias = "str | list[Value] | dict[str, Value]"

# Events, not nodes: libyaml composes nodes by recursion and takes the interpreter down with it on deep nesting.
_LOADER: type[yaml.CSafeLoader | yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""All that YAML calls unprintable, and the line breaks that editors do not show as such."""

_COMMENT = re.compile(r"([ \t]+)#(.*)")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_-]{1,40}")


@dataclass(slots=True)
class _Open:
    """A mapping or list whose end has not been read yet."""

    trail: Trail
    into: dict[str, Value] | list[Value]
    key: str | None = None


class _Stop(Exception):
    """Reading on would only find consequences of the last problem."""


class Reader:
    """Builds plain values from parser events; keeps reading after a problem where that makes sense."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.data: dict[str, Value] = {}
        self.positions: dict[Trail, Place] = {(): (1, 1)}
        self.normalised: list[Trail] = []
        self.cut: list[Trail] = []
        self.problems: list[Problem] = []
        self._open: list[_Open] = []
        self._documents = 0
        self._text = ""

    def read(self, content: bytes) -> None:
        """Fill `data`, `positions`, `normalised` and `cut`, or else `problems`; never raises over what it reads."""
        try:
            self._text = self._decoded(content)
            for count, event in enumerate(self._events(self._text)):
                if count > MAX_EVENTS:
                    self._stop(event, _("has more than {most:,} parts").format(most=MAX_EVENTS))
                self._take(event)
        except _Stop:
            return
        if not self.data and not self.problems:
            self._complain((1, 1), _("is empty"))

    def _decoded(self, content: bytes) -> str:
        sound = content
        try:
            content.decode()
        except UnicodeDecodeError as error:
            sound = content[: error.start]
        text = sound.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        if len(sound) < len(content):
            self._complain(_place(text), _("is not UTF-8 from here on; save the file as UTF-8"))
            raise _Stop
        for found in UNPRINTABLE.finditer(text):
            self._complain(
                _place(text[: found.start()]),
                _("invisible character U+{code:04X}; delete it").format(code=ord(found[0])),
            )
        if self.problems:
            raise _Stop
        return text

    def _events(self, text: str) -> Iterator[yaml.Event]:
        last: yaml.ScalarEvent | None = None
        try:
            for event in yaml.parse(text, Loader=_LOADER):
                last = event if isinstance(event, yaml.ScalarEvent) else last
                yield event
        except yaml.MarkedYAMLError as error:
            mistake = find_mistake(text, error, last, _LOADER)
            self._complain(mistake.place, mistake.message)
        except (yaml.YAMLError, ValueError, OverflowError):
            # The pure parser lets impossible escapes such as "\UFFFFFFFF" fail in chr().
            self._complain((1, 1), _(NOT_YAML))

    def _take(self, event: yaml.Event) -> None:
        match event:
            case yaml.DocumentStartEvent():
                self._documents += 1
                if self._documents > 1:
                    self._stop(event, _("a second document starts here; one file holds one"))
            case yaml.AliasEvent():
                self._complain(_mark(event), _("aliases (`*`) are not supported; write the value again"))
                self._add("", event)
            case yaml.ScalarEvent():
                self._check_node(event)
                self._take_scalar(event)
            case yaml.CollectionStartEvent():
                self._check_node(event)
                self._enter(event)
            case yaml.CollectionEndEvent():
                self._open.pop()
            case _:
                pass

    def _check_node(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor is not None:
            self._complain(_mark(event), _("anchors (`&`) are not supported; quote the text if it begins with `&`"))
        if event.tag is not None:
            self._complain(_mark(event), _("tags (`!`) are not supported; quote the text if it begins with `!`"))

    def _enter(self, event: yaml.CollectionStartEvent) -> None:
        into: dict[str, Value] | list[Value] = {} if isinstance(event, yaml.MappingStartEvent) else []
        if not self._open:
            if isinstance(into, list):
                self._stop(event, _(NO_LINES))
            self.data = into
            self.positions[()] = _mark(event)
            self._open.append(_Open((), into))
            return
        if len(self._open) == MAX_DEPTH:
            self._stop(event, _("is nested more than {most} levels deep").format(most=MAX_DEPTH))
        self._open.append(_Open(self._add(into, event), into))

    def _take_scalar(self, event: yaml.ScalarEvent) -> None:
        if not self._open:
            lines = missing_colon(event.value, _LOADER) or NO_LINES
            self._stop(event, _(lines) if event.value else _("is empty"))
        here = self._open[-1]
        text = unicodedata.normalize("NFC", event.value)
        if found := UNPRINTABLE.search(text):
            self._complain(
                _mark(event),
                _("the text contains the invisible character U+{code:04X}; delete it").format(code=ord(found[0])),
            )
        if isinstance(here.into, dict) and here.key is None:
            self._take_key(here, event)
        elif text or event.style:
            trail = self._add(text, event)
            if text != event.value:
                self.normalised.append(trail)
            if self._is_cut(event):
                self.cut.append(trail)
        elif isinstance(here.into, list):
            self._complain(_mark(event), _("an empty item; delete the dash"))
        else:
            assert here.key is not None  # looked up above
            if self._is_cut(event):
                self.cut.append((*here.trail, here.key))
            here.key = None

    def _is_cut(self, event: yaml.ScalarEvent) -> bool:
        """Whether what stands behind a value and may belong to it is a comment for YAML.

        What has two spaces before its `#`, one behind it and words is meant as one; behind a key alone nothing is.
        """
        assert event.end_mark
        found = None if event.style in {"|", ">"} else _COMMENT.match(self._text, event.end_mark.index)
        if found is None:
            return False
        gap, comment = found.groups()
        is_meant = len(gap) > 1 and comment.startswith((" ", "\t")) and re.search(r"[^\W\d_]{2}", comment)
        return not (is_meant and event.value)

    def _take_key(self, here: _Open, event: yaml.ScalarEvent) -> None:
        here.key = event.value
        trail = (*here.trail, here.key)
        if trail in self.positions:
            line = self.positions[trail][0]
            self._complain(_mark(event), _("the same key is on line {line}; keep one").format(line=line), trail)
        elif here.key == "<<":
            self._complain(_mark(event), _("merge keys (`<<`) are not supported; write the values out"))
        elif not event.style and here.key != here.key.strip():
            code = ord(here.key[0] if here.key[0].isspace() else here.key[-1])
            self._complain(_mark(event), _("YAML does not take U+{code:04X} as a space; type spaces").format(code=code))
        self.positions.setdefault(trail, _mark(event))

    def _add(self, value: Value, event: yaml.Event) -> Trail:
        """Puts a value where it belongs and says where that was."""
        if not self._open:
            self._stop(event, _(NO_LINES))
        here = self._open[-1]
        if isinstance(here.into, list):
            trail: Trail = (*here.trail, len(here.into))
            here.into.append(value)
            self.positions[trail] = _mark(event)
            return trail
        if here.key is None:
            self._stop(event, _("a key must be a plain name"))
        trail = (*here.trail, here.key)
        here.into[here.key] = value
        here.key = None
        return trail

    def _complain(self, place: Place, message: str, trail: Trail = ()) -> None:
        self.problems.append(Problem(self.name, *place, shown(trail), message))

    def _stop(self, event: yaml.Event, message: str) -> NoReturn:
        self._complain(_mark(event), message)
        raise _Stop


def composed(text: str) -> yaml.MappingNode | None:
    """The nodes of a text that was read without a problem: neither deep nor with aliases that could do harm."""
    root = yaml.compose(text, Loader=_LOADER)
    return root if isinstance(root, yaml.MappingNode) else None


def shown(trail: Trail) -> str:
    """The trail as people read it, `contact.email`.

    A stray key may be a sentence of the message: only what looks like a name is repeated.
    """
    return ".".join(str(part) if _PLAIN_NAME.fullmatch(str(part)) else "?" for part in trail)


def _mark(event: yaml.Event) -> Place:
    assert event.start_mark
    return event.start_mark.line + 1, event.start_mark.column + 1


def _place(before: str) -> Place:
    return before.count("\n") + 1, len(before) - before.rfind("\n")
