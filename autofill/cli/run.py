"""The verb `autofill run`: fill the form from profiles, and keep the evidence; on the practice site by default."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from autofill.cli.options import DEFAULT_RECORDINGS, Browser, Form, Json, Ledger, Profiles, Recordings, Url
from autofill.cli.run_options import RunOptions
from autofill.language import _


def command(
    profiles: Profiles,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Practise on the replica (the default)."))] = False,
    live: Annotated[
        bool, typer.Option("--live", help=_("Use the real form; a person confirms before it is sent."))
    ] = False,
    confirm_live: Annotated[
        str | None,
        typer.Option(
            metavar="ORIGIN", help=_("For scripts: confirm beforehand that the form at https://HOST is sent.")
        ),
    ] = None,
    until: Annotated[
        Literal["review", "submit"] | None,
        typer.Option(help=_("Submit nothing: stop at the page that shows everything again, or at the submit button.")),
    ] = None,
    form: Form = None,
    url: Url = None,
    recordings: Recordings = DEFAULT_RECORDINGS,
    ledger: Ledger = None,
    jobs: Annotated[int, typer.Option(min=1, max=16, metavar="N", help=_("Runs at the same time."))] = 1,
    again: Annotated[bool, typer.Option("--again", help=_("Send what was sent before; needs --because."))] = False,
    because: Annotated[str | None, typer.Option(metavar="TEXT", help=_("Why it has to be sent again."))] = None,
    browser: Browser = None,
    headed: Annotated[
        bool | None, typer.Option("--headed/--headless", help=_("Show the browser window; --live does so by default."))
    ] = None,
    no_sandbox: Annotated[
        bool, typer.Option("--no-sandbox", help=_("Use the real form even as root, where Chromium has no sandbox."))
    ] = False,
    debug_trace: Annotated[
        bool, typer.Option("--debug-trace", help=_("Keep Playwright's trace, with all that was typed; practice only."))
    ] = False,
    debug_video: Annotated[
        bool, typer.Option("--debug-video", help=_("Keep a video of the page; practice only."))
    ] = False,
    json: Json = False,
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
        json=json,
    )
    options.check()
    # `run --help` need not wait for what is imported here.
    draft = None
    if options.names_a_page():
        from autofill.cli.run_drafting import drafted  # noqa: PLC0415

        draft = drafted(options)
    from autofill.cli.run_execution import carry_out  # noqa: PLC0415

    raise typer.Exit(carry_out(options, draft))
