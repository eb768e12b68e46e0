"""The door of the servers on this machine: which requests are strangers."""

from __future__ import annotations

import pytest

from autofill.door import Stranger, stranger

HERE = "127.0.0.1:8025"


@pytest.mark.parametrize(
    ("hosts", "found"),
    [
        ([HERE], None),
        (["localhost:8025"], None),
        (["LocalHost:8025"], None),
        (["[::1]:8025"], None),
        ([], Stranger.HOST),
        ([""], Stranger.HOST),
        (["127.0.0.1"], Stranger.HOST),
        (["127.0.0.1:1"], Stranger.HOST),
        (["127.0.0.2:8025"], Stranger.HOST),
        (["localhost.evil.example:8025"], Stranger.HOST),
        (["evil.example"], Stranger.HOST),
        (["evil.example:8025"], Stranger.HOST),
        ([HERE, "evil.example:8025"], Stranger.HOST),
        ([HERE, HERE], Stranger.HOST),
    ],
)
def test_a_request_has_to_ask_for_this_server(hosts: list[str], found: Stranger | None) -> None:
    """B4: a site that gives its own name this machine's address is not this server."""
    assert asked(hosts=hosts) == found


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"])
@pytest.mark.parametrize(
    "origin",
    [
        "null",
        "",
        "http://evil.example",
        "http://127.0.0.1:1",
        "http://127.0.0.1",
        f"https://{HERE}",
        f"http://{HERE}/x",
    ],
)
def test_a_page_of_another_origin_is_a_stranger_whatever_it_does(method: str, origin: str) -> None:
    """B4: so is one that a browser trusts so little that it gives it no origin."""
    assert asked(method, origin=origin) == asked(method, origin=origin, needed=True) == Stranger.ORIGIN


@pytest.mark.parametrize("origin", [f"http://{HERE}", "http://localhost:8025", "http://[::1]:8025"])
def test_the_servers_own_pages_come_in(origin: str) -> None:
    assert asked("POST", origin=origin, needed=True) is None


@pytest.mark.parametrize(
    ("method", "needed", "found"),
    [
        ("GET", False, None),
        ("GET", True, None),
        ("HEAD", True, None),
        ("POST", False, None),
        ("POST", True, Stranger.ORIGIN),
        ("PUT", True, Stranger.ORIGIN),
    ],
)
def test_a_program_has_no_page_and_may_come_in_where_that_is_allowed(
    method: str, needed: bool, found: Stranger | None
) -> None:
    """Browsers leave the origin out only where nothing is changed."""
    assert asked(method, needed=needed) == found


def test_the_port_that_browsers_leave_out() -> None:
    assert asked(port=80, hosts=["localhost"], origin="http://localhost") is None


def asked(
    method: str = "GET",
    *,
    hosts: list[str] | None = None,
    origin: str | None = None,
    needed: bool = False,
    port: int = 8025,
) -> Stranger | None:
    """What becomes of a request with these headers."""
    headers = [(b"host", host.encode()) for host in ([HERE] if hosts is None else hosts)]
    headers += [] if origin is None else [(b"origin", origin.encode())]
    scope = {"method": method, "server": ("127.0.0.1", port), "headers": headers}
    return stranger(scope, origin_needed=needed)
