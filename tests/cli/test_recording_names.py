"""Every verb that takes a recording takes its path and its name alike."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from autofill.cases.ledger.ledger import open_ledger
from autofill.cli.app import app
from autofill.cli.recording_names import recordings_named, run_named
from autofill.events import Verdict
from tests.evidence.bags import RUN_ID, key_file, own_key, sealed


@pytest.fixture
def recording(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A signed recording of a practice run whose outcome is unknown, with its ledger; the person is elsewhere."""
    key = own_key()
    monkeypatch.setenv("AUTOFILL_SIGNING_KEY", key_file(key, tmp_path / "key"))
    folder = tmp_path / "kept"
    with open_ledger(folder / "ledger.sqlite3") as ledger:
        ledger.prepare(RUN_ID, "key", space="practice", form="a-form")
        ledger.filled(RUN_ID)
        ledger.submitting(RUN_ID)
        ledger.settle(RUN_ID, Verdict.UNKNOWN)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    return sealed(folder, key).path


@pytest.mark.parametrize(
    "verb",
    [
        ["verify"],
        ["seal"],
        ["share"],
        ["purge", "--dry-run"],
        ["cases"],
        ["open", "--no-open"],
        ["resolve", "--not-submitted", "--because", "asked them"],
    ],
    ids=lambda verb: verb[0],
)
@pytest.mark.parametrize("by", ["path", "relative path", "name"])
def test_a_recording_is_found_by_its_path_and_by_its_name(
    verb: list[str], by: str, recording: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("autofill.cli.open.show_app", lambda *_args, **_how: None)
    named = {
        "path": [f"{recording}/"],
        "relative path": [f"../kept/{recording.name}"],
        "name": [recording.name, "--recordings", "../kept"],
    }[by]

    done = CliRunner().invoke(app, [*verb, *named])

    # It is found: as its outcome is unknown it is not purged, and there are no values to make a copy of.
    assert done.exit_code == {"purge": 78, "share": 1}.get(verb[0], 0), (done.output, done.exception)
    assert "is not a recording" not in done.output


def test_a_name_in_the_folder_where_one_stands_is_a_path(recording: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(recording.parent)

    assert run_named(RUN_ID, Path("other")) == (RUN_ID, recording.parent)
    assert recordings_named([Path(RUN_ID)], Path("other")) == [Path(RUN_ID)]


def test_an_encrypted_recording_has_the_name_of_its_run(tmp_path: Path) -> None:
    archive = tmp_path / "kept" / f"{RUN_ID}.tar.age"
    archive.parent.mkdir()
    archive.touch()

    assert run_named(str(archive), Path("other")) == (RUN_ID, tmp_path / "kept")
    assert recordings_named([Path(RUN_ID)], tmp_path / "kept") == [archive]


@pytest.mark.parametrize("name", ["12345678", "x" * 5000, "\x1b\ud800"])
def test_what_is_no_recording_is_left_as_it_was_named(name: str, recording: Path) -> None:
    (Path.cwd() / "12345678").touch()

    assert run_named(name, recording.parent) == (name, recording.parent)
    assert recordings_named([Path("none"), Path("a/b")], recording.parent) == [Path("none"), Path("a/b")]
