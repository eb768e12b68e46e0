"""Reviews: what people say of recordings after looking through them. Plain values only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ReviewStance(StrEnum):
    """What a person thinks of a recording; a note takes no side."""

    ACCEPT = "accept"
    DOUBT = "doubt"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Review:
    """One thing a person said, and when, in UTC. `who` is the person's account, `note` their own words, or empty."""

    at: datetime
    who: str
    stance: ReviewStance
    note: str = ""
