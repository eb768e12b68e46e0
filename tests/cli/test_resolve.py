"""`autofill resolve` passes on what a person says about an unknown run, with the hash of what shows it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from autofill.cases.ledger.ledger import open_ledger
from autofill.cases.ledger.ledgers import LedgerPlaces
from autofill.cases.model.run_records import RunRecord
from autofill.cases.model.run_states import State
from autofill.cli import resolve
from autofill.errors import AutofillError, FileMissing, Misconfigured
from autofill.events import Verdict

APP = typer.Typer()
APP.command()(resolve.command)


@pytest.fixture
def recordings(tmp_path: Path) -> Path:
    with open_ledger(LedgerPlaces.of(None, tmp_path).live) as ledger:
        ledger.prepare("run-1", "key", space="live", form="a-form")
        ledger.filled("run-1")
        ledger.submitting("run-1")
        ledger.settle("run-1", Verdict.UNKNOWN)
    return tmp_path


def resolved(recordings: Path, *arguments: str | Path) -> Result:
    command = ["run-1", "--recordings", str(recordings), *map(str, arguments)]
    return CliRunner(env={"AUTOFILL_LEDGER": None}).invoke(APP, command)


def row(recordings: Path) -> RunRecord:
    with open_ledger(LedgerPlaces.of(None, recordings).live) as ledger:
        return ledger.row("run-1")


def test_it_arrived(recordings: Path) -> None:
    done = resolved(recordings, "--case", " 12345678")

    assert (done.exit_code, done.stdout) == (0, "run-1: Confirmed, case number 12345678\n")
    assert (row(recordings).state, row(recordings).case_number) == (State.CONFIRMED, "12345678")


def test_it_never_arrived(recordings: Path) -> None:
    done = resolved(recordings, "--not-submitted", "--because", "asked them on the phone")

    assert (done.exit_code, done.stdout) == (0, "run-1: Not submitted\n")
    assert row(recordings).state is State.NOT_SUBMITTED


def test_the_hash_of_the_evidence_is_kept(recordings: Path, tmp_path: Path) -> None:
    mail = tmp_path / "mail.eml"
    mail.write_bytes(b"Your case number is 12345678")

    done = resolved(recordings, "--case", "12345678", "--evidence", mail, "--json")

    assert json.loads(done.stdout) == {
        "schema": "autofill.resolve/1",
        "run_id": "run-1",
        "state": "confirmed",
        "case_number": "12345678",
        "evidence_sha256": hashlib.sha256(mail.read_bytes()).hexdigest(),
    }
    with open_ledger(LedgerPlaces.of(None, recordings).live) as ledger:
        assert ledger.history("run-1")[-1].evidence == hashlib.sha256(mail.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ([], Misconfigured),
        (["--case", "12345678", "--not-submitted"], Misconfigured),
        (["--case", " "], Misconfigured),
        (["--not-submitted"], Misconfigured),
        (["--not-submitted", "--because", " "], Misconfigured),
        (["--case", "12345678", "--evidence", "no-such-file"], FileMissing),
    ],
)
def test_what_is_not_said_clearly_changes_nothing(
    recordings: Path, arguments: list[str], error: type[AutofillError]
) -> None:
    done = resolved(recordings, *arguments)

    assert isinstance(done.exception, error)
    assert done.exception.hint
    assert row(recordings).state is State.UNKNOWN


def test_the_ledger_can_be_named(recordings: Path, tmp_path: Path) -> None:
    ledger = Path(LedgerPlaces.of(None, recordings).live).rename(tmp_path / "elsewhere.sqlite3")

    done = resolved(tmp_path / "empty", "--ledger", ledger, "--case", "12345678")

    assert done.exit_code == 0
    assert not (tmp_path / "empty").exists()
