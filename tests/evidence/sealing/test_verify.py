"""Checking a recording finds everything in order, or names the first thing that is not and the file it is in."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from autofill.evidence.keeping.folder import RecordingFolder
from autofill.evidence.keeping.journal import Journal
from autofill.evidence.sealing import stamps
from autofill.evidence.sealing.seal import list_signatures, seal, stamp
from autofill.evidence.sealing.signing_key import KeyInFile
from autofill.evidence.sealing.verify import verify_recording
from tests.evidence.authority import Authority, running
from tests.evidence.bags import RUN_ID, own_key, sealed, unsealed


def wrong(bag: RecordingFolder | Path, signer: frozenset[str] | None = None) -> str:
    """What is said to be wrong first; nothing if all is well."""
    root = bag if isinstance(bag, Path) else bag.path
    found = verify_recording(root, signer)
    assert found.ok is (found.first_wrong is None)
    return found.first_wrong.detail if found.first_wrong else ""


def reseal(folder: RecordingFolder) -> None:
    """As somebody does who can write to the folder and has no key."""
    seal(folder, RUN_ID, key=lambda: None)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authority]:
    with running(tmp_path_factory.mktemp("authority")) as desk:
        yield desk


@pytest.fixture
def key() -> KeyInFile:
    return own_key()


@pytest.fixture
def bag(tmp_path: Path, key: KeyInFile) -> RecordingFolder:
    return sealed(tmp_path, key)


def test_a_recording_in_order(bag: RecordingFolder, key: KeyInFile) -> None:
    """Every part says how it is, and whose signature is good."""
    found = verify_recording(bag.path)
    assert [(check.name, check.ok) for check in found.checks] == [
        (name, True) for name in ("files", "journal", "run", "signature", "time stamps")
    ]
    assert (found.ok, found.first_wrong, found.signed_by) == (True, None, key.public.fingerprint)
    assert found.checks[0].detail == "12 files, unchanged since they were sealed"
    assert found.checks[2].detail == f"{RUN_ID}: confirmed"


def test_an_unsigned_recording_says_what_that_means(tmp_path: Path) -> None:
    found = verify_recording(sealed(tmp_path).path)
    assert (found.ok, found.signed_by) == (True, None)
    assert found.checks[3].detail == "not signed: anyone who can write to the folder could have sealed it"


def test_stamps_tell_their_times_and_whom_to_trust(bag: RecordingFolder, authority: Authority) -> None:
    stamp(bag, authority.url)
    found = verify_recording(bag.path)
    assert found.ok
    assert abs(found.stamped_at[0] - datetime.now(UTC)) < timedelta(minutes=5)
    assert "CN=Test root" in found.checks[4].detail


def test_a_recording_can_be_anywhere(bag: RecordingFolder, tmp_path: Path) -> None:
    """Renamed, copied, read by another account."""
    shutil.copytree(bag.path, tmp_path / "elsewhere")
    assert wrong(tmp_path / "elsewhere") == ""


def test_what_an_owner_keeps_beside_the_bag_is_none_of_its_business(bag: RecordingFolder) -> None:
    (bag.path / "debug").mkdir()
    (bag.path / "debug" / "trace.zip").write_bytes(b"x")
    assert wrong(bag) == ""


def test_an_unsealed_recording_says_how_far_it_can_be_trusted(tmp_path: Path) -> None:
    folder = unsealed(tmp_path, ended=False)
    assert wrong(folder) == f"{RUN_ID}: unsealed; chain intact to line 5"
    journal = folder.path / "data/journal.jsonl"
    journal.write_bytes(journal.read_bytes().replace(b"0002-details.png", b"0009-details.png"))
    assert wrong(folder) == f"{RUN_ID}: unsealed; chain intact to line 3"


def test_a_folder_that_is_no_recording(tmp_path: Path) -> None:
    assert wrong(tmp_path) == "data/journal.jsonl: is missing"


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda root: (root / "data/run.json").write_bytes(b"{ }"), "data/run.json: has changed"),
        (lambda root: (root / "data/confirmation.png").unlink(), "data/confirmation.png: is missing"),
        (lambda root: (root / "data/new.png").write_bytes(b""), "data/new.png: was not there"),
        (lambda root: (root / "NOTES.txt").write_bytes(b""), "NOTES.txt: was not there"),
        (lambda root: (root / "debug").write_bytes(b""), "debug: was not there"),
        (lambda root: (root / "VERIFY.txt").write_bytes(b""), "VERIFY.txt: has changed"),
        (lambda root: (root / "signatures/note").write_bytes(b""), "signatures/note: was not there"),
        (lambda root: (root / "signatures/signer.pub").unlink(), "signatures/signer.pub: is missing"),
        (lambda root: (root / "signatures/SHA256SUMS").unlink(), "signatures/SHA256SUMS: is missing"),
        (lambda root: shutil.rmtree(root / "signatures"), "signatures/tagmanifest-sha256.txt.sig: is missing"),
        (lambda root: os.mkfifo(root / "data/pipe"), "data/pipe: is a link or a device"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_file_is_named(damage: Callable[[Path], object], said: str, bag: RecordingFolder) -> None:
    damage(bag.path)
    assert wrong(bag).startswith(said)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{digest}  ../outside.txt", "line 8 leads out"),
        ("{digest}  /etc/hostname", "line 8 leads out"),
        ("{digest}  data/run.json", "line 8 names a file for the second time"),
        ("{digest} data/x", "line 8 is not a hash"),
        ("{digest}  data\\x", "line 8 is not a hash"),
        ("{digest}  NOTES.txt", "lists NOTES.txt, which is not below data/"),
    ],
)
def test_lists_are_read_strictly(line: str, said: str, tmp_path: Path) -> None:
    """Whoever can write them can write anything into them, and hash them anew."""
    bag = sealed(tmp_path)
    (bag.path / "NOTES.txt").write_bytes(b"x")
    manifest = bag.path / "manifest-sha256.txt"
    with manifest.open("a") as file:
        file.write(line.format(digest=hashlib.sha256(b"x").hexdigest()) + "\n")
    tags = bag.path / "tagmanifest-sha256.txt"
    other = [entry for entry in tags.read_text().splitlines(keepends=True) if "  manifest" not in entry]
    tags.write_text("".join([*other, f"{hashlib.sha256(manifest.read_bytes()).hexdigest()}  manifest-sha256.txt\n"]))
    assert wrong(bag).startswith(f"manifest-sha256.txt: {said}")


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (b'"seq":3', "line 3 does not follow"),
        (b'"v":1', "line 1 does not follow"),
        (b'"kind":"file"', "line 3 does not follow"),
    ],
)
def test_the_chain_is_checked_even_where_every_hash_was_made_anew(part: bytes, said: str, tmp_path: Path) -> None:
    """Without a key it is what is left."""
    bag = sealed(tmp_path)
    journal = bag.path / "data/journal.jsonl"
    journal.write_bytes(journal.read_bytes().replace(part, part.replace(b"3", b"4").replace(b"1", b"2") + b" ", 1))
    reseal(bag)
    assert wrong(bag).startswith(f"data/journal.jsonl: {said}")


def test_no_line_is_missing_at_the_end(tmp_path: Path) -> None:
    bag = sealed(tmp_path)
    journal = bag.path / "data/journal.jsonl"
    journal.write_bytes(b"".join(journal.read_bytes().splitlines(keepends=True)[:-1]))
    reseal(bag)
    assert wrong(bag) == "data/journal.jsonl: ends before the run did"


def test_half_a_line_is_only_left_by_a_crash(tmp_path: Path) -> None:
    bag = sealed(tmp_path)
    with (bag.path / "data/journal.jsonl").open("ab") as journal:
        journal.write(b'{"v":1')
    reseal(bag)
    assert wrong(bag) == "data/journal.jsonl: line 7 is cut off"


def test_a_picture_must_be_the_one_that_was_written(tmp_path: Path) -> None:
    """The journal knew its hash before the next step began."""
    bag = sealed(tmp_path)
    (bag.path / "data/steps/0001-open.png").write_bytes(b"another")
    reseal(bag)
    assert wrong(bag) == "data/steps/0001-open.png: differs from what the journal recorded"
    (bag.path / "data/steps/0001-open.png").unlink()
    reseal(bag)
    assert wrong(bag) == "data/journal.jsonl: names a file that is not there: data/steps/0001-open.png"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"verdict": "rejected"}, "has another verdict"),
        ({"exit_code": 82}, "has another verdict"),
        ({"run_id": "another"}, "names another run"),
    ],
)
def test_the_summary_agrees_with_the_journal(change: dict[str, object], said: str, tmp_path: Path) -> None:
    bag = sealed(tmp_path)
    run = json.loads((bag.path / "data/run.json").read_text())
    (bag.path / "data/run.json").write_text(json.dumps(run | change))
    reseal(bag)
    assert wrong(bag).startswith(f"data/run.json: {said}")


@pytest.mark.parametrize("content", [b"[]", b"{}", b"[" * 100_000, b"\xff"])
def test_a_summary_that_is_none(content: bytes, tmp_path: Path) -> None:
    bag = sealed(tmp_path)
    (bag.path / "data/run.json").write_bytes(content)
    reseal(bag)
    assert wrong(bag) == "data/run.json: is not the summary of a run"


@pytest.mark.parametrize("line", [b"[]\n", b"null\n", b"[" * 100_000 + b"\n", b'{"kind":"run"}\n', b"\xff\n"])
def test_a_journal_that_is_none(line: bytes, tmp_path: Path) -> None:
    """Hostile or not, it is a journal with a wrong line, not a crash."""
    bag = sealed(tmp_path)
    (bag.path / "data/journal.jsonl").write_bytes(line)
    reseal(bag)
    assert wrong(bag) == "data/journal.jsonl: line 1 is not a record of a journal"


@pytest.mark.parametrize("run_id", [[], {}, None, 7])
@pytest.mark.parametrize("where", ["data/run.json", "data/journal.jsonl"])
def test_a_name_that_is_none_is_wrong_and_no_crash(where: str, run_id: object, tmp_path: Path) -> None:
    """Of several recordings it must not keep the others from being checked."""
    bag = sealed(tmp_path)
    file = bag.path / where
    file.write_text(file.read_text().replace(f'"{RUN_ID}"', json.dumps(run_id), 1))
    if where == "data/journal.jsonl":
        lines, head = file.read_bytes().splitlines(keepends=True), "0" * 64
        for number, line in enumerate(lines):
            lines[number] = json.dumps(json.loads(line) | {"prev": head}).encode() + b"\n"
            head = hashlib.sha256(lines[number]).hexdigest()
        file.write_bytes(b"".join(lines))
    reseal(bag)
    assert wrong(bag) == "data/run.json: names another run than the journal or bag-info.txt"


def test_a_stamp_over_a_time_before_all_times_is_wrong_and_no_crash(
    bag: RecordingFolder, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who makes every hash anew can have the journal end whenever he likes."""
    stamp(bag, authority.url)
    monkeypatch.setattr(stamps, "CLOCKS_APART", timedelta.max)
    assert wrong(bag) == "contains something that does not belong in a recording"


@pytest.mark.parametrize("name", ["\x1b[2Kgone", "one\n  signature: signed by X", "\u202egnp", "\udcff"])
def test_a_file_s_name_does_nothing_to_a_terminal(name: str, bag: RecordingFolder) -> None:
    """It is shown, letter by letter, on one line."""
    (bag.path / "data" / name).write_bytes(b"")
    said = wrong(bag)
    assert said.isprintable()
    assert said == f"data/{name.encode('unicode_escape').decode()}: was not there when the recording was sealed"


def test_lists_that_would_fill_the_memory_are_refused(tmp_path: Path) -> None:
    bag = sealed(tmp_path)
    os.truncate(bag.path / "tagmanifest-sha256.txt", 10**9)
    assert wrong(bag) == "tagmanifest-sha256.txt: is far too large"


def test_a_copy_without_the_run_s_own_journal_is_in_order(tmp_path: Path) -> None:
    """It says what it lacks; its journal is about the copying."""
    folder = RecordingFolder.create(tmp_path, "copy")
    journal = Journal(folder.path / "data/journal.jsonl")
    journal.write("share")
    journal.close()
    folder.write("data/withheld.json", b"[]")
    run = json.loads((unsealed(tmp_path / "original").path / "data/run.json").read_text())
    folder.write("data/run.json", json.dumps(run).encode())
    seal(folder, f"{RUN_ID}-share", key=lambda: None)
    assert wrong(folder) == ""


def test_a_run_that_never_had_a_summary_was_sealed_later(tmp_path: Path) -> None:
    """Otherwise the summary was taken away."""
    folder = unsealed(tmp_path, ended=False)
    seal(folder, RUN_ID, key=lambda: None, later=True)
    assert wrong(folder) == ""
    seal(folder, RUN_ID, key=lambda: None)
    assert wrong(folder) == "data/run.json: is missing"


def test_the_signer_can_be_asked_for(bag: RecordingFolder, key: KeyInFile, tmp_path: Path) -> None:
    """One of several; an unsigned recording has none."""
    other = own_key().public.fingerprint
    assert wrong(bag, frozenset({other, key.public.fingerprint})) == ""
    assert wrong(bag, frozenset({other})).startswith(
        "signatures/tagmanifest-sha256.txt.sig: is by another key than the one asked for: SHA256:"
    )
    assert wrong(sealed(tmp_path / "unsigned"), frozenset({other})).endswith(".sig: is missing")


@pytest.mark.parametrize("name", ["signer.pub", "allowed_signers"])
def test_the_keys_beside_the_signature_are_the_signer_s(name: str, bag: RecordingFolder) -> None:
    """Whoever looks only at them must not be misled."""
    file = bag.path / "signatures" / name
    file.write_text(file.read_text().replace("ssh-ed25519 AAAA", "ssh-ed25519 BAAA"))
    list_signatures(bag)
    assert wrong(bag) == f"signatures/{name}: does not contain the key that signed"


def test_a_stamp_is_not_older_than_what_it_is_over(
    bag: RecordingFolder, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Either it was made over something else, or the recording's own times are wrong."""
    stamp(bag, authority.url)
    monkeypatch.setattr(stamps, "CLOCKS_APART", timedelta(days=-1))
    assert wrong(bag).endswith(".tsr: is older than the last line of the journal")


def test_a_stamp_without_its_certificates(bag: RecordingFolder, authority: Authority) -> None:
    stamp(bag, authority.url)
    next((bag.path / "signatures").glob("*.pem")).unlink()
    list_signatures(bag)
    assert wrong(bag).endswith("-chain.pem: is missing")


def test_a_stamp_cannot_be_checked_without_the_extra(
    bag: RecordingFolder, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which is said, and is not called good."""
    stamp(bag, authority.url)
    monkeypatch.setitem(sys.modules, "autofill.evidence.sealing.timestamp", None)
    assert wrong(bag).endswith(".tsr: cannot be checked here: install autofill[timestamp]")
