"""Mails are read from a real IMAP server, encrypted, and the server finds nothing changed afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from autofill.cases.ledger.ledgers import Ledgers
from autofill.cases.model.case_status import settled_status
from autofill.errors import FileMissing, Misconfigured, SiteUnavailable
from autofill.mail.imap import ImapMailbox, Mailbox
from autofill.mail.reading import MailboxScan, MailResult
from tests.mail.dovecot import PASSWORD, USER, Server, dovecot
from tests.mail.makers import SENDER, Office, confirmation, mail, published, reply

DOMAINS = ("usps.gov",)


@pytest.fixture(scope="module")
def running() -> Iterator[Server]:
    with dovecot() as server:
        yield server


@pytest.fixture
def server(running: Server) -> Server:
    for file in running.maildir.rglob("*/*"):
        if file.is_file():
            file.unlink()
    return running


def opened(server: Server, scheme: str = "imaps", folder: str = "INBOX", since: datetime | None = None) -> ImapMailbox:
    port = server.tls if scheme == "imaps" else server.plain
    mailbox = Mailbox.read(f"{scheme}://{USER}@127.0.0.1:{port}/{folder}")
    return ImapMailbox(mailbox, PASSWORD, DOMAINS, since and since.date(), server.certificate)


@pytest.mark.parametrize("scheme", ["imaps", "imap"])
def test_a_case_moves_on_and_the_mailbox_stays_as_it_was(server: Server, office: Office, scheme: str) -> None:
    """The mail is the same byte for byte; no mail is marked as seen, not even to the server's own mind."""
    office.sent("run-1")
    raw = confirmation("12345678")
    names = [
        server.deliver(raw),
        server.deliver(mail("hello", "12345678", sender="friend@example.net").as_bytes()),
    ]

    with opened(server, scheme) as source:
        reading = MailboxScan(Ledgers(office.ledger), office.recordings, source, published)
        outcomes = list(reading.outcomes())

    assert [(each.became, each.case_number) for each in outcomes] == [(MailResult.PROOF, "12345678")]
    assert (reading.looked_at, reading.opened) == (1, 1)
    assert (office.kept()[0] / "data/mail/1.eml").read_bytes() == raw
    assert [name for name in server.mails() if name.startswith(("new", "cur"))] == sorted(
        f"new/{name}" for name in names
    )


def test_many_mails_come_newest_first_with_their_sizes(server: Server) -> None:
    raws = [mail(f"mail {number}").as_bytes() for number in range(205)]
    for raw in raws:
        server.deliver(raw)

    with opened(server) as source:
        heads = list(source.heads())
        bodies = [source.body(head) for head in heads[:3]]

    numbers = [int(head.name.removeprefix("UID ")) for head in heads]
    assert numbers == sorted(numbers, reverse=True)
    assert len(heads) == len(raws)
    assert [len(body) for body in bodies] == [head.size for head in heads[:3]]
    assert set(bodies) <= set(raws)
    assert all(head.header.startswith(b"From: ") and b"\r\n\r\n" not in head.header for head in heads)


def test_the_server_is_asked_only_for_mails_since_a_day(server: Server) -> None:
    server.deliver(reply("12345678"))

    with opened(server, since=datetime.now(UTC) + timedelta(days=2)) as tomorrow:
        assert list(tomorrow.heads()) == []
    with opened(server, since=datetime.now(UTC) - timedelta(days=2)) as yesterday:
        assert len(list(yesterday.heads())) == 1


def test_a_folder_with_other_letters_is_found(server: Server) -> None:
    """Names of folders have a kind of UTF-7 of their own on the wire."""
    server.deliver(reply("12345678"), folder="&vPSwuA- &- &AOQ-")

    with opened(server, folder="%EB%B3%B4%EB%82%B8%20%26%20%C3%A4") as source:
        assert len(list(source.heads())) == 1


def test_a_mail_that_is_gone_is_said_to_be(server: Server) -> None:
    server.deliver(reply("12345678"))

    with opened(server) as source:
        (head,) = source.heads()
        with pytest.raises(FileMissing):
            source.body(type(head)("UID 999999", 1, b""))


def test_a_wrong_password_is_refused(server: Server) -> None:
    mailbox = Mailbox.read(f"imaps://{USER}@127.0.0.1:{server.tls}")

    with pytest.raises(Misconfigured, match="name and password") as refused:
        ImapMailbox(mailbox, "wrong", DOMAINS, None, server.certificate)

    assert "wrong" not in str(refused.value)


def test_a_folder_that_is_not_there_is_said_to_be(server: Server) -> None:
    with pytest.raises(Misconfigured, match="no such folder"):
        opened(server, folder="Elsewhere")


@pytest.mark.parametrize("scheme", ["imaps", "imap"])
def test_a_server_that_cannot_prove_itself_gets_no_password(
    server: Server, scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    port = server.tls if scheme == "imaps" else server.plain

    with pytest.raises(SiteUnavailable, match="could not prove"):
        ImapMailbox(Mailbox.read(f"{scheme}://{USER}@127.0.0.1:{port}"), PASSWORD, DOMAINS, None, None)


def test_certificates_of_the_environment_are_trusted(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))

    with ImapMailbox(Mailbox.read(f"imaps://{USER}@127.0.0.1:{server.tls}"), PASSWORD, DOMAINS, None, None) as source:
        assert list(source.heads()) == []


def test_no_server_and_no_certificates_are_said_to_be(server: Server, tmp_path: Path) -> None:
    with pytest.raises(SiteUnavailable, match="cannot be reached"):
        ImapMailbox(Mailbox.read(f"imaps://{USER}@127.0.0.1:1"), PASSWORD, DOMAINS, None, server.certificate)
    with pytest.raises(FileMissing):
        ImapMailbox(Mailbox.read(f"imaps://{USER}@127.0.0.1:1"), PASSWORD, DOMAINS, None, tmp_path / "none.pem")


def test_addresses_are_read() -> None:
    assert Mailbox.read("imaps://me@example.org@imap.example.org") == Mailbox(
        "imaps", "imap.example.org", 993, "me@example.org"
    )
    assert Mailbox.read("imap://me%2Bx@imap.example.org:1143/Archive/2026") == Mailbox(
        "imap", "imap.example.org", 1143, "me+x", "Archive/2026"
    )


@pytest.mark.parametrize(
    "text",
    ["https://me@example.org", "imaps://example.org", "imaps://me@", "imaps://me@host:port", "imaps://[", "me@x"],
)
def test_other_addresses_are_refused(text: str) -> None:
    with pytest.raises(Misconfigured, match="is not valid"):
        Mailbox.read(text)


def test_a_password_in_an_address_is_refused_unsaid() -> None:
    with pytest.raises(Misconfigured, match="Do not put a password") as refused:
        Mailbox.read("imaps://me:s3cret@example.org")

    assert "s3cret" not in f"{refused.value} {refused.value.hint}"


def test_the_sender_is_matched_by_us_not_by_the_server(server: Server, office: Office) -> None:
    """The server searches for text: a name that holds the domain is found, and passed over."""
    office.sent("run-1", "12345678")
    server.deliver(mail("x", "12345678", sender='"usps.gov" <a@example.net>').as_bytes())
    server.deliver(mail("x", "12345678", sender=SENDER).as_bytes())

    with opened(server) as source:
        reading = MailboxScan(Ledgers(office.ledger), office.recordings, source, published)
        outcomes = list(reading.outcomes())

    assert (reading.looked_at, len(outcomes)) == (2, 1)
    assert settled_status(office.case("run-1")).value == "acknowledged"
