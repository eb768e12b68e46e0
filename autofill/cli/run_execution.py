"""The execution of `autofill run`: an order, shown as it goes, and what signals do to it."""

from __future__ import annotations

import gc
import os
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from threading import Thread
from typing import TYPE_CHECKING, NoReturn

from autofill import console
from autofill.cli.terminal import Terminal
from autofill.errors import Stopped
from autofill.events import Event
from autofill.jobs.signals import Signals
from autofill.language import _
from autofill.orders.execution import Order
from autofill.orders.options import RunOptions
from autofill.orders.results import RunResults

if TYPE_CHECKING:
    from autofill.cli.progress import Progress
    from autofill.cli.run_events import EventLines
    from autofill.evidence.keeping.summary import RunSummary
    from autofill.jobs.pool import Pool
    from autofill.orders.drafting import Drafted
    from autofill.running.claim import Claim

# Seconds that a program which ends at once waits for its last lines to be read.
_LAST_LINES = 1.0


class Watcher(Terminal):
    """Audience of `autofill run`: a person who watches its progress, or a program that reads every event."""

    def __init__(self, options: RunOptions) -> None:
        """Listen; whoever started `run --events` is asked by lines, too."""
        super().__init__(options)
        self.signals = Signals(partial(self._leave, None))
        self.results = RunResults(options, self)
        self._progress: Progress | None = None
        self._lines: EventLines | None = None
        if options.events:
            from autofill.cli.run_events import PersonElsewhere  # noqa: PLC0415 - few programs ask for it

            self.person = PersonElsewhere()

    def claimed(self, claims: Sequence[Claim]) -> None:
        """Show that the browser starts, or write which run it is."""
        if not claims:
            return
        if self.options.events:
            from autofill.cli.run_events import EventLines  # noqa: PLC0415 - few programs ask for it

            self._lines = EventLines(claims[0])
        elif not self.options.json and self.options.at_once == 1:
            from autofill.cli.progress import Progress  # noqa: PLC0415 - while the browser starts

            self._progress = Progress(wanted=True)
            self._progress.show(_("Starting the browser"))

    def prepared(self, work: Pool) -> None:
        """Collect garbage again, now that all is imported; a second signal can say from here on how runs stand."""
        from autofill.evidence.keeping.log import log_to_stderr  # noqa: PLC0415 - imported by now

        log_to_stderr()
        self.signals.leave = partial(self._leave, work)
        gc.freeze()
        gc.enable()

    def on(self, event: Event) -> None:
        """Show what happened."""
        if listener := self._lines or self._progress:
            listener.on(event)

    def finished(self, summary: RunSummary) -> None:
        """Show a summary."""
        with suppress(OSError):
            if self._progress:
                self._progress.stop()
        self._show(summary)

    def _show(self, summary: RunSummary) -> None:
        """Show a summary, if anybody can still read it."""
        with suppress(OSError, ValueError):  # a full disk, a closed pipe: the exit code still says what came of it
            console.show_summary(summary, json=self.options.json)

    def _leave(self, work: Pool | None, stopped: Stopped) -> NoReturn:
        """The end at a second signal: at once, and still with a summary of every run, if anybody reads it."""
        told = {summary.run_id for summary in self.results.told}
        begun = [summary for summary in (work.standing(stopped) if work else ()) if summary.run_id not in told]
        last = [*begun, *self.results.untold(stopped, begun)]
        showing = Thread(target=lambda: list(map(self._show, last)), daemon=True)
        showing.start()
        showing.join(_LAST_LINES)
        os._exit(self.results.exit_code(last))


def carry_out(options: RunOptions, draft: Drafted | None = None) -> int:
    """Run everything, with the `draft` what names no form; the exit code of the worst run."""
    watcher = Watcher(options)
    Order(watcher.results, draft).carry_out(watcher.signals)
    console.drop_unsaid()
    return watcher.results.exit_code()
