"""`autofill verify` says of each recording whether it is as it was sealed, and ends with 1 if one is not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from autofill.cli import verify
from autofill.errors import AutofillError, FileMissing, Misconfigured
from tests.evidence.bags import own_key, sealed

APP = typer.Typer()
APP.command()(verify.command)
KEY = own_key()


def verified(*arguments: str | Path) -> Result:
    return CliRunner().invoke(APP, list(map(str, arguments)))


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return sealed(tmp_path / "good", KEY).path


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    folder = sealed(tmp_path / "bad").path
    (folder / "data/confirmation.png").write_bytes(b"another")
    return folder


def test_good_and_bad_are_told_apart(good: Path, bad: Path) -> None:
    """All are looked at; the bad one is said to be bad, with the file."""
    done = verified(bad, good)
    assert done.exit_code == 1
    assert f"NOT as it was sealed: {bad}\n  data/confirmation.png: has changed since it was sealed\n" in done.stdout
    assert f"As it was sealed: {good}\n" in done.stdout
    assert f"signature: signed by {KEY.public.fingerprint}" in done.stdout
    assert verified(good).exit_code == 0


def test_programs_get_one_object_a_line(good: Path, bad: Path) -> None:
    lines = [json.loads(line) for line in verified(good, bad, "--json").stdout.splitlines()]
    assert [line["schema"] for line in lines] == ["autofill.verify/1"] * 2
    assert [line["ok"] for line in lines] == [True, False]
    assert [line["signed_by"] for line in lines] == [KEY.public.fingerprint, None]
    assert lines[0]["first_wrong"] is None
    assert lines[1]["first_wrong"] == "data/confirmation.png: has changed since it was sealed"
    assert lines[1]["checks"] == [{"name": "files", "ok": False, "detail": lines[1]["first_wrong"]}]


@pytest.mark.parametrize("form", ["line", "pub", "allowed"])
def test_the_signer_is_named_by_file_or_by_key(form: str, good: Path, tmp_path: Path) -> None:
    forms: dict[str, str | Path] = {
        "line": KEY.public.line,
        "pub": good / "signatures/signer.pub",
        "allowed": good / "signatures/allowed_signers",
    }
    assert verified(good, "--signer", forms[form]).exit_code == 0
    other = own_key().public.line
    (tmp_path / "other key.pub").write_text(other)
    for named in (other, tmp_path / "other key.pub"):
        done = verified(good, "--signer", named)
        assert done.exit_code == 1
        assert "another key than the one asked for" in done.stdout


def fails(*arguments: str | Path) -> AutofillError:
    error = verified(*arguments).exception
    assert isinstance(error, AutofillError)
    return error


def test_a_signer_that_is_none(good: Path, tmp_path: Path) -> None:
    """A list with an authority over keys would mean more than we look at."""
    (tmp_path / "ca").write_text(f"* cert-authority {KEY.public.line}\n")
    assert isinstance(fails(good, "--signer", tmp_path / "none.pub"), FileMissing)
    assert isinstance(fails(good, "--signer", good / "bagit.txt"), Misconfigured)
    assert isinstance(fails(good, "--signer", tmp_path / "ca"), Misconfigured)
    assert isinstance(fails(good, "--signer", "ssh-ed25519 A"), Misconfigured)


def test_what_is_no_recording_is_no_tampering_and_stops_no_other(good: Path, bad: Path, tmp_path: Path) -> None:
    """`autofill verify recordings/*` comes past the ledger and the letters."""
    ledger, letters, recordings = tmp_path / "ledger.sqlite3", tmp_path / "letters", tmp_path / "recordings"
    ledger.touch()
    letters.mkdir()
    recordings.mkdir()
    good.rename(recordings / "2026-good")

    done = verified(ledger, letters, recordings / "2026-good")
    folder = verified(recordings, "--json")

    assert done.exit_code == 66
    assert f"{letters} is no recording." in done.stderr
    assert "As it was sealed" in done.stdout
    assert "NOT" not in done.stdout
    answer = json.loads(folder.stdout)
    assert (folder.exit_code, answer["schema"], answer["exit_code"]) == (66, "autofill.error/1", 66)
    assert answer["hint"] == f"Its recordings are {recordings / '2*'}"
    assert verified(ledger, bad).exit_code == 1
    assert verified(tmp_path / "none", bad.parent / "none").exit_code == 66


@pytest.mark.parametrize("gone", ["data", "tagmanifest-sha256.txt", "data/journal.jsonl"])
def test_a_recording_that_lacks_something_is_one_that_was_tampered_with(gone: str, good: Path) -> None:
    (good / gone).rename(good.parent / "elsewhere")

    assert verified(good).exit_code == 1
