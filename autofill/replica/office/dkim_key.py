"""The DKIM key (RFC 6376) of the organisation, with which its mails are signed.

What it imports is loaded when a mail is first signed: a practice run signs none.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Final

from autofill.replica.office.mail import DOMAIN

_SELECTOR: Final = "practice"
_BITS: Final = 2048


@dataclass(frozen=True, slots=True)
class DkimKey:
    """An RSA key as PEM text."""

    pem: str

    @classmethod
    def new(cls) -> DkimKey:
        """A new key."""
        from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 - see the top of this file
        from cryptography.hazmat.primitives.asymmetric import rsa  # noqa: PLC0415

        key = rsa.generate_private_key(public_exponent=65537, key_size=_BITS)
        pem = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.TraditionalOpenSSL,
            serialization.NoEncryption(),
        )
        return cls(pem.decode())

    def signed(self, raw: bytes) -> bytes:
        """A mail with a signature before its first header; the signature is dated by this machine's own clock."""
        import dkim  # noqa: PLC0415

        signature: bytes = dkim.sign(
            message=raw,
            selector=_SELECTOR.encode(),
            domain=DOMAIN.encode(),
            privkey=self.pem.encode(),
            canonicalize=(b"relaxed", b"relaxed"),
        )
        return signature + raw

    def record(self) -> dict[str, str]:
        """The name and the text of the DNS record that would publish the key."""
        from cryptography.hazmat.primitives import serialization  # noqa: PLC0415

        key = serialization.load_pem_private_key(self.pem.encode(), password=None)
        public = key.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        text = f"v=DKIM1; k=rsa; p={base64.b64encode(public).decode()}"
        return {"name": f"{_SELECTOR}._domainkey.{DOMAIN}", "txt": text}
