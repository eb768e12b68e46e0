"""Runs in processes of their own: started, followed by what they write, answered; they go on without whoever did so.

What a run writes is a file among the recordings, `.runs/NAME.jsonl`, which it holds the lock of for as long as it
lives. Its stdin is a pipe: where the starter dies, the run hears that nobody is there.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from autofill.errors import CannotRecord
from autofill.evidence.keeping.folder import RUN_ID, new_run_id, profile_named
from autofill.jobs.locked_log import is_locked
from autofill.jobs.own_process import PROGRAM, OwnProgram, lines_of
from autofill.jobs.run_progress import RunProgress, progress_of
from autofill.language import _

# The logs of so many runs are kept; their recordings stay.
_KEPT = 500


@dataclass(frozen=True, slots=True)
class RunRequest:
    """What to run: on the practice site unless it is `live`; `window` shows the browser, where a person can help."""

    profile: Path
    live: bool = False
    window: bool = False


@dataclass(slots=True)
class BackgroundRuns:
    """The runs whose logs are among these recordings; `ledger` is one that was named. `program` is ours."""

    recordings: Path
    ledger: str | None = None
    program: tuple[str, ...] = PROGRAM
    _started: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def own_program(self) -> OwnProgram:
        """How it is started."""
        return OwnProgram(self.recordings, self.ledger, self.program)

    def start(self, request: RunRequest) -> str:
        """Start one in a session of its own, so that neither Ctrl-C nor the end of this process ends it; its name.

        Raises:
            CannotRecord: There is no place for what it writes.
        """
        name = new_run_id(datetime.now(UTC), "")
        options = [*(["--live"] if request.live else []), "--headed" if request.window else "--headless"]
        words = ["run", "--events", *options, "--", str(request.profile)]
        about = {"profile": str(request.profile), "target": "live" if request.live else "replica"}
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._let_go_of_old()
            process = self._started[name] = self.own_program.start(words, self._log(name), about, hears=True)
        except OSError as error:
            refused = _("The run cannot be started: {reason}. Nothing was sent.")
            raise CannotRecord(refused.format(reason=error.strerror)) from None
        with suppress(OSError):  # a run that nobody can stop from here is a run all the same
            self._process(name).write_text(str(process.pid), encoding="ascii")
        return name

    def lines(self, name: str) -> list[str] | None:
        """What a run wrote so far; none if there is none of this name."""
        return lines_of(self._log(name)) if RUN_ID.fullmatch(name) else None

    def progress(self, name: str) -> RunProgress | None:
        """Where a run is; none if there is none of this name."""
        lines = self.lines(name)
        return None if lines is None else progress_of(lines)

    def is_alive(self, name: str) -> bool:
        """Whether the run still goes on, whoever started it."""
        ours = self._started.get(name)
        if ours is None:
            return is_locked(self._log(name))
        if ours.poll() is not None and ours.stdin is not None:
            ours.stdin.close()
        return ours.returncode is None

    def can_be_told(self, name: str) -> bool:
        """Whether it would hear an answer: it was started from here, and goes on."""
        return name in self._started and self.is_alive(name)

    def answer(self, name: str, question: int, text: str) -> None:
        """Answer a question; nothing happens if it is not asked, or not any more."""
        if self.can_be_told(name):
            line = json.dumps({"question": question, "text": text}) + "\n"
            with suppress(OSError):
                os.write(_stdin(self._started[name]), line.encode())

    def stop(self, name: str) -> None:
        """Do to a run what Ctrl-C does, once: a second one would not let it settle what it has begun.

        After the submit click, when nothing is left to be stopped, nothing happens.
        """
        if self.can_be_stopped(name):
            with suppress(OSError, ValueError):
                pid = int(self._process(name).read_text(encoding="ascii"))
                self._process(name).rename(self._stopped(name))  # of two at once only one can
                os.kill(pid, signal.SIGINT)

    def can_be_stopped(self, name: str) -> bool:
        """Whether nothing can have been sent yet, and nobody has stopped it; whoever started it."""
        progress = self.progress(name)
        is_begun = progress is not None and not progress.is_over and not progress.may_have_sent
        return is_begun and self._process(name).exists() and self.is_alive(name)

    def is_stopped(self, name: str) -> bool:
        """Whether somebody told it to stop."""
        return bool(RUN_ID.fullmatch(name)) and self._stopped(name).exists()

    def alive(self) -> list[str]:
        """Those that go on, the newest first."""
        return [name for name in self.names() if self.is_alive(name)]

    def going_on(self, request: RunRequest) -> Iterator[str]:
        """Those of the same profile at the same form that go on."""
        for name in self.alive():
            progress = self.progress(name)
            if not progress or progress.is_over or (progress.target == "live") is not request.live:
                continue
            if profile_named(self.recordings, progress.profile) == request.profile.absolute():
                yield name

    def names(self) -> list[str]:
        """All of them, the newest first."""
        return sorted((file.stem for file in self._folder.glob("*.jsonl")), reverse=True)

    @property
    def _folder(self) -> Path:
        return self.recordings / ".runs"

    def _log(self, name: str) -> Path:
        return self._folder / f"{name}.jsonl"

    def _process(self, name: str) -> Path:
        """Where its process's number is kept until it is told to stop."""
        return self._folder / f"{name}.pid"

    def _stopped(self, name: str) -> Path:
        return self._folder / f"{name}.stopped"

    def _let_go_of_old(self) -> None:
        for name in self.names()[_KEPT:]:
            if not self.is_alive(name):
                for file in (self._log(name), self._process(name), self._stopped(name)):
                    file.unlink(missing_ok=True)


def _stdin(process: subprocess.Popen[bytes]) -> int:
    assert process.stdin is not None
    return process.stdin.fileno()
