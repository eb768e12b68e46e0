"""List of what a share copy withholds (`withheld.json`), with a commitment to each file's content."""

from __future__ import annotations

import hashlib
import hmac
from typing import Literal

from pydantic import Field

from autofill.evidence.keeping.summary import RecordingModel

_HOW = (
    "sealed_as: HMAC-SHA256 of the file's SHA-256 (its 64 digits), with the original's manifest-sha256.txt as the key."
    " The SHA-256 alone would give away short values, such as telephone numbers, to whoever tries them all."
)


class WithheldFile(RecordingModel):
    """A file of the original that the copy has in another form, or not at all; `sealed_as` commits to its content."""

    path: str
    why: str
    sealed_as: str


class Withheld(RecordingModel):
    """The whole list. `fields` are those whose values are not shown."""

    schema_: Literal["autofill.withheld/1"] = Field(default="autofill.withheld/1", alias="schema")
    run_id: str
    original_tagmanifest_sha256: str
    fields: tuple[str, ...]
    files: tuple[WithheldFile, ...]
    how: str = _HOW


def is_page_picture(path: str) -> bool:
    """Whether a file is a picture of a page; what somebody attached may be a picture, too."""
    return path.endswith(".png") and not path.startswith("data/attachments/")


def commitment(sha256: str, manifest: bytes) -> str:
    """Commitment to a file's hash that only an owner of the original, with its manifest, can check."""
    return hmac.new(manifest, sha256.encode(), hashlib.sha256).hexdigest()
