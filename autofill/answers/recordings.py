"""Answers about recordings: one for each recording that was named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from autofill.evidence.archiving.purge import PurgeStatus
from autofill.evidence.sealing.verification import Check
from autofill.line import JsonLine


@dataclass(frozen=True, kw_only=True)
class Verified(JsonLine):
    """What was found out about a recording; times are in UTC (ISO 8601).

    `ok` says that all is as it was sealed, `sound` that it was, by somebody who is known here. `checks` end with the
    first that is wrong.
    """

    recording: str
    ok: bool
    sound: bool
    unknown: tuple[str, ...]
    first_wrong: str | None
    signed_by: str | None
    stamped_at: tuple[str, ...]
    checks: tuple[Check, ...]


@dataclass(frozen=True, kw_only=True)
class VerifyAnswer(Verified):
    """How a recording verifies."""

    schema: Literal["autofill.verify/1"] = "autofill.verify/1"


@dataclass(frozen=True, kw_only=True)
class DecryptAnswer(Verified):
    """Recording that came out of an archive, and how it verifies."""

    schema: Literal["autofill.decrypt/1"] = "autofill.decrypt/1"
    archive: str


@dataclass(frozen=True, kw_only=True)
class EncryptAnswer(JsonLine):
    """Archive that a recording is in now."""

    schema: Literal["autofill.encrypt/1"] = "autofill.encrypt/1"
    recording: str
    archive: str


@dataclass(frozen=True, kw_only=True)
class SealAnswer(JsonLine):
    """What was added to a recording, and how it verifies then; of one that cannot be sealed, `error` says why."""

    schema: Literal["autofill.seal/1"] = "autofill.seal/1"
    recording: str
    done: tuple[str, ...] = ()
    ok: bool | None = None
    sound: bool | None = None
    unknown: tuple[str, ...] = ()
    first_wrong: str | None = None
    signed_by: str | None = None
    stamped_at: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    error: str | None
    exit_code: int


@dataclass(frozen=True, kw_only=True)
class ShareAnswer(JsonLine):
    """Copy of a recording with what was typed covered; of one that was changed there is none, and `error` says why."""

    schema: Literal["autofill.share/1"] = "autofill.share/1"
    recording: str
    copy: str | None
    original_tagmanifest_sha256: str | None = None
    withheld_fields: tuple[str, ...] = ()
    withheld_pictures: tuple[str, ...] = ()
    signed: bool = False
    faults: tuple[str, ...] = ()
    error: str | None
    exit_code: int


@dataclass(frozen=True, kw_only=True)
class PurgeAnswer(JsonLine):
    """What became of a recording: why it was kept, or how much was or would be removed."""

    schema: Literal["autofill.purge/1"] = "autofill.purge/1"
    recording: str
    run_id: str
    became: PurgeStatus
    why: str
    files: int
    bytes: int
    fault: str
