"""The verb `autofill run`: fill the form from profiles, and keep the evidence; on the practice site by default."""

from __future__ import annotations

from typing import Annotated

import typer

from autofill.cli.options import (
    Again,
    Because,
    Browser,
    ConfirmLive,
    DryRun,
    Form,
    Jobs,
    Json,
    Ledger,
    NoSandbox,
    Profiles,
    Recordings,
    Until,
    Url,
)
from autofill.language import _
from autofill.orders.given import DEFAULT_RECORDINGS
from autofill.orders.options import RunOptions


def command(
    profiles: Profiles,
    *,
    dry_run: DryRun = False,
    live: Annotated[bool, typer.Option("--live", help=_("Use the real form. You confirm before it is sent."))] = False,
    confirm_live: ConfirmLive = None,
    until: Until = None,
    form: Form = None,
    url: Url = None,
    recordings: Recordings = DEFAULT_RECORDINGS,
    ledger: Ledger = None,
    jobs: Jobs = 1,
    again: Again = False,
    because: Because = None,
    browser: Browser = None,
    headed: Annotated[
        bool | None, typer.Option("--headed/--headless", help=_("Show the browser window (default with --live)."))
    ] = None,
    no_sandbox: NoSandbox = False,
    debug_trace: Annotated[
        bool, typer.Option("--debug-trace", help=_("Save a Playwright trace with everything typed. Practice only."))
    ] = False,
    debug_video: Annotated[
        bool, typer.Option("--debug-video", help=_("Save a video of the page. Practice only."))
    ] = False,
    json: Json = False,
    events: Annotated[
        bool, typer.Option("--events", help=_("For programs: --json with every event; answers come from stdin."))
    ] = False,
) -> None:
    """Carry out `autofill run`."""
    options = RunOptions(
        profiles=tuple(profiles),
        live=live,
        dry_run=dry_run,
        confirm_live=confirm_live,
        until=until,
        form=form,
        url=url,
        recordings=recordings,
        ledger=ledger,
        at_once=jobs,
        again=again,
        because=because,
        browser=browser,
        headed=live if headed is None else headed,
        no_sandbox=no_sandbox,
        debug_trace=debug_trace,
        debug_video=debug_video,
        json=json or events,
        events=events,
    )
    options.check()
    # `run --help` need not wait for what is imported here.
    draft = None
    if options.names_a_page():
        from autofill.cli.terminal import Terminal  # noqa: PLC0415
        from autofill.orders.drafting import drafted  # noqa: PLC0415

        draft = drafted(options, Terminal(options))
    from autofill.cli.run_execution import carry_out  # noqa: PLC0415

    raise typer.Exit(carry_out(options, draft))
