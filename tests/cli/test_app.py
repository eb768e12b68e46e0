"""The table of verbs: each has its module, and only the one that is used is imported."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from autofill.cli.app import VERBS, app

FOLDER = Path(__file__).parents[2] / "autofill" / "cli"


def verbs_loaded_by(*arguments: str) -> set[str]:
    """The verbs whose modules are imported when a command has run, in a process of its own."""
    code = (
        "import sys, json\n"
        "from autofill.cli.app import VERBS, main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print(json.dumps([verb for verb in VERBS if f'autofill.cli.{verb}' in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", code, *arguments], check=True, capture_output=True, text=True)
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize(
    ("arguments", "loaded"),
    [(["--help"], set()), (["schema", "--help"], {"schema"}), (["plan", "--nonsense"], {"plan"}), (["paln"], set())],
)
def test_only_the_verb_in_use_is_imported(arguments: list[str], loaded: set[str]) -> None:
    assert verbs_loaded_by(*arguments) == loaded


def test_the_table_holds_every_verb() -> None:
    modules = {path.stem for path in FOLDER.glob("*.py") if "\ndef command(" in path.read_text(encoding="utf-8")}

    assert set(VERBS) == modules


@pytest.mark.parametrize("verb", VERBS)
def test_a_verbs_help_begins_with_its_text_in_the_table(verb: str) -> None:
    done = CliRunner().invoke(app, [verb, "--help"], env={"COLUMNS": "500"})

    assert done.exit_code == 0
    assert done.stdout.splitlines()[2].strip() in " ".join(VERBS[verb].split())


def test_completion_offers_the_verbs() -> None:
    environment = {"_AUTOFILL_COMPLETE": "complete_bash", "COMP_WORDS": "autofill re", "COMP_CWORD": "1"}
    done = CliRunner().invoke(app, [], prog_name="autofill", env=environment)

    assert done.stdout.split() == [verb for verb in VERBS if verb.startswith("re")]


def test_ctrl_c_while_the_program_is_loaded_is_no_crash() -> None:
    code = (
        "import autofill.__main__ as program\n"
        "def main():\n    raise KeyboardInterrupt\n"
        "program.main = main\nprogram.program()"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)

    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")
