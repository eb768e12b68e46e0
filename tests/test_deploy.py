"""What docs/deploy.md and docs/nightly.md give to copy is accepted by those who read it."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from autofill.cli.app import app

DEPLOY = Path(__file__).parents[1] / "docs" / "deploy"
NIGHTLY = DEPLOY.with_name("nightly")


@pytest.mark.parametrize(
    ("folder", "names"),
    [(DEPLOY, ["autofill-work@.service"]), (NIGHTLY, ["autofill-rehearse.service", "autofill-rehearse.timer"])],
    ids=["work", "rehearse"],
)
def test_systemd_accepts_the_units(folder: Path, names: list[str], tmp_path: Path) -> None:
    for name in names:
        # What is to be started has to be there.
        there = (folder / name).read_text("utf-8").replace("/usr/local/bin/autofill", "/bin/true")
        (tmp_path / name).write_text(there, "utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", *(str(tmp_path / name) for name in names)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("verb", "file"),
    [
        ("work", DEPLOY / "autofill-work@.service"),
        ("work", DEPLOY / "Containerfile"),
        ("rehearse", NIGHTLY / "autofill-rehearse.service"),
    ],
)
def test_the_options_that_are_given_exist(verb: str, file: Path) -> None:
    help_text = CliRunner().invoke(app, [verb, "--help"]).output
    (line,) = [line for line in file.read_text("utf-8").splitlines() if line.startswith(("ExecStart=", "CMD"))]
    assert set(re.findall(r"--[a-z-]+", line)) <= set(re.findall(r"--[a-z-]+", help_text))
    assert verb in line


def test_the_workflow_is_one(tmp_path: Path) -> None:
    """Its shape as GitHub's documents give it; what it runs is played in tests/journeys/test_nightly.py."""
    workflow = yaml.safe_load((NIGHTLY / "rehearse.yml").read_text("utf-8"))
    # YAML 1.1 takes the word for a truth value, and GitHub does not.
    triggers = workflow[True]
    assert [each.keys() for each in triggers["schedule"]] == [{"cron"}]
    (job,) = workflow["jobs"].values()
    assert all(("uses" in step) != ("run" in step) for step in job["steps"])
    scripts = [step["run"] for step in job["steps"] if "run" in step]
    for script in scripts:
        file = tmp_path / "step.sh"
        file.write_text(re.sub(r"\$\{\{.*?\}\}", "", script), "utf-8")
        assert subprocess.run(["bash", "-n", file], capture_output=True, check=False).returncode == 0
    help_text = CliRunner().invoke(app, ["rehearse", "--help"]).output
    used = {option for script in scripts if "rehearse" in script for option in re.findall(r"--[a-z-]+", script)}
    assert used
    assert used <= set(re.findall(r"--[a-z-]+", help_text))


def test_the_container_copies_what_is_there() -> None:
    copied = re.findall(r"^COPY (.+) \S+$", (DEPLOY / "Containerfile").read_text("utf-8"), re.MULTILINE)
    assert copied
    for each in " ".join(copied).split():
        assert (DEPLOY.parents[1] / each).exists(), each
