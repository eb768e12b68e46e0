"""The progress of a run, as one line on stderr that comes and goes."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from autofill.events import AboutToSubmit, Event, Paused, PersonWanted, RunStarted, StepStarted
from autofill.language import _, plural
from autofill.visible import visible

if TYPE_CHECKING:
    from rich.status import Status


class Progress:
    """The step a run is in, shown while it runs when stderr is a terminal, and nothing at all otherwise."""

    def __init__(self, *, wanted: bool) -> None:
        self._wanted = wanted and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._status: Status | None = None
        self._steps = 0

    def on(self, event: Event) -> None:
        """Show what began."""
        if isinstance(event, Paused):
            seconds = round(event.seconds)
            words = plural(
                "Waiting {seconds} second between two uses of this form",
                "Waiting {seconds} seconds between two uses of this form",
                seconds,
            )
            self.show(words.format(seconds=seconds))
        elif isinstance(event, RunStarted):
            self._steps = event.steps
        elif isinstance(event, AboutToSubmit | PersonWanted):
            self.stop()  # somebody may be asked something now
        elif isinstance(event, StepStarted):
            step = _("Step {number} of {steps}: {name}")
            self.show(step.format(number=event.number, steps=self._steps, name=event.name))

    def show(self, text: str) -> None:
        """Show one line until the next one, or until `stop`."""
        if not self._wanted:
            return
        from rich.console import Console  # noqa: PLC0415 - 60 ms that only a terminal is worth
        from rich.markup import escape  # noqa: PLC0415

        if self._status is None:
            self._status = Console(file=getattr(sys.stderr, "stream", sys.stderr)).status("", spinner="line")
            self._status.start()
        self._status.update(escape(visible(text)))

    def stop(self) -> None:
        """Clear the line; the next `show` begins a new one."""
        if self._status is not None:
            self._status.stop()
            self._status = None
