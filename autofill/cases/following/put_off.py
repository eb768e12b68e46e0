"""What a person puts off until tomorrow: it is told less loudly until then, and comes back by itself.

Kept in the person's own state folder, for one account on one computer; the ledger knows nothing of it. Holds the names
of cases and batches, and days.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from platformdirs import user_state_path

from autofill.errors import DiskTrouble
from autofill.language import _

# What reading a file raises that is not, or no longer, as it was written.
_UNREADABLE: Final = (OSError, ValueError, TypeError, AttributeError, RecursionError)


@dataclass(frozen=True, slots=True)
class PutOff:
    """The file; one that cannot be read puts nothing off."""

    file: Path

    @classmethod
    def usual(cls) -> PutOff:
        """The person's own."""
        return cls(user_state_path("autofill") / "put-off.json")

    def until(self, now: datetime) -> Mapping[str, date]:
        """What is put off at a moment, and until which day of this computer's."""
        today = now.astimezone().date()
        with suppress(*_UNREADABLE):
            kept = json.loads(self.file.read_text(encoding="utf-8"))
            days = {str(name): date.fromisoformat(day) for name, day in kept.items()}
            return {name: day for name, day in days.items() if day > today}
        return {}

    def until_tomorrow(self, name: str, now: datetime) -> None:
        """Put something off until tomorrow.

        Raises:
            DiskTrouble: It cannot be saved.
        """
        self._write({**self.until(now), name: now.astimezone().date() + timedelta(days=1)})

    def bring_back(self, name: str, now: datetime) -> None:
        """Have something back today.

        Raises:
            DiskTrouble: It cannot be saved.
        """
        self._write({each: day for each, day in self.until(now).items() if each != name})

    def _write(self, days: Mapping[str, date]) -> None:
        unfinished = self.file.with_suffix(".new")
        try:
            self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            unfinished.touch(mode=0o600)
            unfinished.write_text(json.dumps({name: day.isoformat() for name, day in days.items()}), encoding="utf-8")
            unfinished.replace(self.file)
        except OSError as error:
            words = _("{file} cannot be written: {reason}.")
            raise DiskTrouble(words.format(file=self.file, reason=error.strerror)) from None
