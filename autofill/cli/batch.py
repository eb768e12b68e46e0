"""The verb `autofill batch`: many inquiries, from a table or a folder of profiles, each sent at most once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autofill import console
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
    Recordings,
    Store,
    Until,
    Url,
)
from autofill.errors import ExitCode
from autofill.language import _
from autofill.orders.given import DEFAULT_RECORDINGS
from autofill.orders.options import RunOptions, check_enqueueing

if TYPE_CHECKING:
    from autofill.cli.batch_execution import BatchExecution
    from autofill.jobs.batch_source import BatchOrigin


def command(
    source: Annotated[
        str,
        typer.Argument(
            metavar="TABLE|FOLDER|postgresql://...",
            help=_("A table (CSV), a folder of profiles (YAML files), or a database."),
        ),
    ],
    *,
    template: Annotated[
        Path | None, typer.Option(metavar="FILE", help=_("For a table: template profile for its rows."))
    ] = None,
    columns: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help=_("For a table: file that assigns columns to fields."),
            show_default=_("TABLE.columns.yaml, proposed the first time"),
        ),
    ] = None,
    encoding: Annotated[
        str | None, typer.Option(metavar="NAME", help=_("Encoding of the table. Default: detected."))
    ] = None,
    query: Annotated[
        str | None, typer.Option(metavar="SQL", help=_("For a database: query that returns the rows, in order."))
    ] = None,
    check: Annotated[bool, typer.Option("--check", help=_("Only check the rows."))] = False,
    skip_invalid: Annotated[
        bool, typer.Option("--skip-invalid", help=_("Run the valid rows and skip the others."))
    ] = False,
    max_failures: Annotated[
        int | None, typer.Option(min=0, metavar="N", help=_("Stop starting rows after more than N failures."))
    ] = None,
    results: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help=_("Folder for the results (CSV, JSON, a page)."),
            show_default=_("batches/TABLE in the recordings folder"),
        ),
    ] = None,
    dry_run: DryRun = False,
    live: Annotated[bool, typer.Option("--live", help=_("Use the real form. One run at a time."))] = False,
    confirm_live: ConfirmLive = None,
    until: Until = None,
    form: Form = None,
    url: Url = None,
    recordings: Recordings = DEFAULT_RECORDINGS,
    ledger: Ledger = None,
    jobs: Jobs = 2,
    again: Again = False,
    because: Because = None,
    browser: Browser = None,
    headed: Annotated[
        bool, typer.Option("--headed", help=_("Show the browser window and wait for you there. One run at a time."))
    ] = False,
    no_sandbox: NoSandbox = False,
    enqueue: Annotated[
        bool, typer.Option("--enqueue", help=_("Queue the rows for workers (autofill work, on any computer)."))
    ] = False,
    store: Store = None,
    json: Json = False,
) -> None:
    """Carry out `autofill batch`."""
    options = RunOptions(
        profiles=(),
        live=live,
        dry_run=dry_run,
        confirm_live=confirm_live,
        until=until,
        form=form,
        url=url,
        recordings=recordings,
        ledger=ledger,
        at_once=1 if headed else jobs,
        again=again,
        because=because,
        browser=browser,
        headed=headed,
        no_sandbox=no_sandbox,
        json=json,
    )
    options.check()
    if enqueue:
        check_enqueueing(options)
    # `batch --help` need not wait for what is imported here.
    from autofill.jobs.batch_source import BatchOrigin  # noqa: PLC0415

    origin = BatchOrigin(source=source, template=template, columns=columns, encoding=encoding, query=query, form=form)
    execution = _checked(origin, options, results, only_check=check, skip_invalid=skip_invalid)
    raise typer.Exit(execution.enqueue(store) if enqueue else execution.carry_out(max_failures))


def _checked(
    origin: BatchOrigin, options: RunOptions, results: Path | None, *, only_check: bool, skip_invalid: bool
) -> BatchExecution:
    """The batch, every row of which was checked; the command ends here if that is all, or if it must."""
    from autofill.cli.batch_check import check_all  # noqa: PLC0415
    from autofill.jobs.batch_source import ColumnsProposed, batch_of  # noqa: PLC0415

    try:
        batch = batch_of(origin)
    except ColumnsProposed as proposed:
        console.say_text(proposed.text.rstrip("\n"))
        raise
    if batch.note:
        console.tell(f"{batch.name}: {batch.note}")
    tally = check_all(batch, json=options.json)
    if tally.wrong and not skip_invalid:
        raise typer.Exit(ExitCode.INVALID_FILE)
    if only_check:
        raise typer.Exit(ExitCode.DONE)
    from autofill.cli.batch_execution import BatchExecution  # noqa: PLC0415

    folder = results or options.recordings / "batches" / Path(batch.name).stem
    return BatchExecution(options, batch, tally, folder)
