"""What a person sees who types commands, as text and as a page."""  # noqa: INP001 - a script, not a package

from __future__ import annotations

import io
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.text import Text


def terminal_text(shown: Sequence[Sequence[str]]) -> str:
    """What a person sees who types the commands: the program believes that a terminal reads it."""
    seen = ""
    for arguments in shown:
        ours, theirs = os.openpty()
        environment = os.environ | {"TERM": "xterm-256color"}
        environment.pop("NO_COLOR", None)
        command = ["autofill", *arguments]  # found as a shell finds it, or messages would name it otherwise
        # stderr is no terminal, or the line that says which step it is would be in the picture a hundred times.
        done = subprocess.run(  # noqa: S603
            command, stdout=theirs, stderr=subprocess.PIPE, text=True, env=environment, check=True
        )
        os.close(theirs)
        said = done.stderr + os.read(ours, 65536).decode()
        seen += f"\x1b[2m$\x1b[0m autofill {' '.join(arguments)}\n{said}\n"
        os.close(ours)
    return seen.replace("\r", "").rstrip()


def draw(terminal: str) -> Path:
    """Draw the terminal's text as a page."""
    drawn = Console(record=True, width=100, file=io.StringIO())
    drawn.print(Text.from_ansi(terminal))
    page = Path("terminal.html").absolute()
    page.write_text(f"<style>*{{margin:0}}</style>{drawn.export_svg(title='autofill')}")
    return page
