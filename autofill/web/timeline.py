"""What a recording's journal tells of the run's course: the pages' addresses, the click, the answer to it.

Reads as far as the lines make sense. Whether the journal is unbroken is not found out here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from pydantic import BaseModel, ConfigDict, ValidationError


@dataclass(frozen=True, slots=True)
class Course:
    """Addresses by the number of the step; when the submit click came next, and what the site answered when, in UTC."""

    pages: Mapping[int, str]
    clicked: datetime | None = None
    answered: datetime | None = None
    status: int | None = None
    tls: str = ""


class _Line(BaseModel):
    """A journal line; of each kind it has other facts than these, too."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    kind: str
    t_wall: datetime
    n: int = 0
    url: str = ""
    status: int | None = None
    tls: str = ""


def course_of(journal: bytes) -> Course:
    """The course of a run, as its journal tells it."""
    lines = list(_lines(journal))
    clicked = next((line.t_wall for line in lines if line.kind == "intent"), None)
    answer = next((line for line in lines if line.kind == "response"), None)
    pages = {line.n: line.url for line in lines if line.kind == "page"}
    if answer is None:
        return Course(pages, clicked)
    return Course(pages, clicked, answered=answer.t_wall, status=answer.status, tls=answer.tls)


def _lines(journal: bytes) -> Iterator[_Line]:
    for line in journal.splitlines():
        try:
            yield _Line.model_validate_json(line)
        except ValidationError:
            return
