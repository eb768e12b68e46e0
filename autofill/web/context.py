"""The app's context: what all of its pages share. Answers no request."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from autofill.evidence.keeping.folder import profile_named
from autofill.jobs.background import BackgroundRuns
from autofill.jobs.batch_rows import profile_files
from autofill.sources.source import YAML_ENDINGS
from autofill.web.ledger_gateway import LedgerGateway
from autofill.web.recording_store import RecordingStore


@dataclass(frozen=True, slots=True)
class AppContext:
    """The folders of recordings and profiles, the ledgers, the runs that were started here or by another app.

    With `root` every address of the app begins.
    """

    store: RecordingStore
    ledger: LedgerGateway
    root: str
    profiles: Path
    runs: BackgroundRuns

    def inquiry(self, profile: str) -> str:
        """The name in the addresses of the inquiry whose file this is; empty if it is none of the app's, or gone."""
        file = self.file_from(profile)
        return inquiry_name(file) if file in profile_files(self.profiles.absolute()) else ""

    def file_from(self, profile: str) -> Path:
        """The file, from the root, of a profile as a recording names it."""
        return profile_named(self.store.path, profile)

    def file_of(self, inquiry: str) -> Path | None:
        """The file of the inquiry of this name, whatever it is called; None if there is none in the folder."""
        return next((file for file in profile_files(self.profiles) if inquiry_name(file) == inquiry), None)


def inquiry_name(file: Path) -> str:
    """The name of an inquiry in addresses: its file's, without the ending if no other has the same."""
    first, *_others = YAML_ENDINGS
    return file.name if file.suffix != first and file.with_suffix(first).exists() else file.stem
