"""Recording folder: its name, its archive's name, and durable writing, so that a crash leaves whole files or none.

Folders are 0700, files 0600; no personal value is ever part of a name.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Final

from autofill.errors import CannotRecord, DiskTrouble
from autofill.evidence.keeping.bag import contents
from autofill.language import _

# Follow-ups that were written, among the recordings; each has the name of its case's first run in front.
LETTERS = "letters"
# A run with long pages takes a few megabytes; less than this free, and it may end in the middle.
SPACE_WANTED = 50 * 1024**2


# A run's id, as `new_run_id` makes it. It is the name of its recording, which a person may change.
RUN_ID: Final = re.compile(r"(\d{8}T\d{6}Z)-(?:[a-z0-9-]+-)?[0-9a-f]{6}")
TIME_FORMAT: Final = "%Y%m%dT%H%M%SZ"
# Any name of a recording that is safe in paths, addresses and headers.
RECORDING_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,200}")
# What the name of an encrypted recording ends in.
ARCHIVE: Final = ".tar.age"


def new_run_id(now: datetime, topic: str) -> str:
    """New run id, which sorts by time: UTC time, topic if there is one, six random letters. `now` must be in UTC."""
    return "-".join(filter(None, (now.strftime(TIME_FORMAT), topic, secrets.token_hex(3))))


def time_of(run_id: str) -> datetime | None:
    """Time at which a run began, by its id; None for a name that is no run's id."""
    match = RUN_ID.fullmatch(run_id)
    return datetime.strptime(match[1], TIME_FORMAT).replace(tzinfo=UTC) if match else None


def picture_place(number: int, slug: str) -> str:
    """Where in a recording the picture of a step is."""
    return "data/confirmation.png" if slug == "confirmation" else f"data/steps/{number:04}-{slug}.png"


def archive_of(recording: Path) -> Path:
    """Path of the archive that a recording folder is encrypted into."""
    return recording.with_name(recording.name + ARCHIVE)


def profile_named(recordings: Path, profile: str) -> Path:
    """Absolute path of a profile that a run of these recordings names.

    A relative one began where the run was started: as a rule where the recordings are, whatever folder this is.
    """
    beside = recordings.absolute().parent / profile
    return beside if os.path.exists(beside) else Path(profile).absolute()  # noqa: PTH110 - of what can be no path it says no


@dataclass(frozen=True, slots=True)
class RecordingFolder:
    """A recording on disk. Paths inside it are written relative to it, with forward slashes: `data/run.json`."""

    path: Path

    @classmethod
    def create(cls, recordings: Path, run_id: str) -> RecordingFolder:
        """Make the folder.

        Raises:
            CannotRecord: it cannot be made, so nothing may be sent.
            DiskTrouble: there is too little space for a whole recording.
        """
        path = recordings / run_id
        make_home(recordings)
        try:
            if shutil.disk_usage(recordings).free < SPACE_WANTED:
                words = _("{recordings} has less than {size} MiB of free space. Nothing was sent.")
                raise DiskTrouble(
                    words.format(size=SPACE_WANTED // 1024**2, recordings=recordings),
                    hint=_("Free some space, or choose another folder with --recordings or AUTOFILL_RECORDINGS."),
                )
            for folder in (path, path / "data", path / "data" / "steps"):
                folder.mkdir(mode=0o700)
        except OSError as error:
            raise _cannot_record(recordings, error) from None
        return cls(path)

    def add_folder(self, name: str) -> None:
        """Make one more folder for payload files; that it is there already is fine.

        Raises:
            DiskTrouble: it cannot be made.
        """
        try:
            (self.path / name).mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise DiskTrouble(
                _("{name} could not be created: {reason}.").format(name=name, reason=error.strerror),
                hint=_("Free some space."),
            ) from None

    def write(self, name: str, content: bytes) -> None:
        """Write a file durably: temporary name, fsync, rename, fsync of the folder.

        Raises:
            DiskTrouble: it could not be written whole; no partial file has the name.
        """
        target = self.path / name
        # Runs side by side write the same file of a folder that they share.
        temporary = target.with_name(f".{target.name}.{secrets.token_hex(3)}.part")
        try:
            with durable_file(temporary) as file:
                file.write(content)
            temporary.replace(target)
            sync_to_disk(target.parent)
        except OSError as error:
            temporary.unlink(missing_ok=True)
            raise DiskTrouble(
                _("{name} could not be written: {reason}.").format(name=name, reason=error.strerror),
                hint=_("Free some space."),
            ) from None

    def payload(self) -> list[str]:
        """Names of all payload files, sorted: what the manifest lists.

        Raises:
            Damage: there is something else than files and folders, or more than any recording has.
        """
        return sorted(name for name in contents(self.path).files if name.startswith("data/"))


def make_home(recordings: Path) -> None:
    """Make the folder that all recordings lie in; that it is there already is fine.

    Raises:
        CannotRecord: it cannot be made, so nothing may be sent.
    """
    try:
        recordings.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise _cannot_record(recordings, error) from None


def _cannot_record(recordings: Path, error: OSError) -> CannotRecord:
    words = _("The recording folder cannot be created in {recordings}: {reason}. Nothing was sent.")
    hint = _("Choose another folder with --recordings or AUTOFILL_RECORDINGS.")
    return CannotRecord(words.format(recordings=recordings, reason=error.strerror), hint=hint)


@contextmanager
def durable_file(path: Path, if_there: int = os.O_TRUNC) -> Iterator[IO[bytes]]:
    """File for its owner alone, to be written; it is on disk when the block ends. `if_there` is a flag of `os.open`."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | if_there, 0o600), "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def sync_to_disk(path: Path) -> None:
    """Flush to disk what is in a file, or what was made, renamed or removed in a folder."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove_tree(top: Path) -> None:
    """Remove a folder with everything in it, however deep, and also what cannot be read; links are not followed.

    What lies deeper is moved up first: a path may be longer than the system takes, and deeper than Python calls.
    """
    waiting = [top]
    while waiting:
        folder = waiting.pop()
        folder.chmod(0o700)
        with os.scandir(folder) as found:
            entries = [(Path(entry.path), entry.is_dir(follow_symlinks=False)) for entry in found]
        for path, is_folder in entries:
            if not is_folder:
                path.unlink()
            elif folder == top:
                waiting.append(path)
            else:
                path.chmod(0o700)  # whoever moves a folder writes into it
                waiting.append(path.rename(top / f".{secrets.token_hex(8)}.leaving"))
        if folder != top:
            folder.rmdir()
    top.rmdir()
