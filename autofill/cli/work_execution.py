"""One worker: rows are taken from the queue and run, and each outcome is shown as it comes."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import asdict, dataclass, replace

from autofill import console
from autofill.answers.batches import BatchOutcomeAnswer
from autofill.cases.ledger.heartbeat import Heartbeat
from autofill.cli.batch_execution import show_outcome
from autofill.cli.terminal import Terminal
from autofill.errors import AutofillError, ExitCode, Stopped
from autofill.evidence.archiving.store import Store
from autofill.evidence.keeping.folder import make_home
from autofill.evidence.keeping.log import log_to_stderr
from autofill.jobs.batch import BatchRun
from autofill.jobs.batch_outcome import RowOutcome
from autofill.jobs.queue import Queue, QueuedInquiry
from autofill.jobs.queue_supply import QueueSupply
from autofill.jobs.session import run_batch
from autofill.jobs.signals import Signals
from autofill.orders.desk import desk
from autofill.orders.options import RunOptions
from autofill.orders.setting import RunSetting, needed, shared_ledger
from autofill.page.browser import LOOPBACK, BrowserSettings, is_root
from autofill.running.claim import Claim
from autofill.running.job import RunConditions


@dataclass(slots=True)
class WorkExecution:
    """One `autofill work`."""

    options: RunOptions
    until_empty: bool
    _trouble: str = ""
    _no_place: int = 0

    def carry_out(self, store: str | None) -> int:
        """Work until told to stop, or until nothing is left; 0 unless this machine cannot go on.

        Raises:
            DiskTrouble: The ledger cannot be opened.
            Misconfigured: It is no database that workers can share, or the store cannot be used.
        """
        options = self.options
        shared = Store(needed(store))
        log_to_stderr()
        make_home(options.recordings)
        signals = Signals(lambda stopped: os._exit(stopped.exit_code))
        with desk(options, Terminal(options)) as (site, _place), shared_ledger(options.ledger) as ledger:
            queue = Queue(ledger)
            queue.join()
            beat = Heartbeat(queue.beat)
            beat.start()
            supply = QueueSupply(
                queue,
                ledger,
                shared,
                conditions=lambda inquiry: self._conditions(inquiry, site),
                live=options.live,
                until_empty=self.until_empty,
                recordings=options.recordings,
                troubled=self._troubled,
            )
            try:
                run_batch(BatchRun(supply, self._browser, options.at_once, self._ended), signals)
            except Stopped:  # as systemd and people stop a worker: all is in order
                pass
            finally:
                beat.stop()
                with suppress(AutofillError):
                    queue.leave()
        console.drop_unsaid()
        return self._no_place

    def _conditions(self, inquiry: QueuedInquiry, site: str | None) -> RunConditions:
        """The settings of one inquiry's run: its own where it was put into the queue with some."""
        options = replace(
            self.options,
            until=inquiry.until,  # type: ignore[arg-type]
            url=inquiry.url,
            confirm_live=inquiry.confirm_live,
        )
        return RunSetting(options, Terminal(options), inquiry.url or site, inquiry.place).conditions()

    def _browser(self, claimed: Claim) -> BrowserSettings:
        """A browser that reaches the hosts of one form, or this machine only."""
        hosts = claimed.job.plan.needed_hosts if self.options.live else LOOPBACK
        return BrowserSettings(self.options.browser, headless=True, hosts=tuple(sorted(hosts)), sandbox=not is_root())

    def _ended(self, outcome: RowOutcome) -> None:
        self._trouble = ""
        if outcome.exit_code in {ExitCode.DISK, ExitCode.CANNOT_RECORD}:
            self._no_place = outcome.exit_code
        with suppress(OSError, ValueError):  # nobody reads it any more
            if self.options.json:
                console.say_json(BatchOutcomeAnswer(**asdict(outcome)))
            else:
                show_outcome(outcome)

    def _troubled(self, error: AutofillError) -> None:
        """Say once that the database or the store fails; it is tried again until it is well."""
        if self._trouble != str(error):
            self._trouble = str(error)
            with suppress(OSError, ValueError):
                console.show_error(error)
