"""The verb `autofill purge`: remove what is personal in recordings whose cases are over."""

from __future__ import annotations

import re
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from autofill import console
from autofill.answers.recordings import PurgeAnswer
from autofill.cases.ledger.ledgers import LedgerPlaces
from autofill.cases.ledger.owner import account
from autofill.cli.each_recording import each
from autofill.cli.options import Json, Ledger, Recordings, tell_taken_over
from autofill.cli.recording_names import recordings_named
from autofill.errors import ExitCode, Misconfigured
from autofill.evidence.archiving import purge
from autofill.evidence.archiving.encryption import clear_leftovers
from autofill.evidence.archiving.purge import PurgeResult
from autofill.language import _, gettext_noop
from autofill.orders.given import DEFAULT_RECORDINGS

_MESSAGES = {
    "purged": gettext_noop("Purged: {recording} ({files} files, {bytes} bytes)"),
    "purged-before": gettext_noop("Already purged: {recording}"),
    "would-be-purged": gettext_noop("Would be purged: {recording} ({files} files, {bytes} bytes)"),
    "kept": gettext_noop("Not purged: {recording}. {why}"),
}


def command(
    named: Annotated[
        list[Path] | None,
        typer.Argument(readable=False, metavar="RECORDING", help=_("Recordings: their paths or names.")),
    ] = None,
    *,
    older_than: Annotated[
        str | None,
        typer.Option(
            metavar="DAYS",
            help=_("All recordings older than this, such as 365d; copies made by share are left alone."),
        ),
    ] = None,
    because: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help=_("Reason. It stays on the tombstone, so write nothing personal.")),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_("Try it without effect: show what would be purged."))
    ] = False,
    recordings: Recordings = DEFAULT_RECORDINGS,
    ledger: Ledger = None,
    json: Json = False,
) -> None:
    """Carry out `autofill purge`."""
    if bool(named) == (older_than is not None):
        raise Misconfigured(
            _("Choose recordings either by name or by age."), hint=_("Name recordings, or use --older-than 365d.")
        )
    if not dry_run and not (because and because.strip()):
        raise Misconfigured(_("A purge needs a reason."), hint=_("Add --because TEXT, or use --dry-run to only look."))
    age = _age(older_than) if older_than else None
    now = datetime.now(UTC)
    with LedgerPlaces.of(ledger, recordings).known(tell_taken_over) as ledgers:
        over = ledgers.finished_recordings()
    # What the ledger does not know may still matter, as an open case does.
    request = purge.PurgeRequest(
        account(), (because or "").strip(), lambda run_id: run_id not in over, now, rehearsal=dry_run
    )
    codes = set[ExitCode]()
    if not dry_run:
        codes |= each([recordings], _clear, json=json)
        codes |= each(purge.begun(recordings), lambda one: _show(purge.complete(one), json=json), json=json)
    paths = purge.older_than(recordings, age, now) if age is not None else recordings_named(named or (), recordings)
    if not (paths or json):
        console.say(_("Nothing is that old."))
    became = each(paths, lambda one: _show(purge.purge(one, request), json=json), json=json)
    # What is old and still matters stays, and is no error; what was named is.
    if code := max(codes | (became if named else became - {ExitCode.MISCONFIGURED})):
        raise typer.Exit(code)


def _clear(recordings: Path) -> ExitCode:
    clear_leftovers(recordings)
    return ExitCode.DONE


def _age(text: str) -> timedelta:
    match = re.fullmatch(r"(\d{1,5})d?", text.strip())
    if not match:
        raise Misconfigured(_("--older-than is not a number of days."), hint=_("Write it like this: --older-than 365d"))
    return timedelta(days=int(match[1]))


def _show(result: PurgeResult, *, json: bool) -> ExitCode:
    if json:
        console.say_json(PurgeAnswer(**asdict(result) | {"recording": str(result.recording)}))
    else:
        console.say(_(_MESSAGES[result.became]).format(**asdict(result)))
        if result.fault:
            console.say(f"  {result.fault}")
    return ExitCode.MISCONFIGURED if result.became == "kept" else ExitCode.DONE
