"""An inquiry as text: its words, its sentences, and whether it mentions something.

Facts about one inquiry only; what follows from them is advice's.
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Final

from autofill.inquiry.fields import Fields, text_of
from autofill.sources.strict_yaml import Trail
from autofill.sources.tables import read_words

WORDS: Final = read_words(Path(__file__).with_name("words.txt"))


@dataclass(frozen=True, slots=True)
class Found:
    """Where in the profile advice belongs, and the day it speaks of, if any."""

    trail: Trail
    day: date | None = None


@dataclass(frozen=True)
class Reading:
    """One inquiry, read on one day; `addressee` is the name of the organisation, `language` what it reads."""

    fields: Fields
    today: date
    addressee: str = ""
    language: str = "en"

    def get(self, name: str) -> str:
        """The text of a field; empty if the inquiry does not give it."""
        return text_of(self.fields, name)

    def day(self, name: str) -> date | None:
        """The day that a field gives."""
        return date.fromisoformat(text) if (text := self.get(name)) else None

    @cached_property
    def text(self) -> str:
        """Subject and message."""
        return f"{self.get('subject')}\n{self.get('message')}"

    @cached_property
    def sentences(self) -> tuple[frozenset[str], ...]:
        """The words of each sentence, the subject being one of them."""
        return tuple(frozenset(words_of(each)) for each in re.split(r"(?<=[.!?])\s+|\n\s*\n", self.text))

    def mentions(self, words: AbstractSet[str]) -> Found | None:
        """Where one of the words stands: the subject, or else the message."""
        if not words.isdisjoint(words_of(self.get("subject"))):
            return Found(("subject",))
        return Found(("message",)) if any(words & each for each in self.sentences) else None


def words_of(text: str) -> list[str]:
    """The words of a text in small letters; numbers are none."""
    return re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", text.casefold())
