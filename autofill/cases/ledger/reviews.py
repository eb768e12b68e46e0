"""What people say of recordings after looking through them: accepted, doubted, or only noted. Only ever appended.

No transaction begins or ends here, and a recording is known by its name alone: the ledger may never have seen its run.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, func, insert, select

from autofill.cases.ledger.tables import REVIEWS, written


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


def add(connection: Connection, recording: str, review: Review) -> None:
    """Write a review down after those that were there."""
    last = select(func.max(REVIEWS.c.number)).where(REVIEWS.c.recording == recording)
    values = {
        "recording": recording,
        "number": (connection.execute(last).scalar() or 0) + 1,
        "at": written(review.at),
        "who": review.who,
        "stance": review.stance,
        "note": review.note,
    }
    connection.execute(insert(REVIEWS).values(values))


def every(connection: Connection) -> Mapping[str, tuple[Review, ...]]:
    """All that was said of each recording, oldest first."""
    said: defaultdict[str, tuple[Review, ...]] = defaultdict(tuple)
    in_order = select(REVIEWS).order_by(REVIEWS.c.recording, REVIEWS.c.number)
    for found in connection.execute(in_order).mappings():
        at, stance = datetime.fromisoformat(found["at"]), ReviewStance(found["stance"])
        said[found["recording"]] += (Review(at, found["who"], stance, found["note"]),)
    return dict(said)
