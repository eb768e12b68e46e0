"""Scores of a control: what all its signals say together about what it takes, by weights in a table. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final, TypeAlias

from autofill.mapping.signals import Signals
from autofill.mapping.words import LISTS
from autofill.sources.tables import read_table

Scores: TypeAlias = dict[str, float]
"""Score by kind."""

_FURTHER: Final = 0.25  # how much each source of a group counts after its best
_NEAR_A_LABEL: Final = 0.35  # what stands near a control that has words of its own is often another's
_SALUTATION: Final = 40  # letters that a box for one takes at most
_WRITTEN: Final = frozenset({"message", "subject", "topic"})
_LINE: Final = 44  # pixels that a box of one line is high at most
_BY_TYPE: Final = {"email": ("email", 3.0), "tel": ("phone", 2.0), "search": ("_search", 4.0), "url": ("_url", 3.0)}


@cache
def source_weights() -> Mapping[str, Mapping[str, float]]:
    """Weight by source, by group of sources."""
    rows = {group: row.split() for group, row in read_table(Path(__file__).with_name("sources.txt")).items()}
    return {
        group: {source: float(weight) for source, weight in zip(row[::2], row[1::2], strict=True)}
        for group, row in rows.items()
    }


def scores_of(signals: Signals, *, has_message_box: bool) -> Scores:
    """The score of every kind that something speaks for.

    Args:
        signals: What is said about the control.
        has_message_box: Whether its form has a box for a long text; then a “title” is that text's.
    """
    scores = _added(signals)
    for part in ("first_name", "last_name"):
        if scores.get("full_name", 0) > scores.get(part, 0) > 1.0:
            scores[part] = scores["full_name"] + 0.3  # “Name” over `name=firstname`: the narrower word is meant
    control = signals.control
    if kind := _BY_TYPE.get(control.type):
        scores[kind[0]] = scores.get(kind[0], 0) + kind[1]
    if is_area(signals):
        _as_area(scores)
    elif control.tag == "select":
        _as_choice(scores)
    elif control.tag == "input":
        if scores.get("_prefix") and not 0 < control.maxlength <= _SALUTATION and has_message_box:
            scores["subject"] = scores.get("subject", 0) + scores.pop("_prefix")
        if "message" in scores:
            scores["message"] *= 0.45
        if control.type == "number":
            scores = {kind: score for kind, score in scores.items() if kind not in LISTS["worded"]}
        if 0 < control.maxlength <= 4:
            _as_short(scores)
    if control.tag == "select" or control.role in {"combobox", "listbox"}:
        _as_topic(scores)
    return scores


def is_area(signals: Signals) -> bool:
    """Whether it is a box for a long text."""
    control = signals.control
    is_box = control.tag == "textarea" or (control.role == "textbox" and control.tag not in {"input", "select"})
    return is_box and not _is_line(signals)


def _is_line(signals: Signals) -> bool:
    """Whether a box is one line high, and nothing says that it takes a message: some pages have no other fields."""
    said = [found for source, found in signals.said.items() if source != "after"]
    return 0 < signals.control.box[3] <= _LINE and bool(said) and not any(found.keys() & _WRITTEN for found in said)


def best_of(scores: Mapping[str, float]) -> tuple[str, float]:
    """The kind with the highest score; none for no scores."""
    return max(scores.items(), key=lambda pair: pair[1], default=("", 0.0))


def _added(signals: Signals) -> Scores:
    """The groups of sources, added; a control's own words silence what stands near it."""
    scores: Scores = defaultdict(float)
    groups = source_weights()
    has_own = any(source in signals.said for source in groups["own"])
    texts = {**groups["own"], **groups["near"], **groups["preset"]}
    if has_own:
        texts |= {source: weight * _NEAR_A_LABEL for source, weight in groups["near"].items()}
    for group in (texts, groups["names"], groups["autocomplete"], groups["options"]):
        found: dict[str, list[float]] = defaultdict(list)
        for source, weight in group.items():
            for kind, strength in signals.said.get(source, {}).items():
                found[kind].append(weight * strength)
        for kind, values in found.items():
            first = max(values)
            scores[kind] += first + _FURTHER * (sum(values) - first)
    return dict(scores)


def _as_area(scores: Scores) -> None:
    """A long text is a message, unless it is an address."""
    is_address = max(scores.get("street", 0), scores.get("street2", 0)) >= 2.5 and scores.get("message", 0) <= 1.5
    scores["message"] = scores.get("message", 0) + (0.4 if is_address else 2.2)
    scores["message"] += scores.pop("subject", 0) + scores.pop("topic", 0)  # no box of many lines takes one line
    for kind in scores.keys() - LISTS["areas"]:
        scores[kind] *= 0.35


def _as_choice(scores: Scores) -> None:
    """A list of choices takes nothing that people make up themselves."""
    for kind in scores.keys() & LISTS["unchosen"]:
        scores[kind] *= 0.25


def _as_topic(scores: Scores) -> None:
    """A subject that is chosen from a list is one of the form's topics, also where one may type to search it."""
    if scores.get("subject"):
        scores["topic"] = scores.get("topic", 0) + scores["subject"] * 0.9
        scores["subject"] *= 0.6


def _as_short(scores: Scores) -> None:
    """A box for four signs holds part of something."""
    for kind in scores.keys() & LISTS["long"]:
        scores[kind] *= 0.2
    if "phone" in scores:
        scores["_phone_part"] = scores["phone"] + 0.2
