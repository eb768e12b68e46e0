"""Answers about profiles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from autofill.errors import Problem
from autofill.forms.channels import Script
from autofill.forms.plan import Plan
from autofill.line import JsonLine


@dataclass(frozen=True, kw_only=True)
class ValidateAnswer(JsonLine):
    """What is wrong with a profile, if anything; `exit_code` is 0 if it is ready to run."""

    schema: Literal["autofill.validate/1"] = "autofill.validate/1"
    profile: str
    exit_code: int
    problems: tuple[Problem, ...]


class PlanAnswer(Plan):
    """The steps that a run would take, in order, and what goes into each control."""

    schema_: Literal["autofill.plan/1"] = Field(default="autofill.plan/1", alias="schema")


class ScriptAnswer(Script):
    """What to write or say where there is no form: `passages`, in the order in which they are needed."""

    schema_: Literal["autofill.script/1"] = Field(default="autofill.script/1", alias="schema")
    profile: str
