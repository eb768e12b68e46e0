"""What a client receives, byte by byte, and what the site has counted afterwards."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from autofill.replica import ReplicaOptions, serving

AURA_PATH = "/s/sfsites/aura"
Read = Callable[[str], Any]


def message(action: str, params: dict[str, Any]) -> bytes:
    """The body of a call, as the page writes it."""
    actions = [{"id": "1;a", "descriptor": f"apex://EmailUsController/ACTION${action}", "params": params}]
    return urlencode({"message": json.dumps({"actions": actions})}).encode()


def knock(site: str, path: str, body: bytes | None = None) -> socket.socket:
    """Send one request; the answer is still to be read."""
    host, port = urlsplit(site).netloc.split(":")
    connection = socket.create_connection((host, int(port)), timeout=10)
    method = "GET" if body is None else "POST"
    head = f"{method} {path} HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n"
    head += "Content-Type: application/x-www-form-urlencoded\r\n"
    connection.sendall(f"{head}Content-Length: {len(body or b'')}\r\n\r\n".encode() + (body or b""))
    return connection


def heard(connection: socket.socket) -> bytes:
    """Everything that is answered; the word RESET if the connection is reset."""
    answer = b""
    with connection:
        try:
            while piece := connection.recv(65536):
                answer += piece
        except ConnectionResetError:
            return answer + b"RESET"
    return answer


@pytest.fixture
def record(site: str, read: Read) -> Read:
    """Empties the site's memory now, and tells what is in it later: requests, and submissions that were filed."""
    heard(knock(site, "/_replica/reset", b""))

    def told(_: str = "") -> tuple[int, int]:
        found = read(f"{site}/_replica/submissions")
        return found["requests"], sum(entry["accepted"] for entry in found["submissions"])

    return told


@pytest.mark.parametrize(
    ("fault", "answer", "filed"),
    [
        ("reset", b"RESET", 1),
        ("reset=before", b"RESET", 0),
        ("empty", b"", 1),
        ("empty=before", b"", 0),
        *[(f"status={code}", b"HTTP/1.1 %d " % code, 1) for code in (500, 502, 503, 408, 421, 425, 429, 403)],
        ("status=503,before", b"HTTP/1.1 503 ", 0),
        ("slow=1", b"HTTP/1.1 200 ", 1),
        ("drip=5000", b"HTTP/1.1 200 ", 1),
        ("truncated", b"HTTP/1.1 200 ", 1),
        ("redirect307", b"HTTP/1.1 307 ", 0),
        ("redirect-loop@submit", b"HTTP/1.1 307 ", 0),
        ("redirect-away@submit", b"HTTP/1.1 307 ", 0),
    ],
)
def test_a_submission_meets_its_fault(
    site: str, record: Read, answers: dict[str, str], fault: str, answer: bytes, filed: int
) -> None:
    """It counts as arrived whatever becomes of it; whether it was filed depends on the fault alone."""
    body = message("submitInquiry", {"answers": answers, "files": []})
    found = heard(knock(site, f"{AURA_PATH}?{urlencode({'fault': fault})}", body))
    assert found.startswith(answer)
    assert bool(found) == bool(answer)
    assert record("") == (1, filed)


STEPS = {
    "hub": ("/help/contact-us.htm", None),
    "open": ("/s/", None),
    "topic": (AURA_PATH, message("getSubTopics", {"topic": "claim"})),
    "tracking": (AURA_PATH, message("getTrackingData", {"trackingNumber": "1"})),
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("struck", [*STEPS, "submit"])
def test_a_fault_strikes_at_its_step_only(site: str, record: Read, step: str, struck: str) -> None:
    """Everywhere else the site answers; nothing of it counts as a submission."""
    path, body = STEPS[step]
    found = heard(knock(site, f"{path}?fault=reset@{struck}", body))
    assert (found == b"RESET") == (step == struck)
    assert (b"HTTP/1.1 200" in found) == (step != struck)
    assert record("") == (0, 0)


def test_a_hanging_desk_has_the_inquiry_and_says_nothing(read: Read, answers: dict[str, str]) -> None:
    """The connection stays open without a byte until the site itself is closed."""
    with serving(ReplicaOptions(delay_ms=0, faults=("hang",))) as replica:
        connection = knock(replica.url, AURA_PATH, message("submitInquiry", {"answers": answers, "files": []}))
        for _ in range(1000):
            found = read(f"{replica.url}/_replica/submissions")
            if found["submissions"]:
                break
        connection.settimeout(0)
        with pytest.raises(BlockingIOError):
            connection.recv(1)
        connection.settimeout(10)
    assert found["requests"] == 1
    assert heard(connection) in {b"", b"RESET"}


def split(answer: bytes) -> tuple[int, bytes]:
    """The announced length and the body."""
    head, _, body = answer.partition(b"\r\n\r\n")
    announced = re.search(rb"content-length: (\d+)", head)
    assert announced
    return int(announced[1]), body


def test_a_truncated_page_is_shorter_than_announced(site: str) -> None:
    """A browser can tell; a client that does not count cannot."""
    announced, body = split(heard(knock(site, "/s/?fault=truncated@open")))
    assert 0 < len(body) < announced
    assert body.startswith(b"<!doctype html>")


def test_a_page_in_drips_is_whole_in_the_end(site: str) -> None:
    """Nothing is missing, it only takes long."""
    announced, body = split(heard(knock(site, "/help/contact-us.htm?fault=drip@hub=1000000")))
    assert announced == len(body)


def test_a_wait_is_named_where_one_is_asked_for(site: str) -> None:
    """503 and 429 say when to come back, as sites do that mean it."""
    assert b"retry-after: 30\r\n" in heard(knock(site, "/s/?fault=status@open=503"))
    assert b"retry-after: 30\r\n" in heard(knock(site, "/s/?fault=status@open=429"))
    assert b"retry-after" not in heard(knock(site, "/s/?fault=status@open=500"))


def location(answer: bytes) -> str:
    found = re.search(rb"location: (\S+)", answer)
    assert found
    return found[1].decode()


def test_redirects_lead_where_they_say(site: str) -> None:
    """A loop to itself, another origin, and a second hop that is served."""
    assert location(heard(knock(site, "/s/?fault=redirect-loop"))) == "/s/?fault=redirect-loop"
    away = location(heard(knock(site, "/s/?fault=redirect-away")))
    assert urlsplit(away).netloc != urlsplit(site).netloc
    hop = location(heard(knock(site, "/s/?fault=redirect307@open")))
    assert heard(knock(site, hop)).startswith(b"HTTP/1.1 200 ")
