"""The execution of `autofill rehearse`: what is shown while it goes on, and what signals do to it."""

from __future__ import annotations

import asyncio
import gc
import os
from collections.abc import Sequence
from contextlib import suppress

from autofill import console
from autofill.cli.progress import Progress
from autofill.cli.rehearse_results import RehearseResults, tell
from autofill.cli.terminal import Terminal
from autofill.events import Event
from autofill.evidence.keeping.log import log_to_stderr
from autofill.evidence.keeping.summary import RunSummary, worst
from autofill.jobs.pool import Pool
from autofill.jobs.signals import Signals
from autofill.language import _
from autofill.orders.options import RunOptions
from autofill.orders.rehearse_options import RehearseOptions
from autofill.orders.rehearsing import Rehearsal
from autofill.running.claim import Claim


class Rehearser(Terminal):
    """Audience that watches the progress; summaries are shown when their screenshots were compared."""

    def __init__(self, options: RunOptions) -> None:
        super().__init__(options)
        self._progress = Progress(wanted=not options.json)

    def claimed(self, claims: Sequence[Claim]) -> None:
        """Show that the browser starts."""
        if claims:
            self._progress.show(_("Starting the browser"))

    def prepared(self, work: Pool) -> None:
        """Collect garbage again, now that all is imported."""
        del work
        log_to_stderr()
        gc.freeze()
        gc.enable()

    def on(self, event: Event) -> None:
        """Show what happened."""
        self._progress.on(event)

    def finished(self, summary: RunSummary) -> None:
        """Clear the line."""
        del summary
        with suppress(OSError):
            self._progress.stop()


def carry_out(options: RehearseOptions) -> int:
    """Rehearse everything, show and write the results; the exit code of the worst profile.

    Raises:
        Misconfigured: Saved screenshots cannot be read.
        DiskTrouble: The results cannot be written.
    """
    signals = Signals(lambda stopped: os._exit(stopped.exit_code))
    audience = Rehearser(RunOptions(profiles=options.profiles, json=options.json))
    rehearsed = asyncio.run(Rehearsal(options, audience).carried_out(signals.interrupting))
    with suppress(OSError, ValueError):  # nobody reads it any more; the results are written all the same
        for each in rehearsed:
            tell(each, json=options.json)
    RehearseResults(options).write(rehearsed)
    console.drop_unsaid()
    return worst(each.exit_code for each in rehearsed)
