"""A copy of a ledger that the first version made; see `tests/data/first-version`. Nothing here asserts."""

from __future__ import annotations

import shutil
from pathlib import Path

LEDGER = Path(__file__).parents[1] / "data" / "first-version" / "ledger.sqlite3"


def first_versions_ledger(recordings: Path) -> Path:
    """A ledger of the first version, where it kept it."""
    recordings.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copy(LEDGER, recordings / "ledger.sqlite3"))
