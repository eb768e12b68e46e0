"""A signature counts only if it is the organisation's, fits, and covers what matters."""

from __future__ import annotations

import time
from unittest.mock import patch

import dkim
import pytest
from cryptography.hazmat.primitives import serialization

from autofill.mail.message import read_mail
from autofill.mail.signature import LookUp, Result, Signature, Unreachable, check_signature
from tests.mail.makers import confirmation, key, mail, published, record, signed

DOMAINS = ("usps.gov",)


def checked(raw: bytes, look_up: LookUp = published) -> Signature:
    return check_signature(raw, read_mail(raw), DOMAINS, look_up)


def test_a_good_one_tells_who_signed_with_which_key() -> None:
    covers = ("date", "from", "message-id", "subject", "to")

    assert checked(confirmation("12345678")) == Signature(Result.GOOD, "usps.gov", "s1", record(), covers=covers)


def test_one_of_a_subdomain_counts() -> None:
    def look_up(name: str) -> str | None:
        return record() if name == "s1._domainkey.mail.usps.gov" else None

    assert checked(signed(mail("x"), domain="mail.usps.gov"), look_up).is_good


def test_the_organisations_own_counts_among_those_of_others() -> None:
    """A mailing list that changed nothing signs once more, above."""
    assert checked(signed(signed(mail("x")), domain="list.example.net")).is_good


def test_none_is_absent() -> None:
    assert checked(mail("x").as_bytes()).result is Result.ABSENT


@pytest.mark.parametrize(
    "change", [(b"Your Service", b"Our Service"), (b"inquiry", b"enquiry"), (b"maria@", b"mario@")]
)
def test_a_change_is_found_out(change: tuple[bytes, bytes]) -> None:
    assert checked(confirmation("12345678").replace(*change)).result is Result.BAD


@pytest.mark.parametrize("left_out", [b"to", b"subject", b"date"])
def test_one_that_leaves_out_what_matters_does_not_count(left_out: bytes) -> None:
    assert checked(signed(mail("x"), leave_out=(left_out,))).result is Result.UNCHECKED


def test_one_over_a_part_of_the_text_does_not_count() -> None:
    """Anybody could write on below it."""
    raw = mail("x").as_bytes()
    pem = key().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    )
    covered = [b"from", b"to", b"subject", b"date"]
    signature = dkim.sign(raw, b"s1", b"usps.gov", pem, include_headers=covered, length=True)

    assert checked(signature + raw + b"Case 99999999\r\n").result is Result.UNCHECKED


@pytest.mark.parametrize("flags", ["t=y", "t=s:y", "t = y "])
def test_one_by_a_key_that_is_only_tried_out_does_not_count(flags: str) -> None:
    """RFC 6376, 3.6.1."""
    raw = confirmation("12345678")

    assert checked(raw, lambda _name: record().replace("k=rsa", f"{flags}; k=rsa")).result is Result.UNCHECKED
    assert checked(raw, lambda _name: record().replace("k=rsa", "t=s; k=rsa")).is_good


def test_what_it_covers_is_what_was_signed_of_every_line() -> None:
    """A10: a line that was added in front is not covered by the one that was signed."""
    raw = signed(mail("x"), also=b"auto-submitted")

    assert "auto-submitted" in checked(raw).covers
    assert "auto-submitted" not in checked(b"Auto-Submitted: no\r\n" + raw).covers
    assert "cc" not in checked(b"Cc: a@example.com\r\n" + raw).covers


def test_an_old_kind_of_signature_does_not_count() -> None:
    """RFC 8301, 3.1."""
    raw = mail("x").as_bytes()
    pem = key().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    )
    covered = [b"from", b"to", b"subject", b"date"]
    signature = dkim.sign(raw, b"s1", b"usps.gov", pem, include_headers=covered, signature_algorithm=b"rsa-sha1")

    assert checked(signature + raw).result is Result.UNCHECKED


def test_a_key_that_is_not_published_leaves_it_unchecked() -> None:
    assert checked(confirmation("12345678"), lambda _name: None).result is Result.UNCHECKED
    assert checked(confirmation("12345678"), lambda _name: "v=DKIM1; p=").result is Result.UNCHECKED


def test_nobody_to_ask_leaves_it_unchecked() -> None:
    def silent(_name: str) -> str | None:
        raise Unreachable

    assert checked(confirmation("12345678"), silent).result is Result.UNCHECKED


@pytest.mark.parametrize(
    "text", [b"v=1", b"rubbish", b"v=1; a=rsa-sha256; d=usps.gov; s=\xff; h=from; bh=A; b=A", b";;="]
)
def test_a_broken_one_does_not_count(text: bytes) -> None:
    result = checked(b"DKIM-Signature: " + text + b"\r\n" + mail("x").as_bytes()).result

    assert result in {Result.UNCHECKED, Result.ABSENT}


def test_an_expired_one_is_no_forgery() -> None:
    raw = signed(mail("x"))
    with patch.object(time, "time", lambda: 1e10):
        assert checked(raw).result in {Result.GOOD, Result.UNCHECKED}


def test_keys_of_others_are_not_asked_for() -> None:
    def look_up(name: str) -> str | None:
        raise AssertionError(name)

    for domain in ("example.net", "usps.gov.example.net", "notusps.gov"):
        assert checked(signed(mail("x"), domain=domain), look_up).result is Result.ABSENT
