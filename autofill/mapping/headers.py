"""Which field of an inquiry each column of a table is for, by the words of its header. Pure.

What is not clear has none: a person looks at what is proposed, and puts in what they know.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from autofill.inquiry.profile import HINTS
from autofill.mapping.recognise import FIELDS
from autofill.mapping.words import LISTS, meaning, normal, unexplained

# How much a header must say of a kind, and how much less of every other.
_CLEAR, _AHEAD = 0.5, 0.2
# Kinds of which a column tells nothing: a form's topics have names of their own.
_NOT_BY_MEANING = {"topic"}
# The parts of a name, of each the other.
_OTHER_PART = {"contact.first_name": "contact.last_name", "contact.last_name": "contact.first_name"}


def propose(header: Sequence[str], fields: Collection[str], item: str | None = None) -> tuple[str | None, ...]:
    """The field for each column, or None.

    Args:
        header: The columns' names.
        fields: The fields that a column can go into.
        item: The field with the number of the item that an inquiry is about, if there is one.
    """
    found = [_by_name(name, fields) or _by_meaning(name, fields, item) for name in header]
    # A name beside one part of it is the other part, such as 이름 beside 성.
    lacking = [other for part, other in _OTHER_PART.items() if part in found and other not in found]
    if lacking and lacking[0] in fields:
        found = [lacking[0] if field == FIELDS["full_name"] else field for field in found]
    times = Counter(found)
    return tuple(field if times[field] == 1 else None for field in found)


def _by_name(name: str, fields: Collection[str]) -> str | None:
    """The one field whose own name holds all the words of the column's, or is it."""
    words = normal(name).split()
    key = "_".join(words)
    key = HINTS.meant.get(key, key)
    same = [field for field in fields if key in {field, field.rpartition(".")[2], "_".join(_words(field))}]
    if not same and len(words) > 1:
        meant = {each for word in words for each in _words(HINTS.meant.get(word, word))}
        same = [field for field in fields if meant <= set(_words(field))]
    shortest = sorted(same, key=lambda field: field.count("."))
    is_clear = len(same) == 1 or (same and shortest[0].count(".") < shortest[1].count("."))
    return shortest[0] if is_clear else None


def _by_meaning(name: str, fields: Collection[str], item: str | None) -> str | None:
    """What forms mean by these words, if they say nothing else besides."""
    said = sorted(meaning(normal(name)).items(), key=lambda pair: -pair[1])
    is_clear = said and said[0][1] >= _CLEAR and (len(said) == 1 or said[0][1] - said[1][1] >= _AHEAD)
    if not is_clear or unexplained(name) or LISTS["asides"] & set(normal(name).split()):
        return None
    kind = said[0][0]
    field = item if kind == "_tracking" else FIELDS.get(kind)
    return field if field in fields and kind not in _NOT_BY_MEANING else None


def _words(field: str) -> list[str]:
    return re.split(r"[._]", field)
