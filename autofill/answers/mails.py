"""Answers about mails."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from autofill.line import JsonLine
from autofill.mail.reading import MailOutcome


@dataclass(frozen=True, kw_only=True)
class MailAnswer(JsonLine):
    """Mails that were read, and what became of each."""

    schema: Literal["autofill.mail/1"] = "autofill.mail/1"
    looked_at: int
    opened: int
    left_out: int
    mails: tuple[MailOutcome, ...]
    exit_code: int
