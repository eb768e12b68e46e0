"""One assignment for a whole form: what the controls of a form say about each other moves their scores. Pure."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from autofill.mapping.scores import Scores, best_of, is_area
from autofill.mapping.signals import Signals
from autofill.mapping.words import LISTS, normal

_RIVAL: Final = 1.2  # how much weaker a second control has to be to lose what it claims
_STRONG: Final = 1.0
# A whole screen of text counts as much as two points.
_AREA_PER_POINT, _MOST_FOR_AREA = 60_000, 2.0
_CLEARLY_FIRST = re.compile(
    r"first|given|f ?name|vorname|fore|prenom|nombre de pila|primer|primeiro|nome proprio|voornaam|fornavn|fornamn"
    r"|etunimi|keresztnev|utonev|nama depan|krestni|prenume"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A control that may take a field, and its scores, which an assignment changes."""

    signals: Signals
    scores: Scores

    @property
    def section(self) -> str:
        """The part of the form that it is in: billing and shipping may both ask for a name."""
        control = self.signals.control
        names = f"{control.html_name} {control.html_id}".lower()
        return next((part for part in sorted(LISTS["sections"]) if part in names), control.legend)

    @property
    def part(self) -> tuple[str, str, str]:
        """The section more narrowly, by the words over it, too."""
        return self.section, self.signals.control.legend, self.signals.control.heading

    @property
    def best(self) -> str:
        """The kind with the highest score."""
        return best_of(self.scores)[0]


def assign(form: Sequence[Candidate]) -> None:
    """Let the controls of a form settle who takes what."""
    _settle_names(form)
    _settle_messages(form)
    for kind in sorted(LISTS["once"]):
        _settle_rivals(form, kind)


def _settle_names(form: Sequence[Candidate]) -> None:
    """A lone “name” is the whole name; beside a last name it is the first, and the other way round."""
    strong = [kind if score >= _STRONG else "" for kind, score in (best_of(each.scores) for each in form)]
    sections = Counter(each.section for each in form)
    # A group of one is no section: some pages put every question into one.
    parts = [each.section if sections[each.section] > 1 else "" for each in form]
    for at, each in enumerate(form):
        near = {strong[other] for other, part in enumerate(parts) if other != at and part == parts[at]}
        scores = each.scores
        if strong[at] == "full_name":
            if "last_name" in near and "first_name" not in near:
                scores["first_name"] = scores["full_name"] + 0.5
            elif "first_name" in near and "last_name" not in near:
                scores["last_name"] = scores["full_name"] + 0.5
        elif strong[at] == "first_name" and not near & {"last_name", "full_name"} and not _is_clearly_first(each):
            # “Имя” and “imię” alone ask for the whole name.
            scores["full_name"] = max(scores.get("full_name", 0), scores["first_name"] + 0.3)


def _is_clearly_first(each: Candidate) -> bool:
    signals = each.signals
    return bool(_CLEARLY_FIRST.search(" ".join((signals.name, signals.id, normal(signals.control.words)))))


def _settle_messages(form: Sequence[Candidate]) -> None:
    """Of several boxes for long texts, the message is the one that says so, or the largest."""
    areas = [each for each in form if is_area(each.signals) and each.best in {"message", ""}]
    if len(areas) > 1:
        chosen = max(areas, key=_size)
        for each in areas:
            if each is not chosen:
                each.scores["message"] = each.scores.get("message", 0) * 0.55


def _size(each: Candidate) -> float:
    _x, _y, width, height = each.signals.control.box
    return each.scores.get("message", 0) + min(_MOST_FOR_AREA, width * height / _AREA_PER_POINT)


def _settle_rivals(form: Sequence[Candidate], kind: str) -> None:
    sections: dict[str, list[int]] = defaultdict(list)
    for at, each in enumerate(form):
        if each.best == kind:
            sections[each.section].append(at)
    for places in sections.values():
        first, *others = sorted(places, key=lambda at: -form[at].scores[kind])
        for at in others:
            scores = form[at].scores
            if kind == "street" and abs(at - first) == 1 and not form[at].signals.control.label:
                scores["street2"] = scores["street"] + 0.2  # a second line without words of its own
            elif scores[kind] < form[first].scores[kind] - _RIVAL:
                scores[kind] *= 0.5
