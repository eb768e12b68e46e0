"""Answer of a command that an error ended. Imported by every verb, so it imports next to nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from autofill.line import JsonLine


@dataclass(frozen=True, kw_only=True)
class FailureAnswer(JsonLine):
    """Error that ended the command, or its work at one recording. `hint` says what to do, as far as that is known."""

    schema: Literal["autofill.error/1"] = "autofill.error/1"
    error: str
    hint: str
    exit_code: int
