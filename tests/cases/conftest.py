"""What the tests of the ledger share: a ledger on disk, and runs in processes of their own. Nothing here asserts."""

from __future__ import annotations

import secrets
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import psycopg
import pytest

from autofill.cases.ledger.ledger import Ledger, open_ledger
from autofill.cases.model.run_states import IN_PROGRESS, State
from autofill.events import Verdict
from tests.cases.postgresql import postgresql

ANOTHER_PROCESS = Path(__file__).with_name("another_process.py")
Running = Callable[[State, str], AbstractContextManager[subprocess.Popen[str]]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "recordings" / "ledger.sqlite3"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A module that says `ON_BOTH = True` has its tests run with each of the two databases."""
    if "where" in metafunc.fixturenames and getattr(metafunc.module, "ON_BOTH", False):
        metafunc.parametrize("where", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def where(request: pytest.FixtureRequest, path: Path) -> str:
    """What the ledger is opened with."""
    kind = getattr(request, "param", "sqlite")
    return str(path) if kind == "sqlite" else str(request.getfixturevalue("empty_database"))


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    with postgresql() as address:
        yield address


@pytest.fixture
def empty_database(server: str) -> str:
    """The address of a database nobody has used."""
    name = f"ledger_{secrets.token_hex(6)}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return f"{server}/{name}"


@pytest.fixture
def ledger(where: str) -> Iterator[Ledger]:
    with open_ledger(where) as opened:
        yield opened


@pytest.fixture
def bring(ledger: Ledger) -> Callable[..., str]:
    """Bring a new live run of the inquiry `key` to a state; its name."""

    def to(state: State, run_id: str = "run-1", key: str = "key", case_number: str | None = None) -> str:
        ledger.prepare(run_id, key, space="live", form="a-form")
        if state not in {State.PREPARED, State.NOT_SUBMITTED}:
            ledger.filled(run_id)
            if state is not State.FILLED:
                ledger.submitting(run_id)
        if state not in IN_PROGRESS:
            ledger.settle(run_id, Verdict(state), case_number)
        return run_id

    return to


@pytest.fixture
def running(where: str) -> Running:
    """A run of the inquiry `key` in a process of its own, brought to a state and waiting there."""

    @contextmanager
    def process(state: State, run_id: str) -> Iterator[subprocess.Popen[str]]:
        command = [sys.executable, str(ANOTHER_PROCESS), "run", where, run_id, state]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as started:
            assert started.stdout
            try:
                assert started.stdout.readline() == "there\n"
                yield started
            finally:
                started.kill()

    return process
