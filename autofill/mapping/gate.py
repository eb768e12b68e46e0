"""Gate between claiming and acting: what a control takes may only be filled where two readers see the same. Pure.

Scores of the rules do not tell right from wrong; agreement with a reader of another kind does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from autofill.mapping.scores import best_of, is_area, source_weights
from autofill.mapping.signals import Signals

_SURE: Final = 0.7  # what the witness must think of any kind
_PLAIN_KINDS: Final = frozenset({"email", "first_name", "last_name", "full_name", "phone", "message"})
_PLAIN_DOUBT: Final = 0.05  # below this the witness speaks against a kind that words rarely miss
_MARGIN: Final = 1.0
_VOTE: Final = 0.9  # what a group of sources must say to have a vote
_SAME: Final = ({"email", "email2"}, {"subject", "topic"})


def may_act(kind: str, margin: float, votes: Mapping[str, str], probability: float) -> bool:
    """Whether a claim may be acted on.

    Args:
        kind: What the rules say.
        margin: By how much they prefer it.
        votes: What each group of signals says by itself.
        probability: What the witness thinks of it, 0 to 1.
    """
    if any(not is_same(vote, kind) for vote in votes.values()):
        return False
    plain = kind in _PLAIN_KINDS and margin >= _MARGIN and probability >= _PLAIN_DOUBT
    return probability >= _SURE or plain


def is_same(one: str, other: str) -> bool:
    """Whether two kinds take the same text."""
    return one == other or any({one, other} <= pair for pair in _SAME)


def votes_of(signals: Signals) -> Mapping[str, str]:
    """What each independent group of signals says the control takes, where it says something clearly."""
    return dict(_votes(signals))


def _votes(signals: Signals) -> Iterator[tuple[str, str]]:
    groups = source_weights()
    near = {source: groups["near"][source] for source in ("left", "above", "before", "title")}
    own = {source: weight for source, weight in groups["own"].items() if source in signals.said}
    for group, weights in (("words", own or near), ("name", groups["names"])):
        found: dict[str, float] = {}
        for source, weight in weights.items():
            for kind, strength in signals.said.get(source, {}).items():
                found[kind] = max(found.get(kind, 0), weight * strength)
        kind, score = best_of(found)
        if score > _VOTE:
            yield group, kind
    for source in ("autocomplete", "options"):
        if source in signals.said:
            yield source, best_of(signals.said[source])[0]
    if signals.control.type in {"email", "tel"}:
        yield "type", {"email": "email", "tel": "phone"}[signals.control.type]
    if is_area(signals):
        yield "size", "message"
