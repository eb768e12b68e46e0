"""What docs/deploy.md gives to copy is accepted by those who read it."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from autofill.cli.app import app

DEPLOY = Path(__file__).parents[1] / "docs" / "deploy"
UNIT = DEPLOY / "autofill-work@.service"


def test_systemd_accepts_the_unit(tmp_path: Path) -> None:
    # What is to be started has to be there.
    there = UNIT.read_text("utf-8").replace("/usr/local/bin/autofill", "/bin/true")
    (tmp_path / UNIT.name).write_text(there, "utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", str(tmp_path / UNIT.name)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("file", ["autofill-work@.service", "Containerfile"])
def test_the_options_that_are_given_exist(file: str) -> None:
    text = (DEPLOY / file).read_text("utf-8")
    help_text = CliRunner().invoke(app, ["work", "--help"]).output
    (line,) = [line for line in text.splitlines() if line.startswith(("ExecStart=", "CMD"))]
    assert set(re.findall(r"--[a-z-]+", line)) <= set(re.findall(r"--[a-z-]+", help_text))
    assert "work" in line


def test_the_container_copies_what_is_there() -> None:
    copied = re.findall(r"^COPY (.+) \S+$", (DEPLOY / "Containerfile").read_text("utf-8"), re.MULTILINE)
    assert copied
    for each in " ".join(copied).split():
        assert (DEPLOY.parents[1] / each).exists(), each
