"""Playwright's driver: the program that starts browsers and speaks to them."""

from __future__ import annotations

import asyncio
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from subprocess import Popen
from typing import TYPE_CHECKING, Any

from autofill.page.ahead import WAITING, keep_compiled

if TYPE_CHECKING:
    from playwright.async_api import Playwright

# Bytes of an answer that are read at a time, as Playwright has it.
_LIMIT = 32_768
_create = asyncio.create_subprocess_exec


@asynccontextmanager
async def driver_starting() -> AsyncIterator[Awaitable[Playwright]]:
    """Start Playwright's driver, without waiting for it: it is not a browser yet.

    Whoever wants it awaits what this yields. It is told to stop at the end in any case: then it closes its browsers,
    and ends.
    """
    starting = asyncio.create_task(_start_driver())
    try:
        yield starting
    finally:
        await (await starting).stop()


async def _start_driver() -> Playwright:
    """Start the driver by the one call that starts it: Playwright has no option for how it is started."""
    from playwright.async_api import async_playwright  # noqa: PLC0415 - while a driver that is ahead starts

    keep_compiled()
    asyncio.create_subprocess_exec = _ahead_or_started  # type: ignore[assignment]
    try:
        return await async_playwright().start()
    finally:
        asyncio.create_subprocess_exec = _create


@dataclass(frozen=True, slots=True)
class _Ahead:
    """What Playwright needs of a driver that was started ahead."""

    stdin: asyncio.StreamWriter
    stdout: asyncio.StreamReader

    async def communicate(self) -> None:
        """Nothing: with its input closed it closes its browsers and ends, and nobody need wait for that."""


async def _ahead_or_started(*command: str, **how: Any) -> _Ahead | Process:
    """The driver that runs already; or one in a session of its own: Ctrl-C goes to the terminal's whole process group.

    Its Node program undoes inherited signal settings. The browsers it starts are its children and share its session.
    """
    for ahead in WAITING:
        if ahead.command == command:
            WAITING.remove(ahead)
            return await _connected(ahead.process)
    return await _create(*command, **{**how, "stdin": PIPE, "stdout": PIPE}, start_new_session=True)


async def _connected(process: Popen[bytes]) -> _Ahead:
    loop, reader = asyncio.get_running_loop(), asyncio.StreamReader(_LIMIT)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), process.stdout)
    writing, flow = await loop.connect_write_pipe(
        lambda: asyncio.StreamReaderProtocol(asyncio.StreamReader()), process.stdin
    )
    return _Ahead(stdin=asyncio.StreamWriter(writing, flow, None, loop), stdout=reader)
