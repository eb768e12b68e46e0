"""How a batch stands, for whoever looks: `progress.jsonl` beside its results while it runs, `results.json` afterwards.

A batch that was killed has left its progress. Nothing here holds a value that a person typed.
"""

from __future__ import annotations

import json
import os
import signal
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter

from autofill.evidence.keeping.summary import Target
from autofill.jobs.batch_outcome import DONE, RowOutcome, State
from autofill.jobs.locked_log import is_locked, locked_log

PROGRESS: Final = "progress.jsonl"
RESULTS: Final = "results.json"
_PAUSED: Final = "paused"
NEEDS_PERSON: Final[frozenset[State]] = frozenset({"unknown", "parked", "refused", "invalid"})
_OUTCOME: Final = TypeAdapter(RowOutcome)
_OUTCOMES: Final = TypeAdapter(tuple[RowOutcome, ...])
OPEN: Final[frozenset[State]] = frozenset({"not begun", "waiting"})
# What reading a file raises that is not, or no longer, as it was written.
_UNREADABLE: Final = (OSError, ValueError, LookupError, TypeError, RecursionError)
# Rows that took no time.
_AT_ONCE: Final[frozenset[State]] = frozenset({"sent before", "invalid"})


@dataclass(frozen=True, slots=True)
class BatchStatus:
    """One batch: `rows` is how many it has, `outcomes` those that ended; `minutes` is how long it has run for them."""

    folder: str
    name: str
    target: Target
    rows: int
    outcomes: tuple[RowOutcome, ...]
    is_running: bool = False
    minutes: float = 0

    @property
    def title(self) -> str:
        """What it is called, without where its table is."""
        return Path(self.name).name

    @property
    def tally(self) -> Mapping[State, int]:
        """How many rows came to each state."""
        return Counter(each.state for each in self.outcomes)

    @property
    def done(self) -> int:
        """For how many rows nothing is left to do."""
        return sum(each.state in DONE for each in self.outcomes)

    @property
    def needing(self) -> int:
        """How many rows need a person."""
        return sum(each.state in NEEDS_PERSON for each in self.outcomes)

    @property
    def left(self) -> int:
        """How many rows have not ended."""
        return max(0, self.rows - sum(each.state not in OPEN for each in self.outcomes))

    @property
    def unlisted(self) -> int:
        """Of how many rows nothing is known yet."""
        return max(0, self.rows - len(self.outcomes))

    @property
    def a_minute(self) -> float:
        """How many rows end in a minute; 0 if nobody can say yet."""
        ran = sum(each.state not in _AT_ONCE for each in self.outcomes)
        return ran / self.minutes if self.is_running and self.minutes > 0 else 0


@contextmanager
def progress_of_batch(folder: Path, name: str, target: Target, rows: int) -> Iterator[Callable[[RowOutcome], None]]:
    """Keep the progress of a batch; what is yielded takes each outcome. That it cannot be kept stops no batch."""
    with ExitStack() as kept:
        log = None
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            log = kept.enter_context(locked_log(folder / PROGRESS))

        def write(schema: str, facts: Mapping[str, object]) -> None:
            if log is not None:
                with suppress(OSError):
                    line = {"schema": schema, "at": datetime.now(UTC).isoformat(), **facts}
                    os.write(log, (json.dumps(line) + "\n").encode())

        about = {"name": name, "target": target, "rows": rows, "pid": os.getpid()}
        write("autofill.batch-progress/1", about)
        yield lambda outcome: write("autofill.batch-outcome/1", asdict(outcome))


def pause_batch(folder: Path) -> None:
    """Do to a batch that runs what Ctrl-C does, once: a second one would not let it settle what it has begun."""
    if not is_locked(folder / PROGRESS) or is_pausing(folder):
        return
    with suppress(*_UNREADABLE):
        pid = _pid(folder)
        (folder / _PAUSED).write_text(str(pid), encoding="ascii")
        os.kill(pid, signal.SIGINT)


def is_pausing(folder: Path) -> bool:
    """Whether the process that runs a batch, or ran it last, was told to pause."""
    with suppress(*_UNREADABLE):
        return int((folder / _PAUSED).read_text(encoding="ascii")) == _pid(folder)
    return False


def batch_statuses(batches: Path) -> list[BatchStatus]:
    """All batches whose results are in a folder, the newest first; what cannot be read is left out."""
    try:
        folders = sorted((each for each in batches.iterdir() if each.is_dir()), key=_changed, reverse=True)
    except OSError:
        return []
    return [status for folder in folders if (status := batch_status(folder))]


def batch_status(folder: Path) -> BatchStatus | None:
    """How one batch stands; None if there is none, or it cannot be read."""
    running = is_locked(folder / PROGRESS)
    read = [_from_progress, _from_results]
    if not running and _age(folder / RESULTS) >= _age(folder / PROGRESS):
        read.reverse()
    for each in read:
        with suppress(*_UNREADABLE):
            return each(folder, running)
    return None


def _from_progress(folder: Path, running: bool) -> BatchStatus:
    lines = (folder / PROGRESS).read_text(encoding="utf-8").split("\n")[:-1]
    head, *ended = map(json.loads, lines)
    outcomes: dict[str, RowOutcome] = {}
    for each in ended:
        outcome = _OUTCOME.validate_python({name: each[name] for name in each.keys() - {"schema", "at"}})
        outcomes[outcome.row] = outcome
    began, now = datetime.fromisoformat(head["at"]), datetime.now(UTC)
    return BatchStatus(
        folder.name,
        head["name"],
        head["target"],
        head["rows"],
        outcomes=tuple(outcomes.values()),
        is_running=running,
        minutes=(now - began).total_seconds() / 60,
    )


def _from_results(folder: Path, running: bool) -> BatchStatus:
    content = json.loads((folder / RESULTS).read_text(encoding="utf-8"))
    rows = _OUTCOMES.validate_python(content["rows"])
    return BatchStatus(folder.name, content["name"], content["target"], len(rows), outcomes=rows, is_running=running)


def _pid(folder: Path) -> int:
    with (folder / PROGRESS).open(encoding="utf-8") as log:
        return int(json.loads(log.readline())["pid"])


def _age(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except OSError:
        return 0


def _changed(folder: Path) -> float:
    return max(_age(folder / RESULTS), _age(folder / PROGRESS))
