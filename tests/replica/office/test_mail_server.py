"""Mails that leave the desk, over real SMTP, for a server on this machine."""

from __future__ import annotations

import json
import socket
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope

from autofill.replica import ReplicaOptions, serving
from autofill.replica.office.mail_server import MailServer
from tests.replica.office.test_dkim_key import is_valid


@pytest.mark.parametrize("text", ["127.0.0.1:25", "127.8.0.1:25", "localhost:25", "[::1]:25"])
def test_servers_on_this_machine_are_taken(text: str) -> None:
    """By name or by number."""
    assert MailServer.read(text).port == 25


@pytest.mark.parametrize(
    "text", ["", "127.0.0.1", ":25", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:65536", "127.0.0.1:x"]
)
def test_what_is_no_address_is_refused(text: str) -> None:
    """And the message shows a right one."""
    with pytest.raises(ValueError, match=r"127\.0\.0\.1:1025"):
        MailServer.read(text)


@pytest.mark.parametrize("text", ["mail.example.com:25", "10.0.0.1:25", "localhost.example.com:25"])
def test_servers_elsewhere_are_refused(text: str) -> None:
    """A practice mail looks like a postal service's, and does not leave this machine."""
    with pytest.raises(ValueError, match="do not leave this machine"):
        MailServer.read(text)


class Letterbox:
    """A mail server's handler that keeps what comes, and refuses what it is told to."""

    def __init__(self) -> None:
        self.mails: list[tuple[str | None, list[str], bytes]] = []
        self.refuses = False

    async def handle_DATA(self, _: object, __: object, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        if self.refuses:
            return "451 Not now"
        self.mails.append((envelope.mail_from, envelope.rcpt_tos, envelope.original_content or b""))
        return "250 OK"


@pytest.fixture
def letterbox() -> Letterbox:
    return Letterbox()


@pytest.fixture
def smtp(letterbox: Letterbox) -> Iterator[MailServer]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(letterbox, hostname="127.0.0.1", port=port)
    controller.start()
    yield MailServer("127.0.0.1", port)
    controller.stop()


def post(url: str, told: object) -> Any:
    with urllib.request.urlopen(url, json.dumps(told).encode()) as response:
        return json.load(response)


def test_mails_arrive_signed_and_once(
    smtp: MailServer, letterbox: Letterbox, answers: dict[str, str], read: Any, send: Any
) -> None:
    """The confirmation and the reply reach the server byte by byte as the outbox has them."""
    with serving(ReplicaOptions(delay_ms=0, smtp=smtp)) as replica:
        send(replica.url, answers)
        post(f"{replica.url}/_replica/clock", {"advance": "1w"})
        post(f"{replica.url}/_replica/clock", {"advance": "1w"})
        record, outbox = read(f"{replica.url}/_replica/dkim"), read(f"{replica.url}/_replica/outbox")
    assert [raw for _, _, raw in letterbox.mails] == [mail["raw"].encode() for mail in outbox]
    assert [(sender, to) for sender, to, _ in letterbox.mails] == [
        ("uspscustomersupport@usps-practice.example", ["a@example.com"])
    ] * 2
    assert all(mail["posted"] for mail in outbox)
    assert all(is_valid(raw, record) for _, _, raw in letterbox.mails)


def test_who_looks_into_the_outbox_finds_its_mails_at_the_server(
    smtp: MailServer, letterbox: Letterbox, answers: dict[str, str], read: Any, send: Any
) -> None:
    """Row F: otherwise whoever reads the mailbox next may come before the mail that was just caused."""
    with serving(ReplicaOptions(delay_ms=0, smtp=smtp)) as replica:
        for number in range(1, 4):
            send(replica.url, answers)
            outbox = read(f"{replica.url}/_replica/outbox")
            assert [mail["posted"] for mail in outbox] == [True] * number
            assert len(letterbox.mails) == number


def test_a_mail_that_was_not_taken_is_brought_again(
    smtp: MailServer, letterbox: Letterbox, answers: dict[str, str], read: Any, send: Any
) -> None:
    """It waits in the outbox meanwhile."""
    letterbox.refuses = True
    with serving(ReplicaOptions(delay_ms=0, smtp=smtp)) as replica:
        send(replica.url, answers)
        post(f"{replica.url}/_replica/clock", {"advance": "0h"})
        (mail,) = read(f"{replica.url}/_replica/outbox")
        assert not mail["posted"]
        letterbox.refuses = False
        post(f"{replica.url}/_replica/clock", {"advance": "0h"})
        (mail,) = read(f"{replica.url}/_replica/outbox")
    assert mail["posted"]
    assert len(letterbox.mails) == 1


def test_no_server_there_stops_nothing(answers: dict[str, str], read: Any, send: Any) -> None:
    """The desk works on, and keeps the mail."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with serving(ReplicaOptions(delay_ms=0, smtp=MailServer("127.0.0.1", port))) as replica:
        send(replica.url, answers)
        post(f"{replica.url}/_replica/clock", {"advance": "0h"})
        (mail,) = read(f"{replica.url}/_replica/outbox")
    assert not mail["posted"]


@pytest.mark.parametrize("address", ["a..b@example.com", ".a@example.com", "'@example.com", "a@-.-"])
def test_strange_addresses_stop_no_mail(
    smtp: MailServer, letterbox: Letterbox, answers: dict[str, str], read: Any, send: Any, address: str
) -> None:
    """What the form let through is handed to the server as it is, and later mails still leave."""
    with serving(ReplicaOptions(delay_ms=0, smtp=smtp)) as replica:
        for each in (address, "b@example.com"):
            send(replica.url, answers | {"email": each, "confirm_email": each})
        post(f"{replica.url}/_replica/clock", {"advance": "0h"})
        assert len(read(f"{replica.url}/_replica/outbox")) == 2
    assert [to for _, to, _ in letterbox.mails][-1] == ["b@example.com"]
