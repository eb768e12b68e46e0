"""Verification: what was found out about a recording, in words for people and in values for programs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Check:
    """Result for one part of a recording: whether it is right, and in words how it is, or what is wrong first.

    Nothing in the words can do a thing to a terminal, whatever the recording holds.
    """

    name: str
    ok: bool
    detail: str


@dataclass(frozen=True, slots=True)
class Verification:
    """Results for a recording, up to the first part that is wrong.

    `signed_by` is the fingerprint of the key whose signature is good, `stamped_at` the times that known authorities
    vouch for. `unknown` says who else vouches for it, and that nobody does: nothing of that shows whose it is.
    """

    recording: Path
    checks: tuple[Check, ...]
    signed_by: str | None = None
    stamped_at: tuple[datetime, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether everything is as it was sealed, and that by somebody who is known here."""
        return self.ok and not self.unknown

    @property
    def ok(self) -> bool:
        """Whether everything is as it was sealed."""
        return all(check.ok for check in self.checks)

    @property
    def first_wrong(self) -> Check | None:
        """What is wrong first, if anything."""
        return next((check for check in self.checks if not check.ok), None)

    @property
    def purged(self) -> bool:
        """Whether it says, and may be believed, that its content was removed."""
        return self.ok and any(check.name == "purged" for check in self.checks)
