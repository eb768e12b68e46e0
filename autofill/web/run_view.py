"""What the page of a run shows: where it is, what it asks, what it came to. Reads the recording that it writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

from autofill.cases.following.about import About, about_recording
from autofill.cases.model.deadlines import deadline_book
from autofill.cases.model.run_states import State
from autofill.evidence.keeping.report import Outcome, outcome_of
from autofill.evidence.keeping.step_view import StepView
from autofill.jobs.run_progress import Question, RunProgress, StepProgress
from autofill.language import _
from autofill.web.cards import Card
from autofill.web.context import AppContext
from autofill.web.recording_view import steps_of


@dataclass(frozen=True, slots=True)
class StepShown:
    """A step, and what the recording has of it by now."""

    progress: StepProgress
    kept: StepView | None = None

    @property
    def values(self) -> list[tuple[str, bool, str]]:
        """Each control's name, whether it matches, and what the page held, as soon as that is kept."""
        found = [value.found for value in self.kept.values] if self.kept else []
        found += [""] * (len(self.progress.values) - len(found))
        return [(name, matches, text) for (name, matches), text in zip(self.progress.values, found, strict=False)]


@dataclass(frozen=True, slots=True)
class RunView:
    """A run on its page.

    `asks` is a question that can be answered here; `is_alive` says that its process goes on, `is_ours` that it was
    started from this app, `is_stopped` that somebody told it to stop. `inquiry` is the profile's name, if it is one of
    the app's. `card` is that of its recording, with what the ledger knows by now, once it is over.
    """

    name: str
    progress: RunProgress
    is_alive: bool
    is_ours: bool
    can_be_stopped: bool
    is_stopped: bool
    asks: Question | None
    steps: tuple[StepShown, ...]
    about: About
    inquiry: str
    card: Card | None

    @property
    def is_live(self) -> bool:
        """Whether it is for the real form."""
        return self.progress.target == "live"

    @property
    def phase(self) -> Literal["starting", "running", "stopping", "sending", "over"]:
        """Where it is."""
        if not self.is_alive or self.progress.is_over:
            return "over"
        if self.progress.may_have_sent:
            return "sending"
        if self.is_stopped:
            return "stopping"
        return "running" if self.progress.step else "starting"

    @property
    def outcome(self) -> Outcome:
        """What it came to, as it said or as the ledger knows it."""
        if self.progress.error:
            return Outcome("bad", _("Not started"), self.progress.error)
        record = self.card.record if self.card else None
        if self.card and (self.progress.summary or (self.card.is_settled and record and record.clicked_at)):
            return self.card.outcome
        if self.progress.summary:
            return outcome_of(self.progress.summary)
        if self.is_stopped and (not self.progress.run_id or (record and record.state is State.NOT_SUBMITTED)):
            return Outcome("still", _("Stopped"), _("The run was stopped. Nothing was sent."))
        if record and record.state is State.NOT_SUBMITTED:
            return Outcome("bad", _("Ended unexpectedly"), _("The run could not go on. Nothing was sent."))
        return Outcome("doubt", _("Ended unexpectedly"), _("The run ended before it could say what it came to."))

    @property
    def may_have_arrived(self) -> bool:
        """Whether somebody has to find out what became of it."""
        return self.card is not None and self.card.is_unknown

    @property
    def case_number(self) -> str | None:
        """The number that the form gave, or that became known since."""
        said = self.progress.summary
        return (self.card.case_number if self.card else None) or (said.case_number if said else None)

    @property
    def shown(self) -> StepShown | None:
        """The last step whose picture is kept."""
        return next((step for step in reversed(self.steps) if step.kept and step.kept.pictures), None)

    @property
    def read_back(self) -> StepShown | None:
        """The last step whose values were read back."""
        return next((step for step in reversed(self.steps) if step.progress.values), None)

    @property
    def matching(self) -> tuple[int, int]:
        """How many of all controls held what was planned, wherever they were read, and how many there are."""
        every = [value for step in self.steps for value in step.progress.values]
        names = {name for name, _matches in every}
        return len(names - {name for name, matches in every if not matches}), len(names)

    @property
    def expected(self) -> tuple[timedelta, date] | None:
        """How soon a confirmation mail comes, and the day of the answer, where one is awaited."""
        status = self.card.case_status if self.card else None
        if status is None or status.due is None:
            return None
        return deadline_book().of(status.case.form).acknowledged_within, status.due


@dataclass(frozen=True, slots=True)
class RunLine:
    """A run that goes on, on a list; `asks` says that it waits for an answer."""

    name: str
    title: str
    is_live: bool
    asks: bool


def runs_now(context: AppContext) -> list[RunLine]:
    """The runs that go on, those first that ask something."""
    found = [(name, context.runs.progress(name)) for name in context.runs.alive()]
    lines = [
        RunLine(
            name,
            _about(context, progress).title or Path(progress.profile).stem,
            is_live=progress.target == "live",
            asks=progress.asks is not None,
        )
        for name, progress in found
        if progress and not progress.is_over
    ]
    return sorted(lines, key=lambda line: not line.asks)


def view_of_run(context: AppContext, name: str, answered: int = 0) -> RunView | None:
    """The view of a run of this name; none if there is none. A question that was just `answered` is asked no more."""
    is_ours, is_alive = context.runs.can_be_told(name), context.runs.is_alive(name)
    progress = context.runs.progress(name)
    if progress is None:
        return None
    is_stopped = context.runs.is_stopped(name)
    asks = progress.asks if is_ours and not is_stopped else None
    if asks and asks.number == answered:
        asks = None
    run_id = progress.run_id
    kept = {step.number: step for step in steps_of(context.store, run_id)} if run_id else {}
    is_over = not is_alive or progress.is_over
    return RunView(
        name,
        progress,
        is_alive,
        is_ours,
        can_be_stopped=context.runs.can_be_stopped(name),
        is_stopped=is_stopped,
        asks=asks,
        steps=tuple(StepShown(step, kept.get(step.number)) for step in progress.steps),
        about=_about(context, progress),
        inquiry=context.inquiry(progress.profile),
        card=_card(context, run_id) if is_over and run_id else None,
    )


def _about(context: AppContext, progress: RunProgress) -> About:
    found = about_recording(context.store.folder(progress.run_id)) if progress.run_id else None
    return found or About()


def _card(context: AppContext, run_id: str) -> Card | None:
    entry, known = context.store.find(run_id), context.ledger.read()
    return Card(entry, known.case_statuses.get(run_id), record=known.runs.get(run_id)) if entry else None
