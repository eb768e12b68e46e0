"""The verb `autofill work`: runs inquiries that wait in the queue, on as many machines as wanted."""

from __future__ import annotations

from typing import Annotated

import typer

from autofill.cli.options import Browser, Jobs, Json, Ledger, NoSandbox, Recordings, Store
from autofill.language import _
from autofill.orders.given import DEFAULT_RECORDINGS
from autofill.orders.options import RunOptions


def command(
    *,
    status: Annotated[bool, typer.Option("--status", help=_("Only show the status."))] = False,
    live: Annotated[bool, typer.Option("--live", help=_("Use real forms. One run at a time."))] = False,
    jobs: Jobs = 2,
    until_empty: Annotated[
        bool, typer.Option("--until-empty", help=_("Exit when nothing is waiting or running."))
    ] = False,
    recordings: Recordings = DEFAULT_RECORDINGS,
    ledger: Ledger = None,
    store: Store = None,
    browser: Browser = None,
    no_sandbox: NoSandbox = False,
    json: Json = False,
) -> None:
    """Carry out `autofill work`."""
    options = RunOptions(
        profiles=(),
        live=live,
        dry_run=False,
        confirm_live=None,
        until="review" if live else None,  # each inquiry brings its own, and its own confirmation
        form=None,
        url=None,
        recordings=recordings,
        ledger=ledger,
        at_once=jobs,
        again=False,
        because=None,
        browser=browser,
        headed=False,
        no_sandbox=no_sandbox,
        debug_trace=False,
        debug_video=False,
        json=json,
    )
    # `work --help` need not wait for what is imported here.
    if status:
        from autofill.cli.work_status import show_status  # noqa: PLC0415

        show_status(ledger, json=json)
        return
    options.check()
    from autofill.cli.work_execution import WorkExecution  # noqa: PLC0415

    raise typer.Exit(WorkExecution(options, until_empty=until_empty).carry_out(store))
