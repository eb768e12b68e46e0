"""Values of controls: a field of the inquiry, a fixed text, or an expression over the inquiry. Pure."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from autofill.inquiry.fields import ANSWERS, FILES, Fields, field_names, value_of
from autofill.language import _

if TYPE_CHECKING:
    from autofill.forms.template import Expression

# What looks like a name is one: a misspelled field must never be typed as it stands.
_NAME: Final = re.compile(rf"(?:{re.escape(ANSWERS)}|{re.escape(FILES)}).|[a-z_][a-z0-9_]*$|\w+\.\S")


class UnfitError(ValueError):
    """The inquiry's value cannot go into the control; the text says why, without the value."""


def checked(value: str) -> str:
    """The value as a map writes it, if it can be read.

    Raises:
        ValueError: It is an expression that cannot be, or a fixed text that looks like a field.
    """
    if is_fixed(value) and _letters(value) in _last_parts():
        raise ValueError(
            _("looks like a field; write its full name, or a fixed text as {example}").format(example="{{ 'Text' }}")
        )
    if _is_expression(value):
        _expression(value)
    return value


def is_fixed(value: str) -> bool:
    """Whether it is a text that goes in as it stands."""
    return value in {"yes", "no"} or not (_is_expression(value) or _NAME.match(value))


@lru_cache(maxsize=1024)
def names_in(value: str) -> tuple[str, ...]:
    """The names of the inquiry's fields that stand in it."""
    if _is_expression(value):
        return _expression(value).names
    return () if is_fixed(value) else (value,)


def value_from(value: str, fields: Fields) -> str | tuple[str, ...] | None:
    """What an inquiry gives for it; None if it lacks something that is needed.

    Raises:
        UnfitError: The expression does not take what the inquiry gives.
    """
    if _is_expression(value):
        try:
            return _expression(value).of(fields)
        except ValueError as error:
            raise UnfitError(str(error)) from None
    return value if is_fixed(value) else value_of(fields, value)


def _is_expression(value: str) -> bool:
    return "{{" in value or "{%" in value


@lru_cache(maxsize=256)
def _expression(value: str) -> Expression:
    from autofill.forms.template import Expression  # noqa: PLC0415 - most maps have none, and the library is slow to load

    return Expression(value)


@lru_cache(maxsize=1)
def _last_parts() -> frozenset[str]:
    return frozenset(_letters(part) for name in field_names() for part in (name, name.rpartition(".")[2]))


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
