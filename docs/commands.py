"""Prints docs/commands.md: what every verb says of itself. No text about a verb may live here; it lives in the verb.

Run it as `python docs/commands.py > docs/commands.md`.
"""  # noqa: INP001 - a script, not a package

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from autofill.cli.app import VERBS

_TOP = """# Commands

This page is what the program says of itself, word for word; a test holds the two together.
`python docs/commands.py > docs/commands.md` writes it anew.
"""


def help_of(*verb: str) -> str:
    """What the program answers to `--help` on a terminal of 80 columns."""
    command = [str(Path(sys.executable).with_name("autofill")), *verb, "--help"]
    environment = os.environ | {"COLUMNS": "80", "NO_COLOR": "1"}
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)  # noqa: S603
    return done.stdout.strip("\n")


def page() -> str:
    """The whole page, in the program's own order of verbs."""
    parts = [_TOP, _block("autofill", help_of())]
    parts += [f"## {verb}\n\n{_block(f'autofill {verb}', help_of(verb))}" for verb in VERBS]
    return "\n".join(parts)


def _block(command: str, said: str) -> str:
    return f"```console\n$ {command} --help\n{said}\n```\n"


if __name__ == "__main__":
    sys.stdout.write(page())
