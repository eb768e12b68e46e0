"""`autofill open` and `autofill review`: one app, opened at different pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from autofill.cli import open as open_verb
from autofill.cli import review
from autofill.cli.app import app
from tests.web.conftest import PIXEL


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, str]]:
    """The folder and the page that the app was asked to show; nothing is served."""
    shown: list[tuple[Path, str]] = []
    for verb in (open_verb, review):
        monkeypatch.setattr(verb, "show_app", lambda _places, folder, _port, page, **_how: shown.append((folder, page)))
    return shown


@pytest.fixture
def recordings(tmp_path: Path) -> Path:
    for name in ("20261122T174403Z-a-000001", "20261123T174403Z-b-000002"):
        (tmp_path / "kept" / name / "data" / "steps").mkdir(parents=True)
        (tmp_path / "kept" / name / "data" / "steps" / "0001-a.png").write_bytes(PIXEL)
    return tmp_path / "kept"


@pytest.mark.parametrize(
    ("command", "page"),
    [
        (["open"], "/"),
        (["open", "--last"], "/r/20261123T174403Z-b-000002/"),
        (["open", "20261122T174403Z-a-000001"], "/r/20261122T174403Z-a-000001/"),
        (["review"], "/recordings"),
    ],
)
def test_each_word_opens_its_page(
    recordings: Path, opened: list[tuple[Path, str]], command: list[str], page: str
) -> None:
    done = CliRunner().invoke(app, [*command, "--recordings", str(recordings)])

    assert (done.exit_code, opened) == (0, [(recordings, page)])


def test_a_recordings_folder_is_opened_wherever_one_is(recordings: Path, opened: list[tuple[Path, str]]) -> None:
    """As `verify` and `share` take it; its neighbours are the list."""
    done = CliRunner().invoke(app, ["open", f"{recordings}/20261122T174403Z-a-000001/"])

    assert (done.exit_code, opened) == (0, [(recordings, "/r/20261122T174403Z-a-000001/")])


@pytest.mark.parametrize("words", [["nothing"], ["--last"]])
def test_what_is_not_there_is_said_before_anything_is_served(
    tmp_path: Path, opened: list[tuple[Path, str]], words: list[str]
) -> None:
    done = CliRunner().invoke(app, ["open", *words, "--recordings", str(tmp_path)])

    assert "No such recording" in str(done.exception)
    assert opened == []


def test_an_inquirys_file_is_opened_to_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: dict[str, object] = {}
    monkeypatch.setattr(open_verb, "show_app", lambda *_places, **how: shown.update(how))
    (tmp_path / "parcel.yaml").write_text("topic: feedback\n")

    done = CliRunner().invoke(app, ["open", str(tmp_path / "parcel.yaml")])

    assert done.exit_code == 0
    assert (shown["page"], shown["profiles"]) == ("/i/parcel/write", tmp_path)
