"""Recognition of a page's controls: which field each takes, how sure that is, why, and whether it may be acted on.

Pure, but for `classify` and `acted`, which read the page themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, Protocol, TypeAlias

from autofill.mapping.assign import Candidate, assign
from autofill.mapping.gate import Claim, is_about_another, may_act, reads
from autofill.mapping.reasons import reasons_for
from autofill.mapping.scores import best_of, scores_of
from autofill.mapping.signals import Signals, forms_of, signals_of, takes_text
from autofill.mapping.traps import CLAIMABLE, FORBIDDEN_KINDS, INVISIBLE, purpose_trap, trap_reason
from autofill.mapping.witness import belief, features_of
from autofill.mapping.words import LISTS, NAME_PARTS
from autofill.page.engines import INVENTORY_SCRIPT
from autofill.page.inventory import Inventory, PageControl, PageForm, inventory_from

FIELDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "first_name": "contact.first_name",
        "last_name": "contact.last_name",
        "full_name": "contact.name",
        "company": "contact.company",
        "email": "contact.email",
        "email2": "contact.email",
        "phone": "contact.phone",
        "street": "contact.address.street",
        "street2": "contact.address.unit",
        "city": "contact.address.city",
        "state": "contact.address.state",
        "postal_code": "contact.address.postal_code",
        "country": "contact.address.country",
        "subject": "subject",
        "topic": "topic",
        "message": "message",
    }
)
"""Field of an inquiry by kind of control. A middle name is none: it is recognised, and left to answers."""

WITNESSED: Final[Mapping[str, str]] = MappingProxyType({"email2": "email", "topic": "subject"})
"""Kinds that are one for the witness and for scorers."""

Witness: TypeAlias = Callable[[Mapping[str, float]], Mapping[str, float]]
"""A second reader: probability by kind, from features."""

_CLAIMED: Final = 1.6  # the score from which a kind is claimed; anything from 0.8 to 2 does about as well


_AGREED: Final = 1.0  # the same where the witness says it, too
_ONE_OF_A_KIND: Final = LISTS["once"] - {"message"}
_AGREES: Final = 0.7
_PHONE_PARTS: Final = frozenset({"_phone_cc", "_phone_area", "_phone_part"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """What a control takes.

    `kind` is what it is (`email`; with `_` before it, something that no inquiry has; empty if nothing is known),
    `field` what of an inquiry goes into it, if anything. `confidence` is 0 to 1; `reasons` can be read by a person.
    `act` says that it may be filled without asking. `trap` says why it must not be touched at all. `scores` are what
    the rules make of it, by kind.
    """

    control: PageControl
    kind: str = ""
    field: str = ""
    confidence: float = 0.0
    reasons: tuple[str, ...] = ()
    act: bool = False
    trap: str = ""
    scores: tuple[tuple[str, float], ...] = ()


def recognise(inventory: Inventory, witness: Witness = belief) -> tuple[Recognised, ...]:
    """What every control of a page takes that can be filled, in the order of the inventory."""
    found = (each for form in forms_of(inventory.controls) for each in _recognised(form, inventory.forms, witness))
    return tuple(sorted(found, key=lambda each: each.control.index))


def candidates_of(form: Sequence[Signals]) -> list[Candidate]:
    """The controls of a form that a field could go into, with scores that no assignment has changed."""
    has_box = any(each.control.tag == "textarea" for each in form)
    usable = (each for each in form if takes_text(each.control))
    return [Candidate(each, scores_of(each, has_message_box=has_box)) for each in usable]


def _recognised(controls: Sequence[PageControl], forms: Sequence[PageForm], witness: Witness) -> Iterator[Recognised]:
    form = signals_of(controls)
    around = forms[controls[0].form] if controls[0].form >= 0 else None
    among_visible = any(takes_text(each.control) and each.control.visible for each in form)
    traps = {each.control.index: trap_reason(each, among_visible=among_visible) for each in form}
    candidates = candidates_of(form)
    beliefs = [witness(features_of(candidates, at, around)) for at in range(len(candidates))]
    free = [each for each in candidates if traps[each.signals.control.index] in {"", INVISIBLE}]
    assign(free)
    kinds = [each.best for each in free]
    purpose = purpose_trap(kinds, form, around)
    believed = {each.signals.control.index: belief for each, belief in zip(candidates, beliefs, strict=True)}
    claimed = {each.signals.control.index: each for each in free}
    for signals in form:
        index = signals.control.index
        trap = traps[index] or purpose
        if index in claimed:
            yield _judged(claimed[index], trap, believed[index], free)
        else:
            yield Recognised(control=signals.control, trap=trap)


def _judged(candidate: Candidate, trap: str, believed: Mapping[str, float], form: Sequence[Candidate]) -> Recognised:
    """What the rules claim, and whether the witness agrees enough to act on it."""
    signals, scores = candidate.signals, candidate.scores
    kind, score = best_of(scores)
    trap = trap or FORBIDDEN_KINDS.get(kind, "")
    probability = believed.get(WITNESSED.get(kind, kind), 0.0)
    if score < (_AGREED if probability >= _AGREES and signals.control.visible else _CLAIMED):
        return Recognised(control=signals.control, trap=trap, scores=tuple(scores.items()))
    kinds = [each.best for each in form]
    wider = {kind, *({"full_name"} if kind in NAME_PARTS else ())}
    if kind == "full_name" and "last_name" not in kinds:
        wider.add("first_name")
    margin = score - max((other for name, other in scores.items() if name not in wider), default=0.0)
    seen = [each for each in form if each is candidate or each.signals.control.visible]
    alike = [each for each in seen if (each.best, each.part) == (kind, candidate.part)]
    twins = sum(1 for each in alike if each.scores[kind] >= _AGREED) if kind in _ONE_OF_A_KIND else 0
    objection = max(believed.get("other", 0.0), believed.get("trap", 0.0))
    claim = Claim(
        kind=kind,
        signals=signals,
        margin=margin,
        probability=probability,
        objection=objection,
        company=kinds,
        apart=is_about_another(signals) or twins > 1 or (kind == "phone" and _is_rest(candidate, form)),
        unread=sum(each.best == kind for each in seen) == 1 and not reads(each.signals for each in seen),
    )
    return Recognised(
        control=signals.control,
        kind=kind,
        field="" if trap else FIELDS.get(kind, ""),
        confidence=_confidence(claim),
        reasons=reasons_for(kind, signals, probability),
        act=signals.control.usable and not trap and kind in FIELDS and may_act(claim),
        trap=trap,
        scores=tuple(scores.items()),
    )


def _is_rest(phone: Candidate, form: Sequence[Candidate]) -> bool:
    """Whether the country or the area of a number has a control of its own beside it."""
    at = next(number for number, each in enumerate(form) if each is phone)
    return any(each.best in _PHONE_PARTS for each in form[max(0, at - 1) : at + 2])


def _confidence(claim: Claim) -> float:
    """How sure both readers are together."""
    doubt = (1 - min(claim.margin / 4, 0.9)) * (1 - claim.probability)
    return round((1 - doubt) * (0.5 if claim.contradicted else 1.0), 2)


class _ReadablePage(Protocol):
    """A page that answers at once, such as Playwright's synchronous one."""

    def evaluate(self, expression: str) -> Any: ...


def classify(page: _ReadablePage) -> list[tuple[int, str]]:
    """What is claimed on a page: place among `input,select,textarea`, and kind; for scorers of classifiers."""
    return [(each.control.place, scored(each.kind)) for each in _claims(page)]


def acted(page: _ReadablePage) -> list[tuple[int, str]]:
    """What would be filled without asking, as `classify` gives it."""
    return [(each.control.place, scored(each.kind)) for each in _claims(page) if each.act]


def claims_of(found: Iterable[Recognised]) -> list[Recognised]:
    """What of it a scorer counts: fields of a person on controls of the page itself that are no traps."""
    kinds = {*FIELDS, "middle_name"}
    return [each for each in found if each.kind in kinds and each.trap in CLAIMABLE and each.control.place >= 0]


def scored(kind: str) -> str:
    """The kind as scorers call it."""
    return WITNESSED.get(kind, kind)


def _claims(page: _ReadablePage) -> list[Recognised]:
    return claims_of(recognise(inventory_from([page.evaluate(INVENTORY_SCRIPT)])))
