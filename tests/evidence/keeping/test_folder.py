"""A recording folder belongs to one person, and a crash or a full disk leaves whole files in it or none."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from autofill.errors import CannotRecord, DiskTrouble
from autofill.evidence.keeping.folder import ARCHIVE, RECORDING_NAME, RecordingFolder, archive_of, new_run_id, time_of
from tests.evidence.limits import largest_file

NOW = datetime(2026, 11, 22, 17, 5, 9, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> RecordingFolder:
    return RecordingFolder.create(tmp_path / "recordings", "run")


@pytest.fixture
def open_umask() -> Iterator[None]:
    """The most careless setting there is."""
    before = os.umask(0)
    yield
    os.umask(before)


def test_names_sort_by_time_and_are_never_the_same() -> None:
    """UTC time, topic, and letters that nobody can guess; nothing of the person."""
    first, second = (new_run_id(NOW, "claim") for _ in range(2))
    assert re.fullmatch(r"20261122T170509Z-claim-[0-9a-f]{6}", first)
    assert re.fullmatch(r"20261122T170509Z-[0-9a-f]{6}", new_run_id(NOW, ""))
    assert first != second
    assert first < new_run_id(NOW.replace(hour=18), "claim")


@pytest.mark.parametrize("topic", ["claim", "where-is-my-2nd-parcel", ""])
def test_a_run_s_id_is_known_again_and_tells_its_time(topic: str) -> None:
    """What is no run's id tells none: a copy to share, a folder that somebody renamed."""
    run_id = new_run_id(NOW, topic)
    assert time_of(run_id) == NOW
    assert RECORDING_NAME.fullmatch(run_id)
    assert [time_of(name) for name in (f"{run_id}-share", f"{run_id}.bak", run_id[1:], "letters")] == [None] * 4


def test_an_archive_has_the_name_of_its_recording(tmp_path: Path) -> None:
    """And the ending, which is taken off again."""
    archive = archive_of(tmp_path / "run.1")
    assert archive == tmp_path / "run.1.tar.age"
    assert archive.name.removesuffix(ARCHIVE) == "run.1"


@pytest.mark.usefixtures("open_umask")
def test_only_the_owner_can_look_in(tmp_path: Path) -> None:
    """Folders 0700, files 0600, whatever the process allows by default."""
    folder = RecordingFolder.create(tmp_path / "recordings", "run")
    folder.write("data/run.json", b"{}")
    modes = {path.relative_to(tmp_path).as_posix(): stat.S_IMODE(path.stat().st_mode) for path in tmp_path.rglob("*")}
    assert modes == {
        "recordings": 0o700,
        "recordings/run": 0o700,
        "recordings/run/data": 0o700,
        "recordings/run/data/steps": 0o700,
        "recordings/run/data/run.json": 0o600,
    }


def test_an_existing_recordings_folder_is_used_as_it_is(tmp_path: Path) -> None:
    """Its rights are its owner's business."""
    tmp_path.chmod(0o755)
    RecordingFolder.create(tmp_path, "run")
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755


@pytest.mark.parametrize("obstacle", ["file in the way", "run there already"])
def test_a_folder_that_cannot_be_made_stops_the_run(tmp_path: Path, obstacle: str) -> None:
    """Exit code 73, and another recording is never written into."""
    if obstacle == "file in the way":
        (tmp_path / "recordings").touch()
    else:
        RecordingFolder.create(tmp_path / "recordings", "run")
    with pytest.raises(CannotRecord, match="Nothing was sent") as caught:
        RecordingFolder.create(tmp_path / "recordings", "run")
    assert caught.value.exit_code == 73


def test_what_is_written_is_there_whole(folder: RecordingFolder) -> None:
    """Written again, the later content takes the place of the earlier; no temporary file is left."""
    folder.write("data/a.bin", b"first, and longer")
    folder.write("data/a.bin", bytes(range(256)))
    assert (folder.path / "data/a.bin").read_bytes() == bytes(range(256))
    assert sorted(path.name for path in (folder.path / "data").iterdir()) == ["a.bin", "steps"]


def test_content_is_on_disk_before_it_has_its_name(folder: RecordingFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """File, name, folder, in this order: after a power cut there is the whole file or none."""
    order: list[str] = []
    fsync = os.fsync

    def note(handle: int) -> None:
        is_folder = stat.S_ISDIR(os.fstat(handle).st_mode)
        order.append("folder" if is_folder else f"{os.fstat(handle).st_size} bytes")
        order.append("named" if (folder.path / "data/a.bin").exists() else "unnamed")
        fsync(handle)

    monkeypatch.setattr(os, "fsync", note)
    folder.write("data/a.bin", b"abc")
    assert order == ["3 bytes", "unnamed", "folder", "named"]


def test_two_who_write_the_same_file_at_once_both_can(folder: RecordingFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """As runs side by side do in a folder that they share; one of the two is there, whole."""
    fsync, meanwhile = os.fsync, [b"the other's, and longer"]

    def note(handle: int) -> None:
        if meanwhile:
            folder.write("data/a.bin", meanwhile.pop())
        fsync(handle)

    monkeypatch.setattr(os, "fsync", note)
    folder.write("data/a.bin", b"mine")
    assert (folder.path / "data/a.bin").read_bytes() == b"mine"


def test_a_full_disk_leaves_no_part_under_the_name(folder: RecordingFolder) -> None:
    """Exit code 74; what fits goes on being written."""
    with largest_file(4096), pytest.raises(DiskTrouble, match=r"data/a\.png could not be written: ") as caught:
        folder.write("data/a.png", bytes(5000))
    assert caught.value.exit_code == 74
    assert [path.name for path in (folder.path / "data").iterdir()] == ["steps"]
    with largest_file(4096):
        folder.write("data/a.png", bytes(4096))
    assert folder.payload() == ["data/a.png"]


def test_a_full_disk_leaves_the_earlier_content(folder: RecordingFolder) -> None:
    """Half of the new one is worth less than the whole old one."""
    folder.write("data/a.txt", b"old")
    with largest_file(4096), pytest.raises(DiskTrouble):
        folder.write("data/a.txt", bytes(5000))
    assert (folder.path / "data/a.txt").read_bytes() == b"old"


def test_a_folder_that_went_away_is_disk_trouble(folder: RecordingFolder) -> None:
    """Someone deleted the recording while it was made."""
    (folder.path / "data/steps").rmdir()
    with pytest.raises(DiskTrouble):
        folder.write("data/steps/0001-a.png", b"x")


def test_the_payload_is_what_lies_below_data(folder: RecordingFolder) -> None:
    """Sorted, with forward slashes; the bag's own files beside it are not payload."""
    for name in ("data/steps/0001-a.png", "data/run.json", "bagit.txt", "data/journal.jsonl"):
        folder.write(name, b"x")
    assert folder.payload() == ["data/journal.jsonl", "data/run.json", "data/steps/0001-a.png"]
