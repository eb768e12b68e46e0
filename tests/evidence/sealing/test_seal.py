"""A sealed recording is a bag that the tools of any machine can check, and that shows what was done to it."""

from __future__ import annotations

import re
import stat
import subprocess
import sys
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from autofill import __version__
from autofill.errors import DiskTrouble, Misconfigured
from autofill.evidence.keeping.folder import RecordingFolder
from autofill.evidence.keeping.journal import read_chain
from autofill.evidence.sealing.seal import Sealed, is_sealed, seal, seal_hash, stamp, stamped_as_configured
from autofill.evidence.sealing.signature import PublicKey, SshSignature
from autofill.evidence.sealing.signing_key import KeyInAgent
from autofill.evidence.sealing.verify import verify_recording
from tests.evidence.authority import running, serving
from tests.evidence.bags import RUN_ID, own_key, sealed, unsealed


@pytest.fixture
def bag(tmp_path: Path) -> RecordingFolder:
    return sealed(tmp_path)


def information(bag: RecordingFolder) -> dict[str, str]:
    lines = (bag.path / "bag-info.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split(": ", 1) for line in lines)


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
    told, sizes = information(bag), [(bag.path / name).stat().st_size for name in bag.payload()]
    assert told["Payload-Oxum"] == f"{sum(sizes)}.{len(sizes)}"
    assert told["External-Identifier"] == RUN_ID
    assert told["Bag-Software-Agent"] == f"autofill {__version__}"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", told["Bagging-Date"])
    assert not {"Signing-Key", "Bag-Sealed", "Internal-Sender-Identifier"} & set(told)


def test_the_bag_names_the_journal_s_last_line(bag: RecordingFolder) -> None:
    """As the journal cannot hold the hash of a list that holds the journal's."""
    journal = read_chain(bag.path)
    assert information(bag)["Journal-Head"] == f"{len(journal.records)} {journal.head}"


def test_a_follow_up_names_what_it_follows(bag: RecordingFolder, tmp_path: Path) -> None:
    """By the one hash that stands for all of that recording."""
    second = unsealed(tmp_path / "second")
    seal(second, "second", follows=seal_hash(bag.path), notes=[("Bag-Group", "a case")], key=lambda: None)
    told = information(second)
    assert told["Internal-Sender-Identifier"] == f"prev-tagmanifest-sha256={seal_hash(bag.path)}"
    assert told["Bag-Group"] == "a case"


def test_the_statement_says_how_the_record_was_made(bag: RecordingFolder) -> None:
    """Which program, system, browser, page, and when; it claims to be no certification, and nothing is left blank."""
    told = (bag.path / "data/statement.txt").read_text(encoding="utf-8")
    for fact in (RUN_ID, "Linux 6.1 x86_64", "chromium 156.0.8078.79", "https://desk.example/form", "902(13)"):
        assert fact in told
    assert "not legal advice" in told
    assert "when the run ended" in told
    assert not re.search(r"[{}]|not recorded", told)
    assert max(map(len, told.splitlines())) <= 120


def test_a_statement_leaves_open_what_nobody_recorded(tmp_path: Path) -> None:
    """A copy without the run's own journal, or a run that ended before there was a browser."""
    folder = RecordingFolder.create(tmp_path, "run")
    seal(folder, "run", key=lambda: None)
    assert (folder.path / "data/statement.txt").read_text().count("not recorded") == 4


def test_a_signature_comes_with_its_key_in_the_forms_that_tools_want(tmp_path: Path) -> None:
    """The bag says which key to expect, so that nobody can take the signature away unnoticed."""
    key = own_key()
    bag = sealed(tmp_path, key)
    made = SshSignature.read((bag.path / "signatures/tagmanifest-sha256.txt.sig").read_text())
    made.check((bag.path / "tagmanifest-sha256.txt").read_bytes())
    assert made.key == key.public
    assert PublicKey.found_in((bag.path / "signatures/signer.pub").read_text()) == (key.public,)
    assert information(bag)["Signing-Key"] == key.public.fingerprint
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (bag.path / "signatures").iterdir()}
    assert (stat.S_IMODE((bag.path / "signatures").stat().st_mode), modes) == (0o700, {0o600})


def test_the_account_s_own_key_signs_unless_told_otherwise(tmp_path: Path) -> None:
    folder = unsealed(tmp_path)
    assert seal(folder, RUN_ID) == Sealed(signed=True)
    assert verify_recording(folder.path).signed_by


def refuse(error: Exception) -> Callable[[], None]:
    def ask() -> None:
        raise error

    return ask


@pytest.mark.parametrize(
    ("error", "told"), [(Misconfigured("No key."), "No key."), (RuntimeError("x"), "RuntimeError")], ids=["ours", "any"]
)
def test_a_key_that_fails_leaves_the_recording_sealed(error: Exception, told: str, tmp_path: Path) -> None:
    """Unsigned, which is said, with what to do about it."""
    folder = unsealed(tmp_path)
    result = seal(folder, RUN_ID, key=refuse(error))
    (fault,) = result.faults
    assert not result.signed
    assert fault.startswith(f"signature pending: {told}")
    assert f"autofill seal --sign {folder.path}" in fault
    assert verify_recording(folder.path).ok


class Locked(KeyInAgent):
    """A key that is there, and does not sign."""

    def __init__(self) -> None:
        super().__init__(Path(), own_key().public)

    def sign(self, _message: bytes) -> SshSignature:
        raise Misconfigured("The agent is locked.")


def test_a_key_that_cannot_sign_now_is_still_named(tmp_path: Path) -> None:
    """So the signature that comes later must be by that key; until then it is missing."""
    folder = unsealed(tmp_path)
    result = seal(folder, RUN_ID, key=Locked)
    assert "The agent is locked." in result.faults[0]
    assert check(folder).returncode == 0
    wrong = verify_recording(folder.path).first_wrong
    assert wrong
    assert wrong.detail == "signatures/tagmanifest-sha256.txt.sig: is missing"


def test_no_key_is_asked_for_when_there_shall_be_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUTOFILL_SIGNING_KEY", "none")
    folder = unsealed(tmp_path)
    assert seal(folder, RUN_ID) == Sealed(signed=False)
    assert not (folder.path / "signatures").exists()


def test_runs_are_stamped_when_the_settings_say_so(tmp_path: Path) -> None:
    """By each authority named."""
    with running(tmp_path / "one") as one, running(tmp_path / "two") as two:
        bag = sealed(tmp_path, own_key())
        result = stamped_as_configured(bag, Sealed(signed=True), {"AUTOFILL_TIMESTAMP": f"{one.url}, {two.url}"})
    assert result == Sealed(signed=True, stamped=True)
    assert len(verify_recording(bag.path).stamped_at) == 2


class Silent(BaseHTTPRequestHandler):
    """Answers nothing that helps."""

    def log_message(self, *_: object) -> None:
        """Quietly."""


def test_a_stamp_that_does_not_come_is_pending(bag: RecordingFolder) -> None:
    """The recording stays as it was."""
    with serving(Silent) as url:
        result = stamped_as_configured(bag, Sealed(signed=False), {"AUTOFILL_TIMESTAMP": url})
    assert not result.stamped
    assert result.faults[0].startswith("stamp pending: The time-stamp authority 127.0.0.1")
    assert verify_recording(bag.path).ok


def test_nobody_is_asked_for_a_stamp_unless_told_to(bag: RecordingFolder) -> None:
    assert stamped_as_configured(bag, Sealed(signed=True), {}) == Sealed(signed=True)


@pytest.fixture
def without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "autofill.evidence.sealing.timestamp", None)
    monkeypatch.delattr("autofill.evidence.sealing.timestamp", raising=False)


def test_stamps_need_their_extra(bag: RecordingFolder, without_the_extra: None) -> None:
    with pytest.raises(Misconfigured, match="not installed") as caught:
        stamp(bag, "http://127.0.0.1:9/")
    assert "autofill[timestamp]" in caught.value.hint


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
    folder = unsealed(tmp_path)
    assert not is_sealed(folder)
    written: list[str] = []
    write = RecordingFolder.write

    def stop_at_the_last(self: RecordingFolder, name: str, content: bytes) -> None:
        if len(written) == 5:
            raise DiskTrouble("full")
        written.append(name)
        write(self, name, content)

    monkeypatch.setattr(RecordingFolder, "write", stop_at_the_last)
    with pytest.raises(DiskTrouble):
        seal(folder, RUN_ID)
    assert not is_sealed(folder)
    monkeypatch.undo()
    seal(folder, RUN_ID)
    assert is_sealed(folder)
