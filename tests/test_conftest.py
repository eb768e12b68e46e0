"""The guards around every test hold: shown by a session of their own, in a folder that takes the repository's place."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

GUARDED = """
import asyncio, os, pathlib, socket, subprocess
import pytest

HERE = pathlib.Path(__file__).parents[1]

def test_writes():
    (HERE / "left-behind.txt").write_text("x")

def test_makes_a_folder():
    (HERE / "left-behind").mkdir()

def test_moves_a_file_in(tmp_path):
    (tmp_path / "a").touch()
    (tmp_path / "a").rename(HERE / "moved-in")

def test_opens_low_down():
    os.close(os.open(HERE / "low", os.O_WRONLY | os.O_CREAT))

def test_failed_attempts_count_too():
    with pytest.raises(OSError):
        open(HERE / "no-such-folder" / "x", "w")

def test_hides_that_it_connects():
    try:
        socket.create_connection(("192.0.2.1", 9), timeout=1)
    except OSError:
        pass

async def test_async_tests_run():
    assert asyncio.get_running_loop() is None

def test_good(tmp_path):
    (tmp_path / "a").write_text("x")
    (HERE / "tests").joinpath("conftest.py").read_text()
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()

async def test_good_and_async():
    await asyncio.sleep(0)
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What a session says that has the real conftest and tests that break its rules."""
    root = tmp_path_factory.mktemp("repository")
    (root / "tests").mkdir()
    (root / "tests" / "conftest.py").write_bytes(Path(__file__).with_name("conftest.py").read_bytes())
    (root / "tests" / "test_guarded.py").write_text(GUARDED)
    (root / "pytest.ini").write_text("[pytest]\naddopts = -p no:cacheprovider -rA --basetemp=../others\n")
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "200"}
    command = [sys.executable, "-m", "pytest", "tests"]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    return done.stdout


@pytest.mark.parametrize(
    "name", ["writes", "makes_a_folder", "moves_a_file_in", "opens_low_down", "failed_attempts_count_too"]
)
def test_a_test_that_writes_into_the_repository_fails(report: str, name: str) -> None:
    """Whatever way it takes, and whether or not the attempt succeeds."""
    assert f"ERROR tests/test_guarded.py::test_{name} - Failed: the test wrote into the repository: " in report


def test_a_test_that_reaches_out_fails(report: str) -> None:
    """Even one that takes a failed connection for an answer."""
    assert "FAILED tests/test_guarded.py::test_hides_that_it_connects - conftest.OutsideError: a test wants" in report


def test_async_tests_are_really_run(report: str) -> None:
    """An assertion in one can fail."""
    assert "FAILED tests/test_guarded.py::test_async_tests_run - assert" in report


def test_the_rest_passes(report: str) -> None:
    """Reading the repository, writing into tmp_path and talking to this machine are free."""
    assert "PASSED tests/test_guarded.py::test_good\n" in report
    assert "PASSED tests/test_guarded.py::test_good_and_async\n" in report
    assert "2 failed, 7 passed, 5 errors" in report


@pytest.mark.parametrize(
    ("call", "arguments"),
    [
        ("connect", [("192.0.2.1", 9)]),
        ("connect_ex", [("192.0.2.1", 9)]),
        ("sendto", [b"", ("192.0.2.1", 9)]),
    ],
)
def test_no_way_leads_out(call: str, arguments: list[object]) -> None:
    """Connecting and sending a packet are refused before anything leaves."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way, pytest.raises(AssertionError, match="wants to reach"):
        getattr(way, call)(*arguments)


def test_names_of_other_machines_are_not_looked_up() -> None:
    """A question to a name server would already tell someone."""
    with pytest.raises(AssertionError, match="wants to look up"):
        socket.getaddrinfo("example.com", 80)
