"""Files that go with an inquiry: each opened once, below the profile's folder, checked, and held as bytes.

What is checked here is what is kept and uploaded: nobody opens the path a second time.
"""

from __future__ import annotations

import hashlib
import os
import stat
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from autofill.errors import FileMissing, InvalidFile, Problem
from autofill.language import _
from autofill.sources.source import Source
from autofill.sources.strict_yaml import Trail

MAX_BYTES = 10 * 1024 * 1024
# What a file of each kind begins with; text has no such mark.
_BEGINNINGS: dict[str, tuple[bytes, ...]] = {
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".gif": (b"GIF87a", b"GIF89a"),
    ".webp": (b"RIFF",),
    ".pdf": (b"%PDF-",),
    ".txt": (b"",),
}


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file as it was when the run began. `path` is as written in the profile; the bytes stay out of every repr."""

    path: str
    data: bytes = field(repr=False)

    @property
    def fingerprint(self) -> str:
        """By which the ledger knows it again: the SHA-256 of its content, and its ending."""
        return f"{hashlib.sha256(self.data).hexdigest()}{self.ending}"

    @property
    def ending(self) -> str:
        """What its name ends with, such as `.pdf`."""
        return PurePosixPath(self.path).suffix.lower()


def read_attachments(folder: Path, source: Source) -> tuple[Attachment, ...]:
    """Read every file that a valid profile names, each once; `source` is the profile as it was read in its `folder`.

    Raises:
        FileMissing: one is not there, and nothing worse is wrong.
        InvalidFile: links, folders, devices, empty or too large files, contents that do not fit their endings.
    """
    read: list[Attachment] = []
    problems: list[Problem] = []
    missing: list[Problem] = []
    for path, trail in _named(source).items():
        try:
            read.append(Attachment(path, _read(folder, path)))
        except FileNotFoundError:
            missing.append(source.problem(trail, _("no such file in the profile's folder")))
        except (OSError, ValueError) as error:
            why = str(error) if isinstance(error, ValueError) else _("is a link, is behind a link, or cannot be read")
            problems.append(source.problem(trail, why))
    if problems:
        raise InvalidFile([*problems, *missing])
    if missing:
        raise FileMissing(problems=missing, hint=_("Nothing was sent. Fix the errors above, then try again."))
    return tuple(read)


def _named(source: Source) -> dict[str, Trail]:
    """The files under `attachments` and those that answer a question, and where each stands first."""
    found: dict[str, Trail] = {}
    for trail in source.inside("attachments", "answers"):
        path = source.text((*trail, "file")) or (source.text(trail) if trail[0] == "attachments" else None)
        if path:
            found.setdefault(path, trail)
    return found


def _read(folder: Path, path: str) -> bytes:
    """The content, through no link: every folder on the way is opened from the one before."""
    *folders, name = PurePosixPath(path).parts
    here = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for part in folders:
            inner = _opened(part, os.O_RDONLY | os.O_DIRECTORY, here)
            os.close(here)
            here = inner
        # Without O_NONBLOCK, opening a named pipe waits for a writer that may never come.
        handle = _opened(name, os.O_RDONLY | os.O_NONBLOCK, here)
    finally:
        os.close(here)
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise ValueError(_("is not a regular file"))
        with os.fdopen(handle, "rb", closefd=False) as file:
            content = file.read(MAX_BYTES + 1)
    finally:
        os.close(handle)
    _check(name, content)
    return content


def _opened(name: str, flags: int, folder: int) -> int:
    """What has this name in a folder, whose letters may be composed otherwise there than in the profile; no link."""
    try:
        return os.open(name, flags | os.O_NOFOLLOW, dir_fd=folder)
    except FileNotFoundError:
        same = (there for there in os.listdir(folder) if unicodedata.normalize("NFC", there) == name)
        return os.open(next(same, name), flags | os.O_NOFOLLOW, dir_fd=folder)


def _check(name: str, content: bytes) -> None:
    ending = PurePosixPath(name).suffix.lower()
    if ending not in _BEGINNINGS:
        raise ValueError(_("is of an unknown kind; known: {known}").format(known=", ".join(sorted(_BEGINNINGS))))
    if not content:
        raise ValueError(_("is empty"))
    if len(content) > MAX_BYTES:
        raise ValueError(_("is larger than {size} MiB").format(size=MAX_BYTES // 1024**2))
    if not content.startswith(_BEGINNINGS[ending]) or (ending == ".txt" and b"\0" in content):
        raise ValueError(_("has content that does not match its ending {ending}").format(ending=ending))
