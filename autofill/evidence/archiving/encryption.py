"""Encryption of a recording into one file, `<run id>.tar.age`, and back.

The format is age (age-encryption.org/v1) around a tar file, so that `age -d` and `tar` open it without autofill.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tarfile
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import IO, Final

from autofill.errors import DiskTrouble, Misconfigured
from autofill.evidence.archiving.age import Identities, Recipients
from autofill.evidence.keeping.bag import DEEPEST, MOST_BYTES, MOST_ENTRIES, Damage, contents, opened
from autofill.evidence.keeping.folder import archive_of, durable_file, remove_tree, sync_to_disk
from autofill.language import _

# A recording has a few megabytes; what has more, with films for example, lies in a file without a name meanwhile.
_IN_MEMORY: Final = 1 << 26
_REMOVING: Final = ".leaving"


def encrypt(recording: Path, recipients: Recipients, identities: Identities | None = None) -> Path:
    """Put a recording into an archive that only the recipients can open, then remove its folder.

    With identities, the archive is opened once more before the folder goes.

    Raises:
        DiskTrouble: It could not be written or read back; the folder is as it was.
    """
    recording = recording if recording.name else recording.absolute()
    archive = archive_of(recording)
    temporary = archive.with_name(f".{archive.name}.part")
    try:
        with tempfile.SpooledTemporaryFile(_IN_MEMORY, dir=str(archive.parent)) as plain:
            _pack(recording, plain)
            plain.seek(0)
            with durable_file(temporary) as file:
                recipients.encrypt(plain, file)
            ended = not plain.read(1)
            plain.seek(0)
            digest = hashlib.file_digest(plain, "sha256").hexdigest()
        if not ended or (identities and identities.digest(temporary) != digest):
            raise DiskTrouble(_("The archive differs from what was put into it."), hint=_("The folder is untouched."))
        temporary.replace(archive)
        sync_to_disk(archive.parent)
        _remove_atomically(recording)
    except OSError as error:
        raise _disk_trouble(archive, error) from None
    finally:
        temporary.unlink(missing_ok=True)
    return archive


def decrypt(archive: Path, identities: Identities) -> Path:
    """Restore a recording's folder beside its archive, which stays.

    Raises:
        FileMissing: There is no such archive.
        Misconfigured: It does not open, holds something else, or its folder is there already.
        DiskTrouble: The folder could not be written.
    """
    place = archive.with_name(f".{archive.name}.unpacking")
    try:
        _remove(place)
        place.mkdir(mode=0o700)
        # The file has no name, so that no crash leaves it behind.
        with tempfile.TemporaryFile(dir=place) as plain:
            identities.decrypt(archive, plain)
            plain.seek(0)
            folder = archive.with_name(_unpack(plain, place))
        if folder.exists():
            raise Misconfigured(_("{folder} already exists.").format(folder=folder), hint=_("Move it somewhere else."))
        (place / folder.name).rename(folder)
        sync_to_disk(folder.parent)
    except OSError as error:
        raise _disk_trouble(archive, error) from None
    finally:
        with suppress(OSError):
            _remove(place)
    return folder


def clear_leftovers(recordings: Path) -> None:
    """Remove folders whose archives were complete when their removal was interrupted.

    Raises:
        DiskTrouble: one cannot be removed.
    """
    for leaving in recordings.glob(f".*{_REMOVING}"):
        try:
            _remove(leaving)
        except OSError as error:
            raise _disk_trouble(leaving, error) from None


def _pack(folder: Path, to: IO[bytes]) -> None:
    """Write a tar of the folder that depends on nothing but names and contents; private when unpacked."""
    try:
        there = contents(folder, beside=True)
    except Damage as damage:
        raise _not_whole(damage) from None
    with tarfile.open(fileobj=to, mode="w") as tar:
        for name in ("", *sorted((*there.folders, *there.files))):
            entry = tarfile.TarInfo(f"{folder.name}/{name}".rstrip("/"))
            if name not in there.files:
                entry.type, entry.mode = tarfile.DIRTYPE, 0o700
                tar.addfile(entry)
                continue
            try:
                with opened(folder, name) as file:
                    entry.size, entry.mode = os.fstat(file.fileno()).st_size, 0o600
                    tar.addfile(entry, file)
            except Damage as damage:
                raise _not_whole(damage) from None
            except OSError as error:
                if error.errno:
                    raise  # what `tarfile` says of a file that ends early has no number
                raise DiskTrouble(_("{file} became shorter in the meantime.").format(file=name)) from None


def _not_whole(damage: Damage) -> DiskTrouble:
    return DiskTrouble(_("Not everything can be encrypted: {what}.").format(what=damage))


def _unpack(plain: IO[bytes], place: Path) -> str:
    """Unpack what `_pack` made, and nothing else; the folder's name."""
    names, size = set(), 0
    try:
        with tarfile.open(fileobj=plain, mode="r:") as tar:
            for number, entry in enumerate(tar):
                parts, size = entry.name.split("/"), size + entry.size
                if not {"", ".", ".."}.isdisjoint(parts) or not (entry.isdir() or entry.isreg()):
                    raise tarfile.TarError
                if number > MOST_ENTRIES or size > MOST_BYTES or len(parts) > DEEPEST + 1:
                    raise tarfile.TarError  # few bytes may say that they are many (GNU's sparse files)
                names.add(parts[0])
                target = place / entry.name
                if entry.isdir():
                    target.mkdir(mode=0o700)
                elif content := tar.extractfile(entry):
                    with durable_file(target, os.O_EXCL) as file:
                        shutil.copyfileobj(content, file)
        (name,) = names
    except (tarfile.TarError, ValueError, RecursionError, FileNotFoundError, FileExistsError, NotADirectoryError):
        what = _("The archive contains something that is not a recording.")
        raise Misconfigured(what, hint=_("Nothing was unpacked.")) from None
    return name


def _remove_atomically(recording: Path) -> None:
    """Remove a recording: renamed first, because half a recording must never look like one."""
    leaving = recording.with_name(f".{recording.name}{_REMOVING}")
    _remove(leaving)
    recording.rename(leaving)
    sync_to_disk(recording.parent)
    _remove(leaving)


def _remove(folder: Path) -> None:
    with suppress(FileNotFoundError):  # another process may be clearing up, too
        remove_tree(folder)


def _disk_trouble(archive: Path, error: OSError) -> DiskTrouble:
    return DiskTrouble(
        _("{file} could not be processed: {reason}.").format(file=archive, reason=error.strerror),
        hint=_("Free some space, and check that the folder belongs to you."),
    )
