"""Playwright's driver: the program that starts browsers and speaks to them.

It needs nothing of ours, and a third of a second to start, so it can be started ahead of everything else, Playwright's
own library included.
"""

from __future__ import annotations

import asyncio
import os
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from platformdirs import user_cache_path

if TYPE_CHECKING:
    from playwright.async_api import Playwright

# Bytes of an answer that are read at a time, as Playwright has it.
_LIMIT = 32_768
_create = asyncio.create_subprocess_exec


@dataclass(frozen=True, slots=True)
class _Ahead:
    """A driver that runs already, what it was started by, and the loop that hears it."""

    runner: asyncio.Runner
    command: tuple[str, ...]
    process: Process


_AHEAD: list[_Ahead] = []


def start_ahead() -> None:
    """Start the driver's program now, for the next `run`; without one it ends by itself.

    It leaves nothing behind: where no run has come to a browser yet, or if it fails, it is started when it is wanted.
    """
    if not _compiled().is_dir():
        return
    with suppress(Exception):
        from playwright._impl._driver import compute_driver_executable, get_driver_env  # noqa: PLC0415 - not all of it

        _keep_compiled()
        runner, command = asyncio.Runner(), (*compute_driver_executable(), "run-driver")
        _AHEAD.append(_Ahead(runner, command, runner.run(_started(*command, env=get_driver_env(), limit=_LIMIT))))


def run(main: Coroutine[Any, Any, None]) -> None:
    """Run it to its end, as `asyncio.run` does; a driver that was started ahead is the one it gets."""
    with _AHEAD[0].runner if _AHEAD else asyncio.Runner() as runner:
        runner.run(main)


@asynccontextmanager
async def driver_starting() -> AsyncIterator[Awaitable[Playwright]]:
    """Start Playwright's driver, without waiting for it: it is not a browser yet.

    Whoever wants it awaits what this yields; it is stopped at the end in any case.
    """
    starting = asyncio.create_task(_start_driver())
    try:
        yield starting
    finally:
        await (await starting).stop()


async def _start_driver() -> Playwright:
    """Start the driver by the one call that starts it: Playwright has no option for how it is started."""
    from playwright.async_api import async_playwright  # noqa: PLC0415 - while a driver that is ahead starts

    _keep_compiled()
    asyncio.create_subprocess_exec = _ahead_or_started  # type: ignore[assignment]
    try:
        return await async_playwright().start()
    finally:
        asyncio.create_subprocess_exec = _create


async def _ahead_or_started(*command: str, **how: Any) -> Process:
    for ahead in _AHEAD:
        if ahead.command == command and ahead.runner.get_loop() is asyncio.get_running_loop():
            _AHEAD.remove(ahead)
            return ahead.process
    return await _started(*command, **how)


async def _started(*command: str, **how: Any) -> Process:
    """Start it in a session of its own: Ctrl-C goes to the terminal's whole process group, not only to us.

    Its Node program undoes inherited signal settings. The browsers it starts are its children and share its session.
    """
    return await _create(*command, **{**how, "stdin": PIPE, "stdout": PIPE}, start_new_session=True)


def _keep_compiled() -> None:
    """Have the driver keep its own program compiled: a fifth of its start, from the second time on."""
    os.environ.setdefault("NODE_COMPILE_CACHE", str(_compiled()))


def _compiled() -> Path:
    return user_cache_path("autofill") / "driver"
