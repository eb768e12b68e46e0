"""Sources of mails: files, Maildirs, and what any source has to do. Nothing is ever changed in one.

Reads no words: only sizes, headers, and whole mails when they are asked for.
"""

from __future__ import annotations

import os
import re
import stat
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final, Protocol

from autofill.errors import FileMissing
from autofill.language import _
from autofill.mail.file_kinds import is_mailbox, remark_on, without_preface
from autofill.mail.limits import HEADER, LARGEST, MOST_LOOKED_AT, start_of_header

# What begins a mail in a mailbox says when it came; not all who write one mark other lines that begin so.
_TIME: Final = re.compile(rb"\d:\d\d")


@dataclass(frozen=True, slots=True)
class Head:
    """A mail not yet opened, or what lies where one should be.

    Attributes:
        name: Its name where it lies.
        size: Its size in bytes.
        header: Its header, or as much of it as may be parsed.
        is_named: A person named it, and is told about it whatever it is.
        remark: What it is, in words, if it is not simply a mail.
        is_mail: Whether it can be opened.
        is_there: Whether there is such a file at all.
    """

    name: str
    size: int
    header: bytes
    is_named: bool = False
    remark: str = ""
    is_mail: bool = True
    is_there: bool = True


class MailSource(Protocol):
    """Something mails lie in."""

    def heads(self) -> Iterator[Head]:
        """All of them, the newest first as far as that can be told without opening them."""
        ...

    def body(self, head: Head) -> bytes:
        """A whole mail, byte for byte; no more than a byte over the largest is read."""
        ...


@dataclass(slots=True)
class Files:
    """The files that were named: mails, and mailboxes (mbox) of them. Each is told about, whatever it is."""

    paths: tuple[Path, ...]
    # Where mails of mailboxes stand: the file, from where, how many bytes.
    _boxed: dict[str, tuple[Path, int, int]] = field(default_factory=dict)

    def heads(self) -> Iterator[Head]:
        """All of them, as named."""
        for path in self.paths:
            try:
                size, start = _regular(path), _read(path, HEADER)
            except FileMissing as error:
                yield Head(
                    str(path), 0, b"", is_named=True, remark=f"{error} {error.hint}", is_mail=False, is_there=False
                )
                continue
            if is_mailbox(start):
                yield from self._in_box(path)
                continue
            remark, is_mail = remark_on(start)
            header = start_of_header(without_preface(start))
            yield Head(str(path), size, header, is_named=True, remark=remark, is_mail=is_mail)

    def body(self, head: Head) -> bytes:
        """A whole mail, without what an editor or a mailbox put in front of it."""
        if head.name not in self._boxed:
            return without_preface(_read(Path(head.name), LARGEST + 1))
        path, begin, size = self._boxed[head.name]
        # Mailboxes mark lines that begin like the next mail, and put an empty one before it.
        raw = re.sub(rb"^>(>*From )", rb"\1", _read(path, min(size, LARGEST + 1), begin), flags=re.MULTILINE)
        return re.sub(rb"(\n)\r?\n\Z", rb"\1", raw)

    def _in_box(self, path: Path) -> Iterator[Head]:
        count, mails = _mails_in(path)
        words = _("This is a mailbox (mbox). Mails in it: {n}. Mails that a case waits for are listed one by one.")
        yield Head(str(path), 0, b"", is_named=True, remark=words.format(n=count), is_mail=False)
        for number, (begin, end) in zip(range(count, 0, -1), reversed(mails), strict=False):
            name = _("{file}, mail {n}").format(file=path, n=number)
            self._boxed[name] = path, begin, end - begin
            yield Head(name, end - begin, start_of_header(_read(path, min(end - begin, HEADER), begin)))


@dataclass(frozen=True, slots=True)
class Maildir:
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
                yield Head(entry.path, facts.st_size, start_of_header(_read(Path(entry.path), HEADER)))

    def body(self, head: Head) -> bytes:
        """A whole mail."""
        return _read(Path(head.name), LARGEST + 1)

    def _files(self, folder: str) -> list[os.DirEntry[str]]:
        hint = _("Give a Maildir: a folder that contains new and cur.")
        with _there(self.path, hint), os.scandir(self.path / folder) as entries:
            return [entry for entry in entries if entry.is_file(follow_symlinks=False)]


def _regular(path: Path) -> int:
    """The size of a file that is one.

    Raises:
        FileMissing: It is not there, or is something else.
    """
    hint = _("Give a mail saved as a file.")
    with _there(path, hint):
        facts = path.stat()
    if stat.S_ISDIR(facts.st_mode):
        raise FileMissing(
            _("{file} is a folder.").format(file=path), hint=_("Use --maildir for a Maildir, or give the files in it.")
        )
    if not stat.S_ISREG(facts.st_mode):
        raise FileMissing(_("{file} is not a file.").format(file=path), hint=hint)
    return facts.st_size


def _mails_in(path: Path) -> tuple[int, list[tuple[int, int]]]:
    """How many mails are in a mailbox, and where each of the newest begins and ends.

    The standard library's reader opens the file for writing.
    """
    found: deque[tuple[int, int]] = deque(maxlen=MOST_LOOKED_AT)
    count, at, is_after_empty = 0, 0, True
    is_dated = False
    with path.open("rb") as file:
        for line in iter(partial(file.readline, HEADER), b""):
            if is_after_empty and is_mailbox(line) and not (is_dated and not _TIME.search(line)):
                is_dated = is_dated or _TIME.search(line) is not None
                found.append((at, at + len(line)))
                count += 1
            at += len(line)
            is_after_empty = not line.strip(b"\r\n")
    ends = [*(start for start, _begin in found), at][1:]
    return count, [(begin, end) for (_start, begin), end in zip(found, ends, strict=True)]


def _read(path: Path, most: int, begin: int = 0) -> bytes:
    with _there(path, _("Look again.")), path.open("rb") as file:
        file.seek(begin)
        return file.read(most)


@contextmanager
def _there(path: Path, hint: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FileMissing.unreadable(path, error, hint) from None
