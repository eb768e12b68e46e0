"""What mails say is read from them, and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from autofill.cases.model.case_states import Kind
from autofill.mail.limits import header_of
from autofill.mail.message import read_mail


def test_what_a_mail_says() -> None:
    raw = (
        b"From: =?utf-8?q?P=C3=B6st?= <Desk@USPS.gov>\r\nTo: Maria <Maria@Example.com>, other@example.com\r\n"
        b"Subject: =?utf-8?b?7IKs6rG0?=\r\n 12345678\r\nDate: Mon, 05 Oct 2026 12:00:00 -0400\r\n"
        b"Message-ID: <1@usps.gov>\r\nContent-Type: text/plain; charset=euc-kr\r\n\r\n\xbc\xd2\xc6\xf7"
    )

    mail = read_mail(raw)

    assert (mail.sender, mail.domain) == ("desk@usps.gov", "usps.gov")
    assert mail.to == {"maria@example.com", "other@example.com"}
    assert (mail.subject, mail.text) == ("사건 12345678", "소포")
    assert mail.date == datetime(2026, 10, 5, 16, tzinfo=UTC)
    assert mail.message_id == "<1@usps.gov>"
    assert mail.delivered_to == frozenset()


def test_where_a_mail_came_to_is_told_from_whom_it_is_written_to() -> None:
    mail = read_mail(b"Delivered-To: Maria@example.com\r\nTo: list@example.net\r\n\r\nhi")

    assert mail.to == {"list@example.net"}
    assert mail.delivered_to == {"maria@example.com"}


def test_lines_that_must_stand_once_are_counted_wherever_readers_see_them() -> None:
    """Also behind a lonely carriage return, which some take for the end of a line."""
    assert read_mail(b"From: a@x.org\r\nX: y\rFROM: b@x.org\r\nX: z\r\n\r\nhi").twice == ("from",)
    assert read_mail(b"From: a@x.org\r\nReceived: 1\r\nReceived: 2\r\n\r\n").twice == ()


@pytest.mark.parametrize(
    ("header", "text", "kind"),
    [
        ("Auto-Submitted: auto-generated", "Service Request Number: 1", Kind.ACKNOWLEDGED),
        ("Auto-Submitted: auto-replied; x=1", "Your inquiry is now being reviewed.", Kind.REVIEWED),
        ("Auto-Submitted: auto-replied", "Your parcel was found in Denver.\n\nRobin", Kind.ANSWERED),
        (
            "Auto-Submitted: auto-replied",
            "We have received your inquiry. Your case was closed before.",
            Kind.ACKNOWLEDGED,
        ),
        ("Auto-Submitted: auto-replied\r\nSubject: Your parcel was found", "I am out of the office.", Kind.NOTE),
        ("Subject: Case 1", "We have received your inquiry.", Kind.ACKNOWLEDGED),
        ("Subject: Re: Case 1", "We have received your inquiry and looked into it.", Kind.ANSWERED),
        ("Auto-Submitted: no", "Your parcel was delivered.", Kind.ANSWERED),
        ("In-Reply-To: <1@x>", "Thank you for contacting us. It was found.", Kind.ANSWERED),
        ("Subject: Case 1", "Thank you for contacting us. Your parcel was found in Denver.\n\nRobin", Kind.ANSWERED),
    ],
)
def test_what_happens_by_a_mail(header: str, text: str, kind: Kind) -> None:
    assert read_mail(f"From: a@usps.gov\r\n{header}\r\n\r\n{text}".encode()).kind is kind


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><P>two &amp; <b>th</b>ree</P>", "One\n\ntwo & three"),
        ("a<br>b<SCRIPT>c</ScRiPt>d<style>e</style>f<!-- > g -->h", "a\nbdfh"),
        ("1 < 2", "1 < 2"),
        ("<title>no</title><script>never closed", ""),
        ("<style>no</style><td>a cell without a table", "a cell without a table"),
        ("<pre>a\nb&#1;</pre>c&#31;d\x1f&#xFFFF;<p title='&#1;'>e", "a\nb\nc d\ne"),
    ],
)
def test_html_is_stripped_of_its_marks(html: str, text: str) -> None:
    raw = f"From: a@usps.gov\r\nContent-Type: text/html\r\n\r\n{html}".encode()

    assert read_mail(raw).text.strip("\n") == text.strip("\n")


def test_the_plain_text_is_preferred() -> None:
    raw = (
        b'Content-Type: multipart/alternative; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nplain\r\n'
        b"--b\r\nContent-Type: text/html\r\n\r\n<p>html</p>\r\n--b--\r\n"
    )

    assert read_mail(raw).text.strip() == "plain"


def test_a_header_alone_is_cut_off() -> None:
    assert header_of(b"A: 1\r\nB: 2\r\n\r\nC: 3\r\n\r\n") == b"A: 1\r\nB: 2"
    assert header_of(b"A: 1\nB: 2\n\nC") == b"A: 1\nB: 2"


def test_what_cannot_be_read_at_all_is_empty() -> None:
    assert read_mail(b"").sender == ""
    assert read_mail(b"Date: 32 Foo 2026 99:99\r\nTo: " + b"(" * 5000).date is None
