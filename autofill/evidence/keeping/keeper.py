"""Keeper of one run's files and journal, and of what is missing in them."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from autofill.errors import AutofillError, DiskTrouble
from autofill.evidence.keeping.folder import RecordingFolder
from autofill.evidence.keeping.journal import JOURNAL, Fact, Journal
from autofill.language import _


@dataclass(slots=True)
class Keeper:
    """Keeper of a recording: every file that is written stands in the journal with its hash.

    Before the submit click (`submit_begun`) a disk that fails stops the run; after it the run goes on, what cannot be
    written here goes to the system's temporary folder, and `complete` turns false.
    """

    folder: RecordingFolder
    run_id: str
    faults: list[str] = field(default_factory=list, kw_only=True)
    submit_begun: bool = field(default=False, kw_only=True)
    complete: bool = field(default=True, kw_only=True)
    _rescue: RecordingFolder | None = field(default=None, kw_only=True)
    _journal: Journal = field(init=False)

    def __post_init__(self) -> None:
        self._journal = Journal(self.folder.path / JOURNAL)

    def _keep(self, name: str, content: bytes) -> None:
        try:
            self.folder.write(name, content)
        except DiskTrouble as trouble:
            if not self.submit_begun:
                raise
            self._save_elsewhere(name, content, str(trouble))
            return
        facts: dict[str, Fact] = {"path": name, "sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
        self._note("file", **facts)

    def _save_elsewhere(self, name: str, content: bytes, trouble: str) -> None:
        """Keep a file in the system's temporary folder: evidence of what was sent must survive one full disk."""
        try:
            if self._rescue is None:
                self._rescue = RecordingFolder.create(Path(tempfile.gettempdir()), self.run_id)
            self._rescue.write(name, content)
        except AutofillError:
            self._lack(f"evidence: {trouble}")
        else:
            kept = _("Saved in {folder}").format(folder=self._rescue.path)
            self._lack(f"evidence: {trouble} {kept}")

    def _note(self, kind: str, **facts: Fact) -> None:
        try:
            self._journal.write(kind, **facts)
        except DiskTrouble:
            if not self.submit_begun:
                raise
            self.complete = False

    def _lack(self, text: str) -> None:
        self.complete = False
        self._fault(text)

    def _fault(self, text: str) -> None:
        self.faults.append(text)
        self._note("fault", what=text)
