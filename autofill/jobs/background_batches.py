"""Batches in processes of their own: started, paused and resumed; they go on without whoever did so.

What was asked for is the first line of `command.jsonl` beside a batch's results, which its process holds the lock of
for as long as it lives. So the same command is known, and can be started again.
"""

from __future__ import annotations

import json
import shlex
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Final

from autofill.errors import CannotRecord, Misconfigured
from autofill.jobs.batch_progress import BatchStatus, batch_status, batch_statuses, is_pausing, pause_batch
from autofill.jobs.locked_log import is_locked
from autofill.jobs.own_process import OwnProgram, lines_of
from autofill.language import _
from autofill.visible import without_password

_COMMAND: Final = "command.jsonl"


class AlreadyRunning(Misconfigured):
    """The batch of this `name` runs already, so it is not started a second time."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(_("This batch is running already."))


@dataclass(frozen=True, slots=True)
class BatchRequest:
    """What to run: the rows of a table with a template, or a folder of profiles.

    Practice unless it is `live`; `origin` is then that of the real form, as the person typed it.
    """

    source: str
    template: str | None = None
    live: bool = False
    origin: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """The command, as a person would type it, without the name of the program."""
        template = ("--template", self.template) if self.template else ()
        return ("batch", self.source, *template, "--skip-invalid", *(("--live",) if self.live else ()))


@dataclass(frozen=True, slots=True)
class BatchNow:
    """A batch as it stands, and what was asked for, if it was started from an app; `told` is what it said to people.

    `by_hand` is the command that goes on with it, at a terminal in whatever folder and in a window.
    """

    status: BatchStatus
    request: BatchRequest | None = None
    is_pausing: bool = False
    told: tuple[str, ...] = ()
    by_hand: str = ""


@dataclass(frozen=True, slots=True)
class BackgroundBatches:
    """The batches whose results are among the recordings."""

    program: OwnProgram

    @property
    def folder(self) -> Path:
        """Where they are, a folder each."""
        return self.program.recordings / "batches"

    def start(self, request: BatchRequest, address: str = "") -> str:
        """Start one, or go on with one; `address` is what a person typed to confirm a real form. Its name.

        Raises:
            CannotRecord: There is no place for what it writes.
            AlreadyRunning: It runs.
            Misconfigured: The address is another one.
        """
        if request.live and (not request.origin or address.strip() != request.origin):
            raise Misconfigured(_("That is another address. Nothing was sent."))
        name = self._name_for(request)
        folder = self.folder / name
        if (known := self.now(name)) and known.status.is_running:
            raise AlreadyRunning(name)
        confirmed = ["--confirm-live", request.origin] if request.live else []
        words = [*request.words[:1], "--json", "--results", str(folder), *confirmed, *request.words[2:], "--"]
        try:
            folder.mkdir(parents=True, exist_ok=True)
            process = self.program.start([*words, request.source], folder / _COMMAND, asdict(request))
        except OSError as error:
            refused = _("The batch cannot be started: {reason}. Nothing was sent.")
            raise CannotRecord(refused.format(reason=error.strerror)) from None
        threading.Thread(target=process.wait, daemon=True).start()  # it leaves nothing behind when it has ended
        return name

    def pause(self, name: str) -> None:
        """End it in order, as Ctrl-C does: what was sent is settled, no other row begins."""
        pause_batch(self.folder / name)

    def now(self, name: str) -> BatchNow | None:
        """How a batch stands; None if there is none of this name."""
        folder = self.folder / name
        lives = is_locked(folder / _COMMAND)  # before its results are read: it writes them last
        status, lines = batch_status(folder), lines_of(folder / _COMMAND) or []
        request = _requested(lines[0]) if lines else None
        if status is None and request is not None:
            status = BatchStatus(name, request.source, "live" if request.live else "replica", rows=0, outcomes=())
        if status is None:
            return None
        return BatchNow(
            replace(status, is_running=status.is_running or lives),
            request,
            is_pausing=is_pausing(folder),
            told=tuple(line for line in lines if not line.startswith("{")),
            by_hand=self._by_hand(folder, request) if request else "",
        )

    def every(self) -> list[BatchNow]:
        """All of them, the newest first; what cannot be read is left out."""
        names = {each.folder: None for each in batch_statuses(self.folder)}
        with suppress(OSError):
            names |= {log.parent.name: None for log in self.folder.glob(f"*/{_COMMAND}")}
        return [now for name in names if (now := self.now(name))]

    def _name_for(self, request: BatchRequest) -> str:
        """The folder's name for a source: that of its own earlier results, or one that is free."""
        stem = Path(request.source).stem or "batch"
        for name in _numbered(stem):
            known = self.now(name)
            if known is None or _is_same(known, request):
                return name
        raise AssertionError

    def _by_hand(self, results: Path, request: BatchRequest) -> str:
        places = ("--results", str(results.absolute()), "--recordings", str(self.program.recordings.absolute()))
        # With another ledger it would not know what was sent; its password is not shown.
        ledger = ("--ledger", without_password(self.program.ledger)) if self.program.ledger else ()
        return "autofill " + shlex.join((*request.words, *places, *ledger, "--headed"))


def _numbered(stem: str) -> Iterator[str]:
    yield stem
    number = 2
    while True:
        yield f"{stem}-{number}"
        number += 1


def _is_same(known: BatchNow, request: BatchRequest) -> bool:
    """Whether an earlier batch sends the same inquiries to the same place."""
    template = known.request.template if known.request else request.template
    asked = (known.status.name, known.status.target == "live", template)
    return asked == (request.source, request.live, request.template)


def _requested(line: str) -> BatchRequest | None:
    with suppress(ValueError, LookupError, TypeError):
        asked = json.loads(line)
        return BatchRequest(**{each.name: asked[each.name] for each in fields(BatchRequest)})
    return None
