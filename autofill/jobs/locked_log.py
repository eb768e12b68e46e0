"""A file that tells others what a process does, locked for as long as it lives: so they know whether it still does."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

# A look takes microseconds; so often and so many seconds a look is waited for.
_GLANCES, _GLANCE = 10, 0.01


@contextmanager
def locked_log(path: Path) -> Iterator[int]:
    """An empty file to append to, locked until the last process that has it from here is gone.

    Raises:
        OSError: It cannot be made, or another process has it.
    """
    log = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        _lock(log)
        os.ftruncate(log, 0)
        yield log
    finally:
        os.close(log)


def is_locked(path: Path) -> bool:
    """Whether a process that writes it lives."""
    try:
        import fcntl  # noqa: PLC0415 - as above

        with path.open("rb") as log:
            fcntl.flock(log, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except (ImportError, OSError):
        return False
    return False


def _lock(log: int) -> None:
    """Lock it; who just looks whether it is locked has it for a moment, and is waited for.

    Raises:
        OSError: Another process has it.
    """
    try:
        import fcntl  # noqa: PLC0415 - POSIX only; elsewhere nobody else knows that it goes on
    except ImportError:
        return
    for _glance in range(_GLANCES):
        with suppress(BlockingIOError):
            fcntl.flock(log, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        time.sleep(_GLANCE)
    fcntl.flock(log, fcntl.LOCK_EX | fcntl.LOCK_NB)
