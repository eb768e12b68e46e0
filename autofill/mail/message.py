"""A raw mail as its reader sees it: its senders, its dates, its words. Pure.

Whoever wrote the mail may have wanted to deceive or to break the reader: nothing here fails, runs or renders anything.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Set
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message
from email.policy import compat32
from email.utils import getaddresses, parsedate_to_datetime
from itertools import islice
from typing import Final

from autofill.cases.model.case_states import Kind
from autofill.mail.html import text_of
from autofill.mail.limits import READ, is_within_limits
from autofill.mail.wording import decoded_header, decoded_text, folded

# A mail's own words are a few kilobytes; what comes after this is not looked at.
_MOST_TEXT: Final = 256 * 1024
_LONGEST_HEADER: Final = 2000
_LONGEST_NUMBER: Final = 40
# A letter of forty pages.
_MOST_RUNS: Final = 20_000
# RFC 5322, 3.6: these stand once.
_ONLY_ONCE: Final = (
    "from", "to", "cc", "subject", "date", "message-id", "in-reply-to", "mime-version", "content-type",
    "content-transfer-encoding",
)  # fmt: skip
# What a mail proves with these, it proves only if a signature covers them.
_PROVING: Final = frozenset({"from", "to", "cc", "subject", "date", "message-id", "in-reply-to"})
_DELIVERED: Final = ("delivered-to", "x-delivered-to", "x-original-to", "envelope-to", "x-envelope-to")
_REPLY: Final = re.compile(r"(?:re|aw|antw|sv|vs|odp)(?:\[\d+\])?:", re.IGNORECASE)
_REVIEWED: Final = re.compile(r"\b(?:being reviewed|under review|in review)\b", re.IGNORECASE)
_THING: Final = r"(?:inquiry|enquiry|request|message|e-?mail|form|case|complaint|submission|claim)"
# Not "thank you for contacting us": answers of persons begin like that.
_RECEIVED: Final = re.compile(
    rf"\b(?:received|got|receipt of) your (?:\w+ )?{_THING}\b"
    rf"|\byour (?:\w+ )?{_THING} (?:has been|was) (?:received|created|opened|registered|submitted|logged)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as read.

    Attributes:
        sender: The one address in From, in small letters; empty if there is none, or more than one.
        to: The addresses it is written to, in small letters.
        delivered_to: The addresses that servers on its way say it came for; no signature covers them.
        subject: Its subject, decoded as far as it can be, on one line.
        date: When it says it was sent, in UTC; None if it does not.
        message_id: Its own id; empty if it has none.
        is_automatic: A program wrote it.
        is_report: A mail server tells what became of another mail.
        is_answer: It answers another mail.
        text: Its words without attachments: the plain ones, or those of the HTML where the plain ones say nothing.
        words: All that may name a case, folded: the subject, then every text that some reader shows.
        twice: Header lines that must stand once and stand more often, as in mails made to deceive.
    """

    sender: str
    to: frozenset[str]
    delivered_to: frozenset[str]
    subject: str
    date: datetime | None
    message_id: str
    is_automatic: bool
    is_report: bool
    is_answer: bool
    text: str
    words: str
    twice: tuple[str, ...]

    @property
    def domain(self) -> str:
        """The sender's domain."""
        return self.sender.rpartition("@")[2]

    @property
    def kind(self) -> Kind:
        """What happens to a case by it, if it is the first one. Whether it asks something is for a person to say."""
        said = " ".join(self.words.split())
        if self.is_report:
            return Kind.NOTE
        if self.is_automatic and _REVIEWED.search(said):
            return Kind.REVIEWED
        if self.is_automatic or (not self.is_answer and _RECEIVED.search(said)):
            return Kind.ACKNOWLEDGED
        return Kind.ANSWERED


def read_mail(raw: bytes, covered: Set[str] | None = None) -> Mail:
    """Read a whole mail, or its header alone. What cannot be read is left empty; of what is over the limits, all.

    Args:
        raw: The mail.
        covered: The header fields that its signature covers: of those that prove something, the others are left out.
    """
    with suppress(RecursionError, MessageError, ValueError):
        if is_within_limits(raw):
            return _read(message_from_bytes(raw[:READ], policy=compat32), covered)
    return _read(Message(), None)


def _read(mail: Message, covered: Set[str] | None) -> Mail:
    # The policy that reads headers by their grammar fails on some that are broken, and takes very long on others.
    lines = [(name.lower(), _unfolded(value)) for name, value in mail.raw_items()]
    hidden = frozenset() if covered is None else _PROVING - covered
    shown = [(name, value) for name, value in lines if name not in hidden]
    header = dict(reversed(shown))  # of two lines the first
    counts = Counter(name for name, _value in lines)
    senders = _addresses(shown, "from")
    subject = decoded_header(header.get("subject", ""))
    plain, html = _texts(mail, "plain"), text_of(_texts(mail, "html"))
    says_more = not re.search(r"\d", plain) and re.search(r"\d", html)
    return Mail(
        sender=senders[0] if len(senders) == 1 else "",
        to=frozenset(_addresses(shown, "to", "cc")),
        delivered_to=frozenset([*_addresses(lines, *_DELIVERED), *_received_for(lines)]),
        subject=subject,
        date=_date(header.get("date", "")),
        message_id=next(iter(re.findall(r"<[^<>\s]{1,500}>", header.get("message-id", ""))), ""),
        is_automatic=any(_is_automatic(*line) for line in lines),
        is_report=mail.get_content_type() == "multipart/report",
        is_answer="in-reply-to" in header or bool(_REPLY.match(subject)),
        text=(html if says_more or not plain.strip() else plain)[:_MOST_TEXT],
        words=folded(f"{subject}\n{plain}\n{html}"),
        twice=tuple(name for name in _ONLY_ONCE if counts[name] > 1),
    )


def tokens(words: str) -> frozenset[str]:
    """The runs of letters and digits in a text."""
    return frozenset(re.findall(r"\w+", words))


def possible_numbers(words: str) -> frozenset[str]:
    """Everything in a text that may be a case number: up to three runs of letters and digits, with a digit in them.

    As it is written there, and with a dash or a space between them: a mail may write it otherwise than the page did.
    """
    runs = list(islice(re.finditer(r"\w+", words), _MOST_RUNS))
    groups = (runs[at : at + count] for count in (1, 2, 3) for at in range(len(runs)))
    spelled = (
        (words[each[0].start() : each[-1].end()], *(s.join(run[0] for run in each) for s in "- ")) for each in groups
    )
    texts = (text for spellings in spelled for text in spellings)
    return frozenset(text for text in texts if len(text) <= _LONGEST_NUMBER and re.search(r"\d", text))


def digest(raw: bytes) -> str:
    """SHA-256 of a raw mail, in hexadecimal."""
    return hashlib.sha256(raw).hexdigest()


def _unfolded(value: str) -> str:
    # Some write letters into a header as they are; in the parser's hands they are lone surrogates.
    return " ".join(value[:_LONGEST_HEADER].encode(errors="surrogateescape").decode(errors="replace").split())


def _addresses(lines: list[tuple[str, str]], *names: str) -> list[str]:
    # Not decoded: an encoded word can stand for a name only, and must not be taken for an address.
    return [address.lower() for _, address in getaddresses([value for name, value in lines if name in names])]


def _received_for(lines: list[tuple[str, str]]) -> list[str]:
    received = " ".join(value for name, value in lines if name == "received")
    return [address.lower() for address in re.findall(r"\bfor <([^<>\s]+)>", received)]


def _is_automatic(name: str, value: str) -> bool:
    """Whether a program says by this line that it wrote the mail (RFC 3834, and what was usual before it)."""
    said = value.lower().partition(";")[0].strip()
    return (
        (name == "auto-submitted" and said not in {"no", ""})
        or (name == "precedence" and said in {"auto_reply", "bulk", "junk"})
        or (name == "return-path" and said == "<>")
        or name in {"x-autoreply", "x-autorespond", "x-auto-response-suppress"}
    )


def _date(value: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(value)
        return (date if date.tzinfo else date.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _texts(mail: Message, kind: str) -> str:
    return "\n".join(_decoded(part) for part in _parts(mail) if part.get_content_type() == f"text/{kind}")[:_MOST_TEXT]


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
        charset = part.get_content_charset() or ""
        joined = str(part.get_param("delsp")).lower() == "yes"
    except (LookupError, ValueError):
        return ""
    text = decoded_text(content[:_MOST_TEXT] if isinstance(content, bytes) else b"", charset)
    # RFC 3676, 4.5: the space at the end of a line goes, and the line goes on.
    return re.sub(r" \r?\n", "", text) if joined else text
