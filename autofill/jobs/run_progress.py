"""The progress of a run, as the lines of `autofill run --events` tell it. Pure: text in, state out; holds no value."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal, TypeAlias

from autofill.evidence.keeping.summary import RunSummary
from autofill.language import _

QuestionKind: TypeAlias = Literal["person-wanted", "confirm"]


@dataclass(frozen=True, slots=True)
class StepProgress:
    """One step: its picture's place in the recording, and the controls that were read back with whether they match."""

    number: int
    name: str
    state: Literal["later", "now", "done"] = "later"
    values: tuple[tuple[str, bool], ...] = ()
    picture: str | None = None

    @property
    def matching(self) -> int:
        """How many values match."""
        return sum(matches for _name, matches in self.values)


@dataclass(frozen=True, slots=True)
class Question:
    """What the run asks a person: `why` they are wanted at the window, or to type `origin`; `again` after a wrong one.

    `heard` says that it was answered.
    """

    number: int
    kind: QuestionKind
    why: str = ""
    origin: str = ""
    again: bool = False
    heard: bool = False


@dataclass(frozen=True, slots=True)
class RunProgress:
    """Where a run is. `seen` counts the lines it is made of; `error` and `hint` end one that never began.

    `submitting` says that the form was filled and the click may have come; `paused` is how many seconds it waits.
    """

    seen: int = 0
    run_id: str = ""
    profile: str = ""
    target: str = ""
    form: str = ""
    began: datetime | None = None
    paused: float = 0
    steps: tuple[StepProgress, ...] = ()
    submitting: bool = False
    question: Question | None = None
    summary: RunSummary | None = None
    error: str = ""
    hint: str = ""
    told: tuple[str, ...] = field(default=())

    @property
    def step(self) -> StepProgress | None:
        """The step it is in."""
        return next((step for step in self.steps if step.state == "now"), None)

    @property
    def asks(self) -> Question | None:
        """What it waits for a person to answer."""
        return self.question if self.question and not self.question.heard and not self.is_over else None

    @property
    def may_have_sent(self) -> bool:
        """Whether the submit click may have come: what was asked before it is answered."""
        return self.submitting and self.asks is None

    @property
    def is_over(self) -> bool:
        """Whether it said what it came to."""
        return self.summary is not None or bool(self.error)


def progress_of(lines: Iterable[str]) -> RunProgress:
    """The progress that all lines together tell; what is no JSON is what the program told people."""
    progress = RunProgress()
    for line in lines:
        progress = _after(progress, line)
    return progress


def _after(before: RunProgress, line: str) -> RunProgress:
    progress = replace(before, seen=before.seen + 1)
    try:
        facts: dict[str, Any] = json.loads(line)
        match facts["schema"]:
            case "autofill.event/1":
                return _with_event(progress, facts)
            case "autofill.run/1":
                return replace(progress, summary=RunSummary.model_validate_json(line, extra="ignore"))
            case "autofill.error/1":
                return replace(progress, error=str(facts["error"]), hint=str(facts["hint"]))
    except (ValueError, LookupError, TypeError, RecursionError):
        return replace(progress, told=(*progress.told, line))
    return progress


def _with_event(progress: RunProgress, facts: dict[str, Any]) -> RunProgress:
    number = facts.get("n", 0)
    match facts["event"]:
        case "requested":
            progress = replace(progress, profile=facts["profile"], target=facts["target"])
        case "claimed":
            names = enumerate([*facts["steps"], _("Confirmation")], 1)
            known = {name: facts[name] for name in ("run_id", "profile", "target", "form")}
            progress = replace(progress, **known, steps=tuple(StepProgress(*each) for each in names))
        case "paused":
            progress = replace(progress, paused=facts["seconds"])
        case "started":
            progress = replace(progress, began=datetime.fromisoformat(facts["at"]), paused=0)
        case "step":
            progress = _changed(progress, number - 1, state="done")
            progress = _changed(progress, number, name=facts["name"], state="now")
        case "values":
            values = tuple((value["name"], value["matches"]) for value in facts["values"])
            progress = _changed(progress, number, values=values)
        case "picture":
            progress = _changed(progress, number, picture=facts["file"])
        case "outcome":
            progress = _changed(progress, number, name=facts["name"], state="done")
        case "filled":
            progress = replace(progress, submitting=True)
        case "person-wanted" | "confirm" as kind:
            what = {name: facts[name] for name in ("why", "origin", "again") if name in facts}
            progress = replace(progress, question=Question(facts["question"], kind, **what))
        case "heard" if progress.question:
            progress = replace(progress, question=replace(progress.question, heard=True))
    return progress


def _changed(progress: RunProgress, number: int, **what: Any) -> RunProgress:
    steps = tuple(replace(step, **what) if step.number == number else step for step in progress.steps)
    return replace(progress, steps=steps)
