"""Answers about other tools' files, and about the machine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from autofill.errors import Problem
from autofill.interchange.writing import Format
from autofill.line import JsonLine
from autofill.machine import Finding


@dataclass(frozen=True, kw_only=True)
class ImportAnswer(JsonLine):
    """Form map and draft profile that were made of another tool's file; `left` is what has no counterpart."""

    schema: Literal["autofill.import/1"] = "autofill.import/1"
    file: str
    format: str
    form_map: str
    profile: str | None
    left: tuple[Problem, ...]
    problems: tuple[Problem, ...]
    exit_code: int


@dataclass(frozen=True, kw_only=True)
class ExportAnswer(JsonLine):
    """Script of another tool that fills the same form; `left` is what it cannot do."""

    schema: Literal["autofill.export/1"] = "autofill.export/1"
    form: str
    format: Format
    script: str
    left: tuple[Problem, ...]
    exit_code: int


@dataclass(frozen=True, kw_only=True)
class DoctorAnswer(JsonLine):
    """What this machine has and lacks."""

    schema: Literal["autofill.doctor/1"] = "autofill.doctor/1"
    findings: tuple[Finding, ...]
