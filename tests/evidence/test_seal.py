"""A sealed recording is a bag that the tools of any machine can check, and that shows what was done to it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from autofill import __version__
from autofill.errors import DiskTrouble
from autofill.evidence.folder import RecordingFolder
from autofill.evidence.seal import is_sealed, seal


@pytest.fixture
def bag(tmp_path: Path) -> RecordingFolder:
    folder = RecordingFolder.create(tmp_path, "run")
    folder.write("data/run.json", b"{}\n")
    folder.write("data/steps/0001-open.png", bytes(300))
    folder.write("data/steps/0001-open.values.json", "왕".encode())
    seal(folder, "20261122T170509Z-claim-abcdef")
    return folder


def check(bag: RecordingFolder) -> subprocess.CompletedProcess[str]:
    command = ["sha256sum", "--check", "--strict", "manifest-sha256.txt", "tagmanifest-sha256.txt"]
    return subprocess.run(command, cwd=bag.path, capture_output=True, text=True, check=False)


def test_sha256sum_finds_everything_in_order(bag: RecordingFolder) -> None:
    """Every payload file and every tag file, each once."""
    done = check(bag)
    assert done.returncode == 0, done.stderr
    assert sorted(done.stdout.splitlines()) == sorted(
        f"{name}: OK" for name in (*bag.payload(), "bagit.txt", "bag-info.txt", "VERIFY.txt", "manifest-sha256.txt")
    )


def test_nothing_lies_in_the_bag_that_no_manifest_names(bag: RecordingFolder) -> None:
    """But the last manifest, which names the others."""
    listed = "".join((bag.path / name).read_text() for name in ("manifest-sha256.txt", "tagmanifest-sha256.txt"))
    there = {path.relative_to(bag.path).as_posix() for path in bag.path.rglob("*") if path.is_file()}
    assert there - set(re.findall(r"  (.+)\n", listed)) == {"tagmanifest-sha256.txt"}


def test_the_bag_describes_itself(bag: RecordingFolder) -> None:
    """As RFC 8493 says; bytes and files of the payload are counted."""
    assert (bag.path / "bagit.txt").read_text() == "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    information = dict(line.split(": ", 1) for line in (bag.path / "bag-info.txt").read_text().splitlines())
    assert information["Payload-Oxum"] == "306.3"
    assert information["External-Identifier"] == "20261122T170509Z-claim-abcdef"
    assert information["Bag-Software-Agent"] == f"autofill {__version__}"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", information["Bagging-Date"])


def test_the_instructions_work_as_written(bag: RecordingFolder) -> None:
    """A stranger copies the two commands out of VERIFY.txt; the second gives the number it says."""
    commands = re.findall(r"^    (\S.*?)(?:   .*)?$", (bag.path / "VERIFY.txt").read_text(), re.MULTILINE)
    assert len(commands) == 2
    outputs = [
        subprocess.run(["sh", "-c", command], cwd=bag.path, capture_output=True, text=True, check=True).stdout
        for command in commands
    ]
    assert outputs[1].strip() == "3"


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        (lambda root: (root / "data/run.json").write_bytes(b"{ }"), "data/run.json: FAILED"),
        (lambda root: (root / "data/steps/0001-open.png").unlink(), "data/steps/0001-open.png: FAILED"),
        (lambda root: (root / "bag-info.txt").write_text("x"), "bag-info.txt: FAILED"),
        (
            lambda root: (root / "manifest-sha256.txt").write_text(
                "".join((root / "manifest-sha256.txt").read_text().splitlines(keepends=True)[1:])
            ),
            "manifest-sha256.txt: FAILED",
        ),
    ],
    ids=["changed", "deleted", "tag file changed", "file struck off the list"],
)
def test_damage_is_found_and_named(bag: RecordingFolder, damage: Callable[[Path], object], named: str) -> None:
    """By a tool that knows nothing of us."""
    damage(bag.path)
    done = check(bag)
    assert done.returncode != 0
    assert named in done.stdout


def test_a_recording_is_sealed_when_its_last_manifest_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that fills up while sealing leaves a recording that does not look sealed."""
    folder = RecordingFolder.create(tmp_path, "run")
    assert not is_sealed(folder)
    written: list[str] = []
    write = RecordingFolder.write

    def stop_at_the_last(self: RecordingFolder, name: str, content: bytes) -> None:
        if len(written) == 4:
            raise DiskTrouble("full")
        written.append(name)
        write(self, name, content)

    monkeypatch.setattr(RecordingFolder, "write", stop_at_the_last)
    with pytest.raises(DiskTrouble):
        seal(folder, "run")
    assert not is_sealed(folder)
    monkeypatch.undo()
    seal(folder, "run")
    assert is_sealed(folder)
