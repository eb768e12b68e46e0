"""A profile becomes an inquiry: reading, checking, advice, and access to its values by name.

The models themselves are in `models`; no forms here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from pydantic import BaseModel

from autofill.clock import case_now
from autofill.errors import Problem
from autofill.inquiry.advice import advise
from autofill.inquiry.models import Address, Contact, Inquiry, Item
from autofill.language import gettext_noop
from autofill.sources.source import Source, read_source
from autofill.sources.validation import models_in, validate_source

__all__ = ["Address", "Contact", "Inquiry", "Item", "Loaded", "field_names", "load_inquiry", "lookup", "said"]

_NO_TARGETS = gettext_noop("a profile names no address to go to; targets come only from form maps (`form:` names one)")
_UNKNOWN = dict.fromkeys(
    ("url", "form_url", "page_url", "uri", "href", "link", "site", "website", "target", "endpoint"), _NO_TARGETS
)


# What tells no inquiry from another: where it goes, how it is checked, and what its files happen to be called.
_UNSAID = frozenset({"form", "allow_invisible", "attachments"})


@dataclass(frozen=True, slots=True)
class Loaded:
    """An inquiry, the file it came from, and what is worth knowing before it is sent."""

    inquiry: Inquiry
    source: Source
    warnings: tuple[Problem, ...]


def load_inquiry(path: Path, *, today: date | None = None) -> Loaded:
    """Read and check one profile.

    Args:
        path: The file.
        today: The day after which a date lies in the future; by default this machine's, or that of AUTOFILL_NOW.

    Raises:
        FileMissing: There is no such file, or it cannot be read.
        InvalidFile: It cannot be used; carries every problem found, sorted by line.
    """
    source = read_source(path)
    day = today or case_now().astimezone().date()
    inquiry = validate_source(source, Inquiry, context=day, unknown=_UNKNOWN)
    return Loaded(inquiry, source, advise(inquiry, source, day))


@cache
def field_names() -> frozenset[str]:
    """Every dotted name that `lookup` knows, which are those that may be sent; addresses also have one as a whole."""
    return frozenset(_names(Inquiry, ""))


def lookup(inquiry: Inquiry, name: str) -> str | None:
    """The text that a form gets for a dotted name such as `item.tracking_number`.

    Days are ISO text, yes-or-no values `yes` or `no`, an address its one line, attachments a line each.

    Returns:
        None if the inquiry does not give it.

    Raises:
        KeyError: No inquiry has a field of that name.
    """
    if name not in field_names():
        raise KeyError(name)
    value: object = inquiry
    for part in name.split("."):
        value = getattr(value, part, None)
    match value:
        case bool():
            return "yes" if value else "no"
        case date():
            return value.isoformat()
        case Address():
            return value.one_line
        case tuple():
            return "\n".join(value) or None
        case str():
            return value
    return None


def said(inquiry: Inquiry) -> dict[str, str]:
    """What the inquiry says, by field and in its own words, whatever a form asks of it and calls it."""
    return {name: text for name in sorted(field_names() - _UNSAID) if (text := lookup(inquiry, name)) is not None}


def _names(model: type[BaseModel], prefix: str) -> Iterator[str]:
    for name, field in model.model_fields.items():
        if field.exclude:
            continue
        inner = next(models_in(field.annotation), None)
        if inner is None or inner is Address:
            yield prefix + name
        if inner is not None:
            yield from _names(inner, f"{prefix}{name}.")
