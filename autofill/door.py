"""The door of a server on 127.0.0.1: whether a request asks for this server, and comes from one of its own pages.

Every page in every browser of this machine can reach a port here, whoever made it. What the practice site and the web
app show stands behind this one door; it knows neither of them, and imports nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

_READING = {"GET", "HEAD"}


class Stranger(StrEnum):
    """A request that stays outside: it asks for another host, or a page of another origin sent it."""

    HOST = "host"
    ORIGIN = "origin"


def stranger(scope: Mapping[str, Any], *, origin_needed: bool) -> Stranger | None:
    """Who a request is a stranger as, or None if it may come in.

    Args:
        scope: The request, as ASGI describes it.
        origin_needed: Whether what changes something has to say which page it comes from. Browsers always say so;
            without this, programs, which have no page, may leave it out.
    """
    hosts = _own_hosts(*scope["server"])
    # A site can give its own name this machine's address (DNS rebinding): its pages would then count as ours.
    if (asked := _values(scope, b"host")) != asked[:1] or not hosts.issuperset(asked) or not asked:
        return Stranger.HOST
    # Cookies do not know ports: a page of another server on this machine is the same site to a browser, not to us.
    # "null" is what a browser says of a page that it trusts least.
    origins = _values(scope, b"origin")
    if not {f"http://{host}" for host in hosts}.issuperset(origins):
        return Stranger.ORIGIN
    return Stranger.ORIGIN if origin_needed and not origins and scope["method"] not in _READING else None


def _own_hosts(address: str, port: int) -> frozenset[str]:
    names = {address, "127.0.0.1", "localhost", "[::1]"}
    return frozenset(f"{name}:{port}" for name in names) | (names if port == 80 else frozenset())


def _values(scope: Mapping[str, Any], wanted: bytes) -> list[str]:
    return [value.decode("latin-1").lower() for name, value in scope["headers"] if name == wanted]
