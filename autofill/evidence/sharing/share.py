"""Share copy of a recording: personal values covered in pictures and texts, itself sealed.

The original is read and never changed. What is not certainly harmless is left out, and everything left out is listed.
"""

from __future__ import annotations

import hashlib
import secrets
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from autofill import __version__
from autofill.clock import in_utc
from autofill.errors import Misconfigured, OurBug
from autofill.evidence.keeping.folder import RecordingFolder, sync_to_disk
from autofill.evidence.keeping.journal import JOURNAL, Journal
from autofill.evidence.sealing.seal import Sealed, seal, stamped_as_configured
from autofill.evidence.sealing.verify import WITHHELD, verify_recording
from autofill.evidence.sharing.draft import Draft
from autofill.evidence.sharing.original import Original
from autofill.evidence.sharing.redaction import Choice
from autofill.evidence.sharing.withheld import Withheld, is_page_picture
from autofill.language import _

_STATEMENT: Final = Path(__file__).with_name("templates") / "share.txt"


@dataclass(frozen=True, slots=True)
class ShareResult:
    """Finished share copy, what it withholds, and the result of sealing it."""

    copy: Path
    withheld: Withheld
    sealed: Sealed

    @property
    def missing_pictures(self) -> tuple[str, ...]:
        """Pictures of the original that the copy has in no form."""
        names = (file.path for file in self.withheld.files if is_page_picture(file.path))
        return tuple(name for name in names if not (self.copy / name).exists())


def share(recording: Path, to: Path | None = None, choice: Choice | None = None) -> ShareResult:
    """Make a copy to hand out, beside the original or in the folder `to`.

    Raises:
        Damage: the original is not sealed, or not as it was sealed.
        Misconfigured: there is such a copy, the original is one itself, or it has no such field.
        CannotRecord, DiskTrouble: the copy could not be written.
        OurBug: the copy is not as it has to be. Whatever is raised, no copy is left.
    """
    original, choice = Original(recording.resolve()), choice or Choice()
    known = {what.field for what in original.entered.values()}
    if unknown := sorted((choice.keep | choice.only) - known):
        raise Misconfigured(
            _("The recording has no field {names}.").format(names=", ".join(unknown)),
            hint=_("Its fields: {names}").format(names=", ".join(sorted(known))),
        )
    place, name = to or original.path.parent, f"{original.run_id}-share"
    if (place / name).exists():
        raise Misconfigured(
            _("The copy already exists: {copy}").format(copy=place / name),
            hint=_("Delete it, or choose another folder with --out."),
        )
    draft = Draft(original, choice)
    folder = RecordingFolder.create(place, f".{name}-{secrets.token_hex(3)}")
    try:
        _write(folder, draft)
        sealed = _sealed(folder, name, original)
        folder.path.rename(place / name)
    except BaseException:
        shutil.rmtree(folder.path, ignore_errors=True)
        raise
    sync_to_disk(place)
    return ShareResult(place / name, draft.withheld(), sealed)


def _write(folder: RecordingFolder, draft: Draft) -> None:
    """Write every file, and a journal that says for each file of the original what was done with it."""
    withheld = draft.withheld()
    journal = Journal(folder.path / JOURNAL)
    original = withheld.original_tagmanifest_sha256
    journal.write("copy", run_id=withheld.run_id, original=original, withheld=list(withheld.fields))
    for name, content in {**draft.files, WITHHELD: withheld.content}.items():
        folder.write(name, content)
        journal.write("file", path=name, sha256=hashlib.sha256(content).hexdigest(), bytes=len(content))
    for file in withheld.files:
        journal.write("withheld", path=file.path, why=file.why)
    journal.close()


def _sealed(folder: RecordingFolder, name: str, original: Original) -> Sealed:
    statement = _STATEMENT.read_text(encoding="utf-8").format(
        run_id=original.run_id,
        made=in_utc(datetime.now(UTC)),
        version=__version__,
        original=original.seal,
    )
    copy_of = f"{original.run_id} tagmanifest-sha256={original.seal}"
    sealed = seal(folder, name, notes=[("Copy-Of", copy_of)], statement_text=statement.encode())
    if wrong := verify_recording(folder.path).first_wrong:
        raise OurBug(
            _("The copy failed its check ({wrong}) and was deleted.").format(wrong=wrong.name),
            hint=_("Please report it."),
        )
    return stamped_as_configured(folder, sealed)
