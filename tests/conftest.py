"""What all tests share: one browser, async tests, and two guards against tests that reach out or leave things behind.

Nothing here asserts; what one room's tests need stands in that room's conftest.
"""

from __future__ import annotations

import asyncio
import fcntl
import inspect
import os
import socket
import sys
import tempfile
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path
from typing import Any, Final, TextIO

import hypothesis
import pytest
from playwright.async_api import Browser, Page, async_playwright

from autofill.page.browser import BrowserSettings, fresh_page, launched

REPOSITORY: Final = Path(__file__).resolve().parents[1]
# Tools keep these up to date beside what they are about, whatever a test does.
TOOLS_OWN: Final = {"__pycache__", ".hypothesis"}
LOOPBACK: Final = {"127.0.0.1", "::1", "localhost"}
# Nothing takes this long; it turns a test that would hang into one that fails.
LONGEST: Final = 120
# Rooms whose tests are whole runs in a browser.
WHOLE_RUNS: Final = ("journeys", "hostile", "kill", "replay")
RUNNER: Final = pytest.StashKey[asyncio.Runner]()
TURNS: Final = pytest.StashKey[TextIO]()

# How long an example takes depends on what else the machine does.
hypothesis.settings.register_profile("untimed", parent=hypothesis.settings(), deadline=None)
hypothesis.settings.load_profile("untimed")


def one_in(number: int, rows: Iterable[Any]) -> list[Any]:
    """Parameters of a test, a row or a tuple each: one of so many runs always, the others with the long tests only."""
    marked = (
        (row if isinstance(row, tuple) else (row,), [pytest.mark.long] if n % number else [])
        for n, row in enumerate(rows)
    )
    return [pytest.param(*row, marks=marks) for row, marks in marked]


def pytest_configure(config: pytest.Config) -> None:
    config.stash[RUNNER] = asyncio.Runner()
    if uid := getattr(config, "workerinput", {}).get("testrunuid"):
        config.stash[TURNS] = (Path(tempfile.gettempdir()) / f"autofill-tests-{uid}").open("w+")


def pytest_unconfigure(config: pytest.Config) -> None:
    config.stash[RUNNER].close()
    if turns := config.stash.get(TURNS, None):
        Path(turns.name).unlink(missing_ok=True)
        turns.close()


def pytest_xdist_auto_num_workers() -> int:
    """Two workers for each core: half of its time a test waits, for a page, a server or something that never comes."""
    return 2 * len(os.sched_getaffinity(0))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Have the dear rooms begin, so that in the end no worker is alone with a long file."""
    items.sort(key=lambda item: item.path.parent.name not in WHOLE_RUNS)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Tests marked `alone` want the whole machine: they wait for those of the other workers, and those wait for them.

    The first lock is a turnstile: who wants to be alone stays in it while waiting, so that nobody slips past.
    """
    turns = item.config.stash.get(TURNS, None)
    if turns is None:
        return (yield)
    fcntl.lockf(turns, fcntl.LOCK_EX, 1, 0)
    fcntl.lockf(turns, fcntl.LOCK_EX if item.get_closest_marker("alone") else fcntl.LOCK_SH, 1, 1)
    fcntl.lockf(turns, fcntl.LOCK_UN, 1, 0)
    try:
        return (yield)
    finally:
        fcntl.lockf(turns, fcntl.LOCK_UN, 1, 1)


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run an async test on the session's event loop, where the session's browser lives."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    wanted = {name: pyfuncitem.funcargs[name] for name in inspect.signature(pyfuncitem.obj).parameters}
    pyfuncitem.config.stash[RUNNER].run(asyncio.wait_for(pyfuncitem.obj(**wanted), LONGEST))
    return True


@pytest.fixture(scope="session")
def runner(pytestconfig: pytest.Config) -> asyncio.Runner:
    """The event loop of the session; it stands still between tests."""
    return pytestconfig.stash[RUNNER]


@pytest.fixture(scope="session")
def browser(runner: asyncio.Runner) -> Iterator[Browser]:
    """A browser as our own finder finds it, one for the session."""
    driver = async_playwright()
    session = launched(runner.run(driver.__aenter__()), BrowserSettings(wanted=os.environ.get("AUTOFILL_BROWSER")))
    yield runner.run(session.__aenter__())
    runner.run(session.__aexit__(None, None, None))
    runner.run(driver.__aexit__())


@pytest.fixture
def page(runner: asyncio.Runner, browser: Browser) -> Iterator[Page]:
    """A page that shares nothing with any other test's."""
    fresh = fresh_page(browser, headless=True)
    yield runner.run(fresh.__aenter__())
    runner.run(fresh.__aexit__(None, None, None))


@pytest.fixture(scope="session", autouse=True)
def own_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test, nor a program it starts, finds or leaves a key among the settings of whoever runs it. All is English."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("settings")))
        patch.setenv("AUTOFILL_LANG", "en")
        for name in ("SIGNING_KEY", "TIMESTAMP", "ENCRYPT_TO", "NOW", "LEDGER", "RECORDINGS"):
            patch.delenv(f"AUTOFILL_{name}", raising=False)
        yield


@pytest.fixture(autouse=True)
def own_state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a test's live runs are claimed: nobody else's, and no other test's."""
    state = tmp_path_factory.mktemp("state")
    monkeypatch.setenv("XDG_STATE_HOME", str(state))
    return state


@pytest.fixture(scope="session", autouse=True)
def only_loopback() -> Iterator[None]:
    """Refuse to connect, to send or to look up a name anywhere but on this machine."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex", "sendto"):
            patch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
        patch.setattr(socket, "getaddrinfo", _looked_up_here(socket.getaddrinfo))
        yield


class OutsideError(AssertionError):
    """A test tried to reach another machine; no product code catches this."""


def _guarded(method: Any) -> Any:
    def call(self: socket.socket, *arguments: Any) -> Any:
        # The address comes last in all three; those of local sockets are paths.
        if isinstance(arguments[-1], tuple) and arguments[-1][0] not in LOOPBACK:
            raise OutsideError(f"a test wants to reach {arguments[-1][0]}")
        return method(self, *arguments)

    return call


def _looked_up_here(look_up: Any) -> Any:
    def call(host: str | None, *arguments: Any, **named: Any) -> Any:
        if host not in {None, "", *LOOPBACK}:
            raise OutsideError(f"a test wants to look up {host}")
        return look_up(host, *arguments, **named)

    return call


class Writes:
    """Attempts of this process to change something below a folder; the interpreter itself reports them."""

    _CHANGING: Final = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.truncate", "os.chmod"}
    # Their last argument is an open folder that the path is relative to, or -1.
    _BESIDE: Final = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.chmod"}
    _LINKING: Final = {"os.link", "os.symlink"}
    _OPENED_TO_WRITE: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

    def __init__(self, root: Path) -> None:
        self._root = str(root)
        self.seen: list[str] = []
        sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and isinstance(arguments[2], int) and arguments[2] & self._OPENED_TO_WRITE:
            self._note(arguments[0])
        elif event in self._BESIDE and arguments[-1] not in {-1, None}:
            return  # relative to an open folder, which only clean-ups of temporary folders do
        elif event in self._CHANGING or event == "sqlite3.connect":
            self._note(*arguments[: 2 if event == "os.rename" else 1])
        elif event in self._LINKING:
            self._note(arguments[1])

    def _note(self, *paths: object) -> None:
        for path in paths:
            if not isinstance(path, str | bytes | os.PathLike) or path == ":memory:":
                continue  # a descriptor, which was opened before, or a database that is no file
            full = os.path.abspath(os.fsdecode(path))  # noqa: PTH100 - resolving would follow links
            inside = full.startswith(self._root + os.sep)
            if inside and not TOOLS_OWN.intersection(Path(full).parts):
                self.seen.append(full)


@pytest.fixture(scope="session")
def writes() -> Writes:
    """Everything this process tried to write into the repository."""
    return Writes(REPOSITORY)


@pytest.fixture(autouse=True)
def clean_repository(writes: Writes) -> Iterator[None]:
    """Fail a test that writes into the repository; tests have `tmp_path`."""
    writes.seen.clear()
    yield
    if writes.seen:
        pytest.fail(f"the test wrote into the repository: {', '.join(sorted(set(writes.seen)))}")


@pytest.fixture(scope="module")
def shared(runner: asyncio.Runner, browser: Browser) -> Iterator[Page]:
    """One page for all tests of a module; each writes its own into it."""
    fresh = fresh_page(browser, headless=True)
    yield runner.run(fresh.__aenter__())
    runner.run(fresh.__aexit__(None, None, None))
