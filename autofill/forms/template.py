"""Expressions of a form map: small Jinja2 templates over the flat mapping of an inquiry, in Jinja2's sandbox. Pure.

A dotted name is one name of the flat mapping; what the inquiry lacks is an error there, never an empty text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any, Final

from jinja2 import (
    StrictUndefined,
    Template,
    TemplateError,
    TemplateSyntaxError,
    UndefinedError,
    meta,
    nodes,
    pass_context,
)
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment
from jinja2.visitor import NodeTransformer

from autofill.forms.days import written_date
from autofill.inquiry.fields import Fields, value_of
from autofill.inquiry.geography import COUNTRIES, US_STATES
from autofill.inquiry.parts import part, part_of_street
from autofill.inquiry.phones import part_of_phone, phone_like, written_phone
from autofill.language import _

_FIELDS: Final = "_fields"


class _Given:
    """What an inquiry gives, by name."""

    def __init__(self, fields: Fields) -> None:
        self._fields = fields

    def __getitem__(self, name: str) -> str | tuple[str, ...]:
        value = value_of(self._fields, name)
        if value is None:
            raise KeyError(name)
        return value


class _Flat(NodeTransformer):
    """Rewriter of dotted names to look-ups in the flat mapping; collects the names."""

    def __init__(self, free: set[str]) -> None:
        self._free = free
        self.names: dict[str, None] = {}

    def visit_Name(self, node: nodes.Name) -> nodes.Node:  # noqa: N802 - Jinja2's name
        return self._looked_up(node)

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Node:  # noqa: N802 - Jinja2's name
        return self._looked_up(node)

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Node:  # noqa: N802 - Jinja2's name
        return self._looked_up(node)

    def _looked_up(self, node: nodes.Expr) -> nodes.Node:
        name = self._dotted(node)
        if name is None:
            return self.generic_visit(node)
        self.names[name] = None
        return nodes.Getitem(nodes.Name(_FIELDS, "load"), nodes.Const(name), "load")

    def _dotted(self, node: nodes.Expr) -> str | None:
        match node:
            case nodes.Name():
                return node.name if node.name in self._free else None
            case nodes.Getattr():
                inner, last = self._dotted(node.node), node.attr
            case nodes.Getitem(arg=nodes.Const(value=str() as words)):
                inner, last = self._dotted(node.node), words
            case _:
                return None
        return f"{inner}.{last}" if inner else None


class Expression:
    """One expression of a form map; `names` are the fields that it is made of.

    Raises:
        ValueError: It cannot be read.
    """

    def __init__(self, text: str) -> None:
        try:
            tree = _ENVIRONMENT.parse(text)
            flat = _Flat(meta.find_undeclared_variables(tree))
            code = _ENVIRONMENT.compile(flat.visit(tree))
        except TemplateSyntaxError as error:
            raise ValueError(_("is not a valid expression: {why}").format(why=error.message)) from None
        except TemplateError:
            raise ValueError(_("is not a valid expression: {why}").format(why="{{ }}")) from None
        self.names = tuple(flat.names)
        self._template = Template.from_code(_ENVIRONMENT, code, {})

    def of(self, fields: Fields) -> str | None:
        """The text for an inquiry; None if it lacks a field, or nothing comes of it.

        Raises:
            ValueError: What the inquiry gives is nothing for a filter.
        """
        try:
            return self._template.render({_FIELDS: _Given(fields)}).strip() or None
        except UndefinedError:
            return None
        except (TemplateError, TypeError, ArithmeticError, LookupError, AttributeError):
            raise ValueError(_("the form map's expression needs values that the inquiry does not have")) from None


def _finished(value: object) -> object:
    return "\n".join(value) if isinstance(value, tuple) else value


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _part(number: int) -> Callable[[str | tuple[str, ...]], str]:
    def part(value: str | tuple[str, ...]) -> str:
        several = value.split() if isinstance(value, str) else value
        return several[number] if several else ""

    return part


def _slice(text: str, start: int, end: int | None = None) -> str:
    return text[start:end]


def _date(text: str, style: str) -> str:
    try:
        return written_date(date.fromisoformat(text), style)
    except ValueError:
        raise ValueError(_("must be a day written year-month-day, such as 2026-01-31")) from None


def _home(context: Context) -> str:
    try:
        return str(context[_FIELDS]["contact.address.country"])
    except KeyError:
        return "US"


@pass_context
def _phone(context: Context, text: str, style: str = "national") -> str:
    return written_phone(text, _home(context), style)


@pass_context
def _phone_part(context: Context, text: str, which: str | int, of: int = 1, at: str = "", *, ext: bool = False) -> str:
    return part_of_phone(text, _home(context), which, of=of, at=at, ext=ext)


@pass_context
def _phone_like(context: Context, text: str, pattern: str, at: str = "") -> str:
    return phone_like(text, _home(context), pattern, at)


def _state_name(code: str) -> str:
    return US_STATES.get(code.upper(), code)


def _country_name(code: str) -> str:
    return COUNTRIES.get(code.upper(), code)


def _environment() -> SandboxedEnvironment:
    environment = SandboxedEnvironment(undefined=StrictUndefined, finalize=_finished, autoescape=False)
    environment.globals.clear()
    filters: dict[str, Callable[..., Any]] = {
        "digits": _digits, "first": _part(0), "last": _part(-1), "slice": _slice,
        "date": _date, "phone": _phone, "state_name": _state_name, "country_name": _country_name,
        "part": part, "phone_part": _phone_part, "phone_like": _phone_like, "street_part": part_of_street,
    }  # fmt: skip
    environment.filters.update(filters)
    return environment


_ENVIRONMENT: Final = _environment()
