"""How commands in messages are written: as the shell, where the person stands, knows this program."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from autofill.shell import as_typed, program_typed, settle_commands

REPOSITORY = Path(__file__).parents[1]
WHOLE = ["/usr/bin/python3", "-m", "autofill", "cases"]


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program in a folder that is not on the PATH, and the person beside it."""
    started = tmp_path / ".venv" / "bin" / "autofill"
    started.parent.mkdir(parents=True)
    started.write_text("#!/bin/sh\n")
    started.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    return started


@pytest.fixture
def settled() -> Iterator[None]:
    settle_commands(".venv/bin/autofill", ["cases", "run"])
    yield
    settle_commands("autofill", [])


def test_a_program_that_the_shell_does_not_know_is_named_by_its_path_as_it_was_typed(program: Path) -> None:
    assert program_typed([".venv/bin/autofill", "run"], WHOLE) == ".venv/bin/autofill"
    assert program_typed([str(program)], WHOLE) == str(program)


def test_a_program_that_the_shell_knows_is_named_by_its_name(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installed program is often a link to that of a folder of its own."""
    linked = program.parents[2] / "bin" / "autofill"
    linked.parent.mkdir()
    linked.symlink_to(program)
    monkeypatch.setenv("PATH", f"{linked.parent}:/usr/bin")

    assert program_typed([str(linked)], WHOLE) == "autofill"
    assert program_typed([str(program)], WHOLE) == "autofill"


def test_another_program_of_this_name_is_not_this_one(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = program.parents[2] / "bin" / "autofill"
    other.parent.mkdir()
    other.write_text("#!/bin/sh\n")
    other.chmod(0o755)
    monkeypatch.setenv("PATH", f"{other.parent}:/usr/bin")

    assert program_typed([".venv/bin/autofill"], WHOLE) == ".venv/bin/autofill"


def test_a_module_is_started_again_as_a_module() -> None:
    assert program_typed(["/x/autofill/__main__.py"], WHOLE) == "/usr/bin/python3 -m autofill"


def test_a_path_with_a_space_can_be_typed(program: Path) -> None:
    spaced = program.parents[2] / "my files" / "autofill"
    spaced.parent.mkdir()
    spaced.write_text("#!/bin/sh\n")

    assert program_typed([str(spaced)], WHOLE) == f"'{spaced}'"


@pytest.mark.usefixtures("settled")
def test_commands_in_a_message_are_rewritten_and_its_other_words_are_not() -> None:
    said = (
        "Look: autofill cases 1, or `autofill run --headed`; autofill -h. autofill runs; /bin/autofill run; autofill 1"
    )

    assert as_typed(said) == (
        "Look: .venv/bin/autofill cases 1, or `.venv/bin/autofill run --headed`; .venv/bin/autofill -h. "
        "autofill runs; /bin/autofill run; autofill 1"
    )


def test_a_hint_names_the_program_as_it_was_started(tmp_path: Path) -> None:
    """As after `make run`, in a shell that knows no `autofill`."""
    command = [sys.executable, "-m", "autofill", "cases", "--nope"]
    settings = os.environ | {"PYTHONPATH": str(REPOSITORY)}

    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path, env=settings)

    assert done.returncode == 2
    assert f"{sys.executable} -m autofill cases -h" in done.stderr
