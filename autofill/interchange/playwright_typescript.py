"""Scripts that Playwright's codegen writes in TypeScript or JavaScript, by their syntax tree: nothing is run.

The parser is tree-sitter's, with the grammar of TypeScript, which JavaScript is a part of; an extra installs both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from autofill.errors import InvalidFile, Misconfigured, Problem
from autofill.interchange.flow import Flow
from autofill.interchange.located_json import number
from autofill.interchange.playwright_calls import COMPUTED, Call, Literal, Statement, flow_of
from autofill.language import _

if TYPE_CHECKING:
    from tree_sitter import Node

_BRANCHES: Final = frozenset(
    {"if_statement", "for_statement", "for_in_statement", "while_statement", "do_statement", "try_statement",
     "switch_statement"}
)  # fmt: skip
_FUNCTIONS: Final = frozenset({"arrow_function", "function_expression", "function_declaration"})
_ESCAPES: Final = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": ""}
_CODE: Final = re.compile(r"\\u\{([0-9a-fA-F]{1,6})\}|\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})")
_WORDS: Final[dict[str, Literal]] = {"true": True, "false": False, "null": None, "undefined": None}


def read(text: str, name: str) -> Flow:
    """Read a script.

    Raises:
        InvalidFile: It is none; says where.
        Misconfigured: The parser is not installed.
    """
    try:
        import tree_sitter_typescript as grammar  # noqa: PLC0415 - an extra
        from tree_sitter import Language, Parser  # noqa: PLC0415
    except ImportError:
        words = _("The parser of TypeScript is not installed.")
        raise Misconfigured(words, hint=_("Get it with: pip install 'autofill[typescript]'")) from None
    root = Parser(Language(grammar.language_typescript())).parse(text.encode()).root_node
    if wrong := _wrong(root):
        words = _("is not TypeScript; look near here")
        row, column = wrong.start_point
        raise InvalidFile([Problem(name, row + 1, column + 1, field="", message=words)])
    try:
        return flow_of(_statements(root), name, PurePath(name).stem)
    except RecursionError:
        raise InvalidFile([Problem.of_file(name, _("is too deep, or holds what no script does"))]) from None


def _wrong(root: Node) -> Node | None:
    """The first place that the grammar does not know."""
    here: Node | None = root if root.has_error else None
    while here and not (here.is_error or here.is_missing):
        here = next((each for each in here.children if each.has_error or each.is_missing), None)
    return here


def _statements(root: Node) -> Iterator[Statement]:
    """Every statement in the order of the text; those inside of functions, too, but not of branches."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        line = node.start_point[0] + 1
        if node.type in _BRANCHES:
            yield Statement(line, node.type.removesuffix("_statement"), why=_("a condition or a loop: never run"))
        elif node.type == "expression_statement" and (bodies := [*_bodies(node)]):
            waiting += reversed(bodies)
        elif node.type == "expression_statement":
            yield _chain(node.named_children[0])
        elif node.type in {"lexical_declaration", "variable_declaration"}:
            made = (_chain(value) for each in node.named_children if (value := each.child_by_field_name("value")))
            yield from (each for each in made if each.root == "page")
        elif node.type in {"program", "statement_block", "export_statement"} | _FUNCTIONS:
            waiting += reversed(node.named_children)


def _bodies(statement: Node) -> Iterator[Node]:
    """The bodies of functions that a call is given, or that are called at once, such as those of a test."""
    here = statement.named_children[0]
    here = here.named_children[-1] if here.type == "await_expression" else here
    if here.type != "call_expression":
        return
    arguments, called = here.child_by_field_name("arguments"), here.child_by_field_name("function")
    given = arguments.named_children if arguments else []
    at_once = called.named_children if called and called.type == "parenthesized_expression" else []
    for each in (*given, *at_once):
        body = each.child_by_field_name("body") if each.type in _FUNCTIONS else None
        if body and body.type == "statement_block":
            yield body


def _chain(node: Node) -> Statement:
    """The chain of calls that an expression is."""
    line, calls, expected = node.start_point[0] + 1, list[Call](), False
    args: tuple[Literal, ...] = ()
    while node.type not in {"identifier", "this"}:
        called = node.child_by_field_name("function")
        given = node.child_by_field_name("arguments")
        if node.type == "await_expression":
            node = node.named_children[-1]
        elif node.type == "call_expression" and called and given:
            if _text(called) == "expect" and given.named_children:
                expected, node = True, given.named_children[0]
                continue
            node, args = called, tuple(_literal(each) for each in given.named_children if each.type != "comment")
        elif node.type == "member_expression" and (of := node.child_by_field_name("object")):
            name, last = node.child_by_field_name("property"), args[-1] if args else None
            options = last if isinstance(last, dict) else {}
            calls.append(Call(_snake(_text(name) if name else ""), args, options))
            node, args = of, ()
        else:
            return Statement(line, "", why=_("not a step that is known here"))
    return Statement(line, _text(node), tuple(reversed(calls)), expected)


def _literal(node: Node) -> Literal:
    """What stands there as it is; all else only running would tell."""
    if node.type in {"string", "template_string"}:
        parts = node.named_children
        known = all(each.type in {"string_fragment", "escape_sequence"} for each in parts)
        return "".join(map(_unescaped, parts)) if known else COMPUTED
    if node.type == "array":
        return [_literal(each) for each in node.named_children]
    if node.type == "object":
        pairs = ((each.child_by_field_name("key"), each.child_by_field_name("value")) for each in node.named_children)
        return {_text(key).strip("'\""): _literal(value) for key, value in pairs if key and value}
    if node.type == "number" and _text(node).isdecimal():
        return number(_text(node))
    return _WORDS.get(node.type, COMPUTED)


def _unescaped(node: Node) -> str:
    text = _text(node)
    if node.type != "escape_sequence":
        return text
    if found := _CODE.fullmatch(text):
        code = int(next(filter(None, found.groups())), 16)
        return chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else "\ufffd"
    return _ESCAPES.get(text[1:], text[1:])


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])([A-Z])", r"_\1", name).lower()


def _text(node: Node) -> str:
    return (node.text or b"").decode(errors="replace")
