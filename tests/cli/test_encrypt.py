"""`autofill encrypt` takes sealed recordings only, and none before all of them are looked at."""

from __future__ import annotations

from pathlib import Path

import pyrage
import pytest
import typer
from typer.testing import CliRunner, Result

from autofill.cli import encrypt
from autofill.errors import AutofillError, FileMissing, Misconfigured
from autofill.evidence.keeping.folder import RecordingFolder
from autofill.evidence.sealing.seal import seal

APP = typer.Typer()
APP.command()(encrypt.command)


@pytest.fixture
def recordings(tmp_path: Path) -> Path:
    """One that is sealed, one that is not."""
    seal(RecordingFolder.create(tmp_path, "sealed"), "sealed", key=lambda: None)
    RecordingFolder.create(tmp_path, "unsealed")
    return tmp_path


def encrypted(*arguments: str | Path, to: str | None = None) -> Result:
    return CliRunner(env={"AUTOFILL_ENCRYPT_TO": to}).invoke(APP, list(map(str, arguments)))


def test_whom_the_setting_names(recordings: Path) -> None:
    done = encrypted(recordings / "sealed", to=str(pyrage.x25519.Identity.generate().to_public()))

    assert (done.exit_code, done.stdout) == (0, f"Encrypted: {recordings / 'sealed'}.tar.age\n")
    assert not (recordings / "sealed").exists()


@pytest.mark.parametrize(
    ("second", "to", "error"),
    [("unsealed", "age", Misconfigured), ("sealed", "", Misconfigured), ("nothing", "age", FileMissing)],
)
def test_what_cannot_be_done_for_all_is_done_for_none(
    recordings: Path, second: str, to: str, error: type[AutofillError]
) -> None:
    recipient = str(pyrage.x25519.Identity.generate().to_public()) if to else None

    done = encrypted(recordings / "sealed", recordings / second, to=recipient)

    assert isinstance(done.exception, error)
    assert done.exception.hint
    assert (recordings / "sealed").is_dir()
