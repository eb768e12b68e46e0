"""Events of a run: frozen, named in the past tense, without behaviour.

The runner yields them, for the recorder, the console and the ledger. `AboutToSubmit` is the exception: until the
listener asks for the next event, nothing has been sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """Verdict of a run; the words are part of the contract."""

    CONFIRMED = "confirmed"
    CONFIRMED_NO_CASE = "confirmed-no-case"
    REJECTED = "rejected"
    UNKNOWN = "unknown"
    NOT_SUBMITTED = "not-submitted"


@dataclass(frozen=True, slots=True)
class ReadBack:
    """Value of one control, as planned and as the page held it afterwards; `matches` is the filler's comparison."""

    name: str
    field: str
    planned: str
    found: str
    matches: bool


@dataclass(frozen=True, slots=True)
class Event:
    """Base of all events."""


@dataclass(frozen=True, slots=True)
class Paused(Event):
    """The run waits `seconds` before it begins: the form map says how often the form may be used."""

    seconds: float


@dataclass(frozen=True, slots=True)
class RunStarted(Event):
    """A page is open in a browser and the plan begins. `browser` is the product and version; digests are SHA-256."""

    steps: int
    browser: str
    start_url: str
    form_map_digest: str = ""
    plan_digest: str = ""


@dataclass(frozen=True, slots=True)
class StepStarted(Event):
    """Step `number` (from 1) began; `name` is for people, `slug` for file names."""

    number: int
    name: str
    slug: str


@dataclass(frozen=True, slots=True)
class StepDone(Event):
    """The step's page shows what the plan wanted; the page stands still while this event is handled."""

    number: int
    name: str
    slug: str
    url: str
    values: tuple[ReadBack, ...] = ()


@dataclass(frozen=True, slots=True)
class AboutToSubmit(Event):
    """The next thing the runner does is the submit click. Nothing has been sent yet."""

    number: int


@dataclass(frozen=True, slots=True)
class ConnectionInfo:
    """Connection that the answer to the submit request came over, and whom its certificate names.

    `tls` is the protocol, or says that there was none; `server` is address and port; times are in UTC. What is not
    known is empty.
    """

    tls: str = ""
    server: str = ""
    subject: str = ""
    issuer: str = ""
    valid_from: str = ""
    valid_until: str = ""


@dataclass(frozen=True, slots=True)
class SubmitResponded(Event):
    """The site answered the submit request. `url` has neither query nor fragment."""

    status: int
    url: str
    line: ConnectionInfo = ConnectionInfo()


@dataclass(frozen=True, slots=True)
class OutcomeShown(Event):
    """The page shows an outcome after the click: a confirmation, a refusal, or something else.

    `text` is everything a person could read on the page at that moment.
    """

    number: int
    name: str
    slug: str
    url: str
    text: str


@dataclass(frozen=True, slots=True)
class FormSaid(Event):
    """The form does not go on, and said so at its fields; a page may repeat there what was typed."""

    messages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VerdictReached(Event):
    """The run has a verdict, from three signals (page proof, response, case number)."""

    verdict: Verdict
    case_number: str | None
    page_proof: bool
    response_ok: bool
    messages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonWanted(Event):
    """The run waits for a person at the open window; `why` says what for."""

    why: str


@dataclass(frozen=True, slots=True)
class FaultNoticed(Event):
    """Something was not as it should be, and did not stop the run by itself."""

    kind: str
    detail: str
