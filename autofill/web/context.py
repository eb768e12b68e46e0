"""The app's context: what all of its pages share. Answers no request."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from autofill.jobs.background import BackgroundRuns
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
        file = Path(profile).absolute()
        return (
            file.stem if file.parent == self.profiles.absolute() and file.suffix == ".yaml" and file.is_file() else ""
        )

    def file_of(self, inquiry: str) -> Path | None:
        """The file of the inquiry of this name, whatever it is called; None if there is none in the folder."""
        return next((file for file in self.profiles.glob("*.yaml") if file.stem == inquiry and file.is_file()), None)
