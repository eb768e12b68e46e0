"""Serving: on this machine only, and an end."""

from __future__ import annotations

import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from autofill.web import RunningApp, serve_forever, serving
from tests.web.conftest import gateway_of


class Enough(Exception):
    """A test has seen what it wanted to."""


def test_gallery_is_gone_when_the_block_is_left(recordings: Path, ledger: Path) -> None:
    """Nothing goes on listening."""
    with serving(recordings, gateway_of(ledger)) as gallery:
        place = ("127.0.0.1", urlsplit(gallery.origin).port or 0)
        socket.create_connection(place).close()

    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(place)


def test_taken_port_is_an_error_before_anything_is_announced(recordings: Path, ledger: Path) -> None:
    """Nobody is sent to somebody else's server."""
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OSError, match="in use"):
        serve_forever(recordings, gateway_of(ledger), taken.getsockname()[1], lambda _: pytest.fail("announced"))


def test_address_is_announced_when_a_browser_can_be_sent_there(recordings: Path, ledger: Path) -> None:
    """The port is bound by then: a first request waits rather than fails."""

    def announce(gallery: RunningApp) -> None:
        with socket.create_connection(("127.0.0.1", urlsplit(gallery.origin).port or 0)):
            raise Enough

    with pytest.raises(Enough):
        serve_forever(recordings, gateway_of(ledger), 0, announce)
