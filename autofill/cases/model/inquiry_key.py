"""The name under which the ledger knows an inquiry without knowing a word of it. Pure.

No database and no profile model may be known here; what comes out cannot be turned back.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import unicodedata
from collections.abc import Mapping


def inquiry_key(salt: bytes, form: str, origin: str, fields: Mapping[str, str]) -> str:
    """The key of one inquiry: 64 hexadecimal digits, the same however its text is spaced, cased or composed.

    Salted, because a plain hash of a telephone number or a ZIP code is found by trying them all.

    Args:
        salt: The ledger's own secret.
        form: The form map's name.
        origin: Scheme, host and port the form is at.
        fields: What the inquiry says, by field; empty ones count as absent, their order does not matter.
    """
    said = sorted((name, text) for name, value in fields.items() if (text := _folded(value)))
    # JSON keeps the borders between the parts, so that no text can slip from one field into the next.
    return hmac.new(salt, json.dumps([form, origin, said]).encode("ascii"), hashlib.sha256).hexdigest()


def _folded(text: str) -> str:
    # Decomposed first: some letters fold differently when a mark is still part of them (Unicode, D145).
    folded = unicodedata.normalize("NFD", text).casefold()
    return " ".join(unicodedata.normalize("NFC", folded).split())
