"""Kinds of files: where in a file its mail begins, and what a file is in which none does. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from autofill.language import _, gettext_noop

_BEFORE_MAIL: Final = re.compile(rb"(?:\xef\xbb\xbf)?(?:[ \t]*\r?\n)*")
_HEADER_LINE: Final = re.compile(rb"[\x21-\x39\x3b-\x7e]+:")
_ORIGINAL: Final = gettext_noop("Save the mail itself (often: Download original, or Save as .eml).")
_OTHERS: Final[Mapping[bytes, str]] = {
    rb"\xd0\xcf\x11\xe0": gettext_noop(
        "This is an Outlook message (.msg), which does not contain the mail as it arrived."
    ),
    rb"\d+\s*\n[\w-]+:": gettext_noop("This is an Apple Mail message (.emlx), which contains more than the mail."),
    rb"%PDF": gettext_noop("This is a PDF, not the mail itself."),
    rb"PK\x03\x04|\x1f\x8b|Rar!|7z": gettext_noop("This is an archive (such as .zip). Unpack it first."),
    rb"\xff\xfe|\xfe\xff": gettext_noop("This was saved as UTF-16 text, which changes every byte of a mail."),
    rb"\x89PNG|\xff\xd8\xff|GIF8": gettext_noop("This is a picture, not the mail itself."),
    rb"<": gettext_noop("This is a web page, not the mail itself."),
}
_FORWARDED: Final = re.compile(
    rb"^Subject: *(?:fwd?|wg|tr|rv|enc)\s*:|^Content-Type: *message/rfc822|^-+ *(?:Forwarded|Original) message"
    rb"|^Begin forwarded message:",
    re.IGNORECASE | re.MULTILINE,
)


def is_mailbox(start: bytes) -> bool:
    """Whether a file is a whole mailbox (mbox, RFC 4155)."""
    return start[_begin(start) :].startswith(b"From ")


def without_preface(raw: bytes) -> bytes:
    """A mail without what an editor put in front of it."""
    return raw[_begin(raw) :]


def remark_on(start: bytes) -> tuple[str, bool]:
    """What is to be known about a file, by how it begins; and whether there is a mail in it."""
    mail = without_preface(start)
    if not mail:
        return _("The file is empty."), False
    for begins, words in _OTHERS.items():
        if re.match(begins, mail):
            return f"{_(words)} {_(_ORIGINAL)}", False
    if not _HEADER_LINE.match(mail):
        return _("This is not a mail: it does not begin with header lines.") + f" {_(_ORIGINAL)}", False
    if start.startswith(b"\xef\xbb\xbf"):
        return _("The mail begins with a byte order mark (BOM), which was ignored."), True
    return (_("The mail begins with empty lines, which were ignored.") if mail != start else ""), True


def is_forwarded(raw: bytes) -> bool:
    """Whether a mail seems to hand on another one."""
    return _FORWARDED.search(raw) is not None


def _begin(start: bytes) -> int:
    found = _BEFORE_MAIL.match(start)
    return found.end() if found else 0
