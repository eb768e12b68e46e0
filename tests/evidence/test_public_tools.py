"""A recording is checked on a machine without autofill, by programs that know nothing of it, as VERIFY.txt says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autofill.evidence.sealing.seal import stamp
from tests.evidence import tools
from tests.evidence.authority import running
from tests.evidence.bags import RUN_ID, own_key, sealed


@pytest.fixture(scope="module")
def bag(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of a recording that is sealed, signed, and stamped by two authorities."""
    assert tools.missing() == [], "install these packages first"
    folder = tmp_path_factory.mktemp("bag")
    made = sealed(folder / "made", own_key())
    with running(folder / "one") as one, running(folder / "two") as two:
        stamp(made, one.url)
        stamp(made, two.url)
    copy = Path(shutil.copytree(made.path, folder / "copy"))
    shutil.rmtree(made.path)
    return copy


@pytest.mark.parametrize("name", tools.ALL)
def test_each_public_program_accepts_a_recording(name: str, bag: Path) -> None:
    assert tools.ALL[name](bag)


@pytest.mark.parametrize(
    ("name", "damaged"),
    [
        ("sha256sum", "data/confirmation.png"),
        ("sha256sum of signatures", "signatures/signer.pub"),
        ("ssh-keygen", "tagmanifest-sha256.txt"),
        ("openssl", "tagmanifest-sha256.txt"),
        ("bagit", "data/confirmation.png"),
    ],
)
def test_each_public_program_refuses_a_damaged_one(name: str, damaged: str, bag: Path, tmp_path: Path) -> None:
    """So that its consent means something."""
    copy = Path(shutil.copytree(bag, tmp_path / "copy"))
    with (copy / damaged).open("ab") as file:
        file.write(b"\n")
    assert not tools.ALL[name](copy)


def commands() -> list[str]:
    template = Path(__file__).parents[2] / "autofill" / "evidence" / "sealing" / "templates" / "VERIFY.txt"
    return re.findall(r"^    (\S.*)$", template.read_text(encoding="utf-8"), re.MULTILINE)


def test_the_instructions_hold_all_the_programs() -> None:
    """So that the next test leaves none out."""
    told = "\n".join(commands())
    for program in ("sha256sum -c", "shasum -a 256", "wc -l", "ssh-keygen -Y verify", "openssl ts -verify", "bagit.py"):
        assert program in told


@pytest.mark.parametrize("command", commands(), ids=lambda command: re.sub(r"\W+", " ", command)[:40])
def test_the_instructions_work_as_written(command: str, bag: Path) -> None:
    """Pasted into a shell in the folder; each comes to a good end."""
    assert command in (bag / "VERIFY.txt").read_text(encoding="utf-8")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["sh", "-c", command], cwd=bag, env={"PATH": path}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "FAILED" not in done.stdout


def output(bag: Path, part: str) -> str:
    (command,) = [each for each in commands() if part in each]
    return subprocess.run(["sh", "-c", command], cwd=bag, capture_output=True, text=True, check=True).stdout


def test_the_answers_are_those_that_the_instructions_announce(bag: Path) -> None:
    """In the words of each program: a reader compares them with these."""
    told = (bag / "VERIFY.txt").read_text(encoding="utf-8")
    assert output(bag, "-Y verify").startswith('Good "autofill-evidence" signature')
    assert 'Good "autofill-evidence"\n   signature' in told
    assert output(bag, "ts -verify").count("Verification: OK") == 2
    assert "Verification: OK" in told
    assert output(bag, "ts -reply").count("Time stamp: ") == 2
    assert output(bag, "ssh-keygen -l").startswith("256 SHA256:")
    assert output(bag, "wc -l").strip() == output(bag, "grep").strip().rpartition(".")[2]


def test_the_instructions_say_what_is_not_proven(bag: Path) -> None:
    """In every recording, whoever gets it."""
    told = " ".join((bag / "VERIFY.txt").read_text(encoding="utf-8").split())
    for words in ("What the organisation did", "before the dispute", "DKIM", "the clock of the computer"):
        assert words in told
    assert RUN_ID not in told
