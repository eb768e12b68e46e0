"""Journal: one JSON line for each thing that happened, chained to the line before by its hash.

Writing only appends. A line is on disk before `write` returns, so a crash leaves a prefix that can still be checked;
reading gives no line whose place in the chain is not proven.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeAlias

from autofill.errors import CannotRecord, DiskTrouble
from autofill.evidence.keeping.bag import LARGEST_TEXT, opened
from autofill.language import _

Fact: TypeAlias = str | int | float | bool | list[str] | None
JOURNAL = "data/journal.jsonl"
_START = "0" * 64
# Bytes of a line; ours have hundreds.
_LONGEST = 1024**2


class Journal:
    """An open journal file.

    Every line holds `v` (format), `seq` (from 1), `prev` (SHA-256 of the line before with its line feed, zeros in the
    first), `t_wall` (UTC), `t_mono_ns` (monotonic, for order and durations), `kind`, and the facts of that kind.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
        except OSError as error:
            raise CannotRecord(
                _("The journal cannot be created: {reason}. Nothing was sent.").format(reason=error.strerror)
            ) from None
        self._previous = _START
        self._sequence = 0
        self._size = 0

    def write(self, kind: str, **facts: Fact) -> None:
        """Append one line and see it on disk.

        Raises:
            DiskTrouble: it could not be written.
        """
        head = {"v": 1, "seq": self._sequence + 1, "prev": self._previous, "t_wall": datetime.now(UTC).isoformat()}
        record = {**head, "t_mono_ns": time.monotonic_ns(), "kind": kind, **facts}
        line = json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        try:
            _write_all(self._handle, line)
            os.fsync(self._handle)
        except OSError as error:
            # Half a line would break the chain for every line after it.
            os.ftruncate(self._handle, self._size)
            raise DiskTrouble(
                _("The journal could not be written: {reason}.").format(reason=error.strerror),
                hint=_("Free some space."),
            ) from None
        self._previous = hashlib.sha256(line).hexdigest()
        self._sequence += 1
        self._size += len(line)

    def close(self) -> None:
        """Close the file; it is never opened again."""
        os.close(self._handle)


def _write_all(handle: int, data: bytes) -> None:
    """Write everything: a disk that fills up takes the first part without an error."""
    while data:
        data = data[os.write(handle, data) :]


@dataclass(frozen=True, slots=True)
class Record:
    """One line of a journal whose place in the chain is proven; `facts` is all that it says."""

    kind: str
    at: datetime
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Chain:
    """A journal as read: its proven records, the hash of the last, and what is wrong with the line after them.

    `unfinished` says that the journal ends in half a line, as a crash leaves it; that alone breaks nothing.
    """

    records: tuple[Record, ...]
    head: str
    broken: str | None = None
    unfinished: bool = False

    def last(self, kind: str) -> Record | None:
        """The latest record of a kind."""
        return next((record for record in reversed(self.records) if record.kind == kind), None)


def read_chain(recording: Path) -> Chain:
    """Read a recording's journal as far as every line follows the one before.

    Raises:
        Damage: there is none, or it cannot be read.
    """
    records: list[Record] = []
    head = _START
    with opened(recording, JOURNAL) as file:
        for line in iter(lambda: file.readline(_LONGEST), b""):
            if file.tell() > LARGEST_TEXT:
                return Chain(tuple(records), head, _("is too large for a journal"))
            if not line.endswith(b"\n"):
                return Chain(tuple(records), head, unfinished=True)
            try:
                record = _record(line, len(records) + 1, head)
            except (ValueError, KeyError, TypeError, RecursionError):
                return Chain(tuple(records), head, _("is not a record of a journal"))
            if record is None:
                return Chain(tuple(records), head, _("does not follow the line before"))
            records.append(record)
            head = hashlib.sha256(line).hexdigest()
    return Chain(tuple(records), head)


def _record(line: bytes, sequence: int, previous: str) -> Record | None:
    facts = json.loads(line)
    record = Record(facts["kind"], datetime.fromisoformat(facts["t_wall"]), facts)
    place = facts["v"], facts["seq"], facts["prev"]
    return record if place == (1, sequence, previous) and record.at.tzinfo is not None else None
