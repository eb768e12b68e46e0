"""Gate between claiming and acting: what a control takes may only be filled where two readers see the same. Pure.

Scores of the rules do not tell right from wrong; agreement with a reader of another kind does.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from autofill.mapping.scores import best_of, is_area, source_weights
from autofill.mapping.signals import Signals, narrowest, text_meaning
from autofill.mapping.words import LISTS, in_brackets, normal, others, unexplained

_SURE: Final = 0.7  # what the witness must think of any kind
_PLAIN_DOUBT: Final = 0.05  # below this the witness speaks against a kind that words rarely miss
_OBJECTS: Final = 0.9
_MARGIN: Final = 1.0
_ADDRESS: Final = 3  # how many other parts make an address
_HINT: Final = 0.2  # what a word in a label must say to be heard
_LABEL: Final = 60  # letters
_VOTE: Final = 0.9  # what a group of sources must say to have a vote
_EITHER: Final = frozenset({"or", "oder", "ou", "o", "atau", "또는"})
_OTHER_NAME: Final = {"first_name": "last_name", "last_name": "first_name"}
_PERSONAL: Final = frozenset({"first_name", "last_name", "full_name", "company"})
_SAME: Final = ({"email", "email2"}, {"subject", "topic"})


@dataclass(frozen=True, slots=True)
class Claim:
    """What the rules say a control takes, and what else is known about that.

    `margin` is by how much they prefer the kind, `probability` what the witness thinks of it, 0 to 1, and `objection`
    what it thinks of its being no field at all; `company` are the kinds that the form has. `apart` says that it may be
    somebody else's: there are two of it in the form, or it stands under words for another. `unread` says that nobody
    here reads the form's language, and that no other control takes this.
    """

    kind: str
    signals: Signals
    margin: float
    probability: float
    objection: float
    company: Collection[str]
    apart: bool
    unread: bool = False

    @property
    def contradicted(self) -> bool:
        """Whether a group of signals by itself says something else."""
        return any(not self.means(vote) for vote in votes_of(self.signals).values())

    def means(self, kind: str) -> bool:
        """Whether a kind that something says is the claimed one; a “name” beside a last name is the first.

        What may be a first name, too, is the whole one where none is asked for beside it. A “title” is that of the
        message where nobody's name is asked for.
        """
        other = _OTHER_NAME.get(self.kind)
        beside = kind == "full_name" and other in self.company
        alone = (kind, self.kind) == ("first_name", "full_name") and "last_name" not in self.company
        titled = (kind, self.kind) == ("_prefix", "subject") and not _PERSONAL & set(self.company)
        return is_same(kind, self.kind) or beside or alone or titled


def may_act(claim: Claim) -> bool:
    """Whether a claim may be acted on: nothing contradicts or adds to it, and one of four things speaks for it.

    The witness is sure; or it is a kind that words rarely miss, which the witness does not exclude; or the label says
    the kind and not one word more; or nobody reads the label, and the page says it to browsers, and in a second way.
    """
    kind, signals = claim.kind, claim.signals
    sure = claim.probability >= _SURE
    if claim.contradicted or claim.apart or (kind == "message" and not is_area(signals)):
        return False
    if says_more(claim) and not (sure and _asks_freely(claim)):
        return claim.unread and _is_told_twice(claim)
    clear = claim.margin >= _MARGIN and claim.probability >= _PLAIN_DOUBT and votes_of(signals).keys() != {"size"}
    exact = claim.objection <= _OBJECTS and _is_exact(claim) and _fits(claim)
    return sure or (kind in LISTS["plain"] and clear) or exact


def _fits(claim: Claim) -> bool:
    """Whether a kind that is exactly named may stand where it does: a town alone may be anything's."""
    kind, address = claim.kind, LISTS["address"]
    among_others = kind in address and len(address & set(claim.company)) > _ADDRESS
    return kind in LISTS["exact"] or among_others or (kind in address and "options" in votes_of(claim.signals))


def says_more(claim: Claim) -> bool:
    """Whether its label has words that are not the field's: whose e-mail address, the name of what, a town of birth.

    Labels are short; a long text explains. Where an address or something else is asked for, an address will do.
    """
    text = own_words(claim.signals)
    besides = [kind for kind, strength in text_meaning(text).items() if strength > _HINT and not claim.means(kind)]
    ambiguous = LISTS["ambiguous"] & set(normal(text).split())
    if claim.kind == "email" and _EITHER & set(normal(text).split()):
        besides = [kind for kind in besides if kind not in {"_username", "phone"}]
    return len(text) <= _LABEL and bool(besides or ambiguous or unexplained(text) or of_another(in_brackets(text)))


def _is_told_twice(claim: Claim) -> bool:
    """Whether, where no word of its label is known, two other things say what it is; browsers are told of all but text.

    The word `autocomplete=email` is for the address of the one who writes, and no other's.
    """
    text, votes = own_words(claim.signals), votes_of(claim.signals).keys()
    told = "autocomplete" in votes or {"name", "size"} <= votes
    return told and len(votes) > 1 and not (text_meaning(text) or of_another(text))


def reads(form: Iterable[Signals]) -> bool:
    """Whether at least half of the labels of a form say something."""
    labels = [text for text in map(own_words, form) if text]
    return sum(bool(text_meaning(text)) for text in labels) * 2 >= len(labels)


def _asks_freely(claim: Claim) -> bool:
    """Whether it asks for a message in words of its own: “Tell us”, but no “gift message”."""
    return claim.kind == "message" and not text_meaning(own_words(claim.signals))


def is_about_another(signals: Signals) -> bool:
    """Whether it stands under words for somebody else: the recipient, a child, the deceased."""
    return of_another(signals.control.legend, signals.control.heading)


def of_another(*texts: str) -> bool:
    """Whether words are for somebody else."""
    words = {word for text in texts for word in normal(text).split()}
    return any(word.startswith(others()) for word in words)


def _is_exact(claim: Claim) -> bool:
    """Whether its label says this kind, and nothing else at all."""
    said = text_meaning(own_words(claim.signals))
    return bool(said) and all(map(claim.means, said)) and not says_more(claim)


def says_nothing_else(signals: Signals, text: str) -> bool:
    """Whether words name no more than fields, and nobody else's."""
    ambiguous = LISTS["ambiguous"] & set(normal(text).split())
    return bool(text) and len(text) <= _LABEL and not (ambiguous or unexplained(text) or is_about_another(signals))


def own_words(signals: Signals) -> str:
    """What a person would read as the label: its own words, or the nearest that mean something."""
    control = signals.control
    own = (narrowest(control.label), control.aria_label, control.row_head, control.placeholder)
    near = (control.left, control.above, control.before)
    return next((text for text in own if text), "") or next((text for text in near if text_meaning(text)), "")


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
        is_sender = (group, kind, signals.control.type) == ("name", "full_name", "email")
        if score > _VOTE and not is_sender:  # “sender” is what a box for addresses is called, too
            yield group, kind
    for source in ("autocomplete", "options"):
        if source in signals.said:
            yield source, best_of(signals.said[source])[0]
    if signals.control.type in {"email", "tel"}:
        yield "type", {"email": "email", "tel": "phone"}[signals.control.type]
    if is_area(signals):
        yield "size", "message"
