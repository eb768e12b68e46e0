"""Tables in plain text: a name and what belongs to it on each line, comments behind `#`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path


def read_table(path: Path) -> Mapping[str, str]:
    """What stands behind the first word of each line, by that word; an indented line goes on from the one before."""
    lines = re.sub(r"\n +", " ", path.read_text(encoding="utf-8")).splitlines()
    pairs = (line.partition(" ") for line in lines if not line.startswith("#"))
    return {name: rest for name, _space, rest in pairs}


def read_words(path: Path) -> Mapping[str, frozenset[str]]:
    """Sets of words by their names."""
    return {name: frozenset(words.split()) for name, words in read_table(path).items()}


def alternatives(path: Path, name: str) -> str:
    """One line of a table of regular expressions, ` | ` between them, as one."""
    return read_table(path)[name].replace(" | ", "|")
