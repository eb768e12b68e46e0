"""Keys and time-stamp roots that are known here: this account's own, and those that its owner lists.

A signature shows that nothing changed since somebody signed; who that was, only a key or a root that one knows can say.
The lists are files among the owner's settings, as OpenSSH and OpenSSL read them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography import x509

from autofill.errors import FileMissing, Misconfigured
from autofill.evidence.sealing.signature import BadSignature, PublicKey
from autofill.evidence.sealing.signing_key import own_keys, settings_folder
from autofill.language import _

SIGNERS, AUTHORITIES = "allowed_signers", "authorities.pem"
# A list of some hundred; whoever names a disk by mistake should not wait for it.
_LARGEST_LIST: Final = 1024**2


@dataclass(frozen=True, slots=True)
class Known:
    """What is known here: fingerprints of own and of listed keys, and certificates of authorities (PEM).

    `signs` is false where the owner has recordings left unsigned, so that an unsigned one is nothing strange.
    """

    own: frozenset[str] = frozenset()
    listed: frozenset[str] = frozenset()
    authorities: bytes = b""
    signs: bool = True

    @classmethod
    def here(cls, authorities: bytes = b"", environment: Mapping[str, str] = os.environ) -> Known:
        """Known by the settings, and the given authorities."""
        settings = settings_folder(environment)
        return cls(
            frozenset(own_keys(environment)),
            frozenset(fingerprints_in(_content(settings / SIGNERS).decode(errors="replace"))),
            _content(settings / AUTHORITIES) + authorities,
            signs=environment.get("AUTOFILL_SIGNING_KEY") != "none",
        )

    def whose(self, fingerprint: str, *, asked: bool) -> tuple[bool, str]:
        """Whether the key of a good signature is known, as it is when it was asked for; and the signature in words."""
        known, words = True, _("signed by {key}, as required")
        if not asked and fingerprint in self.own:
            words = _("signed by {key}, your own key")
        elif not asked and fingerprint in self.listed:
            words = _("signed by {key}, which is on your list of signers")
        elif not asked:
            known = False
            words = _(
                "signed by {key}, an unknown key: nothing has changed since it was sealed, but this does "
                "not prove who sealed it"
            )
        return known, words.format(key=fingerprint)


def authorities_in(file: Path) -> bytes:
    """Certificates in a file (PEM).

    Raises:
        FileMissing: it cannot be read.
        Misconfigured: it holds none.
    """
    try:
        content = file.read_bytes()
        x509.load_pem_x509_certificates(content)
    except OSError as error:
        raise FileMissing.unreadable(
            file, error, _("Choose another file with {option}.").format(option="--authority")
        ) from None
    except ValueError:
        raise Misconfigured(
            _("--authority has no usable certificate."), hint=_("Give a file of root certificates (PEM).")
        ) from None
    return content


def fingerprints_in(text: str) -> Iterator[str]:
    """Fingerprints of the keys in a `.pub` or `allowed_signers` file; authorities over keys are none of them."""
    for line in text.splitlines():
        for key in PublicKey.found_in("" if "cert-authority" in line else line):
            with suppress(BadSignature):
                yield key.fingerprint


def remember_authority(certificate: bytes, environment: Mapping[str, str] = os.environ) -> None:
    """Add the root of an authority that the owner named by its address, unless it is on the list; PEM.

    A list that cannot be written costs a question later, not the stamp.
    """
    settings = settings_folder(environment)
    with suppress(OSError):
        if certificate not in _content(settings / AUTHORITIES):
            settings.mkdir(mode=0o700, parents=True, exist_ok=True)
            with (settings / AUTHORITIES).open("ab") as file:
                file.write(certificate)


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(_LARGEST_LIST)
    except OSError:
        return b""
