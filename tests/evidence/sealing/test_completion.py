"""What is wanting is done later, and never to a recording in which something is wrong."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from autofill.errors import Misconfigured
from autofill.evidence.archiving.purge import PurgeRequest, purge
from autofill.evidence.keeping.bag import Damage
from autofill.evidence.keeping.folder import RecordingFolder
from autofill.evidence.sealing.completion import complete
from autofill.evidence.sealing.seal import is_sealed, list_signatures, seal, sign
from autofill.evidence.sealing.signature import SshSignature
from autofill.evidence.sealing.signing_key import KeyInAgent
from tests.evidence.authority import Authority, running
from tests.evidence.bags import RUN_ID, own_key, sealed, unsealed

KEY = own_key()


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authority]:
    with running(tmp_path_factory.mktemp("authority")) as desk:
        yield desk


def content(folder: RecordingFolder) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.path.rglob("*") if path.is_file()}


def test_a_crashed_run_is_sealed_as_it_is(tmp_path: Path, authority: Authority) -> None:
    """And says that it was sealed later; half a line at the end of its journal stays there."""
    folder = unsealed(tmp_path, ended=False)
    with (folder.path / "data/journal.jsonl").open("ab") as journal:
        journal.write(b'{"v":1,"se')
    before = content(folder)
    made = complete(folder.path, [authority.url], lambda: KEY, may_sign=True)
    assert made.done == ("sealed", "signed", f"stamped by {authority.url.split('/')[2].replace(':', '-')}")
    assert (made.verification.ok, made.verification.signed_by) == (True, KEY.public.fingerprint)
    assert before.items() <= content(folder).items()
    assert "Bag-Sealed: later, by autofill seal\n" in (folder.path / "bag-info.txt").read_text()
    assert f"External-Identifier: {RUN_ID}\n" in (folder.path / "bag-info.txt").read_text()
    assert "later than the run, by hand" in (folder.path / "data/statement.txt").read_text()


def test_a_crash_within_sealing_is_made_good(tmp_path: Path) -> None:
    """All but the last manifest may be there."""
    folder = sealed(tmp_path)
    (folder.path / "tagmanifest-sha256.txt").unlink()
    assert complete(folder.path, (), lambda: KEY, may_sign=True).verification.ok


def test_a_run_that_crashed_at_once_is_known_by_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its journal is empty, and `.` is no name."""
    folder = RecordingFolder.create(tmp_path, RUN_ID)
    folder.write("data/journal.jsonl", b"")
    monkeypatch.chdir(folder.path)
    assert complete(Path(), (), lambda: None).verification.ok
    assert f"External-Identifier: {RUN_ID}\n" in (folder.path / "bag-info.txt").read_text()


def test_a_broken_journal_is_not_sealed(tmp_path: Path) -> None:
    folder = unsealed(tmp_path)
    journal = folder.path / "data/journal.jsonl"
    journal.write_bytes(journal.read_bytes().replace(b"0002-details.png", b"0009-details.png"))
    before = content(folder)
    with pytest.raises(Damage, match=r"journal\.jsonl: line 4 does not follow the line before"):
        complete(folder.path, (), lambda: KEY, may_sign=True)
    assert content(folder) == before


def test_a_folder_that_is_no_recording_is_left_alone(tmp_path: Path) -> None:
    with pytest.raises(Damage, match="is missing"):
        complete(tmp_path, (), lambda: KEY, may_sign=True)
    assert list(tmp_path.iterdir()) == []


def test_an_unsigned_recording_is_signed(tmp_path: Path) -> None:
    """Once; nothing is sealed anew."""
    folder = sealed(tmp_path)
    before = content(folder)
    first, second = (complete(folder.path, (), lambda: KEY, may_sign=True) for _ in range(2))
    assert (first.done, second.done) == (("signed",), ())
    assert second.verification.signed_by == KEY.public.fingerprint
    assert before.items() <= content(folder).items()


def test_without_a_key_it_stays_unsigned(tmp_path: Path) -> None:
    folder = sealed(tmp_path)
    made = complete(folder.path, (), lambda: None)
    assert (made.done, made.verification.ok, made.verification.signed_by) == ((), True, None)


class Locked(KeyInAgent):
    """The key that is there again later."""

    def __init__(self) -> None:
        super().__init__(Path(), KEY.public)

    def sign(self, _message: bytes) -> SshSignature:
        raise Misconfigured("The agent is locked.")


def test_a_pending_signature_comes_later_and_by_the_same_key(tmp_path: Path) -> None:
    folder = unsealed(tmp_path)
    seal(folder, RUN_ID, key=Locked)
    with pytest.raises(Misconfigured, match="Another key"):
        complete(folder.path, (), own_key, may_sign=True)
    with pytest.raises(Misconfigured, match="locked"):
        complete(folder.path, (), Locked, may_sign=True)
    assert complete(folder.path, (), lambda: KEY, may_sign=True).done == ("signed",)


def test_what_was_changed_is_never_signed(tmp_path: Path, authority: Authority) -> None:
    """Nor stamped: that would cover the change up."""
    folder = sealed(tmp_path)
    (folder.path / "data/confirmation.png").write_bytes(b"another")
    before = content(folder)
    made = complete(folder.path, [authority.url], lambda: KEY, may_sign=True)
    assert (made.done, made.verification.ok) == ((), False)
    assert content(folder) == before


def test_a_bad_signature_is_never_replaced(tmp_path: Path) -> None:
    folder = sealed(tmp_path, own_key())
    sign(folder, own_key())
    before = content(folder)
    made = complete(folder.path, (), lambda: KEY, may_sign=True)
    assert made.done == ()
    assert made.verification.first_wrong
    assert "another key than bag-info.txt names" in made.verification.first_wrong.detail
    assert content(folder) == before


def test_what_bears_no_signature_is_signed_only_when_that_is_said(tmp_path: Path, authority: Authority) -> None:
    """Somebody changed it, took signature and key away and made all hashes anew: nobody can see that any more."""
    folder = sealed(tmp_path, KEY)
    shutil.rmtree(folder.path / "signatures")
    (folder.path / "data/confirmation.txt").write_bytes(b"promised")
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt", "bag-info.txt"):
        (folder.path / manifest).unlink()
    with pytest.raises(Misconfigured, match="has no signature") as unsealed_one:
        complete(folder.path, [authority.url], lambda: KEY)
    seal(folder, RUN_ID, key=lambda: None)
    before = content(folder)
    with pytest.raises(Misconfigured, match="has no signature"):
        complete(folder.path, [authority.url], lambda: KEY)
    assert content(folder) == before
    assert "autofill seal --sign" in unsealed_one.value.hint
    assert complete(folder.path, (), lambda: KEY, may_sign=True).done == ("signed",)


def test_an_unsigned_tombstone_is_signed_later(tmp_path: Path) -> None:
    """Of a recording that was sealed, and of one that was not; what the seal vouches for is not touched."""
    order = PurgeRequest("somebody", "over", lambda _: False, datetime(2026, 11, 30, tzinfo=UTC))
    for folder in (sealed(tmp_path / "sealed", KEY), unsealed(tmp_path / "unsealed")):
        purge(folder.path, order, lambda: None)
        with pytest.raises(Misconfigured, match="has no signature"):
            complete(folder.path, (), lambda: KEY)
        made = complete(folder.path, (), lambda: KEY, may_sign=True)
        assert (made.done, made.verification.ok) == (("signed",), True)
        assert made.verification.signed_by == KEY.public.fingerprint
        assert complete(folder.path, (), lambda: KEY, may_sign=True).done == ()


def test_one_authority_stamps_once(tmp_path: Path, authority: Authority) -> None:
    folder = sealed(tmp_path, KEY)
    first, second = (complete(folder.path, [authority.url], lambda: KEY, may_sign=True) for _ in range(2))
    assert len(first.done) == 1
    assert second.done == ()
    assert len(second.verification.stamped_at) == 1


def test_a_crash_before_the_checksums_is_made_good(tmp_path: Path) -> None:
    """What is new is listed; what was listed must be as it was."""
    folder = sealed(tmp_path, KEY)
    (folder.path / "signatures/SHA256SUMS").unlink()
    assert complete(folder.path, (), lambda: KEY, may_sign=True).verification.ok
    assert is_sealed(folder)
    (folder.path / "signatures/note").write_bytes(b"x")
    list_signatures(folder)
    (folder.path / "signatures/note").write_bytes(b"y")
    assert not complete(folder.path, (), lambda: KEY, may_sign=True).verification.ok
