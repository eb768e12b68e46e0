"""Reasons of a recognition, for people who read a draft: which words and facts speak for it. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from autofill.mapping.gate import is_same
from autofill.mapping.scores import is_area
from autofill.mapping.signals import Signals

# As a draft and `--json` say them: in English, as all that programs read.
_SOURCES: Final = {
    "label": "label",
    "aria_label": "label",
    "row_head": "head of the row",
    "placeholder": "placeholder",
    "left": "text to the left",
    "above": "text above",
    "before": "text before",
    "column_head": "head of the column",
    "title": "title",
    "html_name": "name",
    "html_id": "id",
    "autocomplete": "autocomplete",
}
_SAID: Final = {"aria": "aria_label", "name": "html_name", "id": "html_id"}
_MOST: Final = 3
_AGREES: Final = 0.5


def reasons_for(kind: str, signals: Signals, probability: float) -> tuple[str, ...]:
    """What speaks for a kind, strongest first: at most three places, and the witness where it agrees."""
    places = list(dict.fromkeys(_places(kind, signals)))[:_MOST]
    witness = [f"the second reader agrees ({probability:.2f})"] if probability >= _AGREES else []
    return (*places, *witness)


def _places(kind: str, signals: Signals) -> Iterator[str]:
    control = signals.control
    said = {_SAID.get(source, source): found for source, found in signals.said.items()}
    for attribute, source in _SOURCES.items():
        if any(is_same(each, kind) for each in said.get(attribute, ())):
            yield f"{source} “{str(getattr(control, attribute))[:60]}”"
    if "options" in said:
        yield "its choices"
    if control.type in {"email", "tel"}:
        yield f"type {control.type}"
    if is_area(signals):
        yield "room for a long text"
