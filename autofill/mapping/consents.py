"""Sentences beside a box by which somebody agrees or confirms, and what they are about: privacy, terms, truth. Pure.

An answer about one thing ticks no box that is about another, or about one more.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from autofill.mapping.lexicon import LISTS, fold
from autofill.sources.tables import read_table

_FEW: Final = 5  # words that name a thing and say nothing about it
_ASIDE: Final = frozenset({"verbs", "nots"})


def agrees(said: str, asked: str) -> bool:
    """Whether who gave an answer under these words agreed to all that a sentence is about, and to nothing less."""
    about = _about(asked)
    plain = not any(_says("nots", text) for text in (said, asked))
    names = _says("verbs", said) or len(fold(said).split()) <= _FEW
    return bool(about) and about <= _about(said) and plain and names and _says("verbs", asked)


def goes_beyond(said: str, asked: str) -> bool:
    """Whether a sentence is about what the words of an answer do not name, or name to refuse it: it is none to that.

    Whoever only says that they agree may mean one thing, which is never a newsletter.
    """
    about, named = _about(asked), _about(said)
    if about & named and _says("nots", said) != _says("nots", asked):
        return True
    agreeing = _says("verbs", said) or bool(named)
    return agreeing and not about <= named and (bool(named) or len(about) > 1 or "newsletter" in about)


@lru_cache(maxsize=1024)
def _about(text: str) -> frozenset[str]:
    return frozenset(kind for kind in _patterns() if kind not in _ASIDE and _says(kind, text))


def _says(kind: str, text: str) -> bool:
    return bool(_patterns()[kind].search(fold(text)))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    table = read_table(LISTS / "consents.txt")
    return {kind: re.compile(patterns.replace(" | ", "|")) for kind, patterns in table.items()}
