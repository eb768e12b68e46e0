"""Checks of how an inquiry is worded: what makes a clerk's work harder than it need be.

Functions from a reading to the place advice belongs to, by the names in `advice.yaml`; no grammar, only small lists
and counts. Doubts stay silent.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from autofill.inquiry.fields import text_of, trail_of
from autofill.organisations.common.language_detection import seems_english
from autofill.organisations.common.rule import Condition
from autofill.organisations.common.text import WORDS, Found, Reading, words_of

LONG: Final = 2_000
"""Characters after which a message is long: half of what the longest known form takes."""

_FURTHER: Final = (
    r"(?i)\b(?:another|a second|a different|one more|unrelated) (?:problem|issue|complaint|matter|question)\b"
    r"|\b(?:two|three|four|several|many) (?:different |separate )?(?:problems|issues|complaints|matters)\b|\bsecondly\b"
)


def subject_unclear(reading: Reading) -> Found | None:
    """The subject says nothing about what it is about."""
    subject = reading.get("subject")
    # A number says which one is meant, whatever the words are.
    clear = telling(reading) or re.search(r"\d(?:[ -]?\d){5}", subject)
    return Found(("subject",)) if subject and not clear else None


def shouting(reading: Reading) -> Found | None:
    """Capitals or rows of exclamation marks."""
    if _is_loud(reading.get("subject"), 2):
        return Found(("subject",))
    sentences = re.split(r"(?<=[.!?])\s+", reading.get("message"))
    return Found(("message",)) if any(_is_loud(each, 4) for each in sentences) else None


def rudeness(reading: Reading) -> Found | None:
    """Words that insult."""
    return reading.mentions(WORDS["rude"])


def too_long(reading: Reading) -> Found | None:
    """More than a clerk reads at once."""
    return Found(("message",)) if len(reading.get("message")) > LONG else None


def several_problems(reading: Reading) -> Found | None:
    """More than one problem in so many words."""
    return Found(("message",)) if re.search(_FURTHER, reading.get("message")) else None


def beyond_the_plane(reading: Reading) -> Found | None:
    """Emoji and other letters that take two places in UTF-16, which forms may cut or refuse."""
    texts = ((name, text_of(reading.fields, name)) for name in reading.fields)
    found = (name for name, text in texts if not text.isascii() and max(text) > "\uffff")
    return next((Found(trail_of(name)) for name in found), None)


def other_language(reading: Reading) -> Found | None:
    """The message is in another language than the organisation reads; only English is known from others."""
    foreign = reading.language == "en" and not seems_english(reading.get("message"))
    return Found(("message",)) if foreign else None


def telling(reading: Reading) -> set[str]:
    """The words of the subject that tell what it is about; the organisation's own name tells nothing."""
    return set(words_of(reading.get("subject"))) - WORDS["vague"] - set(words_of(reading.addressee))


def _is_loud(text: str, least: int) -> bool:
    # Figures, and letters of most scripts, have no capitals.
    words = [word for word in words_of(text.replace("_", " ")) if len(word) > 3 and word.upper() != word.lower()]
    loud = sum(word.upper() in text for word in words)
    return "!!" in text or (loud >= least and 2 * loud > len(words))


CONDITIONS: Final[Mapping[str, Condition]] = {
    "subject-unclear": subject_unclear,
    "shouting": shouting,
    "rude": rudeness,
    "long": too_long,
    "several-problems": several_problems,
    "emoji": beyond_the_plane,
    "not-english": other_language,
}
