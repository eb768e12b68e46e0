"""Keys of age and of OpenSSH are read from where people have them, and nothing they hold is ever repeated."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pyrage
import pytest

from autofill.errors import AutofillError, FileMissing, Misconfigured
from autofill.evidence.archiving.age import configured_recipients, identities_of, recipients_of


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """SSH keys of several kinds, one of them behind a passphrase."""
    folder = tmp_path_factory.mktemp("keys")
    for name, kind, passphrase in (
        ("ed25519", "ed25519", ""),
        ("rsa", "rsa", ""),
        ("ecdsa", "ecdsa", ""),
        ("locked", "ed25519", "passphrase"),
    ):
        command = ["ssh-keygen", "-q", "-t", kind, "-N", passphrase, "-C", "", "-f", str(folder / name)]
        subprocess.run(command, check=True)
    return folder


def opened(named: str, key: Path, folder: Path) -> bytes:
    """What comes out again when something was encrypted to `named`."""
    archive = folder / "archive.age"
    with archive.open("wb") as file:
        recipients_of(named).encrypt(io.BytesIO(b"words" * 50_000), file)
    plain = io.BytesIO()
    identities_of(key).decrypt(archive, plain)
    return plain.getvalue()


@pytest.mark.parametrize("kind", ["ed25519", "rsa"])
def test_ssh_keys_serve_as_they_are(keys: Path, tmp_path: Path, kind: str) -> None:
    """As a file, or as its one line."""
    for named in (str(keys / f"{kind}.pub"), (keys / f"{kind}.pub").read_text()):
        assert opened(named, keys / kind, tmp_path) == b"words" * 50_000


def test_age_keys_and_files_of_several(keys: Path, tmp_path: Path) -> None:
    """One a line, with comments, as age itself has them; each of them opens it."""
    identity = pyrage.x25519.Identity.generate()
    (tmp_path / "mine").write_text(f"# created: today\n{identity}\n")
    (tmp_path / "them").write_text(f"# us two\n\n{identity.to_public()}\n{(keys / 'ed25519.pub').read_text()}")

    assert opened(str(identity.to_public()), tmp_path / "mine", tmp_path)
    assert opened(str(tmp_path / "them"), tmp_path / "mine", tmp_path)
    assert opened(str(tmp_path / "them"), keys / "ed25519", tmp_path)


def test_the_setting_may_be_empty() -> None:
    assert configured_recipients({}) is None
    assert configured_recipients({"AUTOFILL_ENCRYPT_TO": " "}) is None
    assert configured_recipients({"AUTOFILL_ENCRYPT_TO": str(pyrage.x25519.Identity.generate().to_public())})


@pytest.mark.parametrize(
    ("content", "error"),
    [
        ("age1nonsense", Misconfigured),
        ("ecdsa.pub", Misconfigured),
        ("ed25519", Misconfigured),
        ("", Misconfigured),
        ("# nobody\n", Misconfigured),
        ("no such file", FileMissing),
        ("a folder", FileMissing),
    ],
)
def test_who_cannot_be_encrypted_to_is_refused(
    keys: Path, tmp_path: Path, content: str, error: type[AutofillError]
) -> None:
    """A private key named by mistake is not repeated."""
    file = tmp_path / "recipients"
    if content == "a folder":
        file.mkdir()
    elif content != "no such file":
        source = keys / content
        file.write_text(source.read_text() if content and source.is_file() else content)

    with pytest.raises(error) as refused:
        recipients_of(content if content.startswith("age1") else str(file))

    assert refused.value.hint
    assert "BEGIN" not in f"{refused.value}{refused.value.hint}"


@pytest.mark.parametrize("name", ["locked", "ed25519.pub", "nothing"])
def test_what_opens_nothing_is_refused(keys: Path, tmp_path: Path, name: str) -> None:
    (keys / "nothing").write_text("# nothing\n")

    with pytest.raises(Misconfigured, match="has no key"):
        identities_of(keys / name)


def test_another_key_opens_nothing(keys: Path, tmp_path: Path) -> None:
    (tmp_path / "other").write_text(f"{pyrage.x25519.Identity.generate()}\n")

    with pytest.raises(Misconfigured, match="does not open"):
        opened(str(keys / "ed25519.pub"), tmp_path / "other", tmp_path)


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyrage", None)

    with pytest.raises(Misconfigured) as refused:
        recipients_of("age1whoever")

    assert "autofill[encrypt]" in refused.value.hint
