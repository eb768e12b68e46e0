"""Log of a run: JSON lines in its recording, behind a redactor that also guards stderr.

A log is for who repairs the program; evidence is in the journal.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from loguru import logger

from autofill.errors import DiskTrouble
from autofill.language import _
from autofill.visible import visible

if TYPE_CHECKING:
    from loguru import Message, Record

# Shorter values are in every other word ("Jo", "5"); taking them out would leave nothing to read.
_SHORTEST = 3


class Redactor:
    """Redactor that takes every value a person typed out of every log line."""

    def __init__(self) -> None:
        self._values: set[str] = set()

    def learn(self, values: Iterable[str]) -> None:
        """Add values to take out, telephone numbers also without their punctuation."""
        for value in values:
            self._values |= {form for form in (value, re.sub(r"\D", "", value)) if len(form) >= _SHORTEST}

    def clean(self, text: str) -> str:
        """The text without the values, longest first, as one may be part of another."""
        for value in sorted(self._values, key=len, reverse=True):
            text = text.replace(value, "[redacted]")
        return text

    def __call__(self, record: Record) -> None:
        """Clean a record; loguru calls this before any sink."""
        record["message"] = visible(self.clean(record["message"]))


REDACTOR = Redactor()
LOG = logger.patch(REDACTOR)
"""The logger of everything here: no value a person typed comes through."""


def log_to_stderr() -> None:
    """Log to stderr as our own program does; one that only uses this package says itself what it does with its log.

    Warnings, unless loguru's own variable asks for more; no colours, and no values in tracebacks.
    """
    level = os.environ.get("LOGURU_LEVEL", "WARNING")
    logger.configure(
        patcher=REDACTOR, handlers=[{"sink": sys.stderr, "level": level, "colorize": False, "diagnose": False}]
    )


@contextmanager
def logged_to(file: Path, run_id: str) -> Iterator[None]:
    """Write what is logged about one run (bound as `run`) into a file, one JSON object a line.

    Raises:
        DiskTrouble: the file cannot be made.
    """
    try:
        handle = os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "w", encoding="utf-8")
    except OSError as error:
        raise DiskTrouble(
            _("The log could not be written: {reason}.").format(reason=error.strerror), hint=_("Free some space.")
        ) from None

    def write(message: Message) -> None:
        record = message.record
        line = {"time": record["time"].isoformat(), "level": record["level"].name, "message": record["message"]}
        try:
            handle.write(json.dumps(line, ensure_ascii=False) + "\n")
            handle.flush()
        except OSError:
            return  # a full disk is the journal's to complain about

    sink = logger.add(write, level="DEBUG", filter=lambda record: record["extra"].get("run") == run_id)
    try:
        yield
    finally:
        logger.remove(sink)
        with suppress(OSError):  # it tries once more to write what could not be written
            handle.close()
