"""Values that several fields make together: a town behind its postal code, an address in one box. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from autofill.mapping.gate import own_words, says_nothing_else
from autofill.mapping.recognise import FIELDS, Recognised
from autofill.mapping.signals import signals_of, takes_text, text_meaning
from autofill.mapping.words import LISTS, normal

_PLACES: Final = frozenset({"postal_code", "city", "state"})
# What parts the words for them, or else white space.
_BETWEEN: Final = re.compile(r"\s*(?:[+/,&]|\s(?:and|und|et|y|e|dan|en)\s)\s*", re.IGNORECASE)


def composed(first: Recognised, form: Sequence[Recognised]) -> str:
    """What a control takes of an inquiry, as a form map says it, where no single field is all of it; empty elsewhere.

    Args:
        first: The control.
        form: All controls of its form.
    """
    control = first.control
    if first.trap or not control.usable or not takes_text(control) or control.tag == "select":
        return ""
    (signals,) = signals_of([control])
    words = own_words(signals)
    if not says_nothing_else(signals, words):
        return ""
    if first.kind == "street" and set(text_meaning(words)) == {"street"}:
        apart = {each.kind for each in form if not each.trap}
        said = {*normal(words).split()}
        return "contact.address" if said & LISTS["whole"] and not apart & {"city", "postal_code"} else ""
    return _place_line(words) if first.kind in _PLACES else ""


def _place_line(words: str) -> str:
    """The parts of an address in the order of the words for them, if they are two or three."""
    kinds = kinds_in(words)
    if len(kinds) < 2 or not _PLACES.issuperset(kinds):
        return ""
    line = "".join(
        f"{', ' if kinds[at - 1] == 'city' else ' '}{{{{ {FIELDS[kind]} }}}}" for at, kind in enumerate(kinds)
    )
    return line.lstrip(", ")


def kinds_in(words: str) -> tuple[str, ...]:
    """What words name one by one, if they name each once and nothing besides: “PLZ / Ort”."""
    bare = re.sub(r"[*:]", " ", words).strip()
    parts = [each for each in _BETWEEN.split(bare) if each.strip()]
    parts = parts if len(parts) > 1 else bare.split()
    kinds = tuple(kind for each in parts for kind in text_meaning(each))
    return kinds if len(kinds) == len(parts) == len({*kinds}) else ()
