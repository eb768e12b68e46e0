"""Playwright's driver, started ahead: it needs nothing of ours, and a quarter of a second to start.

So it is started before all else is imported; this module, which does it, imports next to nothing.
"""

from __future__ import annotations

import os
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from platformdirs import user_cache_path


class Ahead(NamedTuple):
    """A driver that runs already, and what it was started by."""

    command: tuple[str, ...]
    process: subprocess.Popen[bytes]


# Those that nobody has wanted yet.
WAITING: list[Ahead] = []


def start_ahead() -> None:
    """Start the driver's program now, for the first who wants one; without any it ends by itself.

    It leaves nothing behind: where no run has come to a browser yet, or if it fails, it is started when it is wanted.
    """
    if os.name == "nt" or not compiled().is_dir():
        return
    with suppress(Exception):
        from playwright._impl._driver import compute_driver_executable, get_driver_env  # noqa: PLC0415 - not all of it

        keep_compiled()
        command = (*compute_driver_executable(), "run-driver")
        how: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "start_new_session": True}
        # Whoever reads our stderr to its end would wait for the driver, too, if it had it; DEBUG is what it is for.
        how["stderr"] = None if "DEBUG" in os.environ else subprocess.DEVNULL
        process = subprocess.Popen(command, bufsize=0, env=get_driver_env(), **how)  # noqa: S603 - Playwright's own
        WAITING.append(Ahead(command, process))


def keep_compiled() -> None:
    """Have the driver keep its own program compiled: a fifth of its start, from the second time on."""
    os.environ.setdefault("NODE_COMPILE_CACHE", str(compiled()))


def compiled() -> Path:
    """The folder for that."""
    return user_cache_path("autofill") / "driver"
