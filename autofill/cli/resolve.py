"""`autofill resolve`: say what became of a run that ended as unknown."""

from __future__ import annotations

import hashlib
import json as json_text
from pathlib import Path
from typing import Annotated

import typer

from autofill import console
from autofill.cli.options import DEFAULT_RECORDINGS, Json, Ledger, Recordings, ledger_of
from autofill.errors import FileMissing, Misconfigured


def command(
    run: Annotated[str, typer.Argument(metavar="RUN", help="The run's name: that of its recording.")],
    *,
    case: Annotated[str | None, typer.Option(metavar="ID", help="It arrived: the case number it got.")] = None,
    not_submitted: Annotated[
        bool, typer.Option("--not-submitted", help="It never arrived; say why: --because.")
    ] = False,
    because: Annotated[str | None, typer.Option(metavar="TEXT", help="How you know; kept in the ledger.")] = None,
    evidence: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A file that shows it, such as a mail; its hash is kept.")
    ] = None,
    recordings: Recordings = DEFAULT_RECORDINGS,
    ledger: Ledger = None,
    json: Json = False,
) -> None:
    """Say what became of RUN, if its outcome is unknown; once said, it stays."""
    case, because = (text and text.strip() for text in (case, because))
    if bool(case) == not_submitted:
        raise Misconfigured("Either it arrived or it did not.", hint="Say --case ID or --not-submitted, one of them.")
    digest = _digest(evidence) if evidence else None
    from autofill.cases.ledger import open_ledger  # noqa: PLC0415

    with open_ledger(ledger_of(ledger, recordings)) as opened:
        opened.resolve(run, case_number=case, because=because, evidence=digest)
        row = opened.row(run)
    if json:
        answer = {
            "schema": "autofill.resolve/1",
            "run_id": row.run_id,
            "state": row.state,
            "case_number": row.case_number,
            "evidence_sha256": digest,
        }
        console.say(json_text.dumps(answer, ensure_ascii=False))
    else:
        console.say(f"{row.run_id}: {row.state}" + (f", case number {row.case_number}" if row.case_number else ""))


def _digest(evidence: Path) -> str:
    try:
        with evidence.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise FileMissing(
            f"{evidence} cannot be read: {error.strerror}.", hint="Name another with --evidence."
        ) from None
