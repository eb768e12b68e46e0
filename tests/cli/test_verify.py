"""`autofill verify` says of each recording whether it is as it was sealed, and ends with 1 if one is not."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
import typer
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from typer.testing import CliRunner, Result

from autofill.cli import verify
from autofill.errors import AutofillError, FileMissing, Misconfigured
from autofill.evidence.keeping.folder import RecordingFolder
from autofill.evidence.sealing.seal import list_signatures, seal, stamp
from autofill.evidence.sealing.signing_key import KeyInFile
from tests.evidence.authority import Authority, running
from tests.evidence.bags import RUN_ID, key_file, own_key, sealed

APP = typer.Typer()
APP.command()(verify.command)
KEY = own_key()


def verified(*arguments: str | Path) -> Result:
    return CliRunner().invoke(APP, list(map(str, arguments)))


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The key is this computer's own, and its settings hold nothing else."""
    monkeypatch.setenv("AUTOFILL_SIGNING_KEY", key_file(KEY, tmp_path / "key"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    (tmp_path / "settings/autofill").mkdir(parents=True)
    return tmp_path / "settings/autofill"


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return sealed(tmp_path / "good", KEY).path


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    folder = sealed(tmp_path / "bad").path
    (folder / "data/confirmation.png").write_bytes(b"another")
    return folder


def test_good_and_bad_are_told_apart(good: Path, bad: Path) -> None:
    """All are looked at; the bad one is said to be bad, with the file."""
    done = verified(bad, good)
    assert done.exit_code == 1
    assert (
        f"CHANGED since it was sealed: {bad}\n  data/confirmation.png: has changed since it was sealed\n" in done.stdout
    )
    assert f"Unchanged since it was sealed: {good}\n" in done.stdout
    assert f"signature: signed by {KEY.public.fingerprint}" in done.stdout
    assert verified(good).exit_code == 0


def test_programs_get_one_object_a_line(good: Path, bad: Path) -> None:
    lines = [json.loads(line) for line in verified(good, bad, "--json").stdout.splitlines()]
    assert [line["schema"] for line in lines] == ["autofill.verify/1"] * 2
    assert [line["ok"] for line in lines] == [True, False]
    assert [line["signed_by"] for line in lines] == [KEY.public.fingerprint, None]
    assert lines[0]["first_wrong"] is None
    assert lines[1]["first_wrong"] == "data/confirmation.png: has changed since it was sealed"
    assert lines[1]["checks"] == [{"name": "files", "ok": False, "detail": lines[1]["first_wrong"]}]


@pytest.mark.parametrize("form", ["line", "pub", "allowed"])
def test_the_signer_is_named_by_file_or_by_key(form: str, good: Path, tmp_path: Path) -> None:
    forms: dict[str, str | Path] = {
        "line": KEY.public.line,
        "pub": good / "signatures/signer.pub",
        "allowed": good / "signatures/allowed_signers",
    }
    assert verified(good, "--signer", forms[form]).exit_code == 0
    other = own_key().public.line
    (tmp_path / "other key.pub").write_text(other)
    for named in (other, tmp_path / "other key.pub"):
        done = verified(good, "--signer", named)
        assert done.exit_code == 1
        assert "another key than the one asked for" in done.stdout


def fails(*arguments: str | Path) -> AutofillError:
    error = verified(*arguments).exception
    assert isinstance(error, AutofillError)
    return error


def test_a_signer_that_is_none(good: Path, tmp_path: Path) -> None:
    """A list with an authority over keys would mean more than we look at."""
    (tmp_path / "ca").write_text(f"* cert-authority {KEY.public.line}\n")
    assert isinstance(fails(good, "--signer", tmp_path / "none.pub"), FileMissing)
    assert isinstance(fails(good, "--signer", good / "bagit.txt"), Misconfigured)
    assert isinstance(fails(good, "--signer", tmp_path / "ca"), Misconfigured)
    assert isinstance(fails(good, "--signer", "ssh-ed25519 A"), Misconfigured)


def test_what_is_no_recording_is_no_tampering_and_stops_no_other(good: Path, bad: Path, tmp_path: Path) -> None:
    """`autofill verify recordings/*` comes past the ledger and the letters."""
    ledger, letters, recordings = tmp_path / "ledger.sqlite3", tmp_path / "letters", tmp_path / "recordings"
    ledger.touch()
    letters.mkdir()
    recordings.mkdir()
    good.rename(recordings / "2026-good")

    done = verified(ledger, letters, recordings / "2026-good")
    folder = verified(recordings, "--json")

    assert done.exit_code == 66
    assert f"{letters} is not a recording." in done.stderr
    assert "Unchanged since it was sealed" in done.stdout
    assert "NOT" not in done.stdout
    answer = json.loads(folder.stdout)
    assert (folder.exit_code, answer["schema"], answer["exit_code"]) == (66, "autofill.error/1", 66)
    assert answer["hint"] == f"Recordings in it: {recordings / '2*'}"
    assert verified(ledger, bad).exit_code == 1
    assert verified(tmp_path / "none", bad.parent / "none").exit_code == 66


@pytest.mark.parametrize("gone", ["data", "tagmanifest-sha256.txt", "data/journal.jsonl"])
def test_a_recording_that_lacks_something_is_one_that_was_tampered_with(gone: str, good: Path) -> None:
    (good / gone).rename(good.parent / "elsewhere")

    assert verified(good).exit_code == 1


OTHER = own_key()
NOT_KNOWN = "an unknown key: nothing has changed since it was sealed, but this does not prove who sealed it"


def sealed_anew(folder: Path, key: KeyInFile | None) -> Path:
    """What somebody does who can write to the folder: another picture, every hash and the signature anew."""
    shutil.rmtree(folder / "signatures", ignore_errors=True)
    seal(RecordingFolder(folder), RUN_ID, key=lambda: key)
    return folder


def test_a_recording_signed_anew_by_another_key_is_told_and_not_sound(good: Path, bad: Path) -> None:
    """B7: what it proves and what not; the exit code tells it from one of one's own."""
    done = verified(sealed_anew(good, OTHER))

    assert done.exit_code == 1
    assert done.stdout.startswith(f"Unchanged since it was sealed, but signed by an UNKNOWN key: {good}\n")
    assert f"  signature: signed by {OTHER.public.fingerprint}, {NOT_KNOWN}\n" in done.stdout
    assert "add --signer" in done.stdout
    answer = json.loads(verified(good, "--json").stdout)
    assert (answer["ok"], answer["sound"], answer["first_wrong"]) == (True, False, None)
    assert answer["unknown"] == [f"signed by {OTHER.public.fingerprint}, {NOT_KNOWN}"]


def test_a_recording_whose_signature_was_taken_away_is_not_sound(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """B7: otherwise that would be the way around. Whoever signs nothing expects no signature."""
    done = verified(sealed_anew(good, None))

    assert done.exit_code == 1
    assert "not signed: anyone who can write to the folder could have sealed it" in done.stdout
    monkeypatch.setenv("AUTOFILL_SIGNING_KEY", "none")
    assert verified(good).exit_code == 0


@pytest.mark.parametrize("how", ["asked", "listed", "own"])
def test_a_known_signer_is_sound_and_called_what_it_is(how: str, good: Path, own: Path, tmp_path: Path) -> None:
    """B7: by the option, by the list among the settings, or because the key is there."""
    sealed_anew(good, OTHER)
    more: list[str] = []
    if how == "asked":
        more = ["--signer", OTHER.public.line]
    elif how == "listed":
        (own / "allowed_signers").write_text(
            f'# a colleague\ncolleague namespaces="autofill-evidence" {OTHER.public.line}\n'
        )
    else:
        key_file(OTHER, own / "signing_key")

    done = verified(good, *more)

    words = {"asked": "as required", "listed": "which is on your list of signers", "own": "your own key"}
    assert done.exit_code == 0
    assert f"signature: signed by {OTHER.public.fingerprint}, {words[how]}\n" in done.stdout


def test_an_authority_over_keys_on_the_list_makes_none_known(good: Path, own: Path) -> None:
    """B7: it would mean more than is looked at; a list that cannot be read makes none known, either."""
    sealed_anew(good, OTHER)
    (own / "allowed_signers").write_text(f"* cert-authority {OTHER.public.line}\n")
    assert verified(good).exit_code == 1
    (own / "allowed_signers").unlink()
    (own / "allowed_signers").mkdir()
    assert verified(good).exit_code == 1


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authority]:
    with running(tmp_path_factory.mktemp("authority")) as authority:
        yield authority


def test_a_stamp_by_an_authority_that_was_named_by_its_address_is_known(good: Path, own: Path, desk: Authority) -> None:
    """B7: its root is remembered, once."""
    stamp(RecordingFolder(good), desk.url)
    stamp(RecordingFolder(sealed(good.parent / "again", KEY).path), desk.url)

    done = verified(good)

    assert done.exit_code == 0
    assert "CN=Test root" in done.stdout
    assert ", according to " in done.stdout
    assert (own / "authorities.pem").read_bytes().count(b"BEGIN CERTIFICATE") == 1


def test_a_stamp_by_an_unknown_root_proves_no_time(good: Path, own: Path, desk: Authority) -> None:
    """B7: it is told, its time is no time for programs, and naming the root makes it one."""
    stamp(RecordingFolder(good), desk.url)
    (own / "authorities.pem").unlink()

    done = verified(good)

    assert done.exit_code == 1
    assert "time stamps: not known here: CN=Test root" in done.stdout
    assert "proves nothing unless you know whose it is" in done.stdout
    answer = json.loads(verified(good, "--json").stdout)
    assert (answer["ok"], answer["sound"], answer["stamped_at"]) == (True, False, [])
    assert verified(good, "--authority", desk.folder / "root.pem").exit_code == 0


def test_a_root_named_after_a_known_one_is_called_another(
    good: Path, own: Path, desk: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """B7: whatever lies beside it, the real one too; the name is what anybody can copy."""
    with running(tmp_path / "real", encoding="nombstr") as real:
        monkeypatch.setenv("SSL_CERT_FILE", str(real.folder / "root.pem"))
    stamp(RecordingFolder(good), desk.url)
    (own / "authorities.pem").unlink()
    chain = next((good / "signatures").glob("*-chain.pem"))
    for content in (chain.read_bytes(), (real.folder / "root.pem").read_bytes() + chain.read_bytes()):
        chain.write_bytes(content)
        list_signatures(RecordingFolder(good))

        done = verified(good)

        assert done.exit_code == 1
        assert "It has the name of a known authority but is another one" in done.stdout
        own_root = x509.load_pem_x509_certificate((desk.folder / "root.pem").read_bytes())
        assert f"(SHA-256 {own_root.fingerprint(SHA256()).hex()})" in done.stdout


def test_a_root_that_did_not_sign_itself_does_not_hide_behind_a_known_one(
    good: Path, own: Path, desk: Authority
) -> None:
    """B7: libraries take its word that it is a root. The known root vouches for nothing here, and is not named."""
    stamp(RecordingFolder(good), desk.url)
    known = (own / "authorities.pem").read_bytes()
    (own / "authorities.pem").unlink()
    chain = next((good / "signatures").glob("*-chain.pem"))
    forged = x509.load_pem_x509_certificate(known)
    der = bytearray(forged.public_bytes(Encoding.DER))
    der[-1] ^= 1
    forged = x509.load_der_x509_certificate(bytes(der))
    other = root_certificate("CN=Known to all")
    (own / "authorities.pem").write_bytes(other.public_bytes(Encoding.PEM))
    chain.write_bytes(other.public_bytes(Encoding.PEM) + forged.public_bytes(Encoding.PEM))
    list_signatures(RecordingFolder(good))

    done = verified(good)

    assert done.exit_code == 1
    assert "is not a stamp over these files by that authority" in done.stdout


def root_certificate(name: str) -> x509.Certificate:
    key = Ed25519PrivateKey.generate()
    subject = x509.Name.from_rfc4514_string(name)
    made = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(datetime(2020, 1, 1)).not_valid_after(datetime(2039, 1, 1))  # noqa: DTZ001
    return made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True).sign(key, None)


def test_more_stamps_than_anybody_asks_for_are_not_looked_at(good: Path, desk: Authority) -> None:
    """B6: each takes some checking."""
    stamp(RecordingFolder(good), desk.url)
    for file in [*(good / "signatures").glob("*.tsr"), *(good / "signatures").glob("*.pem")]:
        for number in range(20):
            shutil.copy(file, file.with_name(file.name.replace("127", f"{number}-127")))
    list_signatures(RecordingFolder(good))

    assert "signatures: contains more than 16 time stamps" in verified(good).stdout


@pytest.mark.parametrize(("content", "error"), [(b"none", Misconfigured), (None, FileMissing)])
def test_an_authority_s_file_that_is_none(
    content: bytes | None, error: type[AutofillError], good: Path, tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / "root.pem").write_bytes(content)
    assert isinstance(fails(good, "--authority", tmp_path / "root.pem"), error)
