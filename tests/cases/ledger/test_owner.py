"""Who still lives: this process, its children, the dead, the restarted, and those on other machines."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace

import pytest

from autofill.cases.ledger import owner as owner_module
from autofill.cases.ledger.owner import Owner, is_alive

ME = Owner.of(os.getpid())


@pytest.fixture
def child() -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        yield process
        process.kill()


def test_it_is_read_as_it_was_written() -> None:
    assert Owner.read(str(ME)) == ME


def test_this_process_lives_however_long_it_is_silent() -> None:
    assert is_alive(ME, leased=False)


def test_a_process_lives_until_it_is_killed(child: subprocess.Popen[bytes]) -> None:
    """A zombie, killed but not yet waited for, is as dead as one that is gone."""
    owner = Owner.of(child.pid)
    assert is_alive(owner, leased=True)

    child.send_signal(signal.SIGKILL)
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    assert not is_alive(owner, leased=True)

    child.wait()
    assert not is_alive(owner, leased=True)


def test_another_process_of_the_same_number_is_another() -> None:
    assert not is_alive(replace(ME, started="1"), leased=True)


def test_nothing_outlives_a_restart_of_the_machine() -> None:
    assert not is_alive(replace(ME, boot="another"), leased=True)


def test_another_machine_counts_as_alive_by_its_lease() -> None:
    elsewhere = replace(ME, host="elsewhere", pid=2**22 + 1)

    assert is_alive(elsewhere, leased=True)
    assert not is_alive(elsewhere, leased=False)


@pytest.mark.skipif(not shutil.which("ps"), reason="there is no ps here")
def test_without_proc_it_asks_ps(
    child: subprocess.Popen[bytes], tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on macOS."""
    monkeypatch.setattr(owner_module, "_PROC", tmp_path)
    owner = Owner.of(child.pid)
    assert is_alive(owner, leased=False)

    child.kill()
    child.wait()
    assert not is_alive(owner, leased=True)


def test_where_nothing_can_be_asked_the_lease_counts(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(owner_module, "_PROC", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    owner = Owner.of(os.getpid())

    assert is_alive(owner, leased=True)
    assert not is_alive(owner, leased=False)
