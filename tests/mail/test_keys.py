"""Keys come from the DNS, each asked for once, or from the practice desk on this machine."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import dns.exception
import dns.resolver
import pytest

from autofill.errors import Misconfigured, SiteUnavailable
from autofill.mail.keys import PublishedKeys, keys_of_desk
from autofill.mail.signature import Unreachable
from autofill.replica import ReplicaOptions, serving


class Answer:
    strings = (b"v=DKIM1; ", b"p=abc")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Questions to a DNS that knows one name, and is silent about another."""
    names: list[str] = []

    def resolve(name: str, kind: str, *, lifetime: float) -> list[Any]:
        names.append(name)
        assert (kind, lifetime) == ("TXT", 3.0)
        if name.startswith("silent"):
            raise dns.exception.Timeout
        if name.startswith("none"):
            raise dns.resolver.NXDOMAIN
        return [Answer()]

    monkeypatch.setattr(dns.resolver, "resolve", resolve)
    return names


def test_a_record_in_pieces_is_put_together_and_remembered(asked: list[str]) -> None:
    keys = PublishedKeys()

    assert [keys.look_up("s._domainkey.usps.gov") for _ in range(2)] == ["v=DKIM1; p=abc"] * 2
    assert keys.look_up("none._domainkey.usps.gov") is None
    assert asked == ["s._domainkey.usps.gov", "none._domainkey.usps.gov"]


def test_a_silent_dns_is_asked_once(asked: list[str]) -> None:
    keys = PublishedKeys()

    for name in ("silent._domainkey.usps.gov", "s._domainkey.usps.gov"):
        with pytest.raises(Unreachable):
            keys.look_up(name)
    assert asked == ["silent._domainkey.usps.gov"]


def test_nobody_makes_us_ask_without_end(asked: list[str]) -> None:
    keys = PublishedKeys()

    for number in range(100):
        with suppress(Unreachable):
            keys.look_up(f"s{number}._domainkey.usps.gov")
    assert len(asked) == 20


def test_the_desks_key_is_the_desks(asked: list[str]) -> None:
    """The practice domain is never asked for in the DNS."""
    with serving(ReplicaOptions(delay_ms=0)) as desk:
        keys = PublishedKeys(keys_of_desk(desk.url))

    ((name, record),) = keys.known.items()
    assert name.endswith(".usps-practice.example")
    assert keys.look_up(name) == record
    with pytest.raises(Unreachable):
        keys.look_up("other._domainkey.usps-practice.example")
    assert asked == []


@pytest.mark.parametrize(
    "url", ["https://127.0.0.1", "http://example.com", "127.0.0.1:80", "http://127.0.0.1.example.com"]
)
def test_only_a_desk_on_this_machine_is_asked(url: str) -> None:
    with pytest.raises(Misconfigured):
        keys_of_desk(url)


@pytest.mark.parametrize("name", ["http_proxy", "HTTP_PROXY", "all_proxy"])
def test_a_desk_on_this_machine_is_asked_itself_whatever_proxy_is_set(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """C7."""
    monkeypatch.setenv(name, "http://127.0.0.1:1")
    with serving(ReplicaOptions(delay_ms=0)) as desk:
        assert len(keys_of_desk(f"{desk.url}/")) == 1


def test_a_desk_that_sends_elsewhere_is_not_followed() -> None:
    with serving(ReplicaOptions(delay_ms=0)) as desk, pytest.raises(SiteUnavailable):
        keys_of_desk(f"{desk.url}/nowhere")


def test_no_desk_is_said_to_be_none() -> None:
    with pytest.raises(SiteUnavailable):
        keys_of_desk("http://127.0.0.1:1")
