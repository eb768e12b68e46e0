"""The verb `autofill resolve`: say what became of a run that ended as unknown."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Annotated

import typer

from autofill import console
from autofill.answers.cases import ResolveAnswer
from autofill.cases.model.run_states import WORDS
from autofill.cli.options import Json, Ledger, Recordings, known_ledgers, unreadable
from autofill.cli.recording_names import run_named
from autofill.errors import Misconfigured
from autofill.language import _
from autofill.orders.given import DEFAULT_RECORDINGS


def command(
    run: Annotated[str, typer.Argument(metavar="RUN", help=_("The run: the path or the name of its recording."))],
    *,
    case: Annotated[str | None, typer.Option(metavar="ID", help=_("It arrived and got this case number."))] = None,
    not_submitted: Annotated[
        bool, typer.Option("--not-submitted", help=_("It never arrived. Needs --because."))
    ] = False,
    because: Annotated[str | None, typer.Option(metavar="TEXT", help=_("How you know. Saved in the ledger."))] = None,
    evidence: Annotated[
        Path | None, typer.Option(metavar="FILE", help=_("File that shows it, such as a mail. Its hash is saved."))
    ] = None,
    recordings: Recordings = DEFAULT_RECORDINGS,
    ledger: Ledger = None,
    json: Json = False,
) -> None:
    """Carry out `autofill resolve`."""
    case, because = (text and text.strip() for text in (case, because))
    if bool(case) == not_submitted:
        raise Misconfigured(
            _("Choose one: --case NUMBER if it arrived, --not-submitted if it did not."),
            hint=_("See: autofill resolve --help"),
        )
    run, recordings = run_named(run, recordings)
    digest = _digest(evidence) if evidence else None
    with known_ledgers(ledger, recordings) as ledgers:
        opened = ledgers.of_run(run)
        opened.resolve(run, case_number=case, because=because, evidence=digest)
        row = opened.row(run)
    if json:
        console.say_json(
            ResolveAnswer(run_id=row.run_id, state=row.state, case_number=row.case_number, evidence_sha256=digest)
        )
    else:
        words = _("{run}: {state}, case number {case}") if row.case_number else "{run}: {state}"
        console.say(words.format(run=row.run_id, state=_(WORDS[row.state]), case=row.case_number))


def _digest(evidence: Path) -> str:
    try:
        with evidence.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise unreadable(evidence, error, "--evidence") from None
