"""A mail server that answers badly is left: after a bounded number of bytes, and after a bounded time."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count, repeat
from pathlib import Path

import pytest

from autofill.errors import Misconfigured, SiteUnavailable
from autofill.mail import imap_connection
from autofill.mail.imap import ImapMailbox, Mailbox
from autofill.mail.imap_connection import MOST_BYTES
from autofill.mail.limits import MOST_LOOKED_AT
from tests.mail.dovecot import certify

HEADER = b"From: a@usps.gov\r\n\r\n"
ONE = b"* 1 FETCH (UID 1 RFC822.SIZE 200 BODY[HEADER]<0> {%d}\r\n%s)\r\n" % (len(HEADER), HEADER)
MIB = 1024**2
# What a server says to each command, before it says that it is done.
Answers = dict[str, Callable[[bytes], Iterable[bytes]]]


@dataclass
class Played:
    """A server that is played: where it is, what it was told, how many bytes it got rid of."""

    port: int
    certificate: Path
    heard: list[bytes] = field(default_factory=list)
    said: int = 0


@contextmanager
def playing(home: Path, answers: Answers, injected: bytes | None = None) -> Iterator[Played]:
    """A server; with `injected`, one that encrypts by STARTTLS, and says that before."""
    certify(home)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(home / "certificate.pem", home / "key.pem")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        played = Played(listening.getsockname()[1], home / "certificate.pem")

        def serve() -> None:
            # Whoever plays it has hung up: that is what is to be shown.
            with suppress(OSError):
                talking, _where = listening.accept()
                if injected is not None:
                    talking.sendall(b"* OK hello\r\n")
                    tag = talking.recv(1000).split()[0]
                    talking.sendall(b"* CAPABILITY IMAP4rev1 STARTTLS\r\n" + tag + b" OK done\r\n")
                    talking.sendall(talking.recv(1000).split()[0] + b" OK done\r\n" + injected)
                with context.wrap_socket(talking, server_side=True) as peer:
                    _talk(peer, played, answers, b"" if injected is not None else b"* OK hello\r\n")

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield played
        finally:
            thread.join()


def _talk(peer: socket.socket, played: Played, answers: Answers, greeting: bytes) -> None:
    def say(text: bytes) -> None:
        peer.sendall(text)
        played.said += len(text)

    say(greeting)
    with peer.makefile("rb") as lines:
        for line in lines:
            played.heard.append(line)
            tag, verb = line.split()[0], b" ".join(line.split()[1:3]).decode().upper()
            verb = verb if verb.startswith("UID") else verb.partition(" ")[0]
            if verb == "AUTHENTICATE":
                say(b"+ \r\n")
                played.heard.append(lines.readline())
            for text in answers.get(verb, nothing)(line):
                say(text)
            say(tag + b" OK done\r\n")
            if verb == "LOGOUT":
                return


def always(*texts: bytes) -> Callable[[bytes], Iterable[bytes]]:
    return lambda _line: texts


def endlessly(text: bytes) -> Callable[[bytes], Iterable[bytes]]:
    return lambda _line: repeat(text)


nothing = always()


def normal(**others: Callable[[bytes], Iterable[bytes]]) -> Answers:
    usual: Answers = {
        "CAPABILITY": always(b"* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n"),
        "EXAMINE": always(b"* 1 EXISTS\r\n"),
        "UID SEARCH": always(b"* SEARCH 1\r\n"),
        "UID FETCH": always(ONE),
    }
    return usual | {name.replace("_", " "): answer for name, answer in others.items()}


def opened(played: Played, scheme: str = "imaps", folder: str = "") -> ImapMailbox:
    mailbox = Mailbox.read(f"{scheme}://me@127.0.0.1:{played.port}/{folder}")
    return ImapMailbox(mailbox, "s3cret", ("usps.gov",), None, played.certificate)


def read(played: Played) -> None:
    with opened(played) as source:
        for head in source.heads():
            source.body(head)


def literal(size: bytes) -> Callable[[bytes], Iterable[bytes]]:
    return always(b"* 1 FETCH (UID 1 RFC822.SIZE 10 BODY[HEADER]<0> {%s}\r\n" % size, b"x" * 1000)


BAD: dict[str, Answers] = {
    "announces 99999999999 bytes (C5)": normal(UID_FETCH=literal(b"99999999999")),
    "announces a number without end": normal(UID_FETCH=literal(b"9" * 5000)),
    "sends 60 MiB (C5)": normal(UID_FETCH=always(b"* 1 FETCH (UID 1 BODY[] {%d}\r\n" % (60 * MIB), *[bytes(MIB)] * 60)),
    "says things without end": normal(AUTHENTICATE=endlessly(b"* OK " + b"A" * 900_000 + b"\r\n")),
    "says a line without end": normal(EXAMINE=endlessly(b"A" * 100_000)),
    "finds words": normal(UID_SEARCH=always(b"* SEARCH one two\r\n")),
    "finds a number without end": normal(UID_SEARCH=always(b"* SEARCH " + b"9" * 5000 + b"\r\n")),
    "answers another command": normal(UID_SEARCH=always(b"ZZZZ9 OK done\r\n")),
    "says goodbye": normal(EXAMINE=always(b"* BYE\r\n")),
    "announces bytes and none come": normal(UID_SEARCH=always(b"* SEARCH {3}\r\n")),
}


@pytest.mark.parametrize("answers", BAD.values(), ids=BAD)
def test_a_server_that_answers_badly_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answers: Answers) -> None:
    """C5: whatever it says, no more is taken than the largest mail has; what is on its way then is lost."""
    monkeypatch.setattr(imap_connection, "PATIENCE_S", 3.0)
    with playing(tmp_path, answers) as played, pytest.raises(SiteUnavailable):
        read(played)

    assert played.said < MOST_BYTES + 16 * MIB


@pytest.mark.parametrize("where", ["CAPABILITY", "AUTHENTICATE", "EXAMINE", "UID SEARCH", "UID FETCH"])
def test_a_server_that_keeps_us_waiting_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    """C5: a line now and then is no answer. Each look at the clock is a second later."""
    seconds = count()
    monkeypatch.setattr(imap_connection, "monotonic", lambda: float(next(seconds)))
    answers = normal() | {where: endlessly(b"* OK still here\r\n")}

    with playing(tmp_path, answers) as played, pytest.raises(SiteUnavailable):
        read(played)


def test_a_slow_server_that_goes_on_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A large mail over a slow line takes its time."""
    seconds = count()
    monkeypatch.setattr(imap_connection, "monotonic", lambda: float(next(seconds)))
    whole = b"* 1 FETCH (UID 1 BODY[]<0> {%d}\r\n%s)\r\n" % (3 * MIB, b"x" * 3 * MIB)
    answers = normal(UID_FETCH=lambda line: [whole if b"BODY.PEEK[]" in line else ONE])

    with playing(tmp_path, answers) as played, opened(played) as source:
        (head,) = source.heads()
        assert len(source.body(head)) == 3 * MIB

    assert next(seconds) > 100


def test_what_is_said_before_the_connection_is_encrypted_is_not_taken(tmp_path: Path) -> None:
    """Somebody in between could have put it there, to be taken for the server's own word."""
    with playing(tmp_path, normal(), injected=b"") as played, opened(played, "imap") as source:
        assert len(list(source.heads())) == 1

    with playing(tmp_path, normal(), injected=b"* OK trust me\r\n") as played, pytest.raises(SiteUnavailable):
        opened(played, "imap")
    assert played.heard == []


def test_a_refused_password_is_no_bad_answer(tmp_path: Path) -> None:
    answers = normal(AUTHENTICATE=lambda line: [line.split()[0] + b" NO sorry\r\n"])

    with playing(tmp_path, answers) as played, pytest.raises(Misconfigured, match="name and password"):
        opened(played)


def test_no_more_mails_are_asked_for_than_are_looked_at(tmp_path: Path) -> None:
    found = b"* SEARCH " + b" ".join(b"%d" % number for number in range(1, 30_000)) + b"\r\n"
    with playing(tmp_path, normal(UID_SEARCH=always(found))) as played, opened(played) as source:
        list(source.heads())

    asked = [line.split()[3] for line in played.heard if b"FETCH" in line]
    assert sum(len(line.split(b",")) for line in asked) == MOST_LOOKED_AT


@pytest.mark.parametrize(
    ("written", "folder"),
    [
        ("#usps", "#usps"),
        ("Where?", "Where?"),
        ("Where?/Here#2", "Where?/Here#2"),
        ("a%23b", "a#b"),
        (" Sent Mail", " Sent Mail"),
        ("100%", "100%"),
        ("INBOX/", "INBOX/"),
        ("", "INBOX"),
        ("q=1&x;y", "q=1&x;y"),
    ],
)
def test_a_folder_keeps_its_name(written: str, folder: str) -> None:
    """C6."""
    assert Mailbox.read(f"imaps://me@imap.example.org/{written}").folder == folder


@pytest.mark.parametrize(
    "text", ["imaps://me#1@host/x", "imaps://me@host?x/y", "imaps://me@host#x", "imaps://me@host/%FF"]
)
def test_what_would_be_cut_is_refused(text: str) -> None:
    """C6."""
    with pytest.raises(Misconfigured, match="is not valid"):
        Mailbox.read(text)


def test_a_folders_name_breaks_out_of_no_command(tmp_path: Path) -> None:
    with playing(tmp_path, normal()) as played, opened(played, folder='x%22%0D%0Aa1 DELETE "y') as source:
        list(source.heads())

    assert not any(b"DELETE" in line.split(b'"')[0] for line in played.heard)
    assert len([line for line in played.heard if b"EXAMINE" in line]) == 1
