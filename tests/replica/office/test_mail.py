"""Letters as mails, and what the desk reads in mails that come."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default

import pytest

from autofill.replica.office.letters import write_letter
from autofill.replica.office.mail import compose, read_incoming

ANSWERS = {
    "topic": "claim",
    "email": "ada@example.com",
    "first_name": "Ada <b>",
    "last_name": "& 길동",
    "reply_by": "phone",
    "previous_case": "12345678",
}
NOW = datetime(2026, 11, 23, 13, tzinfo=UTC)


def written(kind: str, *thread: str, words: str = "", again: bool = False) -> EmailMessage:
    letter = write_letter(kind=kind, number="87654321", answers=ANSWERS, words=words, again=again)  # type: ignore[arg-type]
    raw = compose(letter, "87654321", NOW, thread).as_bytes()
    assert raw.isascii()
    return message_from_bytes(raw, policy=default)


def bodies(mail: EmailMessage) -> tuple[str, str]:
    plain, html = mail.get_body(["plain"]), mail.get_body(["html"])
    assert plain is not None
    assert html is not None
    return plain.get_content().replace("\r\n", "\n"), html.get_content()


def test_a_confirmation_is_automatic_and_answers_nothing() -> None:
    """It says what was filed, under which earlier number, and how to send files."""
    mail = written("confirmation")
    plain, html = bodies(mail)
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["In-Reply-To"] is None
    assert mail["Date"].datetime == NOW
    assert mail["From"].addresses[0].display_name == "USPS Customer Support (practice)"
    for said in ("87654321", "File a claim", "12345678", "answer by phone within 1 to 3 business days"):
        assert said in plain
        assert said in html
    assert "pictures or documents" in plain


def test_names_are_text_in_html_too() -> None:
    """What a person typed is never markup."""
    _, html = bodies(written("confirmation"))
    assert "Ada &lt;b&gt; &amp; 길동" in html


def test_an_agent_s_reply_is_not_automatic_and_is_part_of_the_thread() -> None:
    """It answers the last mail before it, and names all of them."""
    mail = written("reply", "<1@a.example>", "<2@b.example>")
    assert mail["Auto-Submitted"] is None
    assert mail["Subject"] == "Re: Your Service Request Number is 87654321"
    assert mail["In-Reply-To"] == "<2@b.example>"
    assert mail["References"] == "<1@a.example> <2@b.example>"
    assert "You asked for a call" in bodies(mail)[0]


def test_replies_differ_with_what_happened() -> None:
    """An agent answers a second letter otherwise than the first, and says what they are told to say."""
    first, second = bodies(written("reply"))[0], bodies(written("reply", again=True))[0]
    told = bodies(written("reply", words="It is at the office in Albany.\n\nPlease fetch it.", again=True))[0]
    assert first != second
    assert "It is at the office in Albany.\n\nPlease fetch it.\n" in told


def test_an_answer_is_read_with_its_files() -> None:
    """The nearest mail it answers comes first; numbers of the subject come before those of the text."""
    mail = EmailMessage(policy=SMTP)
    mail["Message-ID"] = "<3@home.example>"
    mail["In-Reply-To"] = "<2@b.example>"
    mail["References"] = "<1@a.example> <2@b.example>"
    mail["Subject"] = "Re: 답장 87654321"
    mail.set_content("Not 12345678, and not 123456789.")
    mail.add_attachment(b"abc", "image", "png", filename="영수증.png")
    found = read_incoming(mail.as_bytes())
    assert found.message_id == "<3@home.example>"
    assert found.answers_to == ("<2@b.example>", "<2@b.example>", "<1@a.example>")
    assert found.numbers == ("87654321", "12345678")
    assert [(file.name, file.size) for file in found.files] == [("영수증.png", 3)]
    assert not found.is_automatic


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe\x00",
        b"Message-ID: <\r\nIn-Reply-To: []<@>\r\nSubject: =?x?q?=ff?=\r\n\r\n",
        b'Content-Type: multipart/mixed; boundary="b"\r\n\r\nno parts at all',
        b"Content-Type: text/plain; charset=klingon\r\n\r\n\xe9",
        b"Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!",
        b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Disposition: attachment\r\n\r\nx\r\n--b--',
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\nContent-Type: multipart/mixed\r\n\r\n" * 50,
    ],
    ids=["empty", "bytes", "ids", "no parts", "charset", "base64", "no name", "nested"],
)
def test_broken_mails_are_read_as_far_as_they_go(raw: bytes) -> None:
    """Nothing that comes stops the desk."""
    found = read_incoming(raw)
    assert found.message_id == ""
    assert found.numbers == ()


def test_mails_of_programs_are_known_by_their_header() -> None:
    """An absence note is not answered, or two programs would write to each other for ever."""
    assert read_incoming(b"Auto-Submitted: auto-replied\r\n\r\nAway.").is_automatic
    assert not read_incoming(b"Auto-Submitted: No\r\n\r\nHere.").is_automatic
