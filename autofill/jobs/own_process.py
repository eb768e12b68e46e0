"""A process of our own program that outlives whoever started it: in a session of its own, told by a log it holds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from autofill.jobs.locked_log import locked_log
from autofill.language import spoken

PROGRAM: Final = (sys.executable, "-m", "autofill")


@dataclass(frozen=True, slots=True)
class OwnProgram:
    """How our program is started: its words, where it keeps recordings, and the ledger, if one was named."""

    recordings: Path
    ledger: str | None = None
    words: tuple[str, ...] = PROGRAM

    def start(
        self, arguments: Sequence[str], log: Path, requested: Mapping[str, object], *, hears: bool = False
    ) -> subprocess.Popen[bytes]:
        """Start it, so that neither Ctrl-C nor the end of this process ends it.

        Args:
            arguments: Its arguments.
            log: A file that it holds the lock of while it lives; all that it says goes there.
            requested: The first line of that file: what was asked for.
            hears: Whether its stdin is a pipe, for answers; it hears when nobody is there any more.

        Raises:
            OSError: The log cannot be written, or the program not be started.
        """
        environment = {**os.environ, "AUTOFILL_RECORDINGS": str(self.recordings), "AUTOFILL_LANG": spoken()}
        if self.ledger:  # a command line, which everybody can read, is no place for its password
            environment["AUTOFILL_LEDGER"] = self.ledger
        about = {"schema": "autofill.event/1", "event": "requested", "at": datetime.now(UTC).isoformat()}
        with locked_log(log) as kept, log.open("ab") as told:
            os.write(kept, (json.dumps({**about, **requested}) + "\n").encode())
            return subprocess.Popen(  # noqa: S603 - our own program
                [*self.words, *arguments],
                stdin=subprocess.PIPE if hears else subprocess.DEVNULL,
                stdout=kept,
                stderr=told,  # opened for itself: a browser that outlives the program does not hold the lock
                env=environment,
                start_new_session=True,
            )


def lines_of(log: Path) -> list[str] | None:
    """The whole lines that a program wrote so far; None if there is no such log."""
    try:
        return log.read_text(encoding="utf-8", errors="replace").split("\n")[:-1]
    except OSError:
        return None
