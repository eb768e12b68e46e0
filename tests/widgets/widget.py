"""One widget of the zoo, and short ways to write many of them down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Widget:
    """One real widget: its page, what it is, what its map says, what goes in, and what its form posts for it.

    `why` is the reason why autofill does not fill it: it has to stop there, or say that it does not hold the value.
    """

    page: str
    what: str
    name: str
    text: str
    posted: Mapping[str, str]
    control: Mapping[str, Any] = field(default_factory=dict)
    day: str = ""
    why: str = ""


def on(page: str, *rows: tuple[str, str, str, str] | tuple[str, str, str, str, Mapping[str, Any]]) -> Iterator[Widget]:
    """The widgets of a page: what, name, text, `key=posted`; and whatever else is said of one."""
    for what, name, text, posted, *more in rows:
        key, _, value = posted.partition("=")
        yield Widget(page, what, name, text, {key: value}, **(more[0] if more else {}))


def why(words: str) -> dict[str, Any]:
    """The reason why one is not filled."""
    return {"why": words}


def mapped(**control: Any) -> dict[str, Any]:
    """What the map says of one beyond its name."""
    return {"control": control}


def dated(date_format: str, day: str = "2026-11-02") -> dict[str, Any]:
    """A day in this format; the second of November 2026."""
    return mapped(kind="date", date_format=date_format) | {"day": day}


MAILED: Final = dated("MM/DD/YYYY")
ISO: Final = dated("YYYY-MM-DD")
# A day that no calendar opens with.
LEAP: Final = dated("YYYY-MM-DD", "2024-02-29")
