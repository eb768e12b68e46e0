"""A file as it was written: where it is read, and where each of its values stands.

No YAML rules (`strict_yaml` has them), no models; both rooms that read files come through here.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

from autofill.errors import FileMissing, InvalidFile, Problem
from autofill.language import _
from autofill.sources.strict_yaml import Reader, Trail, Value, shown
from autofill.sources.yaml_mistakes import Place

MAX_BYTES = 64 * 1024
# How the name of a file ends that a person writes.
YAML_ENDINGS: Final = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it was written, before anyone asks what it means.

    `positions` holds line and column, from 1, of each key (for a value in a mapping) or item (in a list);
    keys without a value are in it but not in `data`. `normalised` names the values that were not in Unicode
    normal form C and are now, `cut` those of which a `#` may have taken a part, or all, `unmarked` those that stood
    behind a spreadsheet's mark for text and do no longer.
    """

    name: str
    data: Mapping[str, Value] = field(repr=False)
    positions: Mapping[Trail, Place] = field(repr=False)
    normalised: tuple[Trail, ...] = ()
    cut: tuple[Trail, ...] = ()
    unmarked: tuple[Trail, ...] = ()

    def problem(self, trail: Trail, message: str, *, severity: Literal["error", "warning"] = "error") -> Problem:
        """A problem with the value at `trail`, at its place or, if it is not there, at its nearest parent's."""
        known = next(trail[:n] for n in range(len(trail), -1, -1) if trail[:n] in self.positions)
        return Problem(self.name, *self.positions[known], field=shown(trail), message=message, severity=severity)

    def inside(self, *keys: str) -> Iterator[Trail]:
        """The trails of what stands directly below these keys of the file, with a value or without."""
        return (trail for trail in self.positions if len(trail) == 2 and trail[0] in keys)

    def has(self, trail: Trail) -> bool:
        """Whether anything stands at `trail`."""
        return self._at(trail) is not None

    def text(self, trail: Trail) -> str | None:
        """The text at `trail`, or None if there is none."""
        found = self._at(trail)
        return found if isinstance(found, str) else None

    def _at(self, trail: Trail) -> Value | Mapping[str, Value] | None:
        here: Any = self.data
        try:
            for part in trail:
                here = None if isinstance(here, str) else here[part]
        except (LookupError, TypeError):  # nothing stands there, or nothing could
            return None
        found: Value | Mapping[str, Value] | None = here
        return found


def read_source(path: Path) -> Source:
    """Read one file.

    Raises:
        FileMissing: There is no such file, or it cannot be read.
        InvalidFile: It is no regular file, too large, or not strict YAML; carries every problem found.
    """
    return parse_source(read_file(path), str(path))


def read_file(path: Path, most: int = MAX_BYTES) -> bytes:
    """What is in one file; of one that has more than `most` bytes, a byte too much.

    Raises:
        FileMissing: There is no such file, or it cannot be read.
        InvalidFile: It is no regular file.
    """
    name = str(path)
    try:
        # Without O_NONBLOCK, opening a named pipe waits for a writer that may never come.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    except (OSError, ValueError):
        descriptor = None
    if descriptor is None:
        raise FileMissing(
            str(Problem.of_file(name, _("no such file, or it cannot be read"))),
            hint=_("Nothing was sent. Check the path; it starts in the folder you are in."),
        )
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise InvalidFile([Problem.of_file(name, _("is not a regular file"))])
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            return file.read(most + 1)
    finally:
        os.close(descriptor)


def parse_source(content: bytes, name: str) -> Source:
    """Read YAML that is already in memory; `name` stands for the file in messages.

    Raises:
        InvalidFile: Not strict YAML; carries every problem found.
    """
    if len(content) > MAX_BYTES:
        raise InvalidFile([Problem.of_file(name, _("is larger than {size} KiB").format(size=MAX_BYTES // 1024))])
    reader = Reader(name)
    reader.read(content)
    if reader.problems:
        raise InvalidFile(reader.problems)
    return Source(name, reader.data, reader.positions, normalised=tuple(reader.normalised), cut=tuple(reader.cut))
