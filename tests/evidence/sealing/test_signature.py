"""Signatures are OpenSSH's own: its program accepts ours, ours accept its, and neither accepts anything else."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import SSHPrivateKeyTypes

from autofill.evidence.sealing.signature import (
    NAMESPACE,
    BadSignature,
    PublicKey,
    SshSignature,
    public_half,
    sign,
)

MESSAGE = b"ab  manifest-sha256.txt\n"
KEYS: dict[str, SSHPrivateKeyTypes] = {
    "ed25519": ed25519.Ed25519PrivateKey.generate(),
    "rsa": rsa.generate_private_key(65537, 2048),
    "ecdsa-256": ec.generate_private_key(ec.SECP256R1()),
    "ecdsa-384": ec.generate_private_key(ec.SECP384R1()),
    "ecdsa-521": ec.generate_private_key(ec.SECP521R1()),
}


def ssh_keygen(*arguments: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["ssh-keygen", *map(str, arguments)], input=stdin, capture_output=True, check=False)


@pytest.mark.parametrize("key", KEYS.values(), ids=KEYS)
def test_openssh_accepts_our_signatures(key: SSHPrivateKeyTypes, tmp_path: Path) -> None:
    """Of every kind of key, by the key's one line in a list of allowed signers."""
    (tmp_path / "sig").write_text(sign(key, MESSAGE).armoured)
    (tmp_path / "allowed").write_text(f"autofill {public_half(key).line}\n")
    who = ["-f", str(tmp_path / "allowed"), "-I", "autofill", "-n", NAMESPACE]
    done = ssh_keygen("-Y", "verify", *who, "-s", tmp_path / "sig", stdin=MESSAGE)
    assert done.returncode == 0, done.stderr
    assert public_half(key).fingerprint.encode() in done.stdout
    assert ssh_keygen("-Y", "verify", *who, "-s", tmp_path / "sig", stdin=MESSAGE + b"x").returncode != 0


@pytest.mark.parametrize("kind", ["ed25519", "rsa", "ecdsa"])
def test_we_accept_openssh_s_signatures(kind: str, tmp_path: Path) -> None:
    """Written as it writes them, letter by letter."""
    ssh_keygen("-q", "-t", kind, "-N", "", "-f", tmp_path / "key")
    made = ssh_keygen("-Y", "sign", "-f", tmp_path / "key", "-n", NAMESPACE, stdin=MESSAGE).stdout.decode()
    found = SshSignature.read(made)
    found.check(MESSAGE)
    assert found.armoured == made
    assert PublicKey.found_in((tmp_path / "key.pub").read_text()) == (found.key,)
    with pytest.raises(BadSignature, match="something else"):
        found.check(MESSAGE + b"x")


def test_a_signature_for_something_else_is_none(tmp_path: Path) -> None:
    """Keys that sign commits must not be made to vouch for recordings."""
    ssh_keygen("-q", "-t", "ed25519", "-N", "", "-f", tmp_path / "key")
    made = ssh_keygen("-Y", "sign", "-f", tmp_path / "key", "-n", "git", stdin=MESSAGE).stdout.decode()
    with pytest.raises(BadSignature, match="not made for a recording"):
        SshSignature.read(made).check(MESSAGE)


@pytest.mark.parametrize("kind", ["ed25519", "rsa", "ecdsa-256"])
def test_no_byte_of_a_signature_can_change(kind: str) -> None:
    """Neither what is signed, nor the key, nor how it is written."""
    armoured = sign(KEYS[kind], MESSAGE).armoured.encode()
    for place in range(len(armoured)):
        for change in (1, 0x20):
            changed = bytearray(armoured)
            changed[place] ^= change
            with pytest.raises(BadSignature):
                SshSignature.read(bytes(changed).decode(errors="replace")).check(MESSAGE)


def test_keys_are_known_by_openssh_s_fingerprint(tmp_path: Path) -> None:
    public = public_half(KEYS["rsa"])
    (tmp_path / "key.pub").write_text(public.line)
    assert public.fingerprint in ssh_keygen("-l", "-f", tmp_path / "key.pub").stdout.decode()


def test_keys_are_found_in_lists_and_without_their_comments() -> None:
    """A comment is often somebody's address."""
    line = public_half(KEYS["ed25519"]).line
    text = f'# {line}\nme@example.com namespaces="file,{NAMESPACE}" {line} me@example.com\nnothing here\n'
    assert PublicKey.found_in(text) == (PublicKey(line),)


def test_a_key_that_is_none_says_so() -> None:
    with pytest.raises(BadSignature, match="not a public key"):
        _ = PublicKey("ssh-ed25519 A").fingerprint
