"""Second witness: a small learned reader of controls that has never seen the word lists.

It does not decide what a control takes. What it says about the rules' answer decides whether that may be acted on,
because mistakes of the two are seldom the same. `tests/mapping/train.py` makes `witness.json`. Pure.
"""

from __future__ import annotations

import json
import math
import zlib
from array import array
from base64 import b64decode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from autofill.mapping.assign import Candidate
from autofill.mapping.signals import Signals
from autofill.mapping.words import LISTS, normal
from autofill.page.inventory import PageForm

SLOTS: Final = 4096
"""Pieces of words share this many places; twice as many bring nothing."""

_LABELS: Final = (
    "label",
    "aria_label",
    "row_head",
    "placeholder",
    "left",
    "above",
    "before",
    "column_head",
    "title",
    "preset",
    "after",
)
_NEIGHBOURS: Final = (-2, -1, 1, 2)
_COMPANY: Final = ("first_name", "last_name", "full_name", "message", "_password", "subject", "street", "email")


@dataclass(frozen=True, slots=True)
class _Model:
    """Weights by feature and class, as small whole numbers."""

    classes: tuple[str, ...]
    places: Mapping[str, int]
    weights: array[int]
    scale: float
    bias: tuple[float, ...]


@cache
def _model() -> _Model:
    raw = json.loads(Path(__file__).with_name("witness.json").read_text(encoding="utf-8"))
    places = {name: SLOTS + number for number, name in enumerate(raw["plain"])}
    weights = array("b", zlib.decompress(b64decode(raw["weights"])))
    return _Model(
        classes=tuple(raw["classes"]), places=places, weights=weights, scale=raw["scale"], bias=tuple(raw["bias"])
    )


def belief(features: Mapping[str, float]) -> Mapping[str, float]:
    """Probability by kind of what a control takes; `trap` and `other` are kinds here, too."""
    model = _model()
    width = len(model.classes)
    sums = [0.0] * width
    for name, value in features.items():
        row = int(name[1:]) if name.startswith("#") else model.places.get(name, -1)
        if row >= 0:
            for column, weight in enumerate(model.weights[row * width : (row + 1) * width]):
                sums[column] += weight * value
    logits = [bias + model.scale * total for bias, total in zip(model.bias, sums, strict=True)]
    highest = max(logits)
    powers = [math.exp(logit - highest) for logit in logits]
    return dict(zip(model.classes, (power / sum(powers) for power in powers), strict=True))


def features_of(form: Sequence[Candidate], at: int, around: PageForm | None) -> dict[str, float]:
    """What the witness looks at, by name; pieces of words are named by `#` and their slot.

    Args:
        form: The controls of a form, with scores that no assignment has changed.
        at: Which of them.
        around: The form itself.
    """
    signals = form[at].signals
    found = dict.fromkeys(_words_of(signals), 1.0)
    found.update(dict.fromkeys(_shape_of(signals), 1.0))
    found.update(dict.fromkeys(_company_of(form, at, around), 1.0))
    return found


def _words_of(signals: Signals) -> Iterator[str]:
    control = signals.control
    label, source = _label_of(signals)
    yield from _pieces("T", label)
    placeholder = normal(control.placeholder)[:60]
    if placeholder and source != "placeholder":
        yield from _pieces("P", placeholder)
    yield from _pieces("N", f"{signals.name} {signals.id}".strip()[:60])


def _label_of(signals: Signals) -> tuple[str, str]:
    """The one text that a person would read as the label, and where it stands."""
    control = signals.control
    found = ((text, source) for source in _LABELS if (text := str(getattr(control, source))))
    text, source = next(found, ("", ""))
    return normal(text)[:80], source


def _pieces(prefix: str, text: str) -> Iterator[str]:
    """Words, and rows of three to five letters."""
    padded = f" {text} "
    pieces = [f"w:{word}" for word in text.split()]
    pieces += [padded[at : at + size] for size in (3, 4, 5) for at in range(len(padded) - size + 1)]
    for piece in pieces:
        yield f"#{zlib.crc32((prefix + piece).encode()) % SLOTS}"


def _shape_of(signals: Signals) -> Iterator[str]:
    control = signals.control
    yield f"tag:{control.tag}:{control.type}"
    yield f"max:{min(9, control.maxlength.bit_length())}"
    yield f"opts:{min(9, (1 + len(control.options)).bit_length())}"
    yield from (f"why:{why}" for why in control.hidden)
    yield f"w:{min(6, int(control.box[2]) // 100)}"
    yield f"h:{min(4, int(control.box[3]) // 40)}"
    facts = {
        "required": control.required,
        "readonly": control.readonly,
        "untabbable": control.tabindex == "-1",
        "autocomplete off": control.autocomplete in {"off", "nope", "false"},
        "no text": not _label_of(signals)[0],
        "no name": not signals.name and not signals.id,
    }
    yield from (name for name, holds in facts.items() if holds)


def _company_of(form: Sequence[Candidate], at: int, around: PageForm | None) -> Iterator[str]:
    """The other controls of the form, and what the form is for."""
    last = len(form) - 1
    yield "at:first" if at == 0 else "at:last" if at == last else "at:middle"
    yield f"n:{min(5, len(form) // 3)}"
    for step in _NEIGHBOURS:
        yield f"beside{step}:{form[at + step].best if 0 <= at + step <= last else 'edge'}"
    others = {each.best for each in form if each is not form[at]}
    yield from (f"with:{kind}" for kind in _COMPANY if kind in others)
    if any(each.signals.control.tag == "textarea" for each in form):
        yield "with a box"
    if around is not None:
        words = normal(" ".join((around.id, around.classes, around.name, *around.buttons)))
        yield from (f"form:{word}" for word in sorted(LISTS["purposes"]) if word in words)
