"""Time-stamps (RFC 3161) over a seal: requested, written as files that anybody can check, and checked.

Only a hash leaves the machine. Needs the extra `timestamp`; nothing else may import its module.
"""

from __future__ import annotations

import re
import ssl
import unicodedata
import warnings
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPException
from typing import Final
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from rfc3161_client import (
    HashAlgorithm,
    PKIStatus,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from autofill.errors import Misconfigured, TryLater
from autofill.language import _

_PATIENCE: Final = 20
# An answer with all its certificates has some 6,000 bytes.
_LARGEST_ANSWER: Final = 256 * 1024
_LONGEST_CHAIN: Final = 8
# What an answer begins with that says no more than "granted" (RFC 3161, 2.4.2).
_GRANTED: Final = bytes.fromhex("3003020100")


class BadStamp(ValueError):
    """A time stamp that cannot be read, or is over something else; the text says so in words."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time stamp: the authority's signed token, and the certificates up to a root that sign it, in PEM."""

    token: bytes
    chain: bytes

    @property
    def file(self) -> bytes:
        """Stamp file as `openssl ts -verify` reads it, without a server's unsigned remarks."""
        body = _GRANTED + self.token
        size = len(body).to_bytes((len(body).bit_length() + 7) // 8)
        return b"\x30" + (bytes([len(body)]) if len(body) < 128 else bytes([128 + len(size)]) + size) + body

    @classmethod
    def read(cls, file: bytes, chain: bytes) -> Stamp:
        """Take a stamp out of its two files.

        Raises:
            BadStamp: they hold anything else.
        """
        stamp = cls(_decoded(file).time_stamp_token(), chain)
        if stamp.file != file:
            raise BadStamp(_("does not have the format of a time stamp"))
        return stamp

    def check(self, message: bytes) -> datetime:
        """When the authority stamped this message; raises what `attested` does."""
        return self.attested(message).at

    def attested(self, message: bytes) -> Attested:
        """Check that an authority stamped this message, and find the root that its certificates lead to.

        Whether that root deserves trust, people decide. The library trusts whatever it is given and calls itself a
        root, so it gets the certificates of one way up alone: a known root may lie beside a made-up one.

        Raises:
            BadStamp: it saw something else, or the certificates do not fit.
        """
        answer = _decoded(self.file)
        for root, between in _ways_up(_signer(answer), _certificates(self.chain)):
            with suppress(VerificationError, ValueError):
                VerifierBuilder(roots=[root], intermediates=between).build().verify_message(answer, message)
                return Attested(answer.tst_info.gen_time, root)
        raise BadStamp(_("is not a stamp over these files by that authority"))


@dataclass(frozen=True, slots=True)
class Attested:
    """What a good stamp says: when, and the root certificate that all trust in it rests on."""

    at: datetime
    root: x509.Certificate

    @property
    def authority(self) -> str:
        """Name and SHA-256 of the root."""
        return f"{self.root.subject.rfc4514_string()} (SHA-256 {self.root.fingerprint(SHA256()).hex()})"

    @property
    def pem(self) -> bytes:
        """The root in PEM."""
        return self.root.public_bytes(Encoding.PEM)

    def known_by(self, authorities: bytes) -> bool:
        """Whether the root is one of these (PEM), or one that this computer knows; its name alone says nothing."""
        return self.root in (*_readable(authorities), *_known_roots(self.root.subject))

    @property
    def shares_its_name(self) -> bool:
        """Whether a root that this computer knows has the same name, to whoever reads it."""
        mine = _read_name(self.root.subject)
        return any(_read_name(each.subject) == mine for each in _known_roots())


def authority_name(url: str) -> str:
    """What files call an authority: its host, and its port if it says one.

    Raises:
        Misconfigured: the address is not one of the web.
    """
    with suppress(ValueError):
        parts = urlsplit(url)
        if parts.scheme in {"http", "https"} and parts.hostname:
            return re.sub(r"[^a-z0-9.-]", "-", parts.hostname) + (f"-{parts.port}" if parts.port else "")
    raise Misconfigured(_("Give a time-stamp authority as a web address."), hint=_("Write it as https://HOST/PATH."))


def ask(url: str, message: bytes) -> Stamp:
    """Have an authority stamp the hash of a message.

    Raises:
        Misconfigured: the address is none, or nobody knows the authority's root certificate.
        TryLater: it did not answer, or not with a stamp.
    """
    name = authority_name(url)
    wanted = TimestampRequestBuilder().data(message).hash_algorithm(HashAlgorithm.SHA256).build()
    request = Request(  # noqa: S310 - the scheme was looked at
        url, wanted.as_bytes(), {"Content-Type": "application/timestamp-query"}
    )
    try:
        with urlopen(request, timeout=_PATIENCE) as response:  # noqa: S310
            answer = _decoded(response.read(_LARGEST_ANSWER))
        if answer.tst_info.nonce != wanted.nonce:
            raise BadStamp
        stamp = Stamp(answer.time_stamp_token(), _chain(answer))
        stamp.check(message)
    except (OSError, HTTPException, BadStamp):
        raise TryLater(
            _("The time-stamp authority {name} did not answer with a stamp.").format(name=name),
            hint=_("Try again later, or choose another one."),
        ) from None
    return stamp


def _decoded(file: bytes) -> TimeStampResponse:
    try:
        answer = decode_timestamp_response(file)
        if answer.status != PKIStatus.GRANTED:
            raise BadStamp(_("is a refusal, not a stamp"))
        answer.time_stamp_token()
    except ValueError:
        raise BadStamp(_("is not a time stamp")) from None
    return answer


def _certificates(chain: bytes) -> list[x509.Certificate]:
    try:
        with warnings.catch_warnings(action="ignore"):
            found = x509.load_pem_x509_certificates(chain)
    except ValueError:
        raise BadStamp(_("contains certificates that cannot be read")) from None
    if len(found) > _LONGEST_CHAIN + 1:
        raise BadStamp(_("contains too many certificates"))
    return found


def _readable(authorities: bytes) -> list[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(authorities) if authorities else []
    except ValueError:
        return []


def _chain(answer: TimeStampResponse) -> bytes:
    """The certificates above the authority's own, up to a root; roots that the answer lacks, this computer may know."""
    sent = [x509.load_der_x509_certificate(each) for each in answer.signed_data.certificates]
    path = [_signer(answer)]
    while not _issued(path[-1], path[-1]):
        # Roots first: an answer may also hold the same authority as signed by an older one.
        above = next((each for each in (*_known_roots(path[-1].issuer), *sent) if _issued(path[-1], each)), None)
        if above is None or len(path) > _LONGEST_CHAIN:
            raise Misconfigured(
                _("The authority did not send its root certificate, and this computer does not have it."),
                hint=_("Choose another time-stamp authority."),
            )
        path.append(above)
    return b"".join(each.public_bytes(Encoding.PEM) for each in path[1:] or path)


def _signer(answer: TimeStampResponse) -> x509.Certificate:
    """The certificate of the authority itself."""
    try:
        with warnings.catch_warnings(action="ignore"):
            sent = [x509.load_der_x509_certificate(each) for each in answer.signed_data.certificates]
        signers = {(each.issuer, each.serial_number) for each in answer.signed_data.signer_infos}
        return next(each for each in sent if (each.issuer, each.serial_number) in signers)
    except (ValueError, StopIteration):
        raise BadStamp(_("contains certificates that cannot be read")) from None


def _ways_up(
    signer: x509.Certificate, certificates: list[x509.Certificate]
) -> Iterator[tuple[x509.Certificate, list[x509.Certificate]]]:
    """Every root that a certificate leads to, and those between; each has really signed the one below."""
    ways: dict[x509.Certificate, list[x509.Certificate]] = {signer: []}
    queue = [signer]
    for below in queue:
        if _issued(below, below):
            yield below, ways[below][:-1]
        above = [each for each in certificates if each not in ways and _issued(below, each)]
        ways |= {each: [*ways[below], each] for each in above}
        queue += above


def _read_name(subject: x509.Name) -> str:
    """The common name, or the whole one, without what nobody sees: kinds of spaces, of letters, and of encodings."""
    common = subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    name = str(common[0].value) if common else subject.rfc4514_string()
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def _known_roots(subject: x509.Name | None = None) -> Iterator[x509.Certificate]:
    """Roots that this computer knows: those of a name, which alone are read, or all."""
    for each in ssl.create_default_context().get_ca_certs(binary_form=True):
        # Stores are full of certificates with old mistakes, not all of which can be read.
        if (subject is None or subject.public_bytes() in each) and (root := _old(each)):
            yield root


def _old(certificate: bytes) -> x509.Certificate | None:
    with warnings.catch_warnings(action="ignore"), suppress(ValueError):
        return x509.load_der_x509_certificate(certificate)
    return None


def _issued(certificate: x509.Certificate, by: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(by)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True
