"""The shelf: the recordings of one folder, read as they are now. Writes nothing and knows nothing of the web.

What lies in a recording is not to be trusted: it may be unfinished, newer than this program, or made to deceive.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pydantic import ValidationError

from autofill.evidence.summary import RunSummary

SERVED = {".png": "image/png", ".html": "text/html", ".txt": "text/plain", ".json": "application/json"}

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,200}")
# Ours are a few kilobytes; nobody should be able to fill the memory with one.
_LARGEST_SUMMARY = 1 << 20


@dataclass(frozen=True, slots=True)
class Recording:
    """One recording: its folder's name, its summary when there is a readable one, and its pictures in order.

    `pictures` are names inside the recording, such as `data/confirmation.png`; the last one shows how far it got.
    """

    name: str
    summary: RunSummary | None
    pictures: tuple[str, ...]
    has_report: bool


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folder that recordings are in; it may not exist yet."""

    path: Path

    def recordings(self) -> list[Recording]:
        """All of them, newest first: their names begin with the time."""
        try:
            names = sorted((entry.name for entry in self.path.iterdir()), reverse=True)
        except OSError:
            return []
        return [recording for name in names if (recording := self.find(name))]

    def find(self, name: str) -> Recording | None:
        """The recording of that name, or None if there is none."""
        if not _NAME.fullmatch(name) or not self._data(name).is_dir() or self._data(name).resolve() != self._data(name):
            return None
        summary = self._summary(name)
        steps = [step.screenshot for step in summary.steps if step.screenshot] if summary else self._loose(name)
        pictures = tuple(picture for picture in steps if picture.endswith(".png") and self.file(name, picture))
        return Recording(name, summary, pictures, self.file(name, "data/report.html") is not None)

    def file(self, name: str, inside: str) -> Path | None:
        """A file of a recording that may be shown: really inside its data folder, and of a kind that is served."""
        place = PurePosixPath(inside)
        if not _NAME.fullmatch(name) or place.suffix not in SERVED or place.parts[:1] != ("data",) or "\0" in inside:
            return None
        try:
            file = (self.path / name / place).resolve(strict=True)
            at_home = file.is_relative_to(self._data(name)) and file.is_file()
        except (OSError, RuntimeError):
            return None
        return file if at_home else None

    def _summary(self, name: str) -> RunSummary | None:
        file = self.file(name, "data/run.json")
        try:
            if file is None or file.stat().st_size > _LARGEST_SUMMARY:
                return None
            # A newer autofill may add fields to the same schema, never change them.
            return RunSummary.model_validate_json(file.read_bytes(), extra="ignore")
        except (OSError, ValidationError):
            return None

    def _loose(self, name: str) -> Iterable[str]:
        """What an unfinished run left behind."""
        return sorted(f"data/steps/{file.name}" for file in (self._data(name) / "steps").glob("*.png"))

    def _data(self, name: str) -> Path:
        """Where a recording's data is, unless a link leads away from here."""
        return self.path.resolve() / name / "data"
