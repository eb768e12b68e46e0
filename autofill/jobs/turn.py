"""Turns: of all the programs of one user at most one is in a certain block. Nobody waits for a turn."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from platformdirs import user_cache_path


@contextmanager
def turn() -> Iterator[bool]:
    """Whether it is ours: no other program of this user's is in a block like this one."""
    try:
        import fcntl  # noqa: PLC0415 - POSIX only; elsewhere it is never anybody's turn

        folder = user_cache_path("autofill")
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / "turn").open("w")
    except (ImportError, OSError):
        yield False
        return
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            mine = False
        else:
            mine = True
        yield mine
