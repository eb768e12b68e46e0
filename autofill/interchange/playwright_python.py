"""Scripts that Playwright's codegen writes in Python, by their syntax tree: nothing is run, nothing is imported."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator
from pathlib import PurePath
from typing import Final

from autofill.errors import InvalidFile, Problem
from autofill.interchange.flow import Flow
from autofill.interchange.playwright_calls import COMPUTED, Call, Literal, Statement, flow_of
from autofill.language import _

_BLOCKS: Final = (ast.FunctionDef, ast.AsyncFunctionDef, ast.With, ast.AsyncWith)
_BRANCHES: Final = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.Try, ast.Match)


def read(text: str, name: str) -> Flow:
    """Read a script."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what its author wrote is not for ours to warn of
            tree = ast.parse(text)
    except SyntaxError as error:
        words = _("is not Python; look near here")
        raise InvalidFile([Problem(name, error.lineno or 1, error.offset or 1, field="", message=words)]) from None
    except (RecursionError, MemoryError, ValueError):
        raise InvalidFile([Problem.of_file(name, _("is too deep, or holds what no script does"))]) from None
    return flow_of(_statements(tree.body), name, PurePath(name).stem)


def _statements(body: list[ast.stmt]) -> Iterator[Statement]:
    for each in body:
        if isinstance(each, _BLOCKS):
            yield from _statements(each.body)
        elif isinstance(each, _BRANCHES):
            yield Statement(each.lineno, type(each).__name__.lower(), why=_("a condition or a loop: never run"))
        elif isinstance(each, ast.Expr):
            yield from _chain(each.value)
        elif isinstance(each, ast.Assign | ast.AnnAssign) and each.value:
            yield from (made for made in _chain(each.value) if made.root == "page")


def _chain(node: ast.expr) -> Iterator[Statement]:
    """The chain of calls that an expression is; none for a constant, such as a docstring."""
    node = node.value if isinstance(node, ast.Await) else node
    line, calls = node.lineno, list[Call]()
    if isinstance(node, ast.Constant):
        return
    expected = False
    while not isinstance(node, ast.Name):
        if of := _called(node, "expect"):
            expected, node = True, of.args[0]
        elif (of := _called(node, "choose")) and len(of.args) > 1:  # as our own exports have it
            calls.append(Call("select_option", (), {"label": _literal(of.args[1])}))
            node = of.args[0]
        elif (of := _called(node, "tick")) and len(of.args) > 1:
            calls.append(Call("set_checked", (_literal(of.args[1]),)))
            node = of.args[0]
        elif (of := _called(node, "pick")) and len(of.args) > 2:
            group, words = ({"name": _literal(each)} for each in of.args[1:3])
            calls += [Call("check"), Call("get_by_role", ("radio",), words), Call("get_by_role", ("group",), group)]
            node = of.args[0]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            calls.append(Call(node.func.attr, tuple(map(_literal, node.args)), _options(node)))
            node = node.func.value
        elif isinstance(node, ast.Attribute):
            calls.append(Call(node.attr))
            node = node.value
        else:
            # What is called there is our script's own, such as `asyncio.run(main())`.
            yield from (
                ()
                if _called(node, "run") or _called(node, "fill_in")
                else (Statement(line, "", why=_("not a step that is known here")),)
            )
            return
    yield Statement(line, node.id, tuple(reversed(calls)), expected)


def _called(node: ast.expr, name: str) -> ast.Call | None:
    """The call, if it is one of this function with anything given."""
    named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name and node.args
    return node if named and isinstance(node, ast.Call) else None


def _options(call: ast.Call) -> dict[str, Literal]:
    return {each.arg: _literal(each.value) for each in call.keywords if each.arg}


def _literal(node: ast.expr) -> Literal:
    if isinstance(node, ast.Constant) and isinstance(node.value, str | int | None):
        return node.value
    if isinstance(node, ast.List | ast.Tuple):
        return [_literal(each) for each in node.elts]
    return _literal(of.args[0]) if (of := _called(node, "named")) else COMPUTED
