"""A purge takes what is personal, leaves what proves that it was there, and survives being interrupted anywhere."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from autofill.errors import DiskTrouble, FileMissing, Misconfigured
from autofill.events import Verdict
from autofill.evidence.archiving import purge as purging
from autofill.evidence.archiving.purge import PurgeRequest, begun, complete, older_than, purge
from autofill.evidence.keeping.folder import LETTERS, RecordingFolder, sync_to_disk
from autofill.evidence.keeping.inquiry_copy import InquiryCopy
from autofill.evidence.keeping.summary import RunSummary
from autofill.evidence.sealing.signing_key import SigningKey
from autofill.evidence.sealing.tombstone import check_tombstone, tombstone_of

RUN = "20260101T120000Z-claim-abcdef"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ORDER = PurgeRequest("somebody", "the case is over", lambda _: False, NOW)
CANARY = b"Zebulonia"
SUMMARY = RunSummary(run_id=RUN, profile="p", form="f", target="live", exit_code=0, verdict=Verdict.CONFIRMED)


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    """Sealed as far as a purge cares, with a trace beside the bag and a signature."""
    folder = RecordingFolder.create(tmp_path, RUN)
    folder.write("data/run.json", SUMMARY.model_dump_json().encode())
    folder.write("data/steps/0001-open.png", CANARY * 100)
    folder.add_folder("debug")
    folder.write("debug/trace.zip", CANARY)
    folder.add_folder("signatures")
    for name in ("bagit.txt", "bag-info.txt", "VERIFY.txt", "signatures/one.sig"):
        folder.write(name, b"kept")
    for manifest, names in {
        "manifest-sha256.txt": folder.payload(),
        "tagmanifest-sha256.txt": ["bagit.txt", "bag-info.txt", "VERIFY.txt", "manifest-sha256.txt"],
    }.items():
        lines = (f"{hashlib.sha256((folder.path / name).read_bytes()).hexdigest()}  {name}\n" for name in names)
        folder.write(manifest, "".join(lines).encode())
    return folder.path


def holds_canary(folder: Path) -> bool:
    return any(CANARY in path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_what_is_personal_goes_and_what_proves_it_stays(recording: Path) -> None:
    """Pictures and traces are gone; manifests and signatures are as they were, and the tag files still check out."""
    before = {name: (recording / name).read_bytes() for name in ("manifest-sha256.txt", "signatures/one.sig")}

    fate = purge(recording, ORDER)

    assert (fate.run_id, fate.became, fate.files, fate.bytes > 900) == (RUN, "purged", 3, True)
    assert not holds_canary(recording)
    assert not (recording / "data").exists()
    assert {name: (recording / name).read_bytes() for name in before} == before
    command = ["sha256sum", "--check", "--strict", "tagmanifest-sha256.txt"]
    assert subprocess.run(command, cwd=recording, capture_output=True, check=False).returncode == 0


def test_the_inquiry_goes_like_everything_personal(recording: Path) -> None:
    """Its hash stays, as that of every file."""
    content = InquiryCopy(form="f", fields={"contact.name": "Zebulonia"}).content
    (recording / "data/inquiry.json").write_bytes(content)

    purge(recording, ORDER)

    stone = tombstone_of(recording)
    assert stone is not None
    assert hashlib.sha256(content).hexdigest() in {file.sha256 for file in stone.removed}
    assert not holds_canary(recording)


def test_the_tombstone_says_who_when_why_and_what(recording: Path) -> None:
    """Every removed file by name and hash, those that were sealed just as the manifest has them."""
    manifest = (recording / "manifest-sha256.txt").read_text()

    purge(recording, ORDER)

    tombstone = tombstone_of(recording)
    assert tombstone is not None
    assert (tombstone.run_id, tombstone.verdict, tombstone.sealed, tombstone.complete) == (
        RUN,
        Verdict.CONFIRMED,
        True,
        True,
    )
    assert (tombstone.purged_by, tombstone.purged_at, tombstone.because) == ("somebody", NOW, "the case is over")
    assert tombstone.removed[0].path == "debug/trace.zip"
    assert "".join(f"{file.sha256}  {file.path}\n" for file in tombstone.removed[1:]) == manifest
    assert json.loads((recording / "tombstone.json").read_bytes())["schema"] == "autofill.tombstone/1"
    assert (recording / "tombstone.json").stat().st_mode & 0o777 == 0o600


def test_an_open_case_is_kept(recording: Path) -> None:
    """Whatever is said: its name is asked for, not the folder's."""
    asked: list[str] = []

    def is_open(run_id: str) -> bool:
        asked.append(run_id)
        return True

    renamed = recording.rename(recording.with_name("renamed"))
    fate = purge(renamed, replace(ORDER, is_open=is_open))

    assert (fate.became, bool(fate.why)) == ("kept", True)
    assert asked == [RUN]
    assert holds_canary(renamed)
    assert tombstone_of(renamed) is None


@pytest.mark.parametrize(("hours", "kept"), [(23, True), (25, False)])
def test_a_run_that_may_still_be_writing_is_kept(recording: Path, hours: int, kept: bool) -> None:
    """Without a seal nobody knows; a day later nobody writes any more."""
    (recording / "tagmanifest-sha256.txt").unlink()
    began = datetime(2026, 1, 1, 12, tzinfo=UTC)

    fate = purge(recording, replace(ORDER, now=began + timedelta(hours=hours)))

    assert (fate.became == "kept") == holds_canary(recording) == kept


def test_a_rehearsal_only_counts(recording: Path) -> None:
    """Nothing is written, not even a tombstone."""
    fate = purge(recording, replace(ORDER, rehearsal=True))

    assert (fate.files, fate.became) == (3, "would-be-purged")
    assert holds_canary(recording)
    assert tombstone_of(recording) is None


def test_an_encrypted_recording_leaves_a_tombstone_too(tmp_path: Path) -> None:
    """Its archive is one file with one hash; what the run came to is not known without opening it."""
    archive = tmp_path / f"{RUN}.tar.age"
    archive.write_bytes(b"age")

    fate = purge(archive, ORDER)

    tombstone = tombstone_of(tmp_path / RUN)
    assert tombstone is not None
    assert (fate.files, archive.exists(), tombstone.verdict) == (1, False, None)
    assert [(file.path, file.sha256) for file in tombstone.removed] == [
        (archive.name, hashlib.sha256(b"age").hexdigest())
    ]


def test_folder_and_archive_of_one_run_go_together(recording: Path) -> None:
    """Otherwise one of them would stay behind."""
    archive = recording.with_name(f"{RUN}.tar.age")
    archive.write_bytes(CANARY)

    assert purge(recording, ORDER).files == 4
    assert not archive.exists()


def test_the_letters_of_the_case_go_with_it(recording: Path) -> None:
    """Those of another case stay."""
    letters = recording.parent / LETTERS
    letters.mkdir()
    for run in (RUN, "20260101T120000Z-claim-abcdee"):
        (letters / f"{run}-1.eml").write_bytes(CANARY)

    fate = purge(recording, ORDER)

    assert [path.name for path in letters.iterdir()] == ["20260101T120000Z-claim-abcdee-1.eml"]
    tombstone = tombstone_of(recording)
    assert tombstone
    assert f"{LETTERS}/{RUN}-1.eml" in {removed.path for removed in tombstone.removed}
    assert fate.files == len(tombstone.removed)


def test_what_a_full_disk_would_not_take_goes_with_it(
    recording: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run put it among temporary files, under its own name."""
    temporary = tmp_path_factory.mktemp("temporary")
    rescued = RecordingFolder.create(temporary, RUN)
    rescued.write("data/confirmation.png", CANARY)
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))

    fate = purge(recording, ORDER)

    assert (fate.files, list(temporary.iterdir())) == (4, [])
    tombstone = tombstone_of(recording)
    assert tombstone
    assert tombstone.removed[-1].path == f"{RUN}/data/confirmation.png"


def test_what_is_not_ours_or_a_recording_of_its_own_stays_among_temporary_files(
    recording: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A copy that somebody unpacked there, and what a link leads to; and a recording that lies there is no rescue."""
    temporary = tmp_path / "temporary"
    RecordingFolder.create(temporary, RUN).write("data/journal.jsonl", CANARY)
    (temporary / "elsewhere").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    purge(shutil.copytree(recording, tmp_path / "one" / RUN), ORDER)
    assert holds_canary(temporary)

    shutil.rmtree(temporary / RUN)
    (temporary / RUN).symlink_to(recording)
    purge(shutil.copytree(recording, tmp_path / "two" / RUN), ORDER)
    assert holds_canary(recording)

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    purge(recording, ORDER)
    assert tombstone_of(recording)


def test_links_are_removed_and_never_followed(recording: Path, tmp_path: Path) -> None:
    """What they lead to belongs to somebody else."""
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_bytes(CANARY)
    (recording / "data/link").symlink_to(mine)
    (recording / "elsewhere").symlink_to(mine)
    os.mkfifo(recording / "data/pipe")

    purge(recording, ORDER)

    assert (mine / "letter.txt").read_bytes() == CANARY
    assert not (recording / "elsewhere").is_symlink()
    tombstone = tombstone_of(recording)
    assert tombstone is not None
    assert {file.path for file in tombstone.removed if not file.sha256} == {"data/link", "data/pipe", "elsewhere"}


def test_a_recording_that_is_itself_a_link_is_refused(recording: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(recording)

    with pytest.raises(FileMissing):
        purge(tmp_path / "link", ORDER)

    assert holds_canary(recording)


@pytest.mark.parametrize("name", ["nothing", ".", "..", RUN])
def test_what_is_no_recording_is_refused(recording: Path, tmp_path: Path, name: str) -> None:
    """The folder that recordings are in holds the ledger, too."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / RUN).mkdir()

    with pytest.raises(FileMissing):
        purge(tmp_path / "folder" / name, ORDER)

    assert holds_canary(recording)


def test_purged_twice_is_purged_once(recording: Path) -> None:
    """The first tombstone stays as it was."""
    purge(recording, ORDER)
    first = tombstone_of(recording)

    fate = purge(recording, replace(ORDER, because="again"))

    assert fate.became == "purged-before"
    assert tombstone_of(recording) == first


def test_what_comes_back_is_purged_again_and_no_hash_is_lost(recording: Path) -> None:
    """Somebody put a copy of a file into the folder."""
    purge(recording, ORDER)
    (recording / "letter.txt").write_bytes(CANARY)

    purge(recording, ORDER)

    tombstone = tombstone_of(recording)
    assert tombstone is not None
    assert [file.path for file in tombstone.removed][-1] == "letter.txt"
    assert len(tombstone.removed) == 4
    assert not holds_canary(recording)


def missing_key() -> SigningKey:
    raise Misconfigured("The agent is gone.")


def interrupted_at(step: int, recording: Path) -> bool:
    """Purge as far as the given step that changes the disk; whether there was such a step."""
    left = iter(range(step))

    def stopping(real: Callable[..., object]) -> Callable[..., object]:
        def take(*arguments: object) -> object:
            if next(left, None) is None:
                raise KeyboardInterrupt
            return real(*arguments)

        return take

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(RecordingFolder, "write", stopping(RecordingFolder.write))
        patch.setattr(purging, "_remove", stopping(purging._remove))
        patch.setattr(purging, "sync_to_disk", stopping(sync_to_disk))
        try:
            purge(recording, ORDER)
        except KeyboardInterrupt:
            return True
    return False


def test_an_interrupted_purge_is_completed_by_the_next(recording: Path, tmp_path: Path) -> None:
    """Wherever it ends: either nothing is gone, or the tombstone has all hashes, and the rest goes later."""
    whole = shutil.copytree(recording, tmp_path / "whole")
    step = 0
    while interrupted_at(step, recording):
        tombstone = tombstone_of(recording)
        if step <= 1:  # then there is the signature at most
            assert tombstone is None
            assert (recording / "debug/trace.zip").read_bytes() == CANARY
        else:
            assert tombstone is not None
            assert len(tombstone.removed) == 3
            assert not any(fate.fault for fate in (complete(path, missing_key) for path in begun(tmp_path)))
            assert tombstone_of(recording) == tombstone.completed
            assert check_tombstone(recording, tombstone.completed)
            assert not holds_canary(recording)
        shutil.rmtree(recording)
        shutil.copytree(whole, recording)
        step += 1
    assert step == 7


def test_a_disk_that_refuses_is_said(recording: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And the next purge goes on there."""

    def refuse(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(purging, "_remove", refuse)
    with pytest.raises(DiskTrouble, match="Permission denied"):
        purge(recording, ORDER)
    monkeypatch.undo()

    (fate,) = map(complete, begun(recording.parent))

    assert fate.files == 3
    assert not holds_canary(recording)


def test_age_is_read_from_the_name(tmp_path: Path) -> None:
    """Share copies, other folders and what is too young are left out; an archive counts as its recording."""
    for name in (
        "20251121T120000Z-claim-aaaaaa",
        "20251122T115959Z-missing-package-bbbbbb",
        "20251122T120001Z-claim-cccccc",
        "20250101T000000Z-claim-dddddd-share",
        "sample",
    ):
        (tmp_path / name).mkdir()
    (tmp_path / "20250101T000000Z-claim-eeeeee.tar.age").touch()

    found = older_than(tmp_path, timedelta(days=365), NOW)

    assert [path.name[-6:] for path in found] == ["eeeeee", "aaaaaa", "bbbbbb"]
    assert older_than(tmp_path / "nowhere", timedelta(), NOW) == []
