"""The program as the person's shell knows it: what to type to start it again, and whether windows can be shown."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

_NAME = "autofill"


class _Commands:
    """How commands of this program are written; as they are, until `settle_commands` has found out more."""

    typed = _NAME
    written: re.Pattern[str] | None = None


def settle_commands(typed: str, verbs: Iterable[str]) -> None:
    """Have `as_typed` write commands, `autofill VERB`, with what the shell knows this program by."""
    _Commands.typed = typed
    _Commands.written = (
        None if typed == _NAME else re.compile(rf"(?<![\w./-]){_NAME}(?= (?:-|(?:{'|'.join(verbs)})\b))")
    )


def as_typed(text: str) -> str:
    """A text with the commands in it as they can be typed here: `.venv/bin/autofill cases` in a checkout."""
    return _Commands.written.sub(lambda _found: _Commands.typed, text) if _Commands.written else text


def program_typed(arguments: Sequence[str], whole: Sequence[str]) -> str:
    """What a person types to start this program.

    Args:
        arguments: The program's own, `sys.argv`.
        whole: The process's own, `sys.orig_argv`.
    """
    started = Path(arguments[0])
    if started.name == "__main__.py":
        return f"{shlex.quote(whole[0])} -m {_NAME}"
    on_path = shutil.which(_NAME)
    if started.stem != _NAME or not started.is_file():
        return _NAME
    with suppress(OSError):
        if on_path and started.samefile(on_path):
            return _NAME
    return shlex.quote(str(started))


def has_display() -> bool:
    """Whether a program that is started here can show a window."""
    return sys.platform in {"darwin", "win32"} or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
