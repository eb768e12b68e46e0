"""`autofill examples`: the profiles that come with the program, for people who have no checkout."""

from __future__ import annotations

from pathlib import Path

from tests.cli.test_commands import REPOSITORY, autofill


def test_examples_are_all_there_and_ready_to_run(tmp_path: Path) -> None:
    done = autofill("examples", tmp_path / "new" / "mine")

    written = sorted((tmp_path / "new" / "mine").iterdir())
    assert done.returncode == 0
    assert [path.name for path in written] == sorted(path.name for path in (REPOSITORY / "profiles").glob("*.yaml"))
    assert done.stdout.splitlines()[-1].endswith(f" autofill run {written[0]}")
    assert autofill("validate", *written).returncode == 0
    assert not any("$schema=.." in path.read_text() for path in written)


def test_what_is_there_is_never_overwritten(tmp_path: Path) -> None:
    mine = tmp_path / "01-missing-package.yaml"
    mine.write_text("topic: refund\n")

    first, again = autofill("examples", tmp_path), autofill("examples", tmp_path)

    assert mine.read_text() == "topic: refund\n"
    assert f"{mine} already exists" in first.stdout
    assert again.returncode == 0
    assert again.stdout.count("already exists") == len(list(tmp_path.iterdir()))


def test_a_folder_that_cannot_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    done = autofill("examples", tmp_path / "file")

    assert done.returncode == 74
    assert "autofill examples FOLDER" in done.stderr
