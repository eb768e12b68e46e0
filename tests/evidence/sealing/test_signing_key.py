"""Whose key signs: this account's own, made once and for nobody else's eyes, or the one that the user names."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from autofill.errors import Misconfigured
from autofill.evidence.sealing.signing_key import KeyInAgent, KeyInFile, SigningKey, configured_key

MESSAGE = b"what is signed"
MAKE = "from autofill.evidence.sealing.signing_key import configured_key; print(configured_key().public.line)"


def made(folder: Path, *options: str) -> Path:
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-C", "me@example.com", "-f", str(folder / "key"), *options]
    subprocess.run(command, check=True)
    return folder / "key"


def chosen(**environment: str | Path) -> SigningKey | None:
    return configured_key({name: str(value) for name, value in environment.items()})


def test_the_own_key_is_made_at_first_use_and_kept(tmp_path: Path) -> None:
    first, second = chosen(XDG_CONFIG_HOME=tmp_path / "new"), chosen(XDG_CONFIG_HOME=tmp_path / "new")
    assert isinstance(first, KeyInFile)
    assert second
    assert first.public == second.public
    first.sign(MESSAGE).check(MESSAGE)


def test_the_own_key_is_for_its_owner_alone(tmp_path: Path) -> None:
    """And OpenSSH's programs read it; nothing else is left beside it."""
    before = os.umask(0)
    key = chosen(XDG_CONFIG_HOME=tmp_path)
    os.umask(before)
    folder = tmp_path / "autofill"
    assert [file.name for file in folder.iterdir()] == ["signing_key"]
    assert [stat.S_IMODE(path.stat().st_mode) for path in (folder, folder / "signing_key")] == [0o700, 0o600]
    shown = subprocess.run(["ssh-keygen", "-y", "-f", str(folder / "signing_key")], capture_output=True, check=True)
    assert key
    assert shown.stdout.decode().strip() == key.public.line


def test_programs_that_begin_together_end_with_one_key(tmp_path: Path) -> None:
    environment = os.environ | {"XDG_CONFIG_HOME": str(tmp_path)}
    started = [
        subprocess.Popen([sys.executable, "-c", MAKE], env=environment, stdout=subprocess.PIPE) for _ in range(4)
    ]
    lines = {each.communicate()[0] for each in started}
    assert len(lines) == 1
    assert lines != {b""}


def test_a_named_private_key_signs(tmp_path: Path) -> None:
    """Its comment, which is often somebody's address, goes nowhere."""
    key = chosen(AUTOFILL_SIGNING_KEY=made(tmp_path, "-N", ""))
    assert key
    key.sign(MESSAGE).check(MESSAGE)
    assert "example.com" not in key.public.line


def test_none_is_no_key() -> None:
    assert chosen(AUTOFILL_SIGNING_KEY="none") is None


@pytest.mark.parametrize(
    ("content", "said"),
    [(None, "cannot be read"), (b"no key", "not an OpenSSH private key")],
    ids=["missing", "something else"],
)
def test_a_key_that_is_none_is_named(content: bytes | None, said: str, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "key").write_bytes(content)
    with pytest.raises(Misconfigured, match=said) as caught:
        chosen(AUTOFILL_SIGNING_KEY=tmp_path / "key")
    assert caught.value.exit_code == 78


def test_a_locked_key_is_for_the_agent(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="passphrase") as caught:
        chosen(AUTOFILL_SIGNING_KEY=made(tmp_path, "-N", "secret"))
    assert "agent" in caught.value.hint


def test_a_settings_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Misconfigured, match="cannot be created"):
        chosen(XDG_CONFIG_HOME=tmp_path / "file")


@pytest.fixture
def agent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An agent of our own, which ends with the test."""
    socket = tmp_path / "agent"
    running = subprocess.Popen(["ssh-agent", "-D", "-a", str(socket)], stdout=subprocess.PIPE)
    assert running.stdout
    running.stdout.readline()  # it listens by then
    monkeypatch.setenv("SSH_AUTH_SOCK", str(socket))
    yield
    running.terminate()
    running.communicate()


def test_a_key_in_an_agent_signs(agent: None, tmp_path: Path) -> None:
    """The private half is nowhere on the disk."""
    key = made(tmp_path, "-N", "")
    subprocess.run(["ssh-add", "-q", str(key)], check=True, capture_output=True)
    key.unlink()
    found = chosen(AUTOFILL_SIGNING_KEY=key.with_suffix(".pub"))
    assert isinstance(found, KeyInAgent)
    found.sign(MESSAGE).check(MESSAGE)


def test_an_agent_without_the_key_is_told(agent: None, tmp_path: Path) -> None:
    key = made(tmp_path, "-N", "")
    key.unlink()
    found = chosen(AUTOFILL_SIGNING_KEY=key.with_suffix(".pub"))
    assert found
    with pytest.raises(Misconfigured, match="did not sign"):
        found.sign(MESSAGE)


def test_a_pub_file_without_a_key_is_told(tmp_path: Path) -> None:
    (tmp_path / "key.pub").write_text("nothing")
    with pytest.raises(Misconfigured, match="one usable key"):
        chosen(AUTOFILL_SIGNING_KEY=tmp_path / "key.pub")
