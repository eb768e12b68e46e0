"""The journal: one JSON line for each thing that happened, each chained to the line before by its hash.

Only appends. A line is on disk before `write` returns, so a crash leaves a prefix that can still be checked.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

from autofill.errors import CannotRecord, DiskTrouble

Fact: TypeAlias = str | int | float | bool | list[str] | None
_START = "0" * 64


class Journal:
    """An open journal file.

    Every line holds `v` (format), `seq` (from 1), `prev` (SHA-256 of the line before with its line feed, zeros in the
    first), `t_wall` (UTC), `t_mono_ns` (monotonic, for order and durations), `kind`, and the facts of that kind.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
        except OSError as error:
            raise CannotRecord(f"The journal cannot be made: {error.strerror}. Nothing was sent.") from None
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
            raise DiskTrouble(f"The journal could not be written: {error.strerror}.", hint="Free some space.") from None
        self._previous = hashlib.sha256(line).hexdigest()
        self._sequence += 1
        self._size += len(line)

    def close(self) -> None:
        """Close the file; it is never opened again."""
        os.close(self._handle)


def _write_all(handle: int, data: bytes) -> None:
    """A disk that fills up takes the first part without an error, and refuses the rest."""
    while data:
        data = data[os.write(handle, data) :]
