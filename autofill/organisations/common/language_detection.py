"""Whether a text seems to be English: a guess from its letters and its smallest words.

No dictionary and no model; a text too short to tell counts as English, so that nobody is told what is not so.
"""

from __future__ import annotations

from typing import Final

from autofill.organisations.common.text import words_of

# Small words that are frequent in one language and mean nothing in the others.
_ENGLISH: Final = frozenset(
    words_of("""
    and are at been but by can could did for from had has have if is it me my no not of on or our please she that the
    their there they this to us we were what when where which who with would you your
""")
)
_GERMAN: Final = frozenset(
    words_of("""
    aber auf bei bitte das dem den der ein eine einem einen ich ihnen ist keine mein meine mit nach nicht seit sie
    sind und vom von wann wo wurde zu zum
""")
)
_INDONESIAN: Final = frozenset(
    words_of("""
    adalah apakah belum bisa dan dari dengan di dikirim ini itu kami ke mohon pada saya sampai sudah telah terima
    tidak tolong untuk yang
""")
)
_ENOUGH: Final = 12
"""Words from which on an English text would certainly hold some of the small ones."""


def seems_english(text: str) -> bool:
    """Whether a text is English as far as can be told."""
    letters = [letter for letter in text if letter.isalpha()]
    # Basic Latin to Latin Extended-B; one syllable of Hangul or Han stands for two letters or more.
    foreign = sum(ord(letter) > 0x24F for letter in letters)
    if 4 * foreign > len(letters):
        return False
    words = words_of(text)
    english, german, indonesian = (sum(word in small for word in words) for small in (_ENGLISH, _GERMAN, _INDONESIAN))
    if max(german, indonesian) > english:
        return False
    return len(words) < _ENOUGH or 10 * english > len(words)
