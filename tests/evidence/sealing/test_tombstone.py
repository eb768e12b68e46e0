"""A tombstone is believed only as far as what stands around it bears it out."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from autofill.errors import Misconfigured
from autofill.events import Verdict
from autofill.evidence.archiving.purge import PurgeRequest, purge
from autofill.evidence.keeping.folder import RecordingFolder
from autofill.evidence.keeping.summary import RunSummary
from autofill.evidence.sealing.seal import seal
from autofill.evidence.sealing.signing_key import KeyInFile
from autofill.evidence.sealing.tombstone import tombstone_of
from autofill.evidence.sealing.verify import verify_recording
from tests.evidence import tools
from tests.evidence.bags import own_key

RUN = "20260101T120000Z-claim-abcdef"
ORDER = PurgeRequest("somebody", "the case is over", lambda _: False, datetime(2026, 11, 22, tzinfo=UTC))
KEY, OTHER = own_key(), own_key()


@pytest.fixture
def purged(tmp_path: Path) -> Path:
    """A sealed and signed recording, purged by whoever signed it."""
    folder = RecordingFolder.create(tmp_path, RUN)
    told = RunSummary(run_id=RUN, profile="p", form="f", target="live", exit_code=0, verdict=Verdict.CONFIRMED)
    folder.write("data/run.json", told.model_dump_json().encode())
    folder.write("data/steps/0001-open.png", b"picture")
    seal(folder, RUN, key=lambda: KEY)
    purge(folder.path, ORDER, lambda: KEY)
    return folder.path


def bare(parent: Path, key: KeyInFile | None) -> Path:
    """A recording that was never sealed, purged."""
    folder = RecordingFolder.create(parent, RUN)
    folder.write("data/steps/0001-open.png", b"picture")
    purge(folder.path, ORDER, lambda: key)
    return folder.path


def test_verify_says_that_it_was_purged(purged: Path) -> None:
    """When, by whom and why; and the signature over what it was still holds."""
    found = verify_recording(purged)

    assert found.ok, found.first_wrong
    assert [check.name for check in found.checks] == ["tombstone", "purged", "signature", "time stamps"]
    assert found.checks[0].detail == found.checks[2].detail == found.unknown[0]
    assert found.unknown[0].startswith(f"signed by {KEY.public.fingerprint}, an unknown key")
    assert found.checks[1].detail.startswith("purged on 2026-11-22 by somebody: the case is over")
    assert (found.purged, found.signed_by) == (True, KEY.public.fingerprint)


def test_an_unsealed_recording_is_purged_too(tmp_path: Path) -> None:
    """There are only the hashes that were taken before, and the tombstone's own signature."""
    found = verify_recording(bare(tmp_path, KEY))

    assert [check.name for check in found.checks] == ["tombstone", "purged"]
    assert (found.ok, found.signed_by) == (True, KEY.public.fingerprint)
    assert "1 files, which were not sealed" in found.checks[1].detail


def test_a_tombstone_is_checked_by_the_public_tool(purged: Path) -> None:
    """With a key that was published before, and without any: then it says which key signed."""
    signed = ["-n", "autofill-evidence", "-s", "tombstone.json.sig"]
    for how in (["verify", "-f", "signatures/allowed_signers", "-I", "autofill"], ["check-novalidate"]):
        command = ["ssh-keygen", "-Y", how[0], *how[1:], *signed]
        assert tools.accepts(purged, *command, stdin=purged / "tombstone.json")
        assert not tools.accepts(purged, *command, stdin=purged / "bagit.txt")
    said = subprocess.run(
        command, cwd=purged, input=(purged / "tombstone.json").read_bytes(), capture_output=True, check=True
    )
    assert KEY.public.fingerprint in said.stdout.decode()


def test_the_signer_that_is_asked_for_signed_the_tombstone(purged: Path, tmp_path: Path) -> None:
    """Whether there was a seal or not; that the other key may purge says who names both."""
    mine, other = (frozenset({key.public.fingerprint}) for key in (KEY, OTHER))
    assert verify_recording(purged, mine).ok
    for folder in (purged, bare(tmp_path / "bare", KEY)):
        wrong = verify_recording(folder, other).first_wrong
        assert wrong
        assert wrong.detail.startswith("tombstone.json.sig: is by another key than the one asked for")
    tombstone = tombstone_of(purged)
    assert tombstone
    (purged / "tombstone.json.sig").write_text(OTHER.sign(tombstone.content).armoured)
    wrong = verify_recording(purged).first_wrong
    assert wrong
    assert wrong.detail.startswith("tombstone.json.sig: is by another key than the recording itself")
    assert verify_recording(purged, mine | other).ok


def missing_key() -> KeyInFile:
    raise Misconfigured("The agent is gone.")


def test_a_purge_does_not_fail_because_of_a_key(tmp_path: Path) -> None:
    """What is personal goes all the same; that nobody vouches for the tombstone is said, then and by verify."""
    folder = RecordingFolder.create(tmp_path, RUN)
    folder.write("data/steps/0001-open.png", b"picture")

    fate = purge(folder.path, ORDER, missing_key)

    assert not (folder.path / "data").exists()
    assert fate.fault.startswith("The tombstone is not signed: The agent is gone.")
    assert f"autofill seal --sign {folder.path}" in fate.fault
    wrong = verify_recording(folder.path).first_wrong
    assert wrong
    assert wrong.detail == "tombstone.json: is not signed: anyone could have written it"


@pytest.mark.parametrize("complete", [True, False])
def test_nobody_gets_a_signature_under_a_tombstone_that_he_wrote(purged: Path, complete: bool) -> None:
    """By leaving it where the next purge of the owner goes on with it."""
    tombstone = tombstone_of(purged)
    assert tombstone
    forged = tombstone.model_copy(update={"because": "moved house", "complete": complete})
    RecordingFolder(purged).write("tombstone.json", forged.content)
    (purged / "letter.txt").write_bytes(b"x")

    fate = purge(purged, replace(ORDER, because="again"), lambda: KEY)

    assert "that this key has not signed" in fate.fault
    assert not (purged / "tombstone.json.sig").exists()
    assert not verify_recording(purged).ok


def test_what_the_tombstone_says_is_shown_and_does_nothing(tmp_path: Path) -> None:
    """Line feeds would add lines to the answer, and escapes paint over it."""
    folder = RecordingFolder.create(tmp_path, RUN)
    told = replace(ORDER, because="over\n  signature: signed by SHA256:x\x1b[2K\u202e\x9b왕")
    purge(folder.path, told, lambda: KEY)

    said = verify_recording(folder.path).checks[1].detail

    assert r"over\n  signature: signed by SHA256:x\x1b[2K\u202e\x9b왕" in said


def altered(root: Path, old: str, new: str) -> None:
    file = root / "tombstone.json"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def other_hash(root: Path) -> None:
    """As the owner of the key alone can."""
    tombstone = tombstone_of(root)
    assert tombstone
    changed = tombstone.model_copy(update={"removed": tombstone.removed[1:]})
    RecordingFolder(root).write("tombstone.json", changed.content)
    (root / "tombstone.json.sig").write_text(KEY.sign(changed.content).armoured)


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        (lambda root: altered(root, '"complete": true', '"complete": false'), "interrupted"),
        (lambda root: (root / "letter.txt").write_text("x"), "letter.txt"),
        (lambda root: (root / "bag-info.txt").write_text("x: y\n"), "bag-info.txt"),
        (lambda root: (root / "tagmanifest-sha256.txt").unlink(), "tagmanifest-sha256.txt"),
        (lambda root: altered(root, "somebody", "nobody"), "tombstone.json.sig: does not fit"),
        (lambda root: (root / "tombstone.json.sig").unlink(), "tombstone.json: is not signed"),
        (other_hash, "data/run.json"),
        (lambda root: (root / "signatures/signer.pub").write_text("x"), "signer.pub"),
        (lambda root: altered(root, '"schema"', '"scheme"'), ""),
        (lambda root: (root / "tombstone.json").unlink(), ""),
    ],
    ids=[
        "interrupted",
        "left",
        "changed",
        "missing",
        "other name",
        "unsigned",
        "other hash",
        "other key",
        "no tombstone",
        "deleted",
    ],
)
def test_what_does_not_fit_the_tombstone_is_named(purged: Path, damage: Callable[[Path], object], named: str) -> None:
    damage(purged)

    wrong = verify_recording(purged).first_wrong

    assert wrong is not None
    assert named in wrong.detail


def test_a_tombstone_beside_a_whole_recording_hides_nothing(purged: Path, tmp_path: Path) -> None:
    """Somebody copied one to where nothing was purged."""
    (purged / "data").mkdir()
    (purged / "data/run.json").write_text("{}")

    assert not verify_recording(purged).ok


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff", b'{"schema": "autofill.tombstone/2"}'])
def test_what_is_no_tombstone_is_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "tombstone.json").write_bytes(content)

    assert tombstone_of(tmp_path) is None
