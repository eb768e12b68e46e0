"""No mail under the size limit keeps the reader busy: what parsers get is counted first, and so are their steps."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from importlib import import_module
from types import FrameType
from typing import Any

import pytest

from autofill.mail.limits import (
    HEADER,
    LARGEST,
    MOST_BOUNDARIES,
    MOST_HEADER_LINES,
    MOST_INNER_MAILS,
    MOST_LINES,
    MOST_PARTS,
    READ,
    header_of,
    is_within_limits,
    start_of_header,
)
from autofill.mail.message import read_mail
from autofill.mail.signature import check_signature
from tests.mail.makers import published

HEAD = b"From: a@usps.gov\r\nTo: b@example.com\r\nSubject: hi\r\nDate: Sat, 28 Nov 2026 00:00:00 +0000\r\n"
SIGNATURE = b"DKIM-Signature: v=1; a=rsa-sha256; d=usps.gov; s=s1; h=from:to:subject:date; bh=AAAA; b=AAAA\r\n"
# Calls of functions, in Python and out of it; the largest mail that may be read takes some hundred thousand.
MOST_STEPS = 3_000_000


def nested(depth: int, lines: int) -> bytes:
    each = (b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(depth))
    return HEAD + b"".join(each) + b"Content-Type: text/plain\r\n\r\n" + b"x\r\n" * lines


def packed(kind: bytes, content: bytes) -> bytes:
    return HEAD + b"Content-Type: " + kind + b"\r\n\r\n" + content


# Each as large as it may be, or as it takes to be slow.
HOSTILE: dict[str, Callable[[], bytes]] = {
    "folded header of 1.4 MiB (C4)": lambda: HEAD + b"X: " + b"a\r\n b" * 300_000 + b"\r\n" + SIGNATURE + b"\r\nx",
    "folded header of the largest size": lambda: HEAD + b"X: " + b"a\r\n b" * (LARGEST // 6) + b"\r\n\r\n",
    "400 parts within parts (C4)": lambda: nested(400, 100_000),
    "deepest that is read": lambda: nested(MOST_BOUNDARIES // 2, MOST_LINES - 100),
    "mails within mails": lambda: HEAD + b"Content-Type: message/rfc822\r\n\r\n" * 20_000,
    "as many mails within mails as are read": lambda: HEAD
    + b"Content-Type: message/rfc822\r\n\r\n" * MOST_INNER_MAILS
    + b"x\r\n" * (MOST_LINES - 200),
    "a million parts": lambda: packed(b"multipart/mixed; boundary=q", b"--q\r\n\r\nx\r\n" * 1_000_000),
    "as many parts as are read": lambda: packed(b"multipart/mixed; boundary=q", b"--q\r\n\r\nx\r\n" * (MOST_PARTS - 2)),
    "folded header in a part": lambda: packed(
        b"multipart/mixed; boundary=q", b"--q\r\nX: " + b"a\r\n b" * (MOST_LINES - 200) + b"\r\n\r\nx"
    ),
    "lonely carriage returns": lambda: packed(b"text/plain", b"\r" * (LARGEST - 1000)),
    "line ends alone": lambda: packed(b"text/plain", b"\n" * (LARGEST - 1000)),
    "one line": lambda: packed(b"text/plain", b"x" * (LARGEST - 1000)),
    "blanks": lambda: packed(b"text/plain", b" " * (LARGEST - 1000)),
    "500,000 header lines": lambda: HEAD + b"X: y\r\n" * 500_000 + SIGNATURE + b"\r\nx",
    "20,000 signatures": lambda: HEAD + SIGNATURE * 20_000 + b"\r\nx",
    "signature over 10,000 fields": lambda: HEAD
    + SIGNATURE.replace(b"h=from", b"h=" + b":".join(b"x%d" % n for n in range(8000)) + b":from")
    + b"\r\nx",
    "encoded words": lambda: HEAD.replace(b"hi", b"=?utf-8?q?" + b"=20" * 15_000 + b"?=") + b"\r\nx",
    "addresses": lambda: b"From: " + b"(" * 30_000 + b"\r\nTo: " + b"a@b," * 8000 + b"\r\n\r\nx",
    "HTML brackets": lambda: packed(b"text/html", b"<" * LARGEST)[:LARGEST],
    "HTML within HTML": lambda: packed(b"text/html", b"<div><b>" * 200_000),
    "HTML marks": lambda: packed(b"text/html", b"".join(b"<b a%d>" % n for n in range(20_000)) + b"<p>x" * 20_000),
    "HTML attributes": lambda: packed(b"text/html", b"<a " + b" ".join(b"a%d" % n for n in range(40_000)) + b">x"),
    "HTML tables": lambda: packed(b"text/html", b"<table><tr><td>case 55512340" * 9000),
    "numbers": lambda: packed(b"text/plain", b"case 55512340 " * 75_000),
    "words for a number": lambda: packed(b"text/plain", b"case " * 200_000 + b"55512340"),
}  # fmt: skip


@contextmanager
def counted() -> Iterator[list[int]]:
    """How many calls are made meanwhile."""
    calls = [0]

    def count(_frame: FrameType, event: str, _argument: Any) -> None:
        calls[0] += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        yield calls
    finally:
        sys.setprofile(before)


@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE)
def test_reading_takes_a_bounded_number_of_steps(make: Callable[[], bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    """C4: and the parser sees no more bytes, lines and parts than are allowed, whatever the mail is."""
    raw = make()
    assert len(raw) <= LARGEST
    seen: list[bytes] = []
    lines = [0]
    source: Any = import_module("email.feedparser").BufferedSubFile
    readline = source.readline

    def parsing(given: bytes, **how: Any) -> Any:
        seen.append(given)
        return message_from_bytes(given, **how)

    def reading(file: Any) -> Any:
        lines[0] += 1
        return readline(file)

    monkeypatch.setattr("autofill.mail.message.message_from_bytes", parsing)
    monkeypatch.setattr(source, "readline", reading)

    with counted() as steps:
        mail = read_mail(raw)
        check_signature(raw, mail, ("usps.gov",), published)

    assert steps[0] < MOST_STEPS
    # A line is read again where a part ends at it, once for each part around it.
    assert lines[0] <= 2 * MOST_LINES + MOST_PARTS * MOST_BOUNDARIES
    for given in seen:
        assert len(given) <= READ
        assert len(header_of(given)) <= HEADER
        assert given.count(b"\n") <= MOST_LINES
        assert given.count(b"\n--") <= MOST_PARTS
        assert given.lower().count(b"boundary") <= MOST_BOUNDARIES


def test_a_first_look_is_bounded_too() -> None:
    assert start_of_header(b"A: 1\r\nB: 2\r\n\r\nC: 3") == b"A: 1\r\nB: 2"
    assert start_of_header(b"X: y\n" * 100_000).count(b"\n") < MOST_HEADER_LINES
    assert is_within_limits(start_of_header(b"X: " + b"a\n b" * 100_000))


def test_large_attachments_do_not_keep_a_mail_from_being_read() -> None:
    attachment = (b"x" * 76 + b"\r\n") * 300_000
    raw = packed(
        b"multipart/mixed; boundary=q",
        b"--q\r\n\r\ncase 55512340\r\n--q\r\nContent-Type: application/pdf\r\n\r\n" + attachment + b"--q--\r\n",
    )

    assert "55512340" in read_mail(raw).words
