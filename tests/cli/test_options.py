"""`~` is the home folder in every path that any verb takes, by an option, an argument or a variable."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
import typer

from autofill.cli.app import VERBS, app
from autofill.cli.options import expand_home, settle_folders
from tests.cli.test_commands import FIRST, autofill


def params_of(verb: str) -> Any:
    """What a verb takes; its module is loaded for it."""
    program: Any = typer.main.get_command(app)
    return program.resolve_command(typer.Context(program), [verb])[1].params


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


def types_in(hint: Any) -> set[Any]:
    """A hint, and all that it is made of."""
    return {hint}.union(*(types_in(part) for part in get_args(hint))) if hint.__hash__ else set()


@pytest.mark.parametrize("verb", VERBS)
def test_every_path_of_every_verb(verb: str, home: Path) -> None:
    """A parameter takes a path if its type says so, or the word that stands for its value."""
    params = params_of(verb)
    hints = get_type_hints(import_module(f"autofill.cli.{verb}").command)
    paths = {name for name, hint in hints.items() if Path in types_in(hint)}
    may_be = {p.name for p in params if {"FILE", "PATH", "DIR"} & set((p.metavar or "").split("|"))} - paths
    values: dict[str, Any] = {name: Path("~/x") for name in paths} | dict.fromkeys(may_be, "~/x")

    expand_home(params, values)

    assert values == dict.fromkeys(paths, home / "x") | dict.fromkeys(may_be, str(home / "x"))


def test_what_is_no_path_stays_as_it_is(home: Path) -> None:
    values: dict[str, Any] = {
        "because": "~/x",
        "profiles": [Path("~/a"), Path("b~"), home / "~" / "c"],
        "ledger": "postgresql://host/~x",
        "recordings": Path("./~nobody-of-this-name/x").absolute(),
        "json": False,
        "form": None,
    }

    expand_home(params_of("run"), values)

    assert values == {
        "because": "~/x",
        "profiles": [home / "a", Path("b~"), home / "~" / "c"],
        "ledger": "postgresql://host/~x",
        "recordings": Path("./~nobody-of-this-name/x").absolute(),
        "json": False,
        "form": None,
    }


@pytest.mark.parametrize("option", ["--ledger", "--recordings", "--browser", "--form"])
def test_a5_a_home_of_nobodys_is_no_folder_here(home: Path, monkeypatch: pytest.MonkeyPatch, option: str) -> None:
    """A5: a ledger in a folder named `~nobody` would be another one in every folder."""
    monkeypatch.chdir(home)

    done = autofill("run", "--json", f"{option}=~nobody-of-this-name/x", FIRST)

    answer = json.loads(done.stdout)
    assert (done.returncode, answer["exit_code"]) == (78, 78)
    assert "No home folder" in answer["error"]
    assert not list(home.iterdir())


def test_a6_the_folders_of_a_person_are_the_same_from_everywhere(home: Path) -> None:
    """A6: a relative XDG_STATE_HOME would be another ledger in every folder; the specification calls it invalid."""
    environment = {"XDG_STATE_HOME": "state", "XDG_CONFIG_HOME": "~/settings", "XDG_DATA_HOME": "/data", "X": "~/x"}

    settle_folders(environment)

    assert environment == {"XDG_CONFIG_HOME": str(home / "settings"), "XDG_DATA_HOME": "/data", "X": "~/x"}


@pytest.mark.parametrize("by", ["option", "variable"])
def test_a_run_finds_its_way_home(home: Path, monkeypatch: pytest.MonkeyPatch, by: str) -> None:
    """A5: neither an option nor a variable makes a folder named `~`."""
    monkeypatch.chdir(home)
    options = ["--ledger=~/mine.sqlite3", "--recordings=~/kept"] if by == "option" else []
    if by == "variable":
        monkeypatch.setenv("AUTOFILL_LEDGER", "~/mine.sqlite3")
        monkeypatch.setenv("AUTOFILL_RECORDINGS", "~/kept")

    done = autofill("run", "--json", *options, "--browser", "/nowhere", FIRST)

    assert json.loads(done.stdout)["exit_code"] == 69
    made = {path.name for path in home.iterdir()}
    assert {"mine.sqlite3", "kept"} <= made
    assert "~" not in made
