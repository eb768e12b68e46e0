"""DKIM: what the desk signs can be checked with the record it publishes, and with no other."""

from __future__ import annotations

from typing import Any

import dkim
import pytest

from autofill.replica.office.dkim_key import DkimKey

MAIL = b"From: <a@usps-practice.example>\r\nTo: <b@example.com>\r\nSubject: 12345678\r\nDate: x\r\n\r\nHello.\r\n"


@pytest.fixture(scope="module")
def key() -> DkimKey:
    return DkimKey.new()


def is_valid(mail: bytes, record: dict[str, str]) -> bool:
    def look_up(name: bytes, **_: Any) -> bytes | None:
        return record["txt"].encode() if name.decode().removesuffix(".") == record["name"] else None

    return bool(dkim.verify(mail, dnsfunc=look_up))


def test_a_signed_mail_can_be_checked_with_the_published_record(key: DkimKey) -> None:
    """The mail itself stays as it was, below its signature."""
    signed = key.signed(MAIL)
    assert signed.endswith(MAIL)
    assert is_valid(signed, key.record())


@pytest.mark.parametrize("part", [b"Hello.", b"12345678", b"a@usps", b"b@example"])
def test_no_part_of_it_can_be_changed(key: DkimKey, part: bytes) -> None:
    """Neither the words nor a header that says who, to whom, or about what."""
    head, _, mail = key.signed(MAIL).partition(b"\r\nFrom:")
    forged = head + b"\r\nFrom:" + mail.replace(part, part.swapcase() if part != b"12345678" else b"12345679")
    assert not is_valid(forged, key.record())


def test_another_desk_s_key_does_not_fit(key: DkimKey) -> None:
    """Each desk has its own."""
    assert not is_valid(key.signed(MAIL), DkimKey.new().record())
