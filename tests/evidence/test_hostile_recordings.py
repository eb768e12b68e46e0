"""Whatever somebody made of a recording (B6): each verb tells it at once, in one line, and does the others too."""

from __future__ import annotations

import io
import json
import os
import tarfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyrage
import pytest
from typer.testing import CliRunner, Result

from autofill.cli.app import app
from autofill.errors import DiskTrouble, Misconfigured
from autofill.evidence.archiving.age import Identities, Recipients
from autofill.evidence.archiving.encryption import decrypt, encrypt
from autofill.evidence.archiving.purge import PurgeRequest, begun, complete, purge
from autofill.evidence.keeping import bag
from autofill.evidence.keeping.bag import Damage
from autofill.evidence.keeping.folder import RecordingFolder, remove_tree
from autofill.evidence.sealing.tombstone import TOMBSTONE, Tombstone, tombstone_of
from autofill.evidence.sealing.verify import verify_recording
from autofill.evidence.sharing.share import share
from tests.evidence.bags import key_file, own_key, sealed
from tests.evidence.hostile import DEEP, GIANT, IDS, KINDS, Hostile, hostile, nest, sparse

KEY = own_key()
ORDER = PurgeRequest("somebody", "a test", lambda _run: False, datetime(2027, 1, 1, tzinfo=UTC))
FEW = 100
each_kind = pytest.mark.parametrize("kind", KINDS, ids=IDS)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that is removed however deep it is, on a computer that knows one key."""
    monkeypatch.setenv("AUTOFILL_SIGNING_KEY", key_file(KEY, tmp_path / "key"))
    monkeypatch.setattr(bag, "MOST_ENTRIES", FEW)  # as many files as there may be take their time to be made
    (tmp_path / "here").mkdir()
    yield tmp_path / "here"
    remove_tree(tmp_path / "here")


def asked(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, list(map(str, arguments)))


def answers(done: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


@each_kind
def test_verify_names_what_is_wrong_and_hides_no_other(kind: Hostile, place: Path) -> None:
    """B6: good, hostile, good: three answers, and one line of what is wrong."""
    paths = [sealed(place / "a", KEY).path, hostile(place / "b", kind), sealed(place / "c", KEY).path]

    done = asked("verify", *paths)

    assert done.exit_code == 1  # what is hostile here is not signed, either
    lines = done.stdout.splitlines()
    for good in (paths[0], paths[2]):
        assert f"Unchanged since it was sealed: {good}" in lines
    if kind.line:
        told = lines[lines.index(f"CHANGED since it was sealed: {paths[1]}") + 1]
        assert told.startswith(f"  {kind.line}")
        assert told.isprintable()
    else:
        assert f"Unchanged since it was sealed, but signed by an UNKNOWN key: {paths[1]}" in lines
        assert "not sealed" in done.stdout
    assert not done.stderr


@each_kind
def test_purge_removes_all_of_it_and_of_the_others(kind: Hostile, place: Path) -> None:
    """B6: what is personal goes, whatever lies beside it; the tombstone can be read."""
    root = hostile(place, kind)

    fate = purge(root, ORDER, lambda: KEY)

    assert fate.became == "purged"
    assert {path.name for path in root.iterdir()} <= {
        *("VERIFY.txt", "bag-info.txt", "bagit.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"),
        *("tombstone.json", "tombstone.json.sig", "signatures"),
    }
    stone = tombstone_of(root)
    assert stone
    assert stone.complete
    listed = {file.path for file in stone.removed}
    assert {"data/steps/0001-open.png", "data/confirmation.png"} <= listed
    assert GIANT not in {file.bytes for file in stone.removed if file.sha256}


@each_kind
def test_encrypt_refuses_what_it_cannot_put_away_and_leaves_it(kind: Hostile, place: Path) -> None:
    """B6: the folder stays, no half an archive lies there, and the next one is encrypted."""
    recipient = str(pyrage.x25519.Identity.generate().to_public())
    root, good = hostile(place / "a", kind), sealed(place / "b", KEY).path
    fit = kind.resealed or kind.name in {"debug", "empty-folder", "empty-beside", "bidi-folder"}

    done = asked("encrypt", root, good, "--to", recipient)

    if kind.name == "pipe-list":  # which is a recording without a seal
        assert isinstance(done.exception, Misconfigured)
        return
    assert done.exit_code == (0 if fit else 74), done.output
    assert root.exists() is not fit
    assert {path.name for path in root.parent.iterdir()} == {f"{root.name}.tar.age" if fit else root.name} | (
        {"recordings"} if (root.parent / "recordings").exists() else set()
    )
    assert not good.exists()


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.line], ids=lambda kind: kind.name)
def test_share_makes_no_copy_of_what_is_not_as_it_was_sealed(kind: Hostile, place: Path) -> None:
    """B6: it says the same line as verify."""
    root = hostile(place, kind)

    with pytest.raises(Damage) as damage:
        share(root)
    assert str(damage.value).startswith(kind.line)
    assert [path.name for path in place.iterdir()] == [root.name]


@each_kind
def test_seal_says_what_is_wrong_and_does_the_others(kind: Hostile, place: Path) -> None:
    """B6: before anything is written, if it bears no seal."""
    root, good = hostile(place / "a", kind), sealed(place / "b").path
    (root / "tagmanifest-sha256.txt").unlink()

    done = asked("seal", "--sign", root, good, "--json")

    first, second = answers(done)
    assert second["done"] == ["signed"]
    if kind.name in {"giant-list", "giant-listed", "pipe-list", "long-summary", "deep-summary", "long-line"}:
        return  # what was wrong is gone, is made anew, or is told by verify
    assert first["done"] == ([] if kind.line else ["sealed", "signed"])
    assert str(first["error"] or "").startswith(kind.line)


def test_a_folder_that_may_not_be_read_is_named(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """B6: with the system's reason, and the other one is looked at."""
    theirs, ours = sealed(place / "a", KEY).path, sealed(place / "b", KEY).path
    look = os.scandir

    def refusing(path: str | Path) -> object:
        if Path(path) == theirs / "data/steps":
            raise PermissionError(13, "Permission denied")
        return look(path)

    monkeypatch.setattr(os, "scandir", refusing)

    done = asked("verify", theirs, ours)

    assert f"CHANGED since it was sealed: {theirs}\n  data/steps: cannot be read: Permission denied\n" in done.stdout
    assert f"Unchanged since it was sealed: {ours}\n" in done.stdout


@pytest.mark.parametrize(
    "verb", [("verify",), ("seal", "--sign"), ("purge", "--because", "x"), ("encrypt", "--to", "age1")]
)
def test_a_recording_that_may_not_be_entered_is_no_mistake_of_the_command_line(
    verb: tuple[str, ...], place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """B6: whoever says `recordings/2*` wants all of them looked at; the reason is told for the one."""
    theirs, ours = sealed(place / "a", KEY).path, sealed(place / "b", KEY).path
    monkeypatch.setattr(os, "access", lambda path, *_mode, **_more: Path(path) != theirs)
    look = Path.stat

    def refusing(path: Path, **how: Any) -> os.stat_result:
        if theirs in path.parents:
            raise PermissionError(13, "Permission denied")
        return look(path, **how)

    monkeypatch.setattr(Path, "stat", refusing)

    done = asked(*verb, theirs, ours, *(("--recordings", place) if verb[0] == "purge" else ()))

    assert done.exit_code != 2
    told = done.stderr or str(done.exception)
    assert "Permission denied" in told
    assert verb[0] == "encrypt" or str(ours) in done.stdout


def test_purge_hashes_what_was_kept_from_being_read(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """B6: otherwise nothing would show that it belonged to the seal. A rehearsal opens nothing."""
    root, look = sealed(place, KEY).path, os.scandir
    (root / "data/steps").chmod(0)

    def refusing(path: str | Path) -> object:
        if not Path(path).stat().st_mode & 0o400:
            raise PermissionError(13, "Permission denied")
        return look(path)

    monkeypatch.setattr(os, "scandir", refusing)

    assert purge(root, replace(ORDER, rehearsal=True)).became == "would-be-purged"
    assert (root / "data/steps").stat().st_mode & 0o777 == 0
    purge(root, ORDER, lambda: KEY)

    assert verify_recording(root).purged


def test_a_recording_that_breaks_the_program_hides_no_other(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """B6: even where the mistake is ours."""
    first, second = sealed(place / "a", KEY).path, sealed(place / "b", KEY).path
    look = Path.is_dir

    def breaking(path: Path) -> bool:
        if path == first:
            raise RecursionError
        return look(path)

    monkeypatch.setattr(Path, "is_dir", breaking)

    done = asked("verify", first, second)

    assert done.exit_code == 70
    assert str(first) in done.stderr
    assert f"Unchanged since it was sealed: {second}\n" in done.stdout


def test_purge_goes_on_after_one_that_cannot_be_removed(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """B6: also where an earlier purge cannot be ended."""
    for name in ("20250101T000000Z-a-aaaaaa", "20250101T000000Z-b-bbbbbb"):
        RecordingFolder.create(place, name).write("data/confirmation.txt", b"x")
    stone = Tombstone(
        run_id="x",
        verdict=None,
        sealed=False,
        purged_by="x",
        purged_at=ORDER.now,
        because="x",
        complete=False,
        removed=(),
    )
    RecordingFolder(place / "20250101T000000Z-a-aaaaaa").write(TOMBSTONE, stone.content)
    write = RecordingFolder.write

    def refusing(folder: RecordingFolder, name: str, content: bytes) -> None:
        if folder.path.name.endswith("a-aaaaaa"):
            raise DiskTrouble("It is full.", hint="")
        write(folder, name, content)

    monkeypatch.setattr(RecordingFolder, "write", refusing)
    monkeypatch.setattr(
        "autofill.cases.ledger.ledgers.Ledgers.finished_recordings", lambda _: {"20250101T000000Z-b-bbbbbb"}
    )

    done = asked("purge", "--older-than", "1d", "--because", "a test", "--recordings", place)

    assert done.exit_code == 74
    assert done.stderr.count("It is full.") == 2
    assert f"Purged: {place / '20250101T000000Z-b-bbbbbb'}" in done.stdout


def test_a_purge_that_was_interrupted_deep_inside_is_ended(place: Path) -> None:
    """B6: 1,500 folders, some of which were moved up already."""
    root = sealed(place, KEY).path
    nest(root / "data")
    stone = Tombstone(
        run_id="x",
        verdict=None,
        sealed=True,
        purged_by="x",
        purged_at=ORDER.now,
        because="x",
        complete=False,
        removed=(),
    )
    RecordingFolder(root).write(TOMBSTONE, stone.content)
    (root / "data/.0.leaving").mkdir()
    nest(root / "data/.0.leaving", DEEP)

    assert [complete(path, lambda: KEY).became for path in begun(place)] == ["purged"]
    assert not (root / "data").exists()


def test_names_that_are_no_text_are_purged_and_not_sealed(place: Path) -> None:
    """B6: no list can hold them, and no tombstone as they are."""
    root = sealed(place, KEY).path
    (root / os.fsdecode(b"data/\xff.png")).write_bytes(b"x")
    (root / "tagmanifest-sha256.txt").unlink()

    told = answers(asked("seal", "--sign", root, "--json"))[0]
    purge(root, ORDER, lambda: KEY)

    assert "has a name that no file of a recording has" in str(told["error"])
    stone = tombstone_of(root)
    assert stone
    assert r"data/\udcff.png" in {file.path for file in stone.removed}


@pytest.mark.parametrize("kind", ["sparse", "crowd", "deep", "long-names"])
def test_decrypt_unpacks_no_more_than_a_recording(kind: str, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """B6: few bytes may say that they are many; nothing is left, and the next archive is opened."""
    identity = pyrage.x25519.Identity.generate()
    recipients, identities = Recipients((identity.to_public(),)), Identities((identity,))
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w", format=tarfile.GNU_FORMAT) as tar:
        if kind == "sparse":
            entry = tarfile.TarInfo("r/giant")
            entry.type = tarfile.GNUTYPE_SPARSE
            tar.addfile(entry)
        elif kind == "crowd":
            monkeypatch.setattr("autofill.evidence.archiving.encryption.MOST_ENTRIES", 20)
            for number in range(30):
                tar.addfile(tarfile.TarInfo(f"r{number}"))
        elif kind == "deep":
            for depth in range(1, 40):
                entry = tarfile.TarInfo("/".join("r" * depth))
                entry.type = tarfile.DIRTYPE
                tar.addfile(entry)
    content = plain.getvalue()
    if kind == "sparse":  # the size that it shall have when unpacked, in the way of large numbers; then the head's sum
        head = bytearray(content[:512])
        head[483:495] = b"\x80" + GIANT.to_bytes(11)
        head[148:156] = b" " * 8
        head[148:156] = b"%06o\0 " % sum(head)
        content = bytes(head) + content[512:]
    if kind == "long-names":
        entry = tarfile.TarInfo("x")
        entry.type = tarfile.GNUTYPE_LONGNAME
        content = entry.tobuf() * 3_000
    (place / "r.tar.age").touch()
    with (place / "r.tar.age").open("wb") as file:
        recipients.encrypt(io.BytesIO(content), file)

    with pytest.raises(Misconfigured, match="something that is not a recording"):
        decrypt(place / "r.tar.age", identities)

    assert [path.name for path in place.iterdir()] == ["r.tar.age"]
    good = encrypt(sealed(place / "b", KEY).path, recipients)
    (place / "identity").write_text(str(identity))
    done = asked("decrypt", place / "r.tar.age", good, "--identity", place / "identity")
    assert done.exit_code == 78
    assert f"Unchanged since it was sealed: {good.with_name(good.name.removesuffix('.tar.age'))}" in done.stdout


def test_a_sealed_giant_is_not_hashed_for_its_tombstone(place: Path) -> None:
    """B6: what could not be hashed is said to be without a hash, and verify says so."""
    root = sealed(place, KEY).path
    sparse(root / "data/confirmation.png")

    purge(root, ORDER, lambda: KEY)

    found = verify_recording(root)
    assert found.first_wrong
    assert found.first_wrong.detail == "data/confirmation.png: was removed, but not as it was sealed"
