"""The timeline of a run, from its journal: the pages' addresses, the submit click, the answer to it.

Reads up to the first line that is not valid. Whether the journal is unbroken is checked elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from pydantic import BaseModel, ConfigDict, ValidationError


class JournalLine(BaseModel):
    """A line of the journal, its time in UTC; each kind has more fields than these."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    kind: str
    t_wall: datetime
    n: int = 0
    url: str = ""
    status: int | None = None
    tls: str = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """The pages' addresses by step number, the moment of the submit click (UTC), and the site's answer to it."""

    pages: Mapping[int, str]
    clicked: datetime | None
    answer: JournalLine | None


NOTHING_NOTED = Timeline({}, None, None)


def timeline_of(journal: bytes) -> Timeline:
    """The timeline of a run, from its journal."""
    lines = list(_lines(journal))
    clicked = next((line.t_wall for line in lines if line.kind == "intent"), None)
    answer = next((line for line in lines if line.kind == "response"), None)
    return Timeline({line.n: line.url for line in lines if line.kind == "page"}, clicked, answer)


def _lines(journal: bytes) -> Iterator[JournalLine]:
    for line in journal.splitlines():
        try:
            yield JournalLine.model_validate_json(line)
        except ValidationError:
            return
