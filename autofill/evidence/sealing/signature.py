"""SSH signatures in OpenSSH's own format: made, armoured, read and checked.

The format is that of PROTOCOL.sshsig in OpenSSH; `ssh-keygen -Y verify` reads what stands here, and the reverse.
Loads `cryptography`: import this only where something is sealed or checked.
"""

from __future__ import annotations

import base64
import hashlib
import re
import struct
from dataclasses import dataclass
from textwrap import wrap
from typing import Final

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa, utils
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    SSHPrivateKeyTypes,
    load_ssh_public_key,
)

from autofill.language import _

NAMESPACE: Final = "autofill-evidence"
# Who signed stands in the key; this is only the name under which its list of one has it.
_PRINCIPAL: Final = "autofill"
_MAGIC: Final = b"SSHSIG"
_HEAD: Final = _MAGIC + struct.pack(">I", 1)
_HASHES: Final = ("sha512", "sha256")
_BEGIN, _END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"
_WIDTH: Final = 70
_KEY: Final = re.compile(r"\b(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(?:256|384|521)) ([A-Za-z0-9+/]+=*)")


class BadSignature(ValueError):
    """A signature or a key that cannot be read, or does not fit; the text says so in words."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """Public key as in `.pub` files, without the comment, which is often a person's address."""

    line: str

    @classmethod
    def found_in(cls, text: str) -> tuple[PublicKey, ...]:
        """The keys in a `.pub` or `allowed_signers` file."""
        lines = (line for line in text.splitlines() if not line.lstrip().startswith("#"))
        return tuple(cls(" ".join(match.groups())) for line in lines if (match := _KEY.search(line)))

    @property
    def blob(self) -> bytes:
        """Bytes of the key.

        Raises:
            BadSignature: they are not a key.
        """
        try:
            return base64.b64decode(self.line.split(" ")[1], validate=True)
        except ValueError:
            raise BadSignature(_("is not a public key")) from None

    @property
    def fingerprint(self) -> str:
        """Fingerprint as `ssh-keygen -l` prints it."""
        return "SHA256:" + base64.b64encode(hashlib.sha256(self.blob).digest()).decode().rstrip("=")


@dataclass(frozen=True, slots=True)
class SshSignature:
    """A signature taken apart. `algorithm` is that of the key, `digest` that of the message."""

    key: PublicKey
    namespace: str
    digest: str
    algorithm: str
    value: bytes

    @classmethod
    def read(cls, armoured: str) -> SshSignature:
        """Read what `ssh-keygen -Y sign` writes.

        Raises:
            BadSignature: it is anything else, or has a letter more or less.
        """
        try:
            body = base64.b64decode("".join(armoured.strip().splitlines()[1:-1]), validate=True)
            key, namespace, _reserved, digest, inner = _strings(body.removeprefix(_HEAD))
            algorithm, value = _strings(inner)
            public = PublicKey(f"{_strings(key)[0].decode()} {base64.b64encode(key).decode()}")
            found = cls(public, namespace.decode(), digest.decode(), algorithm=algorithm.decode(), value=value)
        except (ValueError, IndexError, struct.error):
            raise BadSignature(_("is not an SSH signature")) from None
        if found.armoured != armoured:
            raise BadSignature(_("does not have the format of an SSH signature"))
        return found

    @property
    def armoured(self) -> str:
        """The one way in which this signature is written."""
        parts = (self.key.blob, self.namespace.encode(), b"", self.digest.encode())
        value = _packed(self.algorithm.encode(), self.value)
        body = base64.b64encode(_HEAD + _packed(*parts, value)).decode()
        return "\n".join([_BEGIN, *wrap(body, _WIDTH), _END, ""])

    def check(self, message: bytes) -> None:
        """Check that the key signed this message, as evidence and as nothing else.

        Raises:
            BadSignature: it did not.
        """
        if self.namespace != NAMESPACE or self.digest not in _HASHES:
            raise BadSignature(_("was not made for a recording"))
        if not _KEY.fullmatch(self.key.line):
            raise BadSignature(_("is by a kind of key that cannot be checked here"))
        try:
            _check(self, _signed(message, self.digest))
        except (InvalidSignature, UnsupportedAlgorithm, NotImplementedError, ValueError, struct.error):
            raise BadSignature(_("does not fit: what was signed was something else")) from None


def sign(private: SSHPrivateKeyTypes, message: bytes) -> SshSignature:
    """Sign a message as evidence.

    Raises:
        BadSignature: keys of this kind cannot sign.
    """
    public, signed = public_half(private), _signed(message, _HASHES[0])
    match private:
        case ed25519.Ed25519PrivateKey():
            algorithm, value = "ssh-ed25519", private.sign(signed)
        case rsa.RSAPrivateKey():
            algorithm, value = "rsa-sha2-512", private.sign(signed, padding.PKCS1v15(), hashes.SHA512())
        case ec.EllipticCurvePrivateKey():
            algorithm = public.line.split(" ")[0]
            numbers = utils.decode_dss_signature(private.sign(signed, ec.ECDSA(_curve_hash(private.curve))))
            value = _packed(*(number.to_bytes(number.bit_length() // 8 + 1) for number in numbers))
        case _:
            raise BadSignature(_("is a kind of key that cannot sign recordings"))
    return SshSignature(public, NAMESPACE, digest=_HASHES[0], algorithm=algorithm, value=value)


def key_files(key: PublicKey) -> tuple[str, str]:
    """The two files that OpenSSH's tools want beside a signature: its key, and the list of one key that may sign."""
    return f"{key.line} {_PRINCIPAL}\n", f'{_PRINCIPAL} namespaces="{NAMESPACE}" {key.line}\n'


def public_half(private: SSHPrivateKeyTypes) -> PublicKey:
    """The public key that goes with a private one."""
    return PublicKey(private.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode())


def _check(signature: SshSignature, signed: bytes) -> None:
    key, value = load_ssh_public_key(signature.key.line.encode()), signature.value
    match key, signature.algorithm:
        case ed25519.Ed25519PublicKey(), "ssh-ed25519":
            key.verify(value, signed)
        case rsa.RSAPublicKey(), "rsa-sha2-512" | "rsa-sha2-256" as name:
            key.verify(value, signed, padding.PKCS1v15(), hashes.SHA512() if name.endswith("512") else hashes.SHA256())
        case ec.EllipticCurvePublicKey(), str(name) if name == signature.key.line.split(" ")[0]:
            r, s = map(int.from_bytes, _strings(value))
            key.verify(utils.encode_dss_signature(r, s), signed, ec.ECDSA(_curve_hash(key.curve)))
        case _:
            raise BadSignature


def _curve_hash(curve: ec.EllipticCurve) -> hashes.HashAlgorithm:
    """Hash that belongs to a curve (RFC 5656, 6.2.1)."""
    if curve.key_size <= 256:
        return hashes.SHA256()
    return hashes.SHA384() if curve.key_size <= 384 else hashes.SHA512()


def _signed(message: bytes, digest: str) -> bytes:
    """Bytes that the key signs: not the message itself, so that no signature of another protocol fits."""
    return _MAGIC + _packed(NAMESPACE.encode(), b"", digest.encode(), hashlib.new(digest, message).digest())


def _packed(*strings: bytes) -> bytes:
    """SSH strings: each has its length before it."""
    return b"".join(struct.pack(">I", len(each)) + each for each in strings)


def _strings(packed: bytes) -> list[bytes]:
    found = []
    while packed:
        end = 4 + struct.unpack_from(">I", packed)[0]
        if len(packed) < end:
            raise BadSignature
        found.append(packed[4:end])
        packed = packed[end:]
    return found
