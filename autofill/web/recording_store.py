"""The recordings in one folder, read as they are now. Writes nothing and knows nothing of the web.

The content of a recording is not trusted: it may be unfinished, newer than this program, or made to deceive.
"""

from __future__ import annotations

import io
import os
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path, PurePosixPath

from pydantic import ValidationError

from autofill.evidence.keeping.bag import MOST_ENTRIES
from autofill.evidence.keeping.folder import ARCHIVE, RECORDING_NAME, RUN_ID, TIME_FORMAT
from autofill.evidence.keeping.summary import RunSummary
from autofill.evidence.sealing.verify import WITHHELD

SERVED = {".png": "image/png", ".html": "text/html", ".txt": "text/plain", ".json": "application/json"}

_SUMMARY = "data/run.json"
_MAIL = "data/mail.json"
# Ours are a few kilobytes, and a form's texts are not much longer; nobody should be able to fill the memory with one.
LARGEST_TEXT = 1 << 20


class RecordingCondition(StrEnum):
    """The state a recording is found in."""

    FINISHED = "finished"
    MAIL = "mail"
    UNFINISHED = "unfinished"
    PURGED = "purged"
    ENCRYPTED = "encrypted"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class RecordingEntry:
    """One recording as a list shows it: its name, its summary if it is finished, and the last picture there is of it.

    `picture` is a name inside the recording, such as `data/confirmation.png`; `can_open` says that it has a page,
    `is_copy` that it is one to hand out, without what is personal.
    """

    name: str
    condition: RecordingCondition
    summary: RunSummary | None = None
    picture: str | None = None
    can_open: bool = True
    is_copy: bool = False

    @property
    def age(self) -> str:
        """Text that sorts by time: the beginning of the name, otherwise when the run started."""
        if RUN_ID.match(self.name):
            return self.name
        return self.summary.started.strftime(TIME_FORMAT) if self.summary and self.summary.started else ""


@dataclass(frozen=True, slots=True)
class RecordingStore:
    """The folder that recordings are in; it may not exist yet."""

    path: Path

    def entries(self) -> list[RecordingEntry]:
        """All of them, newest first."""
        try:
            with os.scandir(self.path) as found:
                # Of a million other files none is looked at twice.
                names = [
                    item.name
                    for item in found
                    if item.name.endswith(ARCHIVE) or not item.is_file(follow_symlinks=False)
                ]
                entries = [entry for name in names if (entry := self._entry(name))]
        except OSError:
            return []
        return sorted(entries, key=lambda entry: (entry.age, entry.name), reverse=True)

    def find(self, name: str) -> RecordingEntry | None:
        """The recording of that name, or None if there is none that has a page."""
        entry = self._entry(name) if RECORDING_NAME.fullmatch(name) else None
        return entry if entry and entry.can_open else None

    def file(self, name: str, inside: str) -> Path | None:
        """A file of a recording that may be shown: really inside its data folder, and of a kind that is served."""
        place = PurePosixPath(inside)
        served = place.suffix in SERVED and place.parts[:1] == ("data",) and "\0" not in inside
        return self._at_home(name, place) if served and RECORDING_NAME.fullmatch(name) else None

    def files(self, name: str, folder: str) -> list[str]:
        """Names inside the recording of the files in one of its folders, in order; links are left out.

        Of more than a recording has, the first are taken.
        """
        try:
            with os.scandir(self.folder(name) / folder) as found:
                few = islice(found, MOST_ENTRIES)
                names = sorted(item.name for item in few if item.is_file(follow_symlinks=False))
        except OSError:
            return []
        return [f"{folder}/{file}" for file in names if self._at_home(name, PurePosixPath(folder, file))]

    def text(self, name: str, inside: str) -> bytes:
        """The content of a small file; nothing if it is not there, is not small, or may not be shown."""
        content = _beginning(self.file(name, inside))
        return content if len(content) <= LARGEST_TEXT else b""

    def journal(self, name: str) -> bytes:
        """The beginning of a recording's journal; nothing if there is none."""
        return _beginning(self._at_home(name, PurePosixPath("data/journal.jsonl")))[:LARGEST_TEXT]

    def folder(self, name: str) -> Path:
        """Where a recording is, unless a link leads away from here."""
        return self.path.resolve() / name

    def _entry(self, name: str) -> RecordingEntry | None:
        """The recording of that name, or None if the name is something else."""
        path = self.path / name
        if name.startswith("."):
            return None
        try:
            if name.endswith(ARCHIVE) and path.is_file():
                return RecordingEntry(name.removesuffix(ARCHIVE), RecordingCondition.ENCRYPTED, can_open=False)
            return self._folder(name) if path.is_dir() else None
        except (OSError, RuntimeError):  # links that lead in a circle are the latter
            return RecordingEntry(name, RecordingCondition.UNREADABLE, can_open=False)

    def _folder(self, name: str) -> RecordingEntry | None:
        root = self.folder(name)
        honest = bool(RECORDING_NAME.fullmatch(name)) and root.resolve() == root
        if honest and (root / "tombstone.json").is_file():
            return RecordingEntry(name, RecordingCondition.PURGED)
        with os.scandir(self.path / name) as found:
            data = next((item for item in found if item.name == "data"), None)
        if data is None:
            return None
        if not honest or not data.is_dir(follow_symlinks=False):
            return RecordingEntry(name, RecordingCondition.UNREADABLE, can_open=False)
        if not os.path.lexists(root / _SUMMARY):
            kind = RecordingCondition.MAIL if os.path.lexists(root / _MAIL) else RecordingCondition.UNFINISHED
            return RecordingEntry(name, kind, picture=self._last(name))
        summary = self._summary(name)
        if summary is None:
            return RecordingEntry(name, RecordingCondition.UNREADABLE, picture=self._last(name))
        shown = [step.screenshot for step in summary.steps if step.screenshot]
        is_copy = os.path.lexists(root / WITHHELD)
        return RecordingEntry(name, RecordingCondition.FINISHED, summary, self._last(name, shown), is_copy=is_copy)

    def _last(self, name: str, places: list[str] | None = None) -> str | None:
        """The last picture that can be shown, of these places or of all steps."""
        every = self.files(name, "data/steps") if places is None else places
        pictures = (place for place in reversed(every) if place.endswith(".png"))
        return next((place for place in pictures if self.file(name, place)), None)

    def _summary(self, name: str) -> RunSummary | None:
        try:
            # A newer autofill may add fields to the same schema, never change them.
            return RunSummary.model_validate_json(self.text(name, _SUMMARY), extra="ignore")
        except ValidationError:
            return None

    def _at_home(self, name: str, place: PurePosixPath) -> Path | None:
        try:
            file = (self.path / name / place).resolve(strict=True)
            inside = file.is_relative_to(self.folder(name) / "data") and file.is_file()
        except (OSError, RuntimeError):
            return None
        return file if inside else None


def _beginning(file: Path | None) -> bytes:
    """One byte more than a text may have, if there is so much."""
    try:
        with file.open("rb") if file else io.BytesIO() as opened:
            return opened.read(LARGEST_TEXT + 1)
    except OSError:
        return b""
