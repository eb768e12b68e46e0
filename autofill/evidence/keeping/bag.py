"""BagIt bag (RFC 8493): manifests, written and read. Reading trusts nothing it finds.

Files are read in pieces, and never through a link.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path, PurePosixPath
from typing import Final

from autofill.language import _
from autofill.visible import visible

MANIFEST: Final = "manifest-sha256.txt"
TAG_MANIFEST: Final = "tagmanifest-sha256.txt"
TAG_FILES: Final = ("VERIFY.txt", "bag-info.txt", "bagit.txt", MANIFEST)
# Its files are in neither manifest: they vouch for the manifests, and may come later. Checksums of their own find
# what a signature does not cover, such as a changed letter in the file of public keys.
SIGNATURES: Final = "signatures"
SUMS: Final = f"{SIGNATURES}/SHA256SUMS"
# What an owner keeps beside the bag: RFC 8493, 2.2.4, allows folders that no manifest names.
BESIDE: Final = "debug"
# Lists and notes are kilobytes; whoever sends more wants to fill the memory, where JSON takes thirty times the place.
LARGEST_TEXT: Final = 4 * 1024**2
# A run of a hundred pages leaves some five hundred files; a manifest of this many is below the size of a text.
MOST_ENTRIES: Final = 10_000
# Attachments and mails have a limit of 25 MiB, pictures of whole pages some; this many bytes are hashed in seconds.
MOST_BYTES: Final = 1024**3
# Ours are two deep; the system itself knows no path to what is far deeper.
DEEPEST: Final = 8
# Folders that a recording may have with nothing in them.
_FOLDERS: Final = frozenset({"data", "data/steps", "data/attachments", "data/mail", SIGNATURES, BESIDE})
# One line on a screen; nobody reads a name of a megabyte.
_LONGEST_NAME: Final = 300
_LINE: Final = re.compile(r"([0-9a-f]{64})  ([^\x00-\x1f\\%\x7f\ud800-\udfff]+)")


def shortened(text: str, longest: int) -> str:
    """Beginning of a text that is too long to be shown whole."""
    return text if len(text) <= longest else f"{text[:longest]}…"


class Damage(Exception):
    """Damage to a recording: the file, and what is wrong with it in words."""

    def __init__(self, file: str, what: str) -> None:
        super().__init__(": ".join(shortened(visible(part), _LONGEST_NAME) for part in (file, what)))
        self.file = file


class TooMuch(Damage):
    """More files or bytes than a recording has, and than anybody wants to wait for."""


@dataclass(frozen=True, slots=True)
class FileDigest:
    """Digest of a file: SHA-256 in hexadecimal, and its size in bytes."""

    sha256: str
    size: int


def digest_of(root: Path, name: str) -> FileDigest:
    """Hash a file of the recording.

    Raises:
        Damage: it cannot be read, or is no plain file.
    """
    with opened(root, name) as file:
        return FileDigest(hashlib.file_digest(file, "sha256").hexdigest(), file.tell())


def content_of(root: Path, name: str) -> bytes:
    """A list or a note of the recording, whole.

    Raises:
        Damage: it cannot be read, or is larger than any of its kind.
    """
    with opened(root, name) as file:
        content = file.read(LARGEST_TEXT + 1)
    if len(content) > LARGEST_TEXT:
        raise Damage(name, _("is far too large"))
    return content


def text_of(root: Path, name: str) -> str:
    """The same as text.

    Raises:
        Damage: as above, or it is not UTF-8.
    """
    try:
        return content_of(root, name).decode()
    except UnicodeDecodeError:
        raise Damage(name, _("is not UTF-8 text")) from None


def opened(root: Path, name: str) -> BufferedReader:
    """Open a plain file of the recording, never a link, device or pipe.

    Raises:
        Damage: it cannot be read, or is a link, a device or a folder.
    """
    try:
        handle = os.open(root / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        raise Damage(name, _("is missing")) from None
    except OSError as error:
        raise Damage(name, _("cannot be read: {reason}").format(reason=error.strerror)) from None
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise Damage(name, _("is not a plain file"))
    return os.fdopen(handle, "rb")


def manifest(root: Path, names: Iterable[str]) -> bytes:
    """Files with their hashes, as `sha256sum -c` reads them.

    Raises:
        Damage: one of them cannot be read, or has a name that no list can hold.
    """
    lines = []
    for name in names:
        lines.append(f"{digest_of(root, name).sha256}  {name}")
        if not _LINE.fullmatch(lines[-1]):
            raise Damage(name, _("has a name that no file of a recording has"))
    return "".join(f"{line}\n" for line in lines).encode()


def read_manifest(root: Path, name: str) -> dict[str, str]:
    """SHA-256 by file name, from a manifest.

    Raises:
        Damage: a line is not as we write it, leads out of the recording, or names a file once more.
    """
    found: dict[str, str] = {}
    lines = text_of(root, name).split("\n")
    if lines.pop():
        raise Damage(name, _("the last line is cut off"))
    for number, line in enumerate(lines, 1):
        match = _LINE.fullmatch(line)
        if not match:
            raise Damage(name, _("line {number} is not a hash, two spaces and a name").format(number=number))
        digest, file = match.groups()
        if not {"", ".", "..", "~"}.isdisjoint(file.split("/")):
            raise Damage(name, _("line {number} leads out of the recording").format(number=number))
        if file in found:
            raise Damage(name, _("line {number} names a file for the second time").format(number=number))
        found[file] = digest
    return found


def check(root: Path, expected: Mapping[str, str]) -> dict[str, FileDigest]:
    """Hash every file and compare it with what a manifest says.

    Raises:
        Damage: the first one that is missing or other than it was.
    """
    found = {}
    for name, digest in expected.items():
        found[name] = digest_of(root, name)
        if found[name].sha256 != digest:
            raise Damage(name, _("has changed since it was sealed"))
    return found


@dataclass(frozen=True, slots=True)
class Contents:
    """Content of a recording: the size of every file in bytes, by name, and its folders."""

    files: Mapping[str, int]
    folders: frozenset[str]

    @property
    def has_beside(self) -> bool:
        """Whether the owner keeps something beside the bag."""
        return BESIDE in self.folders

    def check_folders(self, known: Iterable[str]) -> None:
        """See that there is no folder but for the known files, and those that every recording may have.

        Raises:
            Damage: there is one. No list names folders, so its name may say anything.
        """
        parents = {str(folder) for name in known for folder in PurePosixPath(name).parents}
        if odd := sorted(self.folders - _FOLDERS - parents):
            raise Damage(odd[0], _("is a folder that no recording has"))


def contents(root: Path, *, beside: bool = False) -> Contents:
    """Everything in a recording, but for what lies beside the bag unless that is asked for.

    Raises:
        Damage: a folder cannot be read, or there is something that is neither a file nor a folder, such as a link.
        TooMuch: there is more of it, or it lies deeper, than any recording has.
    """
    files: dict[str, int] = {}
    folders: set[str] = set()
    size = 0
    for name, entry in walk(root, without="" if beside else BESIDE):
        if entry.is_dir(follow_symlinks=False):
            folders.add(name)
        elif entry.is_file(follow_symlinks=False):
            files[name] = entry.stat(follow_symlinks=False).st_size
            size += files[name]
        else:
            raise Damage(name, _("is a link or a device, not a file"))
        if name.count("/") >= DEEPEST:
            raise TooMuch(name, _("is deeper than any file of a recording"))
        if len(files) + len(folders) > MOST_ENTRIES:
            raise TooMuch(root.name, _("contains more than {number} files").format(number=MOST_ENTRIES))
        if size > MOST_BYTES:
            raise TooMuch(
                name, _("is more than the {size} MiB that a recording may have").format(size=MOST_BYTES >> 20)
            )
    return Contents(files, frozenset(folders))


def walk(root: Path, *, without: str = "", strict: bool = True) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Everything below a folder, by name, never through a link: a folder comes before what is in it.

    Args:
        root: where to begin.
        without: name of a folder that is not looked into.
        strict: whether a folder that cannot be read is damage; it is passed over otherwise.

    Raises:
        Damage: as said.
    """
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(root / folder) as found:
                for entry in found:
                    name = f"{folder}{entry.name}"
                    if entry.is_dir(follow_symlinks=False) and name != without:
                        waiting.append(f"{name}/")
                    yield name, entry
        except OSError as error:
            if strict:
                what = _("cannot be read: {reason}").format(reason=error.strerror)
                raise Damage(folder.rstrip("/") or root.name, what) from None


def bag_info(root: Path) -> dict[str, str]:
    """The tags of `bag-info.txt`.

    Raises:
        Damage: it cannot be read, or a line is not `name: value`.
    """
    found = {}
    for number, line in enumerate(text_of(root, "bag-info.txt").splitlines(), 1):
        tag, colon, value = line.partition(": ")
        if not colon:
            raise Damage("bag-info.txt", _("line {number} is not a name and a value").format(number=number))
        found[tag] = value
    return found
