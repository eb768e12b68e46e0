"""The house keeps its own rules: sizes, docstrings, examples and documents that say what is true."""

from __future__ import annotations

import ast
import statistics
import subprocess
from collections.abc import Iterable
from pathlib import Path

REPOSITORY = Path(__file__).parents[1]
MODULES = sorted((REPOSITORY / "autofill").rglob("*.py"))


def test_modules_stay_short() -> None:
    sizes = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}

    assert [name for name, size in sizes.items() if size > 300] == []
    assert statistics.median(sizes.values()) <= 120


def test_types_are_for_others_too() -> None:
    """What the package's classifier says is true with this file only (PEP 561)."""
    assert (REPOSITORY / "autofill" / "py.typed").is_file()


def test_functions_stay_short() -> None:
    long = [
        f"{path.name}:{node.lineno} {node.name}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.body[0].lineno >= 40
    ]

    assert long == []


def test_every_module_says_what_lives_there() -> None:
    silent = [path.name for path in MODULES if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))]

    assert silent == []


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


def test_calls_name_their_arguments() -> None:
    """Of our own functions and classes, where there are more than four: nobody remembers what the fifth is."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in MODULES}
    variadic = _variadic_names(trees.values())
    mute = [
        f"{path.relative_to(REPOSITORY)}:{node.lineno} {ast.unparse(node.func)}"
        for path, tree in trees.items()
        if path.relative_to(REPOSITORY / "autofill").parts[0] not in _REBUILT_ROOMS
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and len(node.args) > 4 and ast.unparse(node.func) not in variadic
    ]

    assert mute == []


# Rooms whose calls are named when they are rebuilt.
_REBUILT_ROOMS = {"cases", "inquiry", "replica"}


def _variadic_names(trees: Iterable[ast.Module]) -> set[str]:
    """Names of functions that take any number of arguments, which have no names."""
    nodes = (node for tree in trees for node in ast.walk(tree))
    return {node.name for node in nodes if isinstance(node, ast.FunctionDef) and node.args.vararg}
