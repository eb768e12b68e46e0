"""The memory of a program with all that it starts: the highest proportional set size, looked at every second."""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from benchmarks.machine import REPOSITORY
from benchmarks.programs import Command, write_table

_LOOKED_AT: Final = 1.0  # seconds


def peak_of_tree(command: Command, rows: int) -> int:
    """Bytes that a program and all its processes had at its highest, over a table of so many inquiries.

    Raises:
        subprocess.CalledProcessError: It failed.
    """
    highest = 0
    with tempfile.TemporaryDirectory() as folder:
        write_table(Path(folder), rows)
        words = command(Path(folder))
        with subprocess.Popen(words, cwd=REPOSITORY, stdout=subprocess.DEVNULL) as running:
            while True:
                with suppress(subprocess.TimeoutExpired):
                    running.wait(_LOOKED_AT)
                    break
                highest = max(highest, sum(map(_proportional, tree(running.pid))))
        if running.returncode:
            raise subprocess.CalledProcessError(running.returncode, words)
    return highest


def tree(process: int) -> Iterator[int]:
    """A process and all below it."""
    yield process
    with suppress(OSError):
        for task in Path(f"/proc/{process}/task").iterdir():
            for child in (task / "children").read_text("ascii").split():
                yield from tree(int(child))


def _proportional(process: int) -> int:
    """What a process has for itself, and its share of what it has with others (proc(5), Pss)."""
    with suppress(OSError):
        found = re.search(
            r"^Pss:\s+([0-9]+) kB", Path(f"/proc/{process}/smaps_rollup").read_text("ascii"), re.MULTILINE
        )
        return int(found[1]) * 1024 if found else 0
    return 0
