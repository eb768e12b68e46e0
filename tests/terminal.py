"""A terminal of a program's own, and its other end, where a person would sit."""

from __future__ import annotations

import os
import pty
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any


@contextmanager
def at_a_terminal(command: Sequence[str], **settings: Any) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """The program at a terminal, and the terminal's other end; a stream that `settings` name goes elsewhere."""
    ours, theirs = pty.openpty()
    streams = dict.fromkeys(("stdin", "stdout", "stderr"), theirs)
    child = subprocess.Popen(command, **{**streams, **settings})
    os.close(theirs)
    try:
        yield child, ours
    finally:
        child.kill()
        child.wait()
        os.close(ours)


def read_until(terminal: int, words: bytes) -> bytes:
    """What is shown, as soon as it ends with these words."""
    shown = b""
    while not shown.rstrip(b"\r\n").endswith(words):
        shown += os.read(terminal, 4096)
    return shown


def read_to_the_end(terminal: int) -> bytes:
    """All that is still shown until the program ends; one look may find only a part of it."""
    shown = b""
    with suppress(OSError):  # a terminal whose other end is closed
        while piece := os.read(terminal, 4096):
            shown += piece
    return shown
