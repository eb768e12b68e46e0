"""Purge: removal of a recording's personal content; a tombstone stays.

In this order, each on disk before the next: the signature of the tombstone; the tombstone, pending; the files, what was
never sealed first; the tombstone, complete. An interrupted purge is completed by the next one.
"""

from __future__ import annotations

import glob
import os
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Final, Literal

from pydantic import ValidationError

from autofill.errors import DiskTrouble, FileMissing
from autofill.evidence.keeping import bag
from autofill.evidence.keeping.bag import TAG_MANIFEST, Damage, FileDigest, content_of, digest_of
from autofill.evidence.keeping.folder import (
    ARCHIVE,
    LETTERS,
    RUN_ID,
    RecordingFolder,
    archive_of,
    remove_tree,
    sync_to_disk,
    time_of,
)
from autofill.evidence.keeping.journal import JOURNAL
from autofill.evidence.keeping.summary import RunSummary
from autofill.evidence.sealing.seal import KeyChoice, configured
from autofill.evidence.sealing.tombstone import (
    TOMBSTONE,
    TOMBSTONE_SIGNATURE,
    RemovedFile,
    Tombstone,
    sign_tombstone,
    tombstone_of,
)
from autofill.language import _

# They name files and hold hashes; without them the signature and the time-stamps would vouch for nothing.
_KEPT_FILES: Final = {TOMBSTONE, TOMBSTONE_SIGNATURE, TAG_MANIFEST, bag.SIGNATURES, *bag.TAG_FILES}
# Bytes that a file takes in a tombstone, but for its name.
_LINES_OF_A_FILE: Final = 140
# A run that is neither sealed nor older than this may still be writing.
_SAFE_AGE: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PurgeRequest:
    """Request to purge: by whom and why. A run of which `is_open` says that it still matters is kept."""

    who: str
    because: str
    is_open: Callable[[str], bool]
    now: datetime
    rehearsal: bool = False


PurgeStatus = Literal["purged", "purged-before", "would-be-purged", "kept"]


@dataclass(frozen=True, slots=True)
class PurgeResult:
    """Result for one recording: why it was kept, or how much was or would be removed.

    `fault` says in words why the tombstone is not signed, and how to get it signed.
    """

    recording: Path
    run_id: str
    became: PurgeStatus
    why: str = ""
    files: int = 0
    bytes: int = 0
    fault: str = ""

    @classmethod
    def of(cls, path: Path, tombstone: Tombstone, became: PurgeStatus, why: str = "", fault: str = "") -> PurgeResult:
        """Result from what the tombstone says, or would say."""
        files, size = len(tombstone.removed), sum(file.bytes for file in tombstone.removed)
        return cls(path, tombstone.run_id, became=became, why=why, files=files, bytes=size, fault=fault)


def older_than(recordings: Path, age: timedelta, now: datetime) -> list[Path]:
    """Recordings of at least this age, by the time in their names; share copies and other names are left out.

    Raises:
        FileMissing: The folder cannot be read.
    """
    try:
        names = {entry.name.removesuffix(ARCHIVE) for entry in os.scandir(recordings)}
    except FileNotFoundError:
        return []
    except OSError as error:
        raise FileMissing.unreadable(recordings, error, _("Choose another folder with --recordings.")) from None
    return [recordings / name for name in sorted(names) if (made := time_of(name)) and now - made >= age]


def begun(recordings: Path) -> list[Path]:
    """Recordings whose purge began and could not end."""
    found = ((path, tombstone_of(path)) for path in sorted(recordings.glob("*/")) if not path.is_symlink())
    return [path for path, tombstone in found if tombstone and not tombstone.complete]


def complete(recording: Path, key: KeyChoice = configured) -> PurgeResult:
    """Complete what an earlier purge began.

    Raises:
        DiskTrouble: it still cannot.
    """
    tombstone = tombstone_of(recording)
    if tombstone is None:
        raise FileMissing(_("{recording} is not a recording.").format(recording=recording))
    return _carry_out(recording, tombstone, tombstone, key)


def purge(recording: Path, request: PurgeRequest, key: KeyChoice = configured) -> PurgeResult:
    """Remove what is personal in a recording, named by its folder or by its archive; or say why not.

    Raises:
        FileMissing: There is no such recording.
        DiskTrouble: Something could not be removed; the next purge goes on there.
    """
    recording = recording.absolute()
    folder = recording.with_name(recording.name.removesuffix(ARCHIVE))
    tombstone = tombstone_of(folder)
    if folder.is_symlink() or not (tombstone or (folder / "data").is_dir() or archive_of(folder).is_file()):
        raise FileMissing(
            _("{recording} is not a recording.").format(recording=recording), hint=_("Give its folder or its archive.")
        )
    if tombstone is not None and tombstone.complete and not _files(folder):
        return PurgeResult.of(folder, tombstone, "purged-before")
    if not request.rehearsal:
        _open_up(folder)
    fresh = _tombstone_for(folder, request, tombstone)
    if tombstone is None and (why := _why_keep(fresh, request, encrypted=not folder.is_dir())):
        return PurgeResult.of(folder, fresh, "kept", why)
    if request.rehearsal:
        return PurgeResult.of(folder, fresh, "would-be-purged")
    return _carry_out(folder, fresh, tombstone, key)


def _open_up(folder: Path) -> None:
    """See that every folder can be looked into, as far as they are ours: what is hashed can still be shown later."""
    waiting = [folder] if folder.is_dir() else []
    for place in waiting:
        with suppress(OSError):
            place.chmod(0o700)
            with os.scandir(place) as found:
                waiting += [place / entry.name for entry in found if entry.is_dir(follow_symlinks=False)]


def _tombstone_for(folder: Path, request: PurgeRequest, earlier: Tombstone | None) -> Tombstone:
    """The tombstone as it has to stand before anything is removed. An earlier one is taken over with all its hashes."""
    removed = tuple(_removed_files(folder))
    if earlier is not None:
        known = {file.path for file in earlier.removed}
        more = (file for file in removed if file.path not in known)
        return earlier.model_copy(update={"complete": False, "removed": (*earlier.removed, *more)})
    summary = _summary(folder)
    return Tombstone(
        run_id=summary.run_id if summary and summary.run_id else folder.name,
        verdict=summary.verdict if summary else None,
        sealed=(folder / TAG_MANIFEST).is_file(),
        purged_by=request.who,
        purged_at=request.now,
        because=request.because,
        complete=False,
        removed=removed,
    )


def _why_keep(tombstone: Tombstone, request: PurgeRequest, *, encrypted: bool) -> str:
    if request.is_open(tombstone.run_id):
        return _("Its outcome is not known, or its case is still open.")
    made = time_of(tombstone.run_id)
    if not (tombstone.sealed or encrypted) and made and request.now - made < _SAFE_AGE:
        return _("It is not sealed, and its run may still be writing.")
    return ""


def _carry_out(folder: Path, tombstone: Tombstone, earlier: Tombstone | None, key: KeyChoice) -> PurgeResult:
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        fault = sign_tombstone(folder, tombstone, earlier, key)
        RecordingFolder(folder).write(TOMBSTONE, tombstone.content)
        gone = _files(folder)
        for path in gone:
            _remove(path)
        for place in {folder, folder.parent, *(path.parent for path in gone)}:
            sync_to_disk(place)
        RecordingFolder(folder).write(TOMBSTONE, tombstone.completed.content)
    except OSError as error:
        raise DiskTrouble(
            _("{recording} could not be purged completely: {reason}.").format(recording=folder, reason=error.strerror),
            hint=_("Run autofill purge again: it continues where it stopped."),
        ) from None
    return PurgeResult.of(folder, tombstone, "purged", fault=fault)


def _files(folder: Path) -> list[Path]:
    """Files to remove, in this order: what was never sealed first, because nothing is lost with it."""
    there = [path for path in folder.iterdir() if path.name not in _KEPT_FILES] if folder.is_dir() else []
    there.sort(key=lambda path: (path.name != bag.BESIDE, path.name))
    return [*there, *_related_files(folder)]


def _related_files(folder: Path) -> list[Path]:
    """Files of a recording that lie elsewhere: the archive, the letters of its case, and what was rescued."""
    letters = (folder.parent / LETTERS).glob(f"{glob.escape(folder.name)}-*")
    return [path for path in (archive_of(folder), *sorted(letters)) if path.exists()] + _rescued(folder)


def _rescued(folder: Path) -> list[Path]:
    """Temporary folder with what a full disk would not take; never a copy of a whole recording."""
    place = Path(tempfile.gettempdir()) / folder.name
    try:
        found = place.lstat()
    except OSError:
        return []
    ours = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and bool(RUN_ID.fullmatch(place.name))
    whole = any((place / name).exists() for name in (JOURNAL, TAG_MANIFEST, TOMBSTONE))
    return [place] if ours and not whole and place != folder.absolute() else []


def _remove(path: Path) -> None:
    """Remove a file, a folder or a link; links are not followed."""
    if path.is_dir() and not path.is_symlink():
        remove_tree(path)
    else:
        path.unlink()


def _removed_files(folder: Path) -> Iterator[RemovedFile]:
    """What will be removed, as far as a tombstone can hold it; what was sealed has its own room there."""
    left, listed = bag.MOST_BYTES, set[str]()
    for files in (_unsealed_files(folder), _sealed_files(folder)):
        room = bag.LARGEST_TEXT // 4
        for place, path in files:
            # A name may be of bytes that are no text, which JSON cannot hold.
            name = path.relative_to(place).as_posix().encode(errors="backslashreplace").decode()
            room -= len(name) + _LINES_OF_A_FILE
            if name in listed or room < 0:
                continue
            listed.add(name)
            found = _digest(path, left)
            left -= found.size if found.sha256 else 0
            yield RemovedFile(path=name, sha256=found.sha256, bytes=found.size)


def _unsealed_files(folder: Path) -> Iterator[tuple[Path, Path]]:
    """Files below everything that will go, links too, with the folder that their names count from."""
    for top in _files(folder):
        place = next(place for place in (folder, folder.parent, top.parent) if place in top.parents)
        inside = [top]
        if top.is_dir() and not top.is_symlink():
            there = (
                top / name for name, entry in bag.walk(top, strict=False) if not entry.is_dir(follow_symlinks=False)
            )
            inside = sorted(islice(there, bag.MOST_ENTRIES))
        yield from ((place, path) for path in inside)


def _sealed_files(folder: Path) -> Iterator[tuple[Path, Path]]:
    """The same for what the manifest names: without their hashes nothing would show that they belonged to it."""
    with suppress(Damage):
        names = bag.read_manifest(folder, bag.MANIFEST)
        yield from ((folder, folder / name) for name in names if os.path.lexists(folder / name))


def _digest(path: Path, most: int) -> FileDigest:
    """Digest of a file; without a hash where it is no plain file, or larger than `most` bytes."""
    try:
        size = path.lstat().st_size
        return digest_of(path.parent, path.name) if size <= most else FileDigest("", size)
    except (Damage, OSError):
        return FileDigest("", 0)


def _summary(folder: Path) -> RunSummary | None:
    try:
        return RunSummary.model_validate_json(content_of(folder, "data/run.json"), extra="ignore")
    except (Damage, ValidationError):
        return None
