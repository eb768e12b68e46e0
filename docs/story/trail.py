"""What a paper trail consists of: plain values between the play and the page.

No server, no file and no HTML is known here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that a run took: its file in the story's evidence, and what is to be seen."""

    file: str
    words: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A mail, or a letter of the person: what stands at its head, and its words.

    `signature` is what the mail's own (DKIM) says; a letter of the person has none.
    """

    kind: Literal["mail", "letter"]
    title: str
    head: tuple[tuple[str, str], ...]
    text: str
    signature: str = ""


@dataclass(frozen=True, slots=True)
class Morning:
    """One day of waiting: what day it is for the organisation, where the case stood, whether it was the person's turn.

    `counts` is the number of the business day since the inquiry was sent; 0 if the day counts for none.
    """

    day: date
    what: str
    counts: int
    status: str
    is_due: bool


@dataclass(frozen=True, slots=True)
class Typed:
    """A command, and what came of it in short; the program's own words are longer."""

    command: str
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """One thing that happened: when, what was typed, and where the case stood then."""

    anchor: str
    at: datetime
    title: str
    told: str
    typed: tuple[Typed, ...]
    status: str
    pictures: tuple[Picture, ...] = ()
    papers: tuple[Paper, ...] = ()
    mornings: tuple[Morning, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """One sealed recording: what it is, the SHA-256 of its seal, what `autofill verify` and `sha256sum` say of it."""

    name: str
    what: str
    seal: str
    ok: bool
    public_tool_ok: bool
    checks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the case's own history."""

    at: datetime
    what: str
    by: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Trail:
    """The whole story."""

    numbers: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    history: tuple[Happening, ...]
    pieces: tuple[Piece, ...]
    signer: str
