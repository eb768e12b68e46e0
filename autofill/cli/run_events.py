"""The events of a run as JSON lines on stdout, and a person's answers from stdin: how programs follow `autofill run`.

Nobody has to read them, and the end of stdin is an answer, too: nobody is there. Nothing here holds what was typed;
values and pictures are in the recording, where they are by the time their event is written.
"""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from dataclasses import dataclass

from autofill import console
from autofill.errors import PersonNeeded
from autofill.events import (
    AboutToSubmit,
    Event,
    OutcomeShown,
    Paused,
    RunStarted,
    StepDone,
    StepStarted,
    SubmitResponded,
    VerdictReached,
)
from autofill.evidence.keeping.folder import picture_place
from autofill.jobs.event_lines import (
    Answered,
    Claimed,
    ConfirmWanted,
    EventLine,
    Filled,
    Heard,
    HelpWanted,
    Judged,
    Outcome,
    Pausing,
    Picture,
    Started,
    Step,
    ValueFacts,
    Values,
)
from autofill.language import _
from autofill.running.claim import Claim

# Seconds that a run waits at its open page for somebody to answer.
PATIENCE = 1800.0


class EventLines:
    """Listener that writes each event of one run on a line of its own."""

    def __init__(self, claimed: Claim) -> None:
        """Write which run it is, and what its steps will be."""
        self._shown: StepDone | OutcomeShown | None = None
        plan, conditions = claimed.job.plan, claimed.conditions
        _write(
            Claimed(
                run_id=claimed.run_id,
                recording=str(conditions.recordings / claimed.run_id),
                profile=claimed.job.profile,
                target=conditions.target,
                form=plan.form_title,
                steps=tuple(step.name for step in plan.steps),
            )
        )

    def on(self, event: Event) -> None:
        """Write what happened; the picture of a step is on disk when the next event is heard."""
        if self._shown is not None:
            place = picture_place(self._shown.number, self._shown.slug)
            _write(Picture(n=self._shown.number, file=place))
            self._shown = None
        match event:
            case Paused():
                _write(Pausing(seconds=event.seconds))
            case RunStarted():
                _write(Started(steps=event.steps, browser=event.browser))
            case StepStarted():
                _write(Step(n=event.number, name=event.name))
            case StepDone():
                self._shown = event
                values = tuple(ValueFacts(name=value.name, matches=value.matches) for value in event.values)
                _write(Values(n=event.number, values=values))
            case AboutToSubmit():
                _write(Filled(n=event.number))
            case SubmitResponded():
                _write(Answered(status=event.status))
            case OutcomeShown():
                self._shown = event
                _write(Outcome(n=event.number, name=event.name))
            case VerdictReached():
                _write(Judged(verdict=event.verdict, case_number=event.case_number))


@dataclass(slots=True)
class PersonElsewhere:
    """A person who is asked by an event, `question` N, and answers with a line: `{"question": N, "text": "..."}`."""

    _asked: int = 0

    async def help(self, why: str) -> None:
        """Have the person do something at the open window.

        Raises:
            PersonNeeded: There is nobody.
        """
        if await self._answer(HelpWanted(question=self._next(), why=why)) is None:
            raise PersonNeeded(why, hint=_("Start it again when you have time for it."))

    async def confirm(self, origin: str) -> bool:
        """Whether the person typed the address of the filled form; who typed another may try again."""
        typed = await self._answer(ConfirmWanted(question=self._next(), origin=origin, again=False))
        while typed is not None and typed.strip() != origin:
            typed = await self._answer(ConfirmWanted(question=self._next(), origin=origin, again=True))
        return typed is not None

    def _next(self) -> int:
        self._asked += 1
        return self._asked

    async def _answer(self, asked: HelpWanted | ConfirmWanted) -> str | None:
        """The answer to one question; none if nobody gives it. An answer to another one is none."""
        _write(asked)
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                while line := await console.next_line():
                    if (text := _text_for(asked.question, line)) is not None:
                        _write(Heard(question=asked.question))
                        return text
        return None


def _text_for(question: int, line: str) -> str | None:
    try:
        answer = json.loads(line)
        return str(answer["text"]) if answer["question"] == question else None
    except (ValueError, LookupError, TypeError, RecursionError):
        return None


def _write(line: EventLine) -> None:
    """One line, if anybody can still read it."""
    with suppress(OSError, ValueError):
        console.say_json(line)
