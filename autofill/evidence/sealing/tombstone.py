"""Tombstone of a purged recording: what it was, and who removed its content, when and why.

It holds hashes and names of files, never what was in them. It is signed as recordings are: unsigned, anybody could
have written it.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final, Literal

from pydantic import Field, ValidationError

from autofill.errors import Misconfigured
from autofill.events import Verdict
from autofill.evidence.keeping import bag
from autofill.evidence.keeping.bag import Damage
from autofill.evidence.keeping.folder import RecordingFolder
from autofill.evidence.keeping.summary import RecordingModel
from autofill.evidence.sealing.seal import KeyChoice, attempted
from autofill.evidence.sealing.signature import BadSignature, PublicKey, SshSignature
from autofill.language import _

TOMBSTONE: Final = "tombstone.json"
TOMBSTONE_SIGNATURE: Final = f"{TOMBSTONE}.sig"


class RemovedFile(RecordingModel):
    """A file as it was when it was removed: SHA-256 and size in bytes.

    The hash is empty for what was no plain file, or larger than all files of a recording.
    """

    path: str
    sha256: str
    bytes: int


class Tombstone(RecordingModel):
    """Tombstone in the place of a recording. Its JSON is a contract, as that of `run.json` is.

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
    removed: tuple[RemovedFile, ...]

    @property
    def completed(self) -> Tombstone:
        """The tombstone once everything is removed."""
        return self.model_copy(update={"complete": True})


def tombstone_of(recording: Path) -> Tombstone | None:
    """The tombstone of a recording; None if it was not purged, or what lies there is no tombstone."""
    try:
        return Tombstone.model_validate_json(bag.content_of(recording, TOMBSTONE))
    except (Damage, ValidationError):
        return None


def sign_tombstone(recording: Path, tombstone: Tombstone, earlier: Tombstone | None, key: KeyChoice) -> str:
    """Sign what a tombstone will say in the end, or say why not; done first, so completing it needs no key.

    Whatever the key's trouble is, it only is told: nobody's data may stay because of a key. An earlier tombstone is
    taken over under the same key alone, otherwise whoever wrote one would get a signature under it.

    Raises:
        DiskTrouble: the signature could not be written.
    """
    text = tombstone.completed.content

    def made() -> SshSignature | None:
        if _signer(recording, text):
            return None  # an interrupted purge goes on
        signer = key()
        if signer is None:
            raise Misconfigured(_("There is no key (AUTOFILL_SIGNING_KEY=none)."))
        if earlier and _signer(recording, earlier.completed.content) != signer.public:
            raise Misconfigured(_("There is an earlier one that this key has not signed."))
        return signer.sign(text)

    signature, fault = attempted(made)
    if signature:
        RecordingFolder(recording).write(TOMBSTONE_SIGNATURE, signature.armoured.encode())
    if fault is None:
        return ""
    (recording / TOMBSTONE_SIGNATURE).unlink(missing_ok=True)
    said = _("The tombstone is not signed: {why} Later: autofill seal --sign {recording}")
    return said.format(why=fault, recording=recording)


def signer_of(recording: Path, name: str, signed: bytes) -> PublicKey:
    """The key of a signature that lies in a recording.

    Raises:
        Damage: there is no such signature, or it does not fit what was signed.
    """
    try:
        found = SshSignature.read(bag.text_of(recording, name))
        found.check(signed)
    except BadSignature as bad:
        raise Damage(name, str(bad)) from None
    return found.key


def _signer(recording: Path, text: bytes) -> PublicKey | None:
    try:
        return signer_of(recording, TOMBSTONE_SIGNATURE, text)
    except Damage:
        return None


def check_tombstone(recording: Path, tombstone: Tombstone) -> str:
    """Fingerprint of the key that signed a tombstone.

    Raises:
        Damage: the purge was interrupted, or the tombstone is not signed, or other than it was signed.
    """
    if not tombstone.complete:
        raise Damage(TOMBSTONE, _("the purge was interrupted; autofill purge completes it"))
    if not (recording / TOMBSTONE_SIGNATURE).exists():
        raise Damage(TOMBSTONE, _("is not signed: anyone could have written it"))
    return signer_of(recording, TOMBSTONE_SIGNATURE, bag.content_of(recording, TOMBSTONE)).fingerprint


def check_remaining(recording: Path, tombstone: Tombstone) -> str:
    """Check that everything that stayed is as it was sealed, and say in words what was purged.

    Raises:
        Damage: something is left that should be gone, has changed, or is missing.
    """
    tag_files = bag.read_manifest(recording, bag.TAG_MANIFEST) if tombstone.sealed else {}
    stayed = {TOMBSTONE, TOMBSTONE_SIGNATURE, *((*tag_files, bag.TAG_MANIFEST) if tombstone.sealed else bag.TAG_FILES)}
    there = bag.contents(recording)
    signatures = {name for name in there.files if tombstone.sealed and name.startswith(f"{bag.SIGNATURES}/")}
    for name in sorted({*there.files, *there.folders} - stayed - signatures - {bag.SIGNATURES}):
        raise Damage(name, _("is still there, though the tombstone says that it was purged"))
    bag.check(recording, tag_files)
    removed = {file.path: file.sha256 for file in tombstone.removed}
    for name, digest in (bag.read_manifest(recording, bag.MANIFEST) if tombstone.sealed else {}).items():
        if removed.get(name) != digest:
            raise Damage(name, _("was removed, but not as it was sealed"))
    sealed = _("purged on {day} by {who}: {why} ({number} files; what stays is as it was sealed)")
    never = _("purged on {day} by {who}: {why} ({number} files, which were not sealed)")
    return (sealed if tombstone.sealed else never).format(
        day=f"{tombstone.purged_at:%Y-%m-%d}", who=tombstone.purged_by, why=tombstone.because, number=len(removed)
    )
