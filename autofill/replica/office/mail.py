"""Mails as MIME: letters that go out, and mails that come in.

No words of a letter, and nothing is sent.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, default
from email.utils import format_datetime, make_msgid
from html import escape
from typing import Final

from autofill.replica.office.letters import OfficeLetter
from autofill.replica.office.records import Upload

DOMAIN: Final = "usps-practice.example"
SENDER: Final = Address("USPS Customer Support (practice)", "uspscustomersupport", DOMAIN)
_POLICY: Final = SMTP.clone(cte_type="7bit")
_IDS: Final = re.compile(r"<[^<>\s]+>")
_NUMBER: Final = re.compile(r"\b\d{8}\b")
_HTML: Final = """\
<html><body style="font: 15px/1.5 Arial, sans-serif; color: #1d2433">
{paragraphs}
</body></html>
"""


@dataclass(frozen=True, slots=True)
class Incoming:
    """The parts of an incoming mail that matter to the desk.

    Attributes:
        message_id: Its own id; empty if it has none.
        answers_to: The ids of the mails it answers, the nearest first.
        numbers: Everything in it that may be a case number: those of the subject first.
        text: Its words.
        files: What is attached.
        is_automatic: Written by a program, such as an absence note; nobody answers those.
    """

    message_id: str
    answers_to: tuple[str, ...]
    numbers: tuple[str, ...]
    text: str
    files: tuple[Upload, ...]
    is_automatic: bool


def compose(letter: OfficeLetter, number: str, dated: datetime, thread: Sequence[str]) -> EmailMessage:
    """The mail that carries a letter; its bytes are ASCII, whatever its alphabet.

    Args:
        letter: What it says.
        number: The service request number, for a header of its own.
        dated: The time for the Date header, with a time zone.
        thread: The ids of the mails before it; the last one is the one it answers.
    """
    mail = EmailMessage(policy=_POLICY)
    mail["From"] = SENDER
    mail["To"] = letter.to
    mail["Subject"] = letter.subject
    mail["Date"] = format_datetime(dated)
    mail["Message-ID"] = make_msgid(domain=DOMAIN)
    if thread:
        mail["In-Reply-To"] = thread[-1]
        mail["References"] = " ".join(thread)
    if letter.is_automatic:
        mail["Auto-Submitted"] = "auto-generated"
    mail["X-Service-Request"] = number
    mail.set_content("\n\n".join(letter.paragraphs) + "\n")
    lines = (escape(paragraph).replace("\n", "<br>\n") for paragraph in letter.paragraphs)
    mail.add_alternative(_HTML.format(paragraphs="\n".join(f"<p>{line}</p>" for line in lines)), subtype="html")
    return mail


def read_incoming(raw: bytes) -> Incoming:
    """The readable parts of a mail; broken ones are left out."""
    mail = message_from_bytes(raw, policy=default)
    # As they stand there: reading them by their grammar fails on some that are broken.
    as_written = {name.lower(): str(value) for name, value in mail.raw_items()}
    ids = {name: _IDS.findall(as_written.get(name, "")) for name in ("message-id", "in-reply-to", "references")}
    text = _text_of(mail)
    return Incoming(
        message_id=next(iter(ids["message-id"]), ""),
        answers_to=(*ids["in-reply-to"], *reversed(ids["references"])),
        numbers=tuple(_NUMBER.findall(f"{mail['Subject'] or ''}\n{text}")),
        text=text,
        files=tuple(
            Upload.from_bytes(part.get_filename() or "", _content_of(part))
            for part in mail.walk()
            if part.get_content_disposition() == "attachment"
        ),
        is_automatic=as_written.get("auto-submitted", "no").strip().lower() != "no",
    )


def _text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain", "html"))
    try:
        return "\n".join(str(body.get_content()).splitlines()) if body else ""
    except (LookupError, ValueError):
        return ""


def _content_of(part: EmailMessage) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""
