"""A tombstone is believed only as far as what stands around it bears it out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from autofill.events import Verdict
from autofill.evidence.archiving.purge import Order, purge
from autofill.evidence.keeping.folder import RecordingFolder
from autofill.evidence.keeping.summary import RunSummary
from autofill.evidence.sealing.seal import seal
from autofill.evidence.sealing.tombstone import tombstone_of
from autofill.evidence.sealing.verify import verify_recording

RUN = "20260101T120000Z-claim-abcdef"
ORDER = Order("somebody", "the case is over", lambda _: False, datetime(2026, 11, 22, tzinfo=UTC))


@pytest.fixture
def purged(tmp_path: Path) -> Path:
    """A sealed and signed recording, purged."""
    folder = RecordingFolder.create(tmp_path, RUN)
    told = RunSummary(run_id=RUN, profile="p", form="f", target="live", exit_code=0, verdict=Verdict.CONFIRMED)
    folder.write("data/run.json", told.model_dump_json().encode())
    folder.write("data/steps/0001-open.png", b"picture")
    seal(folder, RUN)
    purge(folder.path, ORDER)
    return folder.path


def test_verify_says_that_it_was_purged(purged: Path) -> None:
    """When, by whom and why; and the signature over what it was still holds."""
    found = verify_recording(purged)

    assert found.ok, found.first_wrong
    assert found.checks[0].detail.startswith("purged on 2026-11-22 by somebody: the case is over")
    assert found.signed_by is not None


def test_an_unsealed_recording_is_purged_too(tmp_path: Path) -> None:
    """There are only the hashes that were taken before."""
    folder = RecordingFolder.create(tmp_path, RUN)
    folder.write("data/steps/0001-open.png", b"picture")

    purge(folder.path, ORDER)

    assert [check.name for check in verify_recording(folder.path).checks] == ["purged"]
    assert verify_recording(folder.path).ok


def altered(root: Path, old: str, new: str) -> None:
    file = root / "tombstone.json"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        (lambda root: altered(root, '"complete": true', '"complete": false'), "interrupted"),
        (lambda root: (root / "letter.txt").write_text("x"), "letter.txt"),
        (lambda root: (root / "bag-info.txt").write_text("x: y\n"), "bag-info.txt"),
        (lambda root: (root / "tagmanifest-sha256.txt").unlink(), "tagmanifest-sha256.txt"),
        (lambda root: altered(root, '"path": "data/run.json"', '"path": "data/other"'), "data/run.json"),
        (lambda root: (root / "signatures/signer.pub").write_text("x"), "signer.pub"),
        (lambda root: altered(root, '"schema"', '"scheme"'), ""),
        (lambda root: (root / "tombstone.json").unlink(), ""),
    ],
    ids=["interrupted", "left", "changed", "missing", "other hash", "other key", "no tombstone", "deleted"],
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
