"""All that a terminal shows: progress, results, errors, JSON lines. Decides nothing.

stdout is the answer, stderr is everything else. Rich is imported only when there is a terminal to draw on.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from autofill.errors import AutofillError, InvalidFile, Problem
from autofill.events import AboutToSubmit, Event, Paused, PersonWanted, RunStarted, StepStarted

if TYPE_CHECKING:
    from rich.status import Status

    from autofill.evidence.summary import RunSummary
    from autofill.forms.form_map import FormMap
    from autofill.forms.plan import Plan
    from autofill.machine import Finding

_VERDICTS = {
    "confirmed": ("green", "Confirmed"),
    "confirmed-no-case": ("yellow", "Confirmed, but without a case number"),
    "rejected": ("red", "The form refused it"),
    "unknown": ("red", "Unknown: it may have been sent"),
    "not-submitted": ("yellow", "Not submitted"),
}
_COLOURS = {"green": "32", "yellow": "33", "red": "31", "bold": "1"}


def say(text: str = "") -> None:
    """One line of the answer, on stdout."""
    print(text, flush=True)  # noqa: T201 - the one place that prints


def tell(text: str) -> None:
    """One line about the answer, on stderr."""
    print(text, file=sys.stderr, flush=True)  # noqa: T201 - the one place that prints


async def ask(question: str) -> str:
    """What the person at the terminal answers; nothing when there is nobody."""
    import asyncio  # noqa: PLC0415 - 40 ms that `--help` need not wait for

    print(question, end="", file=sys.stderr, flush=True)  # noqa: T201
    return await asyncio.to_thread(sys.stdin.readline)


def paint(text: str, colour: str, stream: TextIO) -> str:
    """The text in a colour, where the stream is a terminal that wants colours (https://no-color.org)."""
    wanted = stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return f"\x1b[{_COLOURS[colour]}m{text}\x1b[0m" if wanted else text


def show_problems(problems: Iterable[Problem]) -> None:
    """Problems of files, one line each, on stderr."""
    for problem in problems:
        tell(str(problem))


def show_error(error: AutofillError) -> None:
    """An error and its hint, on stderr; problems of files as they are, so that editors find the lines."""
    if isinstance(error, InvalidFile):
        show_problems(error.problems)
    else:
        tell(f"{paint('error:', 'red', sys.stderr)} {error}")
    if error.hint:
        tell(error.hint)


def show_summary(summary: RunSummary, *, json: bool) -> None:
    """A run's outcome: one JSON line, or for people verdict, case number, report, what next."""
    if json:
        say(summary.model_dump_json())
        return
    colour, words = _VERDICTS[summary.verdict]
    if summary.verdict == "not-submitted" and summary.error is None:
        words = "Filled and checked; not submitted, as asked"
    say(f"{paint(words, colour, sys.stdout)}  {summary.profile}")
    if summary.error:
        where = f" at “{summary.stopped_at}”" if summary.stopped_at else ""
        say(f"  Stopped{where}: {summary.error}")
    for message in (*summary.messages, *summary.faults):
        say(f"  Note: {message}")
    if summary.case_number:
        say(f"  Case number  {paint(summary.case_number, 'bold', sys.stdout)}")
    if summary.recording:
        say(f"  Report       {Path(summary.recording) / 'data' / 'report.html'}")
    if summary.next:
        say(f"  Next         {summary.next}")


def show_plan(plan: Plan) -> None:
    """A plan's steps and what goes into each control."""
    say(f"{plan.form_title}, {len(plan.steps)} steps, digest {plan.digest[:12]}")
    for number, step in enumerate(plan.steps, 1):
        say(f"{number}. {step.name}")
        if step.action == "fill":
            rows = [
                (f"   {entry.control.name}", f"({entry.control.kind})", _short(entry.text)) for entry in step.entries
            ]
            for line in columns(rows):
                say(line)
        say(f"   then: {step.advance.name}")


def show_form_map(form_map: FormMap, *, whole: bool) -> None:
    """A form map's title, and on request each page's controls with how they are known."""
    say(f"{form_map.id}  {form_map.title} ({form_map.organisation})")
    if not whole:
        return
    for page in form_map.pages:
        say(f"  {page.title}  [{page.fact.mark}: {form_map.sources[page.fact.source]}]")
        rows = [(f"    {c.name}", c.kind, c.fact.mark, c.fact.note) for c in page.controls]
        for line in columns(rows):
            say(line)


def show_findings(findings: Sequence[Finding]) -> None:
    """What `doctor` found, one line each, with the remedy where one is needed."""
    for finding in findings:
        mark = paint("ok", "green", sys.stdout) if finding.fine else paint("!!", "red", sys.stdout)
        say(f"{mark}  {finding.subject}: {finding.found}")
        if not finding.fine:
            say(f"      {finding.remedy}")


def has_display() -> bool:
    """Whether opening a web browser for the user can work."""
    return sys.stdout.isatty() and (sys.platform in {"darwin", "win32"} or bool(os.environ.get("DISPLAY")))


def _short(text: str) -> str:
    first, _, rest = text.partition("\n")
    return first[:60] + ("…" if rest or len(first) > 60 else "")


class Progress:
    """The step a run is in, shown while it runs when stderr is a terminal, and nothing at all otherwise."""

    def __init__(self, *, wanted: bool) -> None:
        self._wanted = wanted and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._status: Status | None = None
        self._steps = 0

    def on(self, event: Event) -> None:
        """Show what began."""
        if isinstance(event, Paused):
            self.show(f"Waiting {event.seconds:.0f} seconds: this form is not used more often")
        elif isinstance(event, RunStarted):
            self._steps = event.steps
        elif isinstance(event, AboutToSubmit | PersonWanted):
            self.stop()  # somebody may be asked something now
        elif isinstance(event, StepStarted):
            self.show(f"Step {event.number} of {self._steps}: {event.name}")

    def show(self, text: str) -> None:
        """Show one line until the next one, or until `stop`."""
        if not self._wanted:
            return
        if self._status is None:
            from rich.console import Console  # noqa: PLC0415 - 60 ms that only a terminal is worth

            self._status = Console(stderr=True).status(text)
            self._status.start()
        self._status.update(text)

    def stop(self) -> None:
        """Clear the line; the next `show` begins a new one."""
        if self._status is not None:
            self._status.stop()
            self._status = None


def columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows as lines with aligned columns; the last column is as long as it is."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
