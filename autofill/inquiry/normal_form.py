"""Normal forms: what a value says, however it was typed. By these two inquiries are compared; nothing is sent of them.

No letter is lost that tells one sentence or number from another: accents, digits and punctuation stay.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

from autofill.inquiry.fields import ANSWERS
from autofill.inquiry.phones import dialled_number

# The same mark, as keyboards, word processors and telephones write it.
_MARKS: Final = str.maketrans(
    dict.fromkeys("`\u00b4\u02b9\u02bb\u02bc\u02c8\u2018\u2019\u201a\u201b\u2032\u2035\u2039\u203a", "'")
    | dict.fromkeys("\u00ab\u00bb\u02ba\u201c\u201d\u201e\u201f\u2033\u2036\u301d\u301e\u301f", '"')
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u2e3a\u2e3b\ufe58", "-")
)
_TYPED_DASH: Final = re.compile(r"(?<=[\w\s])-{2,3}(?=[\w\s])")
# Beside the format characters: what only says how the one before it is drawn.
_DRAWING: Final = re.compile("[\ufe00-\ufe0f]")
_GAPS: Final = re.compile(r"[\s-]+")


def normal_fields(fields: Mapping[str, str]) -> dict[str, str]:
    """An inquiry's content in normal form, by field: phones as they are dialled, texts folded.

    A ZIP code is its first five digits. An address as a whole is left out, since its parts say it.
    """
    found = {}
    for name, text in fields.items():
        if name.startswith(ANSWERS):  # a question's words count however they are typed
            found[folded(name)] = folded(text)
        elif not any(other.startswith(f"{name}.") for other in fields):
            found[name] = _normal(name, text, fields)
    return found


def item_number(text: str) -> str:
    """The number of an item without the spaces and dashes that only group it."""
    return _GAPS.sub("", folded(text))


def folded(text: str) -> str:
    """A text without what typing it otherwise changes: case, white space, width, ligatures, the shape of its marks."""
    # Unicode, D146: decomposed first, since some letters fold differently when a mark is still part of them.
    text = unicodedata.normalize("NFD", text.translate(_MARKS)).casefold()
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    shown = _DRAWING.sub("", "".join(letter for letter in text if unicodedata.category(letter) != "Cf"))
    return _TYPED_DASH.sub("-", " ".join(shown.split()))


def _normal(name: str, text: str, fields: Mapping[str, str]) -> str:
    part_of, _dot, kind = name.rpartition(".")
    match kind:
        case "phone":
            return folded(dialled_number(text, fields.get("contact.address.country", "US")))
        case "postal_code" if fields.get(f"{part_of}.country", "US") == "US":
            return folded(text)[:5]
        case "postal_code":
            return item_number(text)
        case _:
            return folded(text)
