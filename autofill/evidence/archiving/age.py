"""Recipients and identities of archives: keys of age and of OpenSSH, by way of pyrage.

Nothing that a key file holds is ever repeated in a message.
"""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import IO, Any, Final

from autofill.errors import DiskTrouble, FileMissing, Misconfigured
from autofill.language import _, gettext_noop

_RECIPIENTS: Final = gettext_noop(
    "Use an age recipient (age1…), an SSH public key (Ed25519 or RSA), or a file with such keys."
)
_IDENTITIES: Final = gettext_noop(
    "Use a file with age identities (AGE-SECRET-KEY-…), or an SSH private key without passphrase."
)
# Key files are small; whoever names a disk by mistake should not wait for it.
_LARGEST: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Recipients:
    """Those who can open what is encrypted to them."""

    _keys: tuple[Any, ...]

    def encrypt(self, plain: IO[bytes], to: IO[bytes]) -> None:
        """Encrypt a stream piece by piece.

        Raises:
            DiskTrouble: reading or writing failed.
        """
        pyrage = _pyrage()
        try:
            pyrage.encrypt_io(plain, to, list(self._keys))
        except pyrage.EncryptError as error:  # what a stream raised stands in its text only
            raise DiskTrouble(_("Encryption failed: {reason}.").format(reason=error)) from None


@dataclass(frozen=True, slots=True)
class Identities:
    """Private keys, read from a file."""

    _keys: tuple[Any, ...]

    def decrypt(self, archive: Path, to: Any) -> None:
        """Decrypt a file piece by piece; what was written is whole only when this returns.

        Raises:
            FileMissing: there is no such file.
            Misconfigured: these keys do not open it, or it is damaged.
            OSError: reading or writing failed.
        """
        pyrage = _pyrage()
        try:
            with archive.open("rb") as file:
                pyrage.decrypt_io(file, to, list(self._keys))
        except FileNotFoundError:
            raise FileMissing(_("{file} does not exist.").format(file=archive)) from None
        except (pyrage.DecryptError, OSError) as error:
            if getattr(error, "errno", None):
                raise  # pyrage's own errors have no number
            raise Misconfigured(
                _("{file} does not open with this key, or is damaged.").format(file=archive), hint=_(_IDENTITIES)
            ) from None

    def digest(self, archive: Path) -> str:
        """SHA-256 of what is in an archive; raises what `decrypt` does."""
        content = _Hash()
        self.decrypt(archive, content)
        return content.sha256.hexdigest()


class _Hash(io.RawIOBase):
    """Writable stream that only hashes."""

    def __init__(self) -> None:
        self.sha256 = hashlib.sha256()

    def write(self, piece: Any, /) -> int:
        self.sha256.update(piece)
        return len(piece)


def configured_recipients(environment: Mapping[str, str] = os.environ) -> Recipients | None:
    """Recipients named by AUTOFILL_ENCRYPT_TO; None if it names nobody.

    Raises:
        Misconfigured: it cannot be used.
    """
    named = environment.get("AUTOFILL_ENCRYPT_TO", "").strip()
    return recipients_of(named) if named else None


def recipients_of(named: str) -> Recipients:
    """Recipients that a text names: a key itself, or a file with one a line.

    Raises:
        Misconfigured: one is of no kind we know, there is none, or the encrypting library is missing.
        FileMissing: the file cannot be read.
    """
    pyrage = _pyrage()
    itself = named.startswith(("age1", "ssh-"))
    lines = [named] if itself else _lines(_content(Path(named).expanduser()).decode(errors="replace"))
    try:
        keys = [(pyrage.ssh if line.startswith("ssh-") else pyrage.x25519).Recipient.from_str(line) for line in lines]
    except pyrage.RecipientError:
        raise Misconfigured(_("Encryption does not work with one of these recipients."), hint=_(_RECIPIENTS)) from None
    if not keys:
        raise Misconfigured(_("The file has no recipient."), hint=_(_RECIPIENTS))
    return Recipients(tuple(keys))


def identities_of(file: Path) -> Identities:
    """The private keys in a file: those of age, one a line, or one of OpenSSH.

    Raises:
        Misconfigured: it holds none that can be used, or the encrypting library is missing.
        FileMissing: it cannot be read.
    """
    pyrage, content = _pyrage(), _content(file)
    try:
        if content.startswith(b"-----BEGIN"):
            return Identities((pyrage.ssh.Identity.from_buffer(content),))
        keys = tuple(pyrage.x25519.Identity.from_str(line) for line in _lines(content.decode(errors="replace")))
    except pyrage.IdentityError:
        keys = ()
    if not keys:
        raise Misconfigured(_("{file} has no key that opens archives.").format(file=file), hint=_(_IDENTITIES))
    return Identities(keys)


def _lines(text: str) -> list[str]:
    """Lines of a key file as age reads it: without empty lines and comments."""
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


def _content(file: Path) -> bytes:
    try:
        with file.expanduser().open("rb") as opened:
            return opened.read(_LARGEST)
    except OSError as error:
        raise FileMissing.unreadable(file, error, _(_RECIPIENTS)) from None


def _pyrage() -> ModuleType:
    try:
        import pyrage  # noqa: PLC0415 - an extra: only who encrypts needs it
    except ImportError:
        raise Misconfigured(
            _("Encryption needs one more package."), hint=_("Install it: pip install 'autofill[encrypt]'")
        ) from None
    module: ModuleType = pyrage
    return module
