"""A notice says how many cases wait and nothing else; where it goes is never repeated."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from autofill.cases.following import notification
from autofill.cases.following.notification import notify
from autofill.errors import Misconfigured, TryLater
from tests.cases.case_makers import stands
from tests.servers import answering

# Apprise looks for a module that Python is going to drop; people never see it.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")
LATE, WAITING = stands(9), stands(0)


@contextmanager
def listening(status: int = 200) -> Iterator[tuple[str, list[str]]]:
    """A place for notices on this machine, and what it gets."""
    got: list[str] = []

    class Place(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with answering(ThreadingHTTPServer(("127.0.0.1", 0), Place)) as url:
        yield f"json://user:secret@{url.removeprefix('http://')}/", got


def test_a_notice_counts_what_is_due() -> None:
    with listening() as (address, got):
        assert notify(address, (LATE, WAITING, LATE))

    (sent,) = map(json.loads, got)
    assert sent["message"] == "2 cases are waiting for you. autofill cases --due"
    assert "12345678" not in got[0]


def test_nothing_is_sent_when_nothing_is_due() -> None:
    with listening() as (address, got):
        assert not notify(address, (WAITING,))

    assert got == []


def test_a_notice_that_does_not_get_through_can_be_tried_again(capfd: pytest.CaptureFixture[str]) -> None:
    with listening(500) as (address, _), pytest.raises(TryLater) as refused:
        notify(address, (LATE,))

    assert "secret" not in str(refused.value) + "".join(capfd.readouterr())


def test_an_address_that_means_nothing_is_refused(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(Misconfigured) as refused:
        notify("nonsense://secret", (LATE,))

    assert "secret" not in str(refused.value) + refused.value.hint + "".join(capfd.readouterr())


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notification, "find_spec", lambda _: None)

    with pytest.raises(Misconfigured, match="apprise") as refused:
        notify("json://127.0.0.1", (LATE,))

    assert (refused.value.exit_code, "autofill[notify]" in refused.value.hint) == (78, True)
