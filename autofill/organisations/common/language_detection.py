"""Whether a text seems to be English: a guess from its letters and its smallest words.

No dictionary and no model; a text too short to tell counts as English, so that nobody is told what is not so.
"""

from __future__ import annotations

from typing import Final

from autofill.organisations.common.text import WORDS, words_of

_ENOUGH: Final = 12
"""Words from which on an English text would certainly hold some of the small ones."""


def seems_english(text: str) -> bool:
    """Whether a text is English as far as can be told."""
    letters = [] if text.isascii() else [letter for letter in text if letter.isalpha()]
    # Basic Latin to Latin Extended-B; one syllable of Hangul or Han stands for two letters or more.
    foreign = sum(ord(letter) > 0x24F for letter in letters)
    if 4 * foreign > len(letters):
        return False
    words = words_of(text)
    english, german, indonesian = (
        sum(word in WORDS[language] for word in words) for language in ("english", "german", "indonesian")
    )
    if max(german, indonesian) > english:
        return False
    return len(words) < _ENOUGH or 10 * english > len(words)
