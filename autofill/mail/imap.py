"""A mailbox on a server, over IMAP (RFC 3501): always encrypted, opened read-only, read without a trace.

Only commands that change nothing are ever sent. Knows no keyring and no terminal: the password is handed in.
"""

from __future__ import annotations

import base64
import imaplib
import re
import ssl
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final, Literal, Self, TypeAlias, TypeVar
from urllib.parse import unquote, urlsplit

from autofill.errors import FileMissing, Misconfigured, SiteUnavailable
from autofill.language import _
from autofill.mail.imap_connection import connect
from autofill.mail.limits import HEADER, LARGEST, MOST_LOOKED_AT, start_of_header
from autofill.mail.sources import Head

_BATCH: Final = 100
_PORTS: Final = {"imaps": 993, "imap": 143}
_UID: Final = re.compile(rb"\bUID (\d+)")
_SIZE: Final = re.compile(rb"\bRFC822\.SIZE (\d+)")
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_T = TypeVar("_T")
# What imaplib gives for a FETCH: text, and pairs of text and literal.
_Parts: TypeAlias = "list[bytes | tuple[bytes, bytes]]"


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Where a mailbox is. `scheme` is imaps, or imap for a connection that STARTTLS encrypts before a name is said."""

    scheme: Literal["imaps", "imap"]
    host: str
    port: int
    user: str
    folder: str = "INBOX"

    @classmethod
    def read(cls, text: str) -> Mailbox:
        """Read `imaps://USER@HOST[:PORT][/FOLDER]`.

        Raises:
            Misconfigured: It is not that, or holds a password.
        """
        hint = _("Such as: {example}").format(example="imaps://me@example.org@imap.example.org/INBOX")
        # A folder may be called anything: what would end it in the address of a page belongs to its name here.
        scheme_there, _colon, behind = text.partition("://")
        authority, _slash, folder = behind.partition("/")
        try:
            parts = urlsplit(f"{scheme_there}://{authority}")
            port = parts.port
            folder = unquote(folder, errors="strict") or "INBOX"
        except ValueError:
            raise Misconfigured(_("The mailbox address is not valid."), hint=hint) from None
        if parts.password is not None:
            raise Misconfigured(
                _("Do not put a password into the address: others can see it."),
                hint=_("Leave it out. It comes from the keyring, or autofill asks for it."),
            )
        cut = parts.query or parts.fragment or parts.netloc != authority
        if cut or parts.scheme not in _PORTS or not parts.hostname or not parts.username:
            raise Misconfigured(_("The mailbox address is not valid."), hint=hint)
        scheme: Literal["imaps", "imap"] = "imaps" if parts.scheme == "imaps" else "imap"
        return cls(scheme, parts.hostname, port=port or _PORTS[scheme], user=unquote(parts.username), folder=folder)


class ImapMailbox:
    """An open mailbox as a source of mails: those of the `senders` (domains), of the day `since` and after, or all.

    `authorities` is a file of certificates to trust instead of the system's.

    Raises:
        FileMissing: The file of certificates cannot be used.
        Misconfigured: Name and password were not taken, or there is no such folder.
        SiteUnavailable: The server cannot be reached, or is not the one its certificate should prove.
    """

    def __init__(
        self, mailbox: Mailbox, password: str, senders: tuple[str, ...], since: date | None, authorities: Path | None
    ) -> None:
        self._senders, self._since = senders, since
        trust, at_once = _trust(authorities), mailbox.scheme == "imaps"
        self._server = _in_plain_words(lambda: connect(mailbox.host, mailbox.port, trust, at_once=at_once))
        try:
            self._open(mailbox, password)
        except BaseException:
            self._leave()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, error: type[BaseException] | None, *_how: object) -> None:
        if error is None:
            with suppress(imaplib.IMAP4.error, OSError, ValueError):
                self._server.logout()
        self._leave()

    def _leave(self) -> None:
        """Without a word: who has kept us waiting once would do so again."""
        with suppress(OSError):
            self._server.shutdown()

    def heads(self) -> Iterator[Head]:
        """All of them up to the most that are looked at, the newest first.

        Raises:
            SiteUnavailable: The server went away.
        """
        uids = sorted(_in_plain_words(self._search), reverse=True)[:MOST_LOOKED_AT]
        for start in range(0, len(uids), _BATCH):
            yield from _in_plain_words(partial(self._heads, uids[start : start + _BATCH]))

    def body(self, head: Head) -> bytes:
        """A whole mail.

        Raises:
            FileMissing: It is gone.
            SiteUnavailable: The server went away.
        """
        uid = head.name.removeprefix("UID ")
        parts = _in_plain_words(lambda: self._fetch(uid, f"(UID BODY.PEEK[]<0.{LARGEST + 1}>)"))
        for part in parts:
            if isinstance(part, tuple):
                return part[1]
        raise FileMissing(_("The mail is no longer in the mailbox."), hint=_("Look again."))

    def _open(self, mailbox: Mailbox, password: str) -> None:
        _in_plain_words(lambda: self._log_in(mailbox, password))
        # EXAMINE: the server itself refuses any change from now on.
        answer, _count = _in_plain_words(lambda: self._server.select(_quoted(mailbox.folder), readonly=True))
        if answer != "OK":
            raise Misconfigured(_("The mailbox has no such folder."), hint=_("Choose another one after the last /."))

    def _log_in(self, mailbox: Mailbox, password: str) -> None:
        try:
            if "AUTH=PLAIN" in self._server.capabilities:
                # Takes every letter, and needs no quotes that could be broken out of.
                self._server.authenticate("PLAIN", lambda _asked: f"\0{mailbox.user}\0{password}".encode())
            else:
                self._server.login(_quoted(mailbox.user), password)
        except imaplib.IMAP4.abort:
            raise
        except (imaplib.IMAP4.error, UnicodeEncodeError):
            raise Misconfigured(
                _("The mail server did not accept user name and password."),
                hint=_("Many providers want a password made for one program: see their help."),
            ) from None

    def _search(self) -> list[int]:
        since = f"SINCE {self._since.day}-{_MONTHS[self._since.month - 1]}-{self._since.year} " if self._since else ""
        found: set[int] = set()
        for sender in self._senders:
            _answer, data = self._server.uid("SEARCH", f"{since}FROM {_quoted(sender)}")
            found |= {int(uid) for line in data if isinstance(line, bytes) for uid in line.split()}
        return list(found)

    def _heads(self, uids: list[int]) -> list[Head]:
        """Sizes and headers; a server may put what belongs to one mail before or behind its header."""
        wanted = f"(UID RFC822.SIZE BODY.PEEK[HEADER]<0.{HEADER}>)"
        parts = self._fetch(",".join(map(str, uids)), wanted)
        heads = {}
        for part, behind in zip(parts, [*parts[1:], b""], strict=True):
            if not isinstance(part, tuple):
                continue
            said = part[0] + (b" " + behind if isinstance(behind, bytes) else b"")
            uid, size = _UID.search(said), _SIZE.search(said)
            if uid and size:
                heads[int(uid[1])] = Head(f"UID {int(uid[1])}", int(size[1]), start_of_header(part[1]))
        return [heads[uid] for uid in uids if uid in heads]

    def _fetch(self, uids: str, what: str) -> _Parts:
        _answer, parts = self._server.uid("FETCH", uids, what)
        return [part for part in parts if part]


def _trust(authorities: Path | None) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=authorities)
    except OSError:
        raise FileMissing(
            _("{file} holds no certificates that can be used.").format(file=authorities),
            hint=_("Choose another file with --ca."),
        ) from None


def _in_plain_words(asking: Callable[[], _T]) -> _T:
    try:
        return asking()
    except ssl.SSLCertVerificationError:
        raise SiteUnavailable(
            _("The mail server could not prove its identity. No password was sent."),
            hint=_("If its certificate is your own, add --ca FILE."),
        ) from None
    # The library does not expect that what should be a number is none, or one without end.
    except (imaplib.IMAP4.error, OSError, ValueError):
        raise SiteUnavailable(
            _("The mail server cannot be reached, closed the connection, or sent a wrong answer."),
            hint=_("Try again later."),
        ) from None


def _quoted(text: str) -> str:
    """As IMAP wants names: in quotes, and what is not ASCII in its own kind of UTF-7 (RFC 3501, 5.1.3)."""

    def encoded(found: re.Match[str]) -> str:
        shifted = base64.b64encode(found[0].encode("utf-16-be")).decode().rstrip("=").replace("/", ",")
        return f"&{shifted}-"

    ascii_only = re.sub(r"[^\x20-\x7e]+", encoded, text.replace("&", "&-"))
    return '"{}"'.format(ascii_only.replace("\\", "\\\\").replace('"', '\\"'))
