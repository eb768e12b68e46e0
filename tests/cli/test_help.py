"""The help of every verb: one example that can be typed as it stands, and lists that fit in every language."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len
from typer.main import get_command

from autofill.cli.app import EXAMPLES, VERBS, Verbs, app
from autofill.language import LANGUAGES

ROOT = Path(__file__).resolve().parents[2]


def help_in(language: str, *verb: str) -> str:
    """What the program says on a terminal of 80 columns."""
    program = str(Path(sys.executable).with_name("autofill"))
    environment = os.environ | {"COLUMNS": "80", "NO_COLOR": "1", "AUTOFILL_LANG": language}
    done = subprocess.run([program, *verb, "--help"], check=True, capture_output=True, text=True, env=environment)
    return done.stdout


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_summary_fits_its_line_and_is_whole(language: str) -> None:
    lines = [line for line in help_in(language).splitlines() if line.split(maxsplit=1)[:1] != [] and line[2:].split()]

    listed = {line.split()[0]: line for line in lines if line.startswith("  ") and line.split()[0] in VERBS}

    assert set(listed) == set(VERBS)
    assert [line for line in listed.values() if line.endswith("...") or cell_len(line) > 80] == []


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_one_example_that_it_understands(verb: str) -> None:
    (line,) = re.findall(r"^  Example: autofill (.*)$", help_in("en", verb), re.MULTILINE)
    name, *words = shlex.split(line)
    group = get_command(app)
    assert isinstance(group, Verbs)

    context = group.make_context("autofill", [name, *words])

    assert name == verb
    assert line == f"{verb} {EXAMPLES[verb]}".rstrip()
    _name, command, rest = group.resolve_command(context, [name, *words])
    assert command.make_context(name, rest, parent=context)
    assert all((ROOT / word).exists() for word in words if word.startswith("profiles") and "*" not in word)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_is_the_same_in_every_language(language: str) -> None:
    assert "autofill run profiles/01-missing-package.yaml" in help_in(language, "run")
