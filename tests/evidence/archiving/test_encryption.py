"""A recording goes into its archive and comes out again byte for byte, and no accident on the way loses it."""

from __future__ import annotations

import io
import os
import shutil
import stat
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path

import pyrage
import pytest

from autofill.errors import AutofillError, DiskTrouble, FileMissing, Misconfigured
from autofill.evidence.archiving import encryption
from autofill.evidence.archiving.age import Identities, Recipients, identities_of, recipients_of
from autofill.evidence.archiving.encryption import clear_leftovers, decrypt, encrypt
from autofill.evidence.keeping.folder import RecordingFolder
from autofill.evidence.sealing.seal import seal
from autofill.evidence.sealing.verify import verify_recording

RUN = "20260101T120000Z-claim-abcdef"
CANARY = b"Zebulonia"


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    folder = RecordingFolder.create(tmp_path, RUN)
    folder.write("data/steps/0001-open.png", CANARY * 30_000)
    folder.write("data/empty.txt", b"")
    folder.write("data/one-block.bin", bytes(512))
    seal(folder, RUN, key=lambda: None)
    folder.add_folder("debug")
    folder.write("debug/page@1.webm", CANARY)
    return folder.path


@pytest.fixture(scope="module")
def identity() -> pyrage.x25519.Identity:
    return pyrage.x25519.Identity.generate()


@pytest.fixture
def recipients(identity: pyrage.x25519.Identity) -> Recipients:
    return recipients_of(str(identity.to_public()))


@pytest.fixture
def identities(identity: pyrage.x25519.Identity, tmp_path: Path) -> Identities:
    (tmp_path / "identity").write_text(str(identity))
    return identities_of(tmp_path / "identity")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_goes_in_comes_out(recording: Path, recipients: Recipients, identities: Identities) -> None:
    """Every byte, as private as before; meanwhile there is the archive alone, and nothing can be read in it."""
    before = contents(recording)

    archive = encrypt(recording, recipients, identities)

    assert archive == recording.with_name(f"{RUN}.tar.age")
    assert {path.name for path in recording.parent.iterdir()} == {archive.name, "identity"}
    assert archive.stat().st_mode & 0o777 == 0o600
    assert CANARY not in archive.read_bytes()

    assert decrypt(archive, identities) == recording
    assert contents(recording) == before
    assert verify_recording(recording).checks[0].ok
    assert {path.stat().st_mode & 0o777 for path in (recording, *recording.rglob("*"))} == {0o700, 0o600}
    assert {path.name for path in recording.parent.iterdir()} == {archive.name, "identity", RUN}


def test_tar_opens_what_age_decrypts(
    recording: Path, recipients: Recipients, identities: Identities, tmp_path: Path
) -> None:
    """Nobody needs autofill for it; tar finds nothing to complain about."""
    before = contents(recording)
    archive = encrypt(recording, recipients)
    with (tmp_path / "plain.tar").open("wb") as plain:
        identities.decrypt(archive, plain)

    done = subprocess.run(["tar", "-xf", tmp_path / "plain.tar"], cwd=tmp_path, capture_output=True, check=True)

    assert done.stderr == b""
    assert contents(recording) == before


def test_the_same_recording_makes_the_same_tar(
    recording: Path, recipients: Recipients, identities: Identities, tmp_path: Path
) -> None:
    """Times and accounts do not get into it."""
    copy = shutil.copytree(recording, tmp_path / "elsewhere" / RUN, copy_function=shutil.copyfile)
    os.utime(copy / "bagit.txt", (0, 0))
    (copy / "bagit.txt").chmod(0o644)

    assert identities.digest(encrypt(copy, recipients)) == identities.digest(encrypt(recording, recipients))


def test_a_large_recording_goes_through_a_file(
    recording: Path, recipients: Recipients, identities: Identities, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which has no name, and is gone afterwards."""
    monkeypatch.setattr(encryption, "_IN_MEMORY", 1000)
    before = contents(recording)

    archive = encrypt(recording, recipients, identities)

    assert {path.name for path in archive.parent.iterdir()} == {archive.name, "identity"}
    assert contents(decrypt(archive, identities)) == before


def test_a_file_that_becomes_shorter_meanwhile_costs_nothing(
    recording: Path, recipients: Recipients, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, real = contents(recording), os.fstat

    def longer(handle: int) -> os.stat_result:
        found = list(real(handle))
        found[stat.ST_SIZE] += 1
        return os.stat_result(found)

    monkeypatch.setattr(os, "fstat", longer)
    with pytest.raises(DiskTrouble, match="became shorter"):
        encrypt(recording, recipients)
    monkeypatch.undo()

    assert contents(recording) == before
    assert [path.name for path in recording.parent.iterdir()] == [RUN]


def test_an_archive_that_does_not_open_costs_nothing(recording: Path, recipients: Recipients, tmp_path: Path) -> None:
    """Read back with the wrong key: the folder stays, the archive does not."""
    before = contents(recording)
    (tmp_path / "other").write_text(str(pyrage.x25519.Identity.generate()))

    with pytest.raises(Misconfigured):
        encrypt(recording, recipients, identities_of(tmp_path / "other"))

    assert contents(recording) == before
    assert {path.name for path in tmp_path.iterdir()} == {RUN, "other"}


def test_a_full_disk_costs_nothing(
    recording: Path, recipients: Recipients, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The device that is always full stands in for the archive."""
    before, real = contents(recording), os.open

    def full(path: str | Path, flags: int, mode: int = 0o777) -> int:
        return real("/dev/full", os.O_WRONLY) if str(path).endswith(".age.part") else real(path, flags, mode)

    monkeypatch.setattr(os, "open", full)
    with pytest.raises(DiskTrouble, match="No space left"):
        encrypt(recording, recipients)
    monkeypatch.undo()

    assert contents(recording) == before
    assert [path.name for path in tmp_path.iterdir()] == [RUN]


def test_a_removal_that_was_interrupted_is_ended_later(
    recording: Path, recipients: Recipients, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half a folder never lies there under the recording's name."""

    def interrupt(folder: Path) -> None:
        raise KeyboardInterrupt if folder.exists() else FileNotFoundError

    monkeypatch.setattr(encryption, "remove_tree", interrupt)
    with pytest.raises(KeyboardInterrupt):
        encrypt(recording, recipients)
    monkeypatch.undo()
    assert not recording.exists()

    clear_leftovers(recording.parent)

    assert [path.name for path in recording.parent.iterdir()] == [f"{RUN}.tar.age"]


def test_a_link_in_a_recording_is_not_followed(recording: Path, recipients: Recipients, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_bytes(CANARY)
    (recording / "data/link").symlink_to(tmp_path / "letter.txt")

    with pytest.raises(DiskTrouble, match="link"):
        encrypt(recording, recipients)

    assert (recording / "data/link").is_symlink()


def cut(content: bytes) -> bytes:
    return content[:-1]


def changed(content: bytes) -> bytes:
    return content[:70_000] + bytes([content[70_000] ^ 1]) + content[70_001:]


def emptied(_content: bytes) -> bytes:
    return b""


@pytest.mark.parametrize("damage", [cut, changed, emptied])
def test_a_damaged_archive_leaves_nothing_half(
    recording: Path, recipients: Recipients, identities: Identities, damage: Callable[[bytes], bytes]
) -> None:
    """Nothing of it is unpacked."""
    archive = encrypt(recording, recipients)
    archive.write_bytes(damage(archive.read_bytes()))

    with pytest.raises(Misconfigured, match="does not open"):
        decrypt(archive, identities)

    assert {path.name for path in archive.parent.iterdir()} == {archive.name, "identity"}


def test_what_is_there_is_not_written_over(recording: Path, recipients: Recipients, identities: Identities) -> None:
    archive = encrypt(recording, recipients)
    recording.mkdir()
    (recording / "mine.txt").write_bytes(b"mine")

    with pytest.raises(Misconfigured, match="already exists"):
        decrypt(archive, identities)

    assert contents(recording) == {"mine.txt": b"mine"}


def test_no_archive(tmp_path: Path, identities: Identities) -> None:
    with pytest.raises(FileMissing):
        decrypt(tmp_path / "nothing.tar.age", identities)


def hostile(*entries: tarfile.TarInfo) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as tar:
        for entry in entries:
            tar.addfile(entry, io.BytesIO(bytes(entry.size)))
    return made.getvalue()


def entry(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.type, made.linkname = kind, link
    return made


@pytest.mark.parametrize(
    "tar",
    [
        hostile(entry("../out")),
        hostile(entry("run", tarfile.DIRTYPE), entry("run/../../out")),
        hostile(entry("/tmp/autofill-out")),
        hostile(entry("run", tarfile.SYMTYPE, "/etc")),
        hostile(entry("run", tarfile.DIRTYPE), entry("run/x", tarfile.LNKTYPE, "run")),
        hostile(entry("run", tarfile.DIRTYPE), entry("run/x", tarfile.CHRTYPE)),
        hostile(entry("run", tarfile.DIRTYPE), entry("another", tarfile.DIRTYPE)),
        hostile(entry("run", tarfile.DIRTYPE), entry("run/x"), entry("run/x")),
        hostile(entry("run/x/y")),
        hostile(),
        b"no tar at all" * 100,
    ],
)
def test_whoever_knows_the_public_key_can_send_anything(
    tmp_path: Path, recipients: Recipients, identities: Identities, tar: bytes
) -> None:
    """Only what we would have packed is unpacked; nothing ever lands elsewhere."""
    archive = tmp_path / "in" / "run.tar.age"
    archive.parent.mkdir()
    with archive.open("wb") as file:
        recipients.encrypt(io.BytesIO(tar), file)

    with pytest.raises(AutofillError):
        decrypt(archive, identities)

    assert {path.name for path in tmp_path.rglob("*")} == {"identity", "in", "run.tar.age"}
