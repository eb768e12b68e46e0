"""The start of a command's browser: beside the claims, unless others are at theirs."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from autofill.cases.ledger.ledger import open_ledger
from autofill.errors import ExitCode, Stopped
from autofill.jobs.pool import Pool
from autofill.jobs.session import run_session
from autofill.jobs.signals import Signals
from autofill.jobs.turn import turn
from autofill.page.browser import BrowserSettings


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No other program on this machine takes turns with these, and pytest hears its signals afterwards."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def test_a_turn_is_nobody_else_s() -> None:
    """It is free again at the end, whatever ends it."""
    with turn() as first, turn() as second:
        assert (first, second) == (True, False)
    with pytest.raises(Stopped), turn():
        raise Stopped(ExitCode.INTERRUPTED)
    with turn() as again:
        assert again


def test_without_a_place_for_it_there_is_no_turn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything else goes on."""
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    with turn() as mine:
        assert not mine


@pytest.mark.parametrize("busy", [False, True])
def test_a_browser_starts_beside_the_claims_if_nobody_else_claims(tmp_path: Path, *, busy: bool) -> None:
    """What has nothing left to run after the claims needs none."""
    browser = tmp_path / "browser"
    browser.write_text(f"#!/bin/sh\ntouch {tmp_path}/started\nexit 1\n")
    browser.chmod(0o755)

    def nothing_left() -> Pool:
        ledger = open_ledger(tmp_path / "ledger")
        return Pool([], ledger, 1, lambda _event: None, lambda _end: None, refused=lambda _job, _error: None)

    def run() -> None:
        run_session(lambda: BrowserSettings(str(browser)), nothing_left, Signals(lambda _stopped: None))

    if busy:
        with turn():
            run()
    else:
        run()
    assert (tmp_path / "started").exists() is not busy
