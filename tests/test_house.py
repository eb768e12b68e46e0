"""The house keeps its own rules: sizes, docstrings, licence, and no registry in any file."""

from __future__ import annotations

import ast
import statistics
import subprocess
import tomllib
from collections.abc import Iterable
from pathlib import Path

REPOSITORY = Path(__file__).parents[1]
PROGRAM = REPOSITORY / "autofill"
# By path: many modules share a name, such as `__init__.py` and `app.py`.
MODULES = {path.relative_to(PROGRAM).as_posix(): path.read_text(encoding="utf-8") for path in PROGRAM.rglob("*.py")}
TREES = {name: ast.parse(text) for name, text in MODULES.items()}


def test_f_every_module_is_measured() -> None:
    """F: by file name, 39 of 196 were not, since others bear the same."""
    assert len(MODULES) == len([*PROGRAM.rglob("*.py")])


def test_modules_stay_short() -> None:
    sizes = {name: len(text.splitlines()) for name, text in MODULES.items()}

    assert [name for name, size in sizes.items() if size > 300] == []
    assert statistics.median(sizes.values()) <= 110


def test_types_are_for_others_too() -> None:
    """What the package's classifier says is true with this file only (PEP 561)."""
    assert (PROGRAM / "py.typed").is_file()


def test_functions_stay_short() -> None:
    long = [
        f"{name}:{node.lineno} {node.name}"
        for name, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.body[0].lineno + 1 >= 40
    ]

    assert long == []


def test_every_module_says_what_lives_there() -> None:
    assert [name for name, tree in TREES.items() if not ast.get_docstring(tree)] == []


def test_the_licence_is_named_and_there() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (file,) = project["license-files"]
    text = (REPOSITORY / file).read_text(encoding="utf-8").split()

    assert project["license"] == "Apache-2.0"
    assert text[:5] == ["Apache", "License", "Version", "2.0,", "January"]


def test_no_registry_is_named_in_any_tracked_file() -> None:
    """Locked dependencies are resolved wherever the user's pip looks."""
    hosts = ["py" + "pi.org", "python" + "hosted", "npm" + "js.", "deb.deb" + "ian"]
    found = subprocess.run(
        ["git", "grep", "-lIE", "|".join(hosts).replace(".", "[.]")],
        cwd=REPOSITORY,
        check=False,
        capture_output=True,
        text=True,
    )

    assert found.stdout == ""


def test_no_tracked_file_holds_two_versions() -> None:
    """A conflict of a merge that was committed as it stood: in a page of the docs nothing else would notice."""
    asked = ["git", "grep", "-nIE", "^(<{7}|>{7}|[|]{7}) ", "--", "."]
    found = subprocess.run(asked, cwd=REPOSITORY, capture_output=True, text=True, check=False)

    assert (found.returncode, found.stdout) == (1, "")


def test_calls_name_their_arguments() -> None:
    """Of our own functions and classes, where there are more than four: nobody remembers what the fifth is."""
    variadic = _variadic_names(TREES.values())
    mute = [
        f"{name}:{node.lineno} {ast.unparse(node.func)}"
        for name, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and len(node.args) > 4 and ast.unparse(node.func) not in variadic
    ]

    assert mute == []


def _variadic_names(trees: Iterable[ast.Module]) -> set[str]:
    """Names of functions that take any number of arguments, which have no names."""
    nodes = (node for tree in trees for node in ast.walk(tree))
    return {node.name for node in nodes if isinstance(node, ast.FunctionDef) and node.args.vararg}
