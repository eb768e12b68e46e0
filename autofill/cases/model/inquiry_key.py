"""The name under which the ledger knows an inquiry without knowing a word of it. Pure.

No database and no profile model may be known here; what comes out cannot be turned back.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import unicodedata
from collections.abc import Callable, Mapping
from typing import Final

from autofill.inquiry.normal_form import normal_fields


def inquiry_key(salt: bytes, form: str, origin: str, fields: Mapping[str, str]) -> str:
    """The key of one inquiry: 64 hexadecimal digits, the same however it is typed.

    Salted, because a plain hash of a telephone number or a ZIP code is found by trying them all.

    Args:
        salt: The ledger's own secret.
        form: The form map's name.
        origin: Scheme, host and port the form is at.
        fields: What the inquiry says, by field; empty ones count as absent, their order does not matter.
    """
    return _hash(salt, form, origin, normal_fields(fields))


def first_versions_key(salt: bytes, form: str, origin: str, fields: Mapping[str, str]) -> str:
    """The key by the rule of the first version, which folded case, composition and white space, and no more."""
    return _hash(salt, form, origin, {name: _composed(text) for name, text in fields.items()})


KEY_RULES: Final[tuple[Callable[[bytes, str, str, Mapping[str, str]], str], ...]] = (inquiry_key, first_versions_key)
"""Every rule that keys were made by, today's first: what was sent under an older one stays sent."""


def _hash(salt: bytes, form: str, origin: str, fields: Mapping[str, str]) -> str:
    said = sorted((name, text) for name, text in fields.items() if text)
    # JSON keeps the borders between the parts, so that no text can slip from one field into the next.
    return hmac.new(salt, json.dumps([form, origin, said]).encode("ascii"), hashlib.sha256).hexdigest()


def _composed(text: str) -> str:
    # Decomposed first: some letters fold differently when a mark is still part of them (Unicode, D145).
    composed = unicodedata.normalize("NFD", text).casefold()
    return " ".join(unicodedata.normalize("NFC", composed).split())
