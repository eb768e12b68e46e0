"""`autofill seal` does what is wanting, says what it did, and ends with the worst that came of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from autofill.cli import seal
from autofill.evidence.sealing.verify import verify_recording
from tests.evidence.authority import running
from tests.evidence.bags import sealed, unsealed

APP = typer.Typer()
APP.command()(seal.command)


def done(*arguments: str | Path) -> Result:
    return CliRunner().invoke(APP, list(map(str, arguments)))


def test_what_a_crash_left_is_sealed_signed_and_stamped(tmp_path: Path) -> None:
    folder = unsealed(tmp_path, ended=False).path
    with running(tmp_path / "one") as one, running(tmp_path / "two") as two:
        told = done(folder, "--sign", "--timestamp", one.url, "--timestamp", two.url)
    assert told.exit_code == 0
    assert f"Unchanged since it was sealed: {folder}" in told.stdout
    assert "added now: sealed, signed, stamped by 127.0.0.1-" in told.stdout
    assert len(verify_recording(folder).stamped_at) == 2
    assert "added now: nothing was missing" in done(folder).stdout


def test_each_recording_is_done_whatever_becomes_of_the_others(tmp_path: Path) -> None:
    """The answer says of each what was done and what is wrong; the exit code is the greatest."""
    good, changed, broken = (unsealed(tmp_path / name).path for name in ("good", "changed", "broken"))
    done(changed, "--sign")
    (changed / "data/confirmation.png").write_bytes(b"another")
    (broken / "data/journal.jsonl").write_bytes(b"{}\n")
    told = done(changed, broken, good, "--sign", "--json")
    lines = [json.loads(line) for line in told.stdout.splitlines()]
    assert told.exit_code == 1
    assert [(line["schema"], line["exit_code"], line["done"]) for line in lines] == [
        ("autofill.seal/1", 1, []),
        ("autofill.seal/1", 1, []),
        ("autofill.seal/1", 0, ["sealed", "signed"]),
    ]
    assert lines[0]["first_wrong"] == "data/confirmation.png: has changed since it was sealed"
    assert lines[1]["error"] == "data/journal.jsonl: line 1 is not a record of a journal"
    assert f"Cannot be sealed: {broken}" in done(broken).stdout


@pytest.mark.parametrize(("url", "code"), [("http://127.0.0.1:9/", 75), ("ftp://example.com/", 78)])
def test_an_authority_that_cannot_be_asked(url: str, code: int, tmp_path: Path) -> None:
    """Everything else is done before."""
    folder = sealed(tmp_path).path
    told = done(folder, "--sign", "--timestamp", url)
    assert told.exit_code == code
    assert verify_recording(folder).signed_by
    assert json.loads(done(folder, "--timestamp", url, "--json").stdout)["exit_code"] == code


def test_what_bears_no_signature_is_refused_unless_it_is_to_be_signed(tmp_path: Path) -> None:
    """With a code that a script sees, and the option that says otherwise."""
    folder = sealed(tmp_path).path
    told = done(folder)
    assert (told.exit_code, verify_recording(folder).signed_by) == (78, None)
    assert f"{folder} has no signature" in told.stderr
    assert "autofill seal --sign" in told.stderr
    assert json.loads(done(folder, "--json").stdout)["exit_code"] == 78
    assert "added now: signed" in done(folder, "--sign").stdout


def test_a_missing_folder_is_told_and_stops_no_other(tmp_path: Path) -> None:
    folder = sealed(tmp_path / "good").path
    told = done(tmp_path / "none", folder, "--sign")
    assert told.exit_code == 66
    assert f"{tmp_path / 'none'} is not a folder." in told.stderr
    assert "added now: signed" in told.stdout
