"""The third part of `autofill batch`: every row is run, each outcome is shown as it comes, and all are written down."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from time import monotonic
from typing import NoReturn

from autofill import console
from autofill.answers.batches import BatchAnswer, BatchOutcomeAnswer
from autofill.cli.progress import Progress
from autofill.cli.terminal import Terminal
from autofill.errors import AutofillError, ExitCode, Stopped
from autofill.evidence.archiving.store import Store
from autofill.evidence.keeping.folder import make_home
from autofill.evidence.keeping.log import log_to_stderr
from autofill.evidence.keeping.summary import Target, worst
from autofill.jobs.batch import BatchRun
from autofill.jobs.batch_check import BatchCheck
from autofill.jobs.batch_outcome import RowOutcome
from autofill.jobs.batch_progress import RESULTS, progress_of_batch
from autofill.jobs.batch_results import WORDS, tally, write_results
from autofill.jobs.batch_rows import Batch, BatchRow
from autofill.jobs.enqueueing import Enqueueing
from autofill.jobs.queue import Queue
from autofill.jobs.result_files import must_be_writable
from autofill.jobs.session import run_batch
from autofill.jobs.signals import Signals
from autofill.jobs.supply import BatchSupply
from autofill.language import _, plural
from autofill.orders.desk import desk
from autofill.orders.options import RunOptions
from autofill.orders.setting import RunSetting, needed
from autofill.page.address import origin_of
from autofill.page.browser import LOOPBACK, BrowserSettings, is_root

_COLOURS = {"good": "green", "bad": "red", "doubt": "yellow", "still": "bold"}


@dataclass(slots=True)
class BatchExecution:
    """One `autofill batch`: the outcomes so far by row, and when it began (seconds)."""

    options: RunOptions
    batch: Batch
    checked: BatchCheck
    folder: Path
    outcomes: dict[str, RowOutcome] = field(default_factory=dict)
    _began: float = field(default_factory=monotonic)
    _ran: int = 0
    _progress: Progress = field(init=False)
    _terminal: Terminal = field(init=False)
    _keep: Callable[[RowOutcome], None] = field(default=lambda _outcome: None)

    def __post_init__(self) -> None:
        """Show progress to a person only; what is not valid was told, and has its outcome."""
        self._progress = Progress(wanted=not self.options.json)
        self._terminal = Terminal(self.options)
        for row, note in self.checked.wrong.items():
            self.outcomes[row] = RowOutcome(row=row, state="invalid", exit_code=ExitCode.INVALID_FILE, note=note)

    def _ready(self) -> Iterator[BatchRow]:
        return (row for row in self.batch.rows() if row.label not in self.checked.wrong)

    def carry_out(self, max_failures: int | None) -> int:
        """Run every row; the exit code of the worst one, 0 if nothing is left to do.

        Raises:
            CannotRecord: There is no place for recordings.
            DiskTrouble: The results cannot be written, or the ledger not be opened.
            Misconfigured: The ledger's address cannot be used.
        """
        options = self.options
        log_to_stderr()
        make_home(options.recordings)
        must_be_writable(self.folder / RESULTS)
        signals = Signals(lambda _stopped: os._exit(ExitCode.INTERRUPTED))
        failure: AutofillError | None = None
        with self._kept_progress(), desk(options, self._terminal, self._known_as) as place:
            setting = RunSetting(options, self._terminal, *place)
            with setting.open_ledger() as ledger:
                browser = BrowserSettings(options.browser, not options.headed, self._hosts(), sandbox=not is_root())
                work = BatchRun(
                    BatchSupply(replace(self.batch, rows=self._ready), setting.conditions(), ledger),
                    lambda _claim: browser,
                    at_once=options.at_once,
                    ended=self._ended,
                    max_failures=max_failures,
                )
                signals.leave = lambda stopped: self._leave(work, stopped)
                self._show_progress()
                try:
                    run_batch(work, signals)
                except AutofillError as error:
                    failure = error
        self._progress.stop()
        return self._finish(failure)

    def enqueue(self, store: str | None) -> int:
        """Leave every row to workers, and say how each stands; the exit code of the worst one that has ended.

        Raises:
            DiskTrouble, Misconfigured: Ledger or store cannot be used; what is in the queue by then stays there.
        """
        options = self.options
        shared = Store(needed(store))
        make_home(options.recordings)
        must_be_writable(self.folder / RESULTS)
        place = "" if options.live else origin_of(options.url) if options.url else f"replica {self._known_as}"
        setting = RunSetting(options, self._terminal, None if options.live else options.url or "", place)
        with setting.open_ledger() as ledger:
            Enqueueing(
                replace(self.batch, rows=self._ready),
                setting.conditions(),
                ledger=ledger,
                queue=Queue(ledger),
                store=shared,
                url=options.url,
                confirm_live=options.confirm_live,
                ended=self._ended,
            ).run()
        self._progress.stop()
        return self._finish(None)

    @contextmanager
    def _kept_progress(self) -> Iterator[None]:
        """Tell whoever looks how far it is."""
        rows = self.checked.rows
        with progress_of_batch(self.folder, self.batch.name, self._target, rows) as self._keep:
            for outcome in self.outcomes.values():
                self._keep(outcome)
            yield

    @property
    def _target(self) -> Target:
        return "live" if self.options.live else "replica"

    @property
    def _known_as(self) -> str:
        """A name of the batch that is the same next time."""
        return sha256(os.path.abspath(self.batch.name).encode(errors="replace")).hexdigest()[:16]  # noqa: PTH100

    def _hosts(self) -> tuple[str, ...]:
        """The only hosts that the browser will reach."""
        return tuple(sorted(self.checked.hosts)) if self.options.live else LOOPBACK

    def _ended(self, outcome: RowOutcome) -> None:
        """Keep and show what a row came to."""
        self.outcomes[outcome.row] = outcome
        self._keep(outcome)
        self._ran += outcome.state not in {"sent before", "invalid"}
        with suppress(OSError, ValueError):  # nobody reads it any more; the results are written all the same
            self._progress.stop()
            if self.options.json:
                console.say_json(BatchOutcomeAnswer(**asdict(outcome)))
            else:
                show_outcome(outcome)
            self._show_progress()

    def _show_progress(self) -> None:
        """How many rows are done, how fast, how long it takes, and what they came to."""
        ended, left = len(self.outcomes), self.checked.rows - len(self.outcomes)
        said = [_("{ended:,} of {rows:,}").format(ended=ended, rows=self.checked.rows)]
        if self._ran:
            a_minute = self._ran / max(0.1, monotonic() - self._began) * 60
            minutes = round(left / a_minute)
            said.append(_("{rate:.0f} a minute").format(rate=a_minute))
            said.append(plural("{minutes} minute left", "{minutes} minutes left", minutes).format(minutes=minutes))
        said += [words for _tone, words in tally(tuple(self.outcomes.values()))]
        self._progress.show(" · ".join(said))

    def _finish(self, failure: AutofillError | None) -> int:
        every = self._in_order()
        page = write_results(self.folder, self.batch.name, self._target, every, delimiter=self.batch.delimiter)
        # Rows that are not valid were told before, and left out on purpose.
        codes = [each.exit_code for each in every if each.state != "invalid"]
        code = worst([0, *codes, *([failure.exit_code] if failure else [])])
        with suppress(OSError, ValueError):
            if failure is not None:
                console.show_error(failure)
            if self.options.json:
                console.say_json(BatchAnswer(rows=len(every), results=str(self.folder), exit_code=code))
            else:
                for tone, words in tally(every):
                    console.say(console.Painted(words, _COLOURS[tone]))
                console.say(_("Results: {page}").format(page=page))
                if self._target == "replica":
                    console.say(_("This was practice: nothing left this computer."))
                if any(each.state == "parked" for each in every):
                    console.say(_("Rows that need you: run the same command with --headed."))
        console.drop_unsaid()
        return code

    def _in_order(self) -> Sequence[RowOutcome]:
        """Every row in the table's order, also those that were not begun."""
        return [self.outcomes.get(row) or RowOutcome(row=row, state="not begun") for row in self.checked.labels]

    def _leave(self, work: BatchRun, stopped: Stopped) -> NoReturn:
        """The end at a second signal: at once; what has begun stands in the results as it is."""
        with suppress(Exception):
            self.outcomes |= {each.row: each for each in work.standing(stopped)}
            self._finish(stopped)
        os._exit(stopped.exit_code)


def show_outcome(outcome: RowOutcome) -> None:
    """Show what one row came to, in a line."""
    tone, words = WORDS[outcome.state]
    said = "  ".join(filter(None, (outcome.case_number, outcome.note.partition("\n")[0])))
    console.say(f"{outcome.row}  ", console.Painted(_(words), _COLOURS[tone]), f"  {said}" if said else "")
