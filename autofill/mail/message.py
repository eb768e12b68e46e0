"""A raw mail as far as it can be read: its senders, its dates, its words. Pure.

Whoever wrote the mail may have wanted to deceive or to break the reader: nothing here fails, runs or renders anything.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.errors import HeaderParseError, MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.policy import compat32
from email.utils import getaddresses, parsedate_to_datetime
from html import unescape
from typing import Final

from autofill.cases.model.case_states import Kind

# A mail's own words are a few kilobytes; what comes after this is not looked at.
_MOST_TEXT: Final = 256 * 1024
_LONGEST_HEADER: Final = 2000
_LONGEST_NUMBER: Final = 40
_ONLY_ONCE: Final = (
    "from", "to", "subject", "date", "message-id", "mime-version", "content-type", "content-transfer-encoding",
)  # fmt: skip
# Codecs of letters; others unpack, compute or take a long time.
_CHARSET: Final = re.compile(r"(?:utf|us-ascii|ascii|iso|latin|windows|cp|euc|gb|big5|shift|koi|mac|ks|johab|hz)")
_SILENT: Final = frozenset({"script", "style", "head", "title", "template"})
_LINES: Final = frozenset({"p", "br", "div", "tr", "li", "table", "h1", "h2", "h3", "h4", "blockquote"})
_TAG: Final = re.compile(r"<(!--|/?[a-z0-9]*)")
_SMALL: Final = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}
_HEADER_END: Final = re.compile(rb"\r?\n\r?\n")
_REVIEWED: Final = re.compile(r"\b(?:being reviewed|under review|in review)\b", re.IGNORECASE)
# Not "thank you for contacting us": answers of persons begin like that.
_RECEIVED: Final = re.compile(r"\bhave received your (?:inquiry|request|message|e-?mail|form)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as read.

    Attributes:
        sender: The one address in From, in small letters; empty if there is none, or more than one.
        to: The addresses it is written to, in small letters.
        delivered_to: The addresses that the mailbox's own server says it came for; no signature covers them.
        subject: Its subject, decoded, on one line.
        date: When it says it was sent, in UTC; None if it does not.
        message_id: Its own id; empty if it has none.
        is_automatic: A program wrote it.
        is_answer: It answers another mail.
        text: Its words without attachments; those of HTML without its marks, scripts and styles.
        twice: Header lines that must stand once and stand more often, as in mails made to deceive.
    """

    sender: str
    to: frozenset[str]
    delivered_to: frozenset[str]
    subject: str
    date: datetime | None
    message_id: str
    is_automatic: bool
    is_answer: bool
    text: str
    twice: tuple[str, ...]

    @property
    def domain(self) -> str:
        """The sender's domain."""
        return self.sender.rpartition("@")[2]

    @property
    def words(self) -> str:
        """All that may name a case: the subject, then the text."""
        return f"{self.subject}\n{self.text}"

    @property
    def kind(self) -> Kind:
        """What happens to a case by it, if it is the first one. Whether it asks something is for a person to say."""
        if self.is_automatic and _REVIEWED.search(self.text):
            return Kind.REVIEWED
        if self.is_automatic or (not self.is_answer and _RECEIVED.search(self.text)):
            return Kind.ACKNOWLEDGED
        return Kind.ANSWERED


def read_mail(raw: bytes) -> Mail:
    """Read a whole mail, or its header alone. What cannot be read is left empty."""
    # Some have parts within parts, or brackets within brackets, without end.
    for readable in (raw, header_of(raw)):
        with suppress(RecursionError, MessageError, ValueError):
            return _read(message_from_bytes(readable, policy=compat32))
    return _read(Message())


def _read(mail: Message) -> Mail:
    # The policy that reads headers by their grammar fails on some that are broken, and takes very long on others.
    senders = _addresses(mail, "From")
    subject = _header(mail, "Subject")
    names = [name.lower() for name in mail.keys()]  # noqa: SIM118 - every line, also the second one of a name
    automatic = _header(mail, "Auto-Submitted").lower() or "no"
    return Mail(
        sender=senders[0] if len(senders) == 1 else "",
        to=frozenset([*_addresses(mail, "To"), *_addresses(mail, "Cc")]),
        delivered_to=frozenset(_addresses(mail, "Delivered-To")),
        subject=subject,
        date=_date(mail),
        message_id=next(iter(re.findall(r"<[^<>\s]{1,500}>", _header(mail, "Message-ID"))), ""),
        is_automatic=automatic.partition(";")[0].strip() != "no",
        is_answer=mail["In-Reply-To"] is not None or subject.lower().startswith("re:"),
        text=_text(mail),
        twice=tuple(name for name in _ONLY_ONCE if names.count(name) > 1),
    )


def tokens(words: str) -> frozenset[str]:
    """The runs of letters and digits in a text."""
    return frozenset(re.findall(r"\w+", words))


def possible_numbers(words: str) -> frozenset[str]:
    """Everything in a text that may be a case number: up to three runs of letters and digits, with a digit in them."""
    spans = [found.span() for found in re.finditer(r"\w+", words)]
    texts = (words[first[0] : last[1]] for n in range(3) for first, last in zip(spans, spans[n:], strict=False))
    return frozenset(text for text in texts if len(text) <= _LONGEST_NUMBER and re.search(r"\d", text))


def header_of(raw: bytes) -> bytes:
    """A mail's header, up to the empty line."""
    return _HEADER_END.split(raw, maxsplit=1)[0]


def digest(raw: bytes) -> str:
    """SHA-256 of a raw mail, in hexadecimal."""
    return hashlib.sha256(raw).hexdigest()


def _header(mail: Message, name: str) -> str:
    raw = str(mail[name] or "")[:_LONGEST_HEADER]
    try:
        decoded = str(make_header(decode_header(raw)))
    except (HeaderParseError, LookupError, ValueError):
        decoded = raw
    return " ".join(decoded.encode(errors="replace").decode().split())


def _addresses(mail: Message, name: str) -> list[str]:
    # Not decoded: an encoded word can stand for a name only, and must not be taken for an address.
    lines = [str(line)[:_LONGEST_HEADER] for line in mail.get_all(name, [])]
    return [address.lower() for _, address in getaddresses(lines)]


def _date(mail: Message) -> datetime | None:
    try:
        date = parsedate_to_datetime(str(mail["Date"]))
        return (date if date.tzinfo else date.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _text(mail: Message) -> str:
    parts = list(_parts(mail))
    plain = [_decoded(part) for part in parts if part.get_content_type() == "text/plain"]
    if not any(text.strip() for text in plain):
        plain = [_without_marks(_decoded(part)) for part in parts if part.get_content_type() == "text/html"]
    return "\n".join(plain)[:_MOST_TEXT]


def _parts(mail: Message) -> Iterator[Message]:
    """What is the mail's own to say: no attachment, and no mail inside it, which others wrote."""
    if mail.get_content_maintype() == "multipart":
        inner = mail.get_payload()
        for part in inner if isinstance(inner, list) else ():
            if isinstance(part, Message):
                yield from _parts(part)
    elif mail.get_content_maintype() == "text" and mail.get_content_disposition() != "attachment":
        yield mail


def _decoded(part: Message) -> str:
    try:
        content = part.get_payload(decode=True)
        charset = part.get_content_charset() or "utf-8"
    except (LookupError, ValueError):
        return ""
    content = content[:_MOST_TEXT] if isinstance(content, bytes) else b""
    try:
        return content.decode(charset if _CHARSET.match(charset) else "utf-8", "replace")
    except (LookupError, ValueError):
        return content.decode("utf-8", "replace")


def _without_marks(html: str) -> str:
    """The words of HTML. The standard library's parser takes minutes for some kilobytes made to that end."""
    found, at, small = [], 0, html.translate(_SMALL)
    while (opened := html.find("<", at)) >= 0:
        found.append(html[at:opened])
        name = _TAG.match(small, opened)
        tag = name[1] if name else ""
        ending = {"!--": "-->"}.get(tag) or (f"</{tag}" if tag in _SILENT else ">")
        closed = small.find(ending, opened + 1)
        if closed < 0:
            return unescape("".join(found))
        found.append("\n" if tag.lstrip("/") in _LINES else "")
        at = closed if tag in _SILENT else closed + len(ending)
    return unescape("".join([*found, html[at:]]))
