"""Time stamps from an authority of our own: only a hash reaches it, and only a stamp over these bytes counts."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from autofill.errors import Misconfigured, TryLater
from autofill.evidence.sealing import timestamp
from autofill.evidence.sealing.timestamp import BadStamp, Stamp, ask, authority_name
from tests.evidence.authority import Authority, running, serving

MESSAGE = b"ab  manifest-sha256.txt\n"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authority]:
    with running(tmp_path_factory.mktemp("authority")) as desk:
        yield desk


@pytest.fixture(scope="module")
def stamp(authority: Authority) -> Stamp:
    return ask(authority.url, MESSAGE)


def test_a_stamp_says_when(stamp: Stamp) -> None:
    assert abs(stamp.check(MESSAGE) - datetime.now(UTC)) < timedelta(minutes=5)
    assert "CN=Test root" in stamp.attested(MESSAGE).authority


def test_only_a_hash_leaves_the_machine(authority: Authority) -> None:
    """A number that ties the answer to the question goes with it, and nothing that says whose it is."""
    ask(authority.url, MESSAGE)
    query = (authority.folder / "query.tsq").read_bytes()
    assert hashlib.sha256(MESSAGE).digest() in query
    assert MESSAGE not in query
    assert len(query) < 80


def test_a_stamp_survives_its_two_files(stamp: Stamp) -> None:
    assert Stamp.read(stamp.file, stamp.chain) == stamp


def test_openssl_reads_the_stamp(stamp: Stamp, authority: Authority, tmp_path: Path) -> None:
    """With the certificates that stand beside it, and with the root that people trust."""
    for name, content in {"message": MESSAGE, "x.tsr": stamp.file, "chain.pem": stamp.chain}.items():
        (tmp_path / name).write_bytes(content)
    for trusted in (tmp_path / "chain.pem", authority.folder / "root.pem"):
        ts = ["openssl", "ts", "-verify", "-data", "message", "-in", "x.tsr", "-CAfile", str(trusted)]
        subprocess.run(ts, cwd=tmp_path, check=True, capture_output=True)


def test_a_stamp_over_something_else_is_none(stamp: Stamp) -> None:
    with pytest.raises(BadStamp, match="not a stamp over these files"):
        stamp.check(MESSAGE + b"x")


def test_another_authority_s_certificates_do_not_fit(stamp: Stamp, tmp_path: Path) -> None:
    with running(tmp_path) as other:
        foreign = ask(other.url, MESSAGE)
    with pytest.raises(BadStamp):
        Stamp(stamp.token, foreign.chain).check(MESSAGE)


def test_certificates_that_do_not_lead_to_a_root_do_not_count(stamp: Stamp, authority: Authority) -> None:
    """The authority's own certificate vouches for nobody."""
    with pytest.raises(BadStamp):
        Stamp(stamp.token, (authority.folder / "tsa.pem").read_bytes()).check(MESSAGE)


@pytest.mark.parametrize("part", ["time", "hash"])
def test_what_is_signed_cannot_be_changed(part: str, stamp: Stamp) -> None:
    """The time as the authority wrote it, and the hash that it saw."""
    year = f"{stamp.check(MESSAGE):%Y}".encode()
    place = stamp.token.index(year + b"1" if part == "time" else hashlib.sha256(MESSAGE).digest())
    changed = bytearray(stamp.token)
    changed[place + 3] ^= 1
    with pytest.raises(BadStamp):
        Stamp(bytes(changed), stamp.chain).check(MESSAGE)


@pytest.mark.parametrize(
    ("file", "said"),
    [(b"", "not a time stamp"), (b"\x30\x05\x30\x03\x02\x01\x02", "not"), (b"<html>", "not a time stamp")],
    ids=["nothing", "a refusal", "a page"],
)
def test_files_that_hold_no_stamp_say_so(file: bytes, said: str, stamp: Stamp) -> None:
    with pytest.raises(BadStamp, match=said):
        Stamp.read(file, stamp.chain)


def test_a_server_s_unsigned_remarks_are_not_kept(stamp: Stamp) -> None:
    """So that every byte of the file is either fixed or signed. Some servers add "Operation Granted"."""
    remark = bytes.fromhex("300f020100300a0c08") + b"Granted."
    body = remark + stamp.token
    raw = b"\x30\x82" + len(body).to_bytes(2) + body
    with pytest.raises(BadStamp, match="does not have the format"):
        Stamp.read(raw, stamp.chain)


def test_a_root_that_is_not_sent_is_looked_for_on_this_computer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(tmp_path, sends_root=False) as authority:
        with pytest.raises(Misconfigured, match="does not have it"):
            ask(authority.url, MESSAGE)
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "root.pem"))
        ask(authority.url, MESSAGE).check(MESSAGE)


class Broken(BaseHTTPRequestHandler):
    """Answers, but not with a stamp."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"<html>")

    def log_message(self, *_: object) -> None:
        """Quietly."""


def test_an_authority_without_an_answer_may_be_asked_again_later() -> None:
    with serving(Broken) as url, pytest.raises(TryLater, match=r"127\.0\.0\.1") as caught:
        ask(url, MESSAGE)
    assert caught.value.exit_code == 75
    with pytest.raises(TryLater):
        ask(url, MESSAGE)  # by now nobody listens there


def test_an_old_answer_is_no_answer(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever stands between could play one back."""
    old = ask(authority.url, MESSAGE).file
    monkeypatch.setattr(
        Broken, "do_POST", lambda self: (self.send_response(200), self.end_headers(), self.wfile.write(old))
    )
    with serving(Broken) as url, pytest.raises(TryLater):
        ask(url, MESSAGE)


@pytest.mark.parametrize("url", ["file:///etc/hostname", "freetsa", "https://", "http://[::1"])
def test_only_addresses_of_the_web_are_asked(url: str) -> None:
    with pytest.raises(Misconfigured, match="web address"):
        ask(url, MESSAGE)


def test_files_are_named_for_the_host() -> None:
    """Never for what else an address may hold."""
    assert authority_name("https://me:secret@TSA.Example/tsr?key=1") == "tsa.example"
    assert authority_name("http://127.0.0.1:8080/") == "127.0.0.1-8080"


def test_an_answer_without_end_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    def flood(self: BaseHTTPRequestHandler) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            while True:
                self.wfile.write(bytes(65536))
        except OSError:
            return

    monkeypatch.setattr(Broken, "do_POST", flood)
    monkeypatch.setattr(timestamp, "_LARGEST_ANSWER", 1000)
    with serving(Broken) as url, pytest.raises(TryLater):
        ask(url, MESSAGE)
