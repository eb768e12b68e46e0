"""An inquiry as an experienced clerk reads it: its words, its sentences, and what they are about.

Facts about one inquiry only; what follows from them is in `situations` and `wording`.
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from autofill.inquiry.models import Inquiry, Item
from autofill.sources.strict_yaml import Trail

_ABOUT_ITEMS = frozenset({"missing-package", "track-package", "mail-delivery", "claim", "refund"})
_NOTHING = Item()  # every field of it has a default


@dataclass(frozen=True, slots=True)
class Found:
    """Where in the file advice belongs, and the day it speaks of, if any."""

    trail: Trail
    day: date | None = None


@dataclass(frozen=True)
class Reading:
    """One inquiry, read on one day."""

    inquiry: Inquiry
    today: date

    @property
    def item(self) -> Item:
        """The item, with nothing known about it if none is given."""
        return self.inquiry.item or _NOTHING

    @property
    def is_about_an_item(self) -> bool:
        """Whether the topic is about something that was mailed."""
        return self.inquiry.topic in _ABOUT_ITEMS

    @cached_property
    def text(self) -> str:
        """Subject and message."""
        return f"{self.inquiry.subject or ''}\n{self.inquiry.message}"

    @cached_property
    def sentences(self) -> tuple[frozenset[str], ...]:
        """The words of each sentence, the subject being one of them."""
        return tuple(frozenset(words_of(each)) for each in re.split(r"(?<=[.!?])\s+|\n\s*\n", self.text))

    def mentions(self, words: AbstractSet[str]) -> Found | None:
        """Where one of the words stands: the subject, or else the message."""
        if not words.isdisjoint(words_of(self.inquiry.subject or "")):
            return Found(("subject",))
        return Found(("message",)) if any(words & each for each in self.sentences) else None


def words_of(text: str) -> list[str]:
    """The words of a text in small letters; numbers are none."""
    return re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", text.casefold())
