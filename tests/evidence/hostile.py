"""Recordings that somebody made to break whoever looks at them: what each is, and the line that tells it. No assertion.

All cost next to nothing to make: a file of gigabytes is a hole, and folders are as deep as a path of the system goes.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from autofill.evidence.keeping import bag
from autofill.evidence.keeping.folder import RecordingFolder
from autofill.evidence.sealing.seal import seal
from tests.evidence.bags import RUN_ID, sealed, unsealed

GIANT = 20 * 1024**3
DEEP = 1_500


@dataclass(frozen=True, slots=True)
class Hostile:
    """A kind of hostile recording: how a good one becomes it, and what `verify` says of it; nothing if it is sound.

    `resealed` says that whoever made it also made every hash anew.
    """

    name: str
    make: Callable[[Path], object]
    line: str
    resealed: bool = False


def hostile(parent: Path, kind: Hostile) -> Path:
    """One recording of that kind, unsigned."""
    root = sealed(parent).path if not kind.resealed else unsealed(parent).path
    kind.make(root)
    if kind.resealed:
        seal(RecordingFolder(root), RUN_ID, key=lambda: None)
    return root


def nest(folder: Path, deep: int = DEEP) -> None:
    """Folders, one in the other, beyond the length of any path."""
    here = os.open(folder, os.O_RDONLY)
    for _ in range(deep):
        os.mkdir("deeper", dir_fd=here)
        below = os.open("deeper", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)


def sparse(file: Path, size: int = GIANT) -> None:
    """A file of that many zeros, which takes no place."""
    file.touch()
    os.truncate(file, size)


def _beside(root: Path) -> Path:
    (root / "debug").mkdir()
    return root / "debug"


def _crowd(root: Path) -> None:
    for number in range(bag.MOST_ENTRIES):
        os.close(os.open(root / f"data/{number}", os.O_CREAT | os.O_WRONLY))


def _list_giant(root: Path) -> None:
    """A file of gigabytes that every list names."""
    sparse(root / "data/giant.png")
    manifest, tags = root / "manifest-sha256.txt", root / "tagmanifest-sha256.txt"
    with manifest.open("a") as file:
        file.write(f"{'0' * 64}  data/giant.png\n")
    digest = hashlib.sha256(manifest.read_bytes()).hexdigest()
    lines = [line for line in tags.read_text().splitlines() if "  manifest" not in line]
    tags.write_text("".join(f"{line}\n" for line in [*lines, f"{digest}  manifest-sha256.txt"]))


def _replaced(name: str, by: Callable[[Path], object]) -> Callable[[Path], object]:
    def make(root: Path) -> object:
        (root / name).unlink()
        return by(root / name)

    return make


def _endless_journal(root: Path) -> None:
    """Every line follows the one before, and there is no end of them."""
    head, lines, size = "0" * 64, list[bytes](), 0
    note = "x" * 500_000
    while size < 5 * 1024**2:
        facts = {"v": 1, "seq": len(lines) + 1, "prev": head, "t_wall": "2026-11-22T00:00:00+00:00", "kind": "n"}
        lines.append(json.dumps(facts | {"note": note}).encode() + b"\n")
        head, size = hashlib.sha256(lines[-1]).hexdigest(), size + len(lines[-1])
    (root / "data/journal.jsonl").write_bytes(b"".join(lines))


_DEEPER = "data" + "/deeper" * 8
_BIG_SUMMARY = b'{"schema": "autofill.run/1", "messages": ["' + b"x" * 5 * 1024**2 + b'"]}'

KINDS = (
    Hostile("nested", lambda root: nest(root / "data"), f"{_DEEPER}: is deeper than any file of a recording"),
    Hostile("nested-debug", lambda root: nest(_beside(root)), ""),
    Hostile("giant", lambda root: sparse(root / "data/giant"), "data/giant: is more than the 1024 MiB"),
    Hostile("giant-listed", _list_giant, "data/giant.png: is more than the 1024 MiB"),
    Hostile("giant-debug", lambda root: sparse(_beside(root) / "trace.zip"), ""),
    Hostile("giant-list", lambda root: sparse(root / "manifest-sha256.txt"), "manifest-sha256.txt: is more than"),
    Hostile("empty-folder", lambda root: (root / "data/new").mkdir(), "data/new: is a folder that no recording has"),
    Hostile("empty-beside", lambda root: (root / "new").mkdir(), "new: is a folder that no recording has"),
    Hostile(
        "bidi-folder",
        lambda root: (root / "data/\u202egnp.exe").mkdir(),
        r"data/\u202egnp.exe: is a folder that no recording has",
    ),
    Hostile("debug", lambda root: (_beside(root) / "x.txt").write_bytes(b"x"), ""),
    Hostile("crowd", _crowd, f"{RUN_ID}: contains more than "),
    Hostile("loop", lambda root: (root / "data/loop").symlink_to("loop"), "data/loop: is a link or a device"),
    Hostile("up", lambda root: (root / "data/up").symlink_to(".."), "data/up: is a link or a device"),
    Hostile("pipe", lambda root: os.mkfifo(root / "data/pipe"), "data/pipe: is a link or a device"),
    Hostile(
        "pipe-journal",
        _replaced("data/journal.jsonl", os.mkfifo),
        "data/journal.jsonl: is a link or a device",
    ),
    Hostile("pipe-tombstone", lambda root: os.mkfifo(root / "tombstone.json"), "tombstone.json: is a link or a device"),
    Hostile("pipe-list", _replaced("tagmanifest-sha256.txt", os.mkfifo), "tagmanifest-sha256.txt: is a link"),
    Hostile(
        "long-summary",
        lambda root: (root / "data/run.json").write_bytes(_BIG_SUMMARY),
        "data/run.json: is far too large",
        resealed=True,
    ),
    Hostile(
        "deep-summary",
        lambda root: (root / "data/run.json").write_bytes(b"[" * 1024**2),
        "data/run.json: is not the summary of a run",
        resealed=True,
    ),
    Hostile(
        "long-line",
        lambda root: (root / "data/journal.jsonl").write_bytes(b'{"v":1,"kind":"' + b"x" * 2 * 1024**2 + b'"}\n'),
        "data/journal.jsonl: line 1 is cut off",
        resealed=True,
    ),
    Hostile(
        "endless-journal", _endless_journal, "data/journal.jsonl: line 9 is too large for a journal", resealed=True
    ),
)
IDS = [kind.name for kind in KINDS]
