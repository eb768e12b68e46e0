"""Sources of mails: files, Maildirs, and what any source has to do. Nothing is ever changed in one.

Reads no words: only sizes, headers, and whole mails when they are asked for.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from autofill.errors import FileMissing
from autofill.language import _
from autofill.mail.message import header_of

# A mail with all its attachments, as most servers take it; in bytes.
LARGEST: Final = 25 * 1024**2
HEADER: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class Head:
    """A mail not yet opened: its name where it lies, its size in bytes, and its header (or the first 64 KiB of it)."""

    name: str
    size: int
    header: bytes


class MailSource(Protocol):
    """Something mails lie in."""

    def heads(self) -> Iterator[Head]:
        """All of them, the newest first as far as that can be told without opening them."""
        ...

    def body(self, head: Head) -> bytes:
        """A whole mail, byte for byte; no more than a byte over the largest is read."""
        ...


class _OnDisk:
    """Mails that are files of their own."""

    def body(self, head: Head) -> bytes:
        """A whole mail."""
        return _read(Path(head.name), LARGEST + 1)


@dataclass(frozen=True, slots=True)
class Files(_OnDisk):
    """Mails as the files that were named."""

    paths: tuple[Path, ...]

    def heads(self) -> Iterator[Head]:
        """All of them, as named.

        Raises:
            FileMissing: One cannot be read.
        """
        hint = _("Name a mail that was saved as a file.")
        for path in self.paths:
            with _there(path, hint):
                facts = path.stat()
            if not stat.S_ISREG(facts.st_mode):
                raise FileMissing(_("{file} is not a file.").format(file=path), hint=hint)
            yield Head(str(path), facts.st_size, header_of(_read(path, HEADER)))


@dataclass(frozen=True, slots=True)
class Maildir(_OnDisk):
    """A Maildir: the mails in its folders `new` and `cur`, links and everything else left out."""

    path: Path

    def heads(self) -> Iterator[Head]:
        """All of them, the newest first; one that was moved meanwhile comes next time.

        Raises:
            FileMissing: It is not a Maildir.
        """
        found = [(entry, entry.stat()) for folder in ("new", "cur") for entry in self._files(folder)]
        for entry, facts in sorted(found, key=lambda each: each[1].st_mtime, reverse=True):
            with suppress(FileMissing):
                yield Head(entry.path, facts.st_size, header_of(_read(Path(entry.path), HEADER)))

    def _files(self, folder: str) -> list[os.DirEntry[str]]:
        hint = _("Name a Maildir: a folder with new and cur in it.")
        with _there(self.path, hint), os.scandir(self.path / folder) as entries:
            return [entry for entry in entries if entry.is_file(follow_symlinks=False)]


def _read(path: Path, most: int) -> bytes:
    with _there(path, _("Look again.")), path.open("rb") as file:
        return file.read(most)


@contextmanager
def _there(path: Path, hint: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FileMissing.unreadable(path, error, hint) from None
