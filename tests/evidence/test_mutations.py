"""Whatever is done to a sealed recording is found, and it is known which of the public programs find it too.

1,200 random changes of one byte, 300 cuts and insertions, and named attacks. A recording that is signed and stamped.
"""

from __future__ import annotations

import hashlib
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

from autofill.events import Verdict
from autofill.evidence.keeping.folder import RecordingFolder
from autofill.evidence.sealing.seal import list_signatures, seal, sign, stamp
from autofill.evidence.sealing.tombstone import RemovedFile, Tombstone, sign_tombstone
from autofill.evidence.sealing.verify import verify_recording
from tests.evidence import tools
from tests.evidence.authority import running
from tests.evidence.bags import RUN_ID, own_key, sealed

FLIPS: Final = 1200
CUTS: Final = 300
SEED: Final = 20261122


@dataclass(frozen=True, slots=True)
class Evidence:
    """A recording; the stamps of an earlier one; and the signer's key, as it was made public beforehand."""

    bag: Path
    older: Path
    published: Path
    signer: frozenset[str]


@pytest.fixture(scope="module")
def evidence(tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    folder, key = tmp_path_factory.mktemp("evidence"), own_key()
    bag, older = sealed(folder / "bag", key), sealed(folder / "older", key)
    with running(folder / "authority") as authority:
        stamp(older, authority.url)
        stamp(bag, authority.url)
    (folder / "published").write_text(f"autofill {key.public.line}\n")
    return Evidence(bag.path, older.path, folder / "published", frozenset({key.public.fingerprint}))


def test_every_changed_byte_is_found(evidence: Evidence) -> None:
    """In every file, those in signatures/ included; each change is undone before the next."""
    chance = random.Random(SEED)
    files = sorted(path for path in evidence.bag.rglob("*") if path.is_file())
    assert len(files) >= 16
    missed = []
    for number in range(FLIPS + CUTS):
        file = files[number % len(files)]
        content = file.read_bytes()
        place = chance.randrange(len(content))
        change = [content[place] ^ chance.randrange(1, 256)]
        if number >= FLIPS:
            change = [] if number % 2 else [content[place], chance.randrange(256)]
        file.write_bytes(content[:place] + bytes(change) + content[place + 1 :])
        if verify_recording(evidence.bag).ok:
            missed.append((file.name, place, change))
        file.write_bytes(content)
    assert missed == []
    assert verify_recording(evidence.bag).ok


# The attacks. Each is done to a copy of the recording; some know how to make every hash anew.


def rehash(root: Path) -> None:
    """Make both manifests fit again, as whoever can write to the folder can; signature and stamps stay."""
    for name, inner in {"manifest-sha256.txt": "data", "tagmanifest-sha256.txt": ""}.items():
        listed = [line.split("  ", 1)[1] for line in (root / name).read_text().splitlines()]
        there = [each.relative_to(root).as_posix() for each in (root / inner).rglob("*") if inner and each.is_file()]
        lines = [f"{hashlib.sha256((root / file).read_bytes()).hexdigest()}  {file}\n" for file in there or listed]
        (root / name).write_text("".join(lines))


def flip(root: Path, _: Evidence) -> None:
    file = root / "data/steps/0001-open.png"
    file.write_bytes(file.read_bytes()[:-1] + b"x")


def delete(root: Path, _: Evidence) -> None:
    (root / "data/steps/0001-open.png").unlink()


def add(root: Path, _: Evidence) -> None:
    (root / "data/steps/0003-promise.png").write_bytes(b"we will pay")


def rename(root: Path, _: Evidence) -> None:
    (root / "data/steps/0001-open.png").rename(root / "data/steps/0003-open.png")


def swap(root: Path, _: Evidence) -> None:
    one, two = root / "data/steps/0001-open.png", root / "data/steps/0002-details.png"
    first, second = one.read_bytes(), two.read_bytes()
    one.write_bytes(second)
    two.write_bytes(first)


def edit_journal(root: Path, _: Evidence) -> None:
    journal = root / "data/journal.jsonl"
    journal.write_bytes(journal.read_bytes().replace(b'"confirmed"', b'"rejected"'))


def truncate_journal(root: Path, _: Evidence) -> None:
    journal = root / "data/journal.jsonl"
    journal.write_bytes(b"".join(journal.read_bytes().splitlines(keepends=True)[:3]))


def edit_and_rehash(root: Path, evidence: Evidence) -> None:
    flip(root, evidence)
    rehash(root)


def swap_and_rehash(root: Path, evidence: Evidence) -> None:
    swap(root, evidence)
    rehash(root)


def older_stamp(root: Path, evidence: Evidence) -> None:
    for stamped in (evidence.older / "signatures").glob("*.tsr"):
        shutil.copy(stamped, root / "signatures")
    list_signatures(RecordingFolder(root))


def older_signature(root: Path, evidence: Evidence) -> None:
    shutil.copy(evidence.older / "signatures/tagmanifest-sha256.txt.sig", root / "signatures")
    list_signatures(RecordingFolder(root))


def foreign_signature(root: Path, _: Evidence) -> None:
    sign(RecordingFolder(root), own_key())


def no_signature(root: Path, _: Evidence) -> None:
    shutil.rmtree(root / "signatures")


def lead_out(root: Path, _: Evidence) -> None:
    (root.parent / "outside.png").write_bytes(b"x")
    with (root / "manifest-sha256.txt").open("a") as manifest:
        manifest.write(f"{hashlib.sha256(b'x').hexdigest()}  data/../../outside.png\n")
    name = "tagmanifest-sha256.txt"
    listed = [line.split("  ")[1] for line in (root / name).read_text().splitlines()]
    lines = [f"{hashlib.sha256((root / file).read_bytes()).hexdigest()}  {file}\n" for file in listed]
    (root / name).write_text("".join(lines))


def link(root: Path, _: Evidence) -> None:
    """The same content, for now: what it leads to is in somebody else's hands."""
    file = root / "data/steps/0001-open.png"
    shutil.move(file, root.parent / "outside.png")
    file.symlink_to(root.parent / "outside.png")


def add_beside(root: Path, _: Evidence) -> None:
    (root / "PROMISE.txt").write_bytes(b"we will pay")


def add_to_signatures(root: Path, _: Evidence) -> None:
    (root / "signatures/promise.txt").write_bytes(b"we will pay")
    list_signatures(RecordingFolder(root))


def stone_for(root: Path, *, sealed: bool) -> Tombstone:
    """As somebody writes it by hand who wants a recording to be gone in good order."""
    listed = [line.split("  ", 1) for line in (root / "manifest-sha256.txt").read_text().splitlines()]
    return Tombstone(
        run_id=RUN_ID,
        verdict=Verdict.REJECTED,
        sealed=sealed,
        purged_by="maria",
        purged_at=datetime(2026, 11, 22, tzinfo=UTC),
        because="moved house",
        complete=True,
        removed=tuple(RemovedFile(path=name, sha256=digest, bytes=1) for digest, name in listed),
    )


def as_never_sealed(root: Path, _: Evidence) -> None:
    tombstone = stone_for(root, sealed=False)
    shutil.rmtree(root)
    root.mkdir()
    RecordingFolder(root).write("tombstone.json", tombstone.content)


def as_purged(root: Path, _: Evidence) -> None:
    tombstone = stone_for(root, sealed=True)
    shutil.rmtree(root / "data")
    RecordingFolder(root).write("tombstone.json", tombstone.content)


def as_purged_and_signed(root: Path, evidence: Evidence) -> None:
    as_purged(root, evidence)
    assert sign_tombstone(root, stone_for(root, sealed=True), None, own_key) == ""


SUM, OF_SIGNATURES, SSH, PUBLISHED, OPENSSL, BAGIT = (
    "sha256sum",
    "sha256sum of signatures",
    "ssh-keygen",
    "ssh-keygen, published key",
    "openssl",
    "bagit",
)
# Each attack, the file that `autofill verify` names, and the public programs that notice. Another key's signature in
# the place of the first they notice only where the first key was made public beforehand.
ATTACKS: Final[list[tuple[Callable[[Path, Evidence], None], str, set[str]]]] = [
    (flip, "data/steps/0001-open.png", {SUM, BAGIT}),
    (delete, "data/steps/0001-open.png", {SUM, BAGIT}),
    (add, "data/steps/0003-promise.png", {BAGIT}),
    (rename, "data/steps/0001-open.png", {SUM, BAGIT}),
    (swap, "data/steps/0001-open.png", {SUM, BAGIT}),
    (edit_journal, "data/journal.jsonl", {SUM, BAGIT}),
    (truncate_journal, "data/journal.jsonl", {SUM, BAGIT}),
    (edit_and_rehash, "data/steps/0001-open.png", {SSH, PUBLISHED, OPENSSL}),
    (swap_and_rehash, "data/steps/0001-open.png", {SSH, PUBLISHED, OPENSSL}),
    (older_stamp, "signatures/tagmanifest-sha256.txt.127.0.0.1", {OPENSSL}),
    (older_signature, "signatures/tagmanifest-sha256.txt.sig", {SSH, PUBLISHED}),
    (foreign_signature, "signatures/tagmanifest-sha256.txt.sig", {PUBLISHED}),
    (no_signature, "signatures/tagmanifest-sha256.txt.sig", {OF_SIGNATURES, SSH, PUBLISHED, OPENSSL}),
    (lead_out, "manifest-sha256.txt", {SSH, PUBLISHED, OPENSSL, BAGIT}),
    (link, "data/steps/0001-open.png", {BAGIT}),
    (add_beside, "PROMISE.txt", set()),
    (add_to_signatures, "signatures/promise.txt", set()),
    (as_never_sealed, "tombstone.json: is not signed", {SUM, OF_SIGNATURES, SSH, PUBLISHED, OPENSSL, BAGIT}),
    (as_purged, "tombstone.json: is not signed", {SUM, BAGIT}),
    (as_purged_and_signed, "tombstone.json.sig: is by another key than the recording", {SUM, BAGIT}),
]


def refusing(bag: Path, published: Path) -> set[str]:
    """The public programs that do not accept a recording."""
    accepted = {name: check(bag) for name, check in tools.ALL.items()}
    accepted[PUBLISHED] = tools.ssh_keygen(bag, str(published))
    return {name for name, fine in accepted.items() if not fine}


@pytest.fixture
def copy(evidence: Evidence, tmp_path: Path) -> Path:
    assert tools.missing() == []
    return Path(shutil.copytree(evidence.bag, tmp_path / "bag"))


@pytest.mark.parametrize(("attack", "named", "noticed"), ATTACKS, ids=[attack.__name__ for attack, *_ in ATTACKS])
def test_every_attack_is_found(
    attack: Callable[[Path, Evidence], None], named: str, noticed: set[str], copy: Path, evidence: Evidence
) -> None:
    """By `autofill verify`, which names the file; and by exactly these public programs."""
    attack(copy, evidence)
    wrong = verify_recording(copy).first_wrong
    assert wrong
    assert wrong.detail.startswith(named)
    assert not verify_recording(copy, evidence.signer).ok
    assert refusing(copy, evidence.published) == noticed


def test_without_an_attack_nobody_complains(copy: Path, evidence: Evidence) -> None:
    assert verify_recording(copy, evidence.signer).ok
    assert refusing(copy, evidence.published) == set()


def test_another_key_over_everything_is_found_by_whoever_knows_the_first(copy: Path, evidence: Evidence) -> None:
    """A recording that somebody made themselves is in order in itself: that is why keys are published beforehand."""
    shutil.rmtree(copy / "signatures")
    seal(RecordingFolder(copy), RUN_ID, key=own_key)
    assert verify_recording(copy).ok
    assert not verify_recording(copy, evidence.signer).ok
    assert refusing(copy, evidence.published) == {PUBLISHED, OPENSSL}
