"""Signing key: this account's own, made at first use, or one that the user names.

A private key leaves neither its file nor the agent that holds it.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final, TypeAlias

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    SSHPrivateKeyTypes,
    load_ssh_private_key,
)

from autofill.errors import Misconfigured
from autofill.evidence.sealing.signature import NAMESPACE, BadSignature, PublicKey, SshSignature, public_half, sign
from autofill.language import _

# Name of the account's own key among its settings.
_OWN: Final = "signing_key"
# A key on a token may wait for a finger; nobody may be there.
_AGENT_PATIENCE: Final = 30


@dataclass(frozen=True, slots=True)
class KeyInFile:
    """A private key that was read from a file."""

    private: SSHPrivateKeyTypes

    @property
    def public(self) -> PublicKey:
        """Public key to check its signatures with."""
        return public_half(self.private)

    def sign(self, message: bytes) -> SshSignature:
        """Sign a message as evidence.

        Raises:
            Misconfigured: it is of a kind that cannot.
        """
        try:
            return sign(self.private, message)
        except BadSignature as error:
            raise _unusable(_("The signing key {what}.").format(what=error)) from None


@dataclass(frozen=True, slots=True)
class KeyInAgent:
    """A key whose private half an SSH agent holds.

    `ssh-keygen` talks to the agent: it knows every kind of them (sockets, named pipes, tokens that want a finger),
    and whoever runs an agent has it. What it answers is checked here before it is used.
    """

    file: Path
    public: PublicKey

    def sign(self, message: bytes) -> SshSignature:
        """Have the agent sign a message as evidence.

        Raises:
            Misconfigured: there is no agent, it has not the key, or it refuses.
        """
        command = ["ssh-keygen", "-Y", "sign", "-f", str(self.file), "-n", NAMESPACE]
        try:
            done = subprocess.run(  # noqa: S603 - fixed but for the file that the user named
                command,
                input=message,
                capture_output=True,
                check=True,
                timeout=_AGENT_PATIENCE,
                start_new_session=True,  # without a terminal it cannot stop the run to ask for a passphrase
            )
            made = SshSignature.read(done.stdout.decode())
            made.check(message)
        except (OSError, subprocess.SubprocessError, ValueError):
            raise Misconfigured(
                _("The SSH agent did not sign."), hint=_("List the agent's keys with ssh-add -L, and add this one.")
            ) from None
        return made


SigningKey: TypeAlias = KeyInFile | KeyInAgent


def configured_key(environment: Mapping[str, str] = os.environ) -> SigningKey | None:
    """The key that AUTOFILL_SIGNING_KEY names, none if it says `none`, otherwise this account's own.

    Raises:
        Misconfigured: the key cannot be read, or made.
    """
    named = environment.get("AUTOFILL_SIGNING_KEY", "")
    if named == "none":
        return None
    if not named:
        return KeyInFile(_own_key(environment))
    return _key_in(Path(named).expanduser())


def own_keys(environment: Mapping[str, str] = os.environ) -> Iterator[str]:
    """Fingerprints of this account's own key and of the one that AUTOFILL_SIGNING_KEY names; none is made."""
    named = environment.get("AUTOFILL_SIGNING_KEY", "")
    for file in (
        settings_folder(environment) / _OWN,
        *([Path(named).expanduser()] if named not in {"", "none"} else []),
    ):
        with suppress(Misconfigured):
            yield _key_in(file).public.fingerprint


def settings_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """Folder of the account's settings; it need not be there."""
    return Path(environment.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "autofill"


def _key_in(file: Path) -> SigningKey:
    if file.suffix != ".pub":
        return KeyInFile(_private_key(file))
    keys = PublicKey.found_in(_read(file).decode(errors="replace"))
    if len(keys) != 1:
        raise _unusable(_("The signing key's .pub file must contain exactly one usable key."))
    return KeyInAgent(file, keys[0])


def _own_key(environment: Mapping[str, str]) -> SSHPrivateKeyTypes:
    settings = settings_folder(environment)
    file = settings / _OWN
    try:
        if not file.exists():
            settings.mkdir(mode=0o700, parents=True, exist_ok=True)
            _make_key(file)
    except OSError as error:
        raise _unusable(_("The signing key cannot be created: {reason}.").format(reason=error.strerror)) from None
    return _private_key(file)


def _make_key(file: Path) -> None:
    """Make a key file, atomically: of two programs that begin together, both use the first one's."""
    with NamedTemporaryFile(dir=file.parent, prefix=".") as fresh:
        fresh.write(Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption()))
        fresh.flush()
        os.fsync(fresh.fileno())
        with suppress(FileExistsError):
            os.link(fresh.name, file)


def _private_key(file: Path) -> SSHPrivateKeyTypes:
    text = _read(file)
    try:
        return load_ssh_private_key(text, password=None)
    except TypeError:
        raise Misconfigured(
            _("The signing key is locked with a passphrase."),
            hint=_("Add it to an SSH agent, and set AUTOFILL_SIGNING_KEY to its .pub file."),
        ) from None
    except (ValueError, UnsupportedAlgorithm):
        raise _unusable(_("The signing key is not an OpenSSH private key.")) from None


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise _unusable(_("The signing key cannot be read: {reason}.").format(reason=error.strerror)) from None


def _unusable(said: str) -> Misconfigured:
    hint = _("Set AUTOFILL_SIGNING_KEY to an OpenSSH private key, a .pub file whose key is in an SSH agent, or none.")
    return Misconfigured(said, hint=hint)
