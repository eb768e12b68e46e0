"""The tombstone of a purged recording: what it was, and who removed its content, when and why. Removes nothing itself.

It holds hashes and names of files, never what was in them.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from autofill.events import Verdict
from autofill.evidence.keeping import bag
from autofill.evidence.keeping.bag import Damage
from autofill.evidence.keeping.folder import RecordingFolder
from autofill.language import _

TOMBSTONE: Final = "tombstone.json"


class TombstonePart(BaseModel):
    """Base of the tombstone's parts."""

    model_config = ConfigDict(frozen=True, extra="forbid", serialize_by_alias=True, validate_by_name=True)


class Removed(TombstonePart):
    """A file as it was when it was removed: SHA-256 (empty for what was no plain file) and size in bytes."""

    path: str
    sha256: str
    bytes: int


class Tombstone(TombstonePart):
    """What stands in the place of a recording. Its JSON is a contract, as that of `run.json` is.

    `complete` is false while the removal is under way, and stays so if that is interrupted. `verdict` is None where no
    summary could be read. With a sealed recording the manifests and signatures stay beside the tombstone, so that
    whoever holds one of its files can still show that it belonged to it.
    """

    schema_: Literal["autofill.tombstone/1"] = Field(default="autofill.tombstone/1", alias="schema")
    run_id: str
    verdict: Verdict | None
    sealed: bool
    purged_by: str
    purged_at: datetime
    because: str
    complete: bool
    removed: tuple[Removed, ...]

    def write(self, recording: Path) -> None:
        """Put it into the recording's folder, durably.

        Raises:
            DiskTrouble: it could not be written.
        """
        RecordingFolder(recording).write(TOMBSTONE, (self.model_dump_json(indent=1) + "\n").encode())


def tombstone_of(recording: Path) -> Tombstone | None:
    """The tombstone of a recording; None if it was not purged, or what lies there is no tombstone."""
    try:
        return Tombstone.model_validate_json(bag.content_of(recording, TOMBSTONE))
    except (Damage, ValidationError):
        return None


def check_rest(recording: Path, stone: Tombstone) -> str:
    """What was purged, in words, once everything that stayed is found as it was sealed.

    Raises:
        Damage: something is left that should be gone, has changed, or is missing.
    """
    if not stone.complete:
        raise Damage(TOMBSTONE, _("the purge was interrupted; autofill purge completes it"))
    tag_files = bag.listed(recording, bag.TAG_MANIFEST) if stone.sealed else {}
    stayed = {TOMBSTONE, *tag_files, bag.TAG_MANIFEST}
    for name in bag.files(recording):
        if name not in stayed and not name.startswith(f"{bag.SIGNATURES}/"):
            raise Damage(name, _("is still there, though the tombstone says that it was purged"))
    bag.check(recording, tag_files)
    removed = {file.path: file.sha256 for file in stone.removed}
    for name, digest in (bag.listed(recording, bag.MANIFEST) if stone.sealed else {}).items():
        if removed.get(name) != digest:
            raise Damage(name, _("was removed, but not as it was sealed"))
    return _("purged on {day} by {who}: {why} ({number} files; what stays is as it was sealed)").format(
        day=f"{stone.purged_at:%Y-%m-%d}", who=stone.purged_by, why=stone.because, number=len(removed)
    )
