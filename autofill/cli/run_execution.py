"""The execution of `autofill run`: one browser session for all profiles, and a summary of each, whatever ends it.

It starts in stages (docs/decisions/0004-start-in-stages.md): the browser's driver starts while the profiles are read
(`run_reading`), the browser while they are claimed (`run_preparation`); both import all that they need meanwhile.
"""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, NoReturn

from autofill import console
from autofill.cli.desk import desk
from autofill.cli.run_options import RunOptions
from autofill.cli.run_results import RunResults
from autofill.errors import AutofillError, Stopped
from autofill.jobs.signals import Signals

if TYPE_CHECKING:
    from autofill.cli.run_drafting import Drafted
    from autofill.forms.catalog import Prepared
    from autofill.jobs.pool import Pool
    from autofill.page.browser import BrowserSettings

# Seconds that a program which ends at once waits for its last lines to be read.
_LAST_LINES = 1.0


def carry_out(options: RunOptions, draft: Drafted | None = None) -> int:
    """Run everything, with the `draft` what names no form; the exit code of the worst run."""
    results = RunResults(options)
    profiles: list[tuple[Path, Prepared]] = []
    signals = Signals(partial(_leave, results, None))
    from autofill.jobs.session import run_session  # noqa: PLC0415 - signals are heard while the browser's library loads

    def read() -> BrowserSettings | None:
        from autofill.cli.run_reading import browser_for, read_profiles  # noqa: PLC0415 - while the driver starts

        profiles.extend(read_profiles(options, results, draft))
        return browser_for(options, (prepared for _path, prepared in profiles)) if profiles else None

    def prepare() -> Pool:
        from autofill.cli.run_preparation import RunPreparation  # noqa: PLC0415 - while the browser starts
        from autofill.cli.run_setting import RunSetting  # noqa: PLC0415

        work = RunPreparation(options, results, RunSetting(options, *place)).work(profiles)
        signals.leave = partial(_leave, results, work)
        return work

    with desk(options) as place:
        try:
            run_session(read, prepare, signals)
        except AutofillError as error:
            for summary in results.untold(error):
                results.finished(summary)
    console.drop_unsaid()
    return results.exit_code()


def _leave(results: RunResults, work: Pool | None, stopped: Stopped) -> NoReturn:
    """The end at a second signal: at once, and still with a summary of every run, if anybody reads it."""
    told = {summary.run_id for summary in results.told}
    begun = [summary for summary in (work.standing(stopped) if work else ()) if summary.run_id not in told]
    last = [*begun, *results.untold(stopped, begun)]
    showing = Thread(target=lambda: list(map(results.show, last)), daemon=True)
    showing.start()
    showing.join(_LAST_LINES)
    os._exit(results.exit_code(last))
