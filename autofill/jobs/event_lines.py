"""Lines of a run while it goes on, as `autofill run --events` prints them; times are in UTC (ISO 8601).

Nothing here holds what was typed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from autofill.events import Verdict
from autofill.evidence.keeping.summary import Target
from autofill.line import JsonLine


def _now() -> str:
    return datetime.now(UTC).isoformat()


@dataclass(frozen=True, kw_only=True)
class EventLine(JsonLine):
    """Line that says what happened in a run."""

    schema: Literal["autofill.event/1"] = "autofill.event/1"
    event: str
    at: str = field(default_factory=_now)


@dataclass(frozen=True, kw_only=True)
class Claimed(EventLine):
    """The inquiry is claimed: which run it is, and what its steps will be."""

    event: Literal["claimed"] = "claimed"
    run_id: str
    recording: str
    profile: str
    target: Target
    form: str
    steps: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Pausing(EventLine):
    """The run waits before it begins."""

    event: Literal["paused"] = "paused"
    seconds: float


@dataclass(frozen=True, kw_only=True)
class Started(EventLine):
    """A page is open."""

    event: Literal["started"] = "started"
    steps: int
    browser: str


@dataclass(frozen=True, kw_only=True)
class Step(EventLine):
    """Step `n` began."""

    event: Literal["step"] = "step"
    n: int
    name: str


@dataclass(frozen=True, kw_only=True)
class ValueFacts:
    """One control, and whether the page held what was planned."""

    name: str
    matches: bool


@dataclass(frozen=True, kw_only=True)
class Values(EventLine):
    """The controls of step `n` were read back."""

    event: Literal["values"] = "values"
    n: int
    values: tuple[ValueFacts, ...]


@dataclass(frozen=True, kw_only=True)
class Picture(EventLine):
    """The picture of step `n` is on disk; `file` is relative to the recording."""

    event: Literal["picture"] = "picture"
    n: int
    file: str


@dataclass(frozen=True, kw_only=True)
class Filled(EventLine):
    """The form is filled; the submit click comes next."""

    event: Literal["filled"] = "filled"
    n: int


@dataclass(frozen=True, kw_only=True)
class Answered(EventLine):
    """The site answered the submit request, with this HTTP status."""

    event: Literal["answered"] = "answered"
    status: int


@dataclass(frozen=True, kw_only=True)
class Outcome(EventLine):
    """The page shows an outcome."""

    event: Literal["outcome"] = "outcome"
    n: int
    name: str


@dataclass(frozen=True, kw_only=True)
class Judged(EventLine):
    """The run has a verdict."""

    event: Literal["verdict"] = "verdict"
    verdict: Verdict
    case_number: str | None


@dataclass(frozen=True, kw_only=True)
class HelpWanted(EventLine):
    """Somebody has to do something at the open window, and then to answer `question`."""

    event: Literal["person-wanted"] = "person-wanted"
    question: int
    why: str


@dataclass(frozen=True, kw_only=True)
class ConfirmWanted(EventLine):
    """Somebody has to type the address of the filled form, as an answer to `question`; `again`, after a wrong one."""

    event: Literal["confirm"] = "confirm"
    question: int
    origin: str
    again: bool


@dataclass(frozen=True, kw_only=True)
class Heard(EventLine):
    """`question` was answered."""

    event: Literal["heard"] = "heard"
    question: int
