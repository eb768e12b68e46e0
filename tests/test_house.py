"""The house keeps its own rules: sizes, docstrings, examples and documents that say what is true."""

from __future__ import annotations

import ast
import statistics
import subprocess
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
