"""Terminal output: progress, results, errors, JSON lines.

stdout is the answer, stderr is everything else. Rich is imported only when there is a terminal to draw on.
"""

from __future__ import annotations

import json as json_text
import os
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from autofill.cases.model.run_states import WORDS
from autofill.errors import AutofillError, ExitCode, InvalidFile, Problem
from autofill.events import AboutToSubmit, Event, Paused, PersonWanted, RunStarted, StepStarted
from autofill.evidence.keeping.folder import ARCHIVE
from autofill.language import _, gettext_noop, plural

if TYPE_CHECKING:
    from rich.status import Status

    from autofill.evidence.keeping.summary import RunSummary
    from autofill.forms.channels import Script
    from autofill.forms.form_map import FormMap
    from autofill.forms.plan import Plan
    from autofill.machine import Finding

_COLOUR_OF = {"confirmed": "green", "rejected": "red", "unknown": "red"}  # what is neither good nor bad is yellow
_COLOURS = {"green": "32", "yellow": "33", "red": "31", "bold": "1"}


def say(text: str = "") -> None:
    """One line of the answer, on stdout."""
    print(text, flush=True)  # noqa: T201 - the one place that prints


def say_json(schema: str, **answer: object) -> None:
    """The answer as one JSON object, on a line of its own."""
    say(json_text.dumps({"schema": schema, **answer}, ensure_ascii=False))


def say_error(error: str, code: ExitCode, hint: str = "") -> None:
    """Error that ended the command, as JSON on stdout, where programs look; people read it on stderr."""
    say_json("autofill.error/1", error=error, hint=hint, exit_code=code)


def tell(text: str) -> None:
    """One line about the answer, on stderr."""
    print(text, file=sys.stderr, flush=True)  # noqa: T201 - the one place that prints


def drop_unsaid() -> None:
    """Drop what could not be written: Python would try again as it ends, and exit with 120."""
    for stream in filter(None, (sys.stdout, sys.stderr)):
        try:
            stream.flush()
        except (OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


async def ask(question: str) -> str:
    """Answer of the person at the terminal; empty when there is nobody."""
    import asyncio  # noqa: PLC0415 - 40 ms that `--help` need not wait for
    import threading  # noqa: PLC0415

    loop = asyncio.get_running_loop()
    answer: asyncio.Future[str] = loop.create_future()

    def keep(line: str) -> None:
        if not answer.done():
            answer.set_result(line)

    def read() -> None:
        line = _line()
        with suppress(RuntimeError):  # the program has ended meanwhile
            loop.call_soon_threadsafe(keep, line)

    print(question, end=" ", file=sys.stderr, flush=True)  # noqa: T201
    # Nothing interrupts a read: only a thread that nobody waits for lets the program end without an answer.
    threading.Thread(target=read, daemon=True).start()
    return await answer


def _line() -> str:
    """One line from stdin, past `sys.stdin`: its lock, held by a thread that still reads, would crash the exit."""
    said = b""
    with suppress(OSError):
        while not said.endswith(b"\n") and (letter := os.read(0, 1)):
            said += letter
    return said.decode(errors="replace")


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
        tell(paint(_("error:"), "red", sys.stderr) + f" {error}")
    if error.hint:
        tell(error.hint)


def show_summary(summary: RunSummary, *, json: bool) -> None:
    """A run's outcome: one JSON line, or for people verdict, case number, report, what next."""
    if json:
        say(summary.model_dump_json())
        return
    colour, words = _COLOUR_OF.get(summary.verdict, "yellow"), WORDS[summary.verdict]
    if summary.verdict == "not-submitted" and summary.error is None:
        words = gettext_noop("Filled and checked; not submitted, as asked")
    say(f"{paint(_(words), colour, sys.stdout)}  {summary.profile}")
    for line in _lines(summary):
        say(f"  {line}")
    rows = [(_("Case number"), paint(summary.case_number, "bold", sys.stdout))] if summary.case_number else []
    if summary.recording and summary.recording.endswith(ARCHIVE):
        rows.append((_("Encrypted"), summary.recording))
    elif summary.recording:
        rows.append((_("Report"), str(Path(summary.recording) / "data" / "report.html")))
    if summary.next:
        rows.append((_("Next"), summary.next))
    for line in columns(rows):
        say(f"  {line}")


def _lines(summary: RunSummary) -> Iterator[str]:
    """Faults and messages of a run, in whole sentences."""
    if summary.error and summary.stopped_at:
        yield _("Stopped at “{step}”: {error}").format(step=summary.stopped_at, error=summary.error)
    elif summary.error and summary.exit_code != ExitCode.INVALID_FILE:  # those lines stand on stderr, for editors
        yield _("Stopped: {error}").format(error=summary.error)
    for note in (*summary.messages, *summary.faults):
        yield _("Note: {note}").format(note=note)


def show_plan(plan: Plan) -> None:
    """A plan's steps and what goes into each control."""
    words = plural("{form}, {steps} step, digest {digest}", "{form}, {steps} steps, digest {digest}", len(plan.steps))
    say(words.format(form=plan.form_title, steps=len(plan.steps), digest=plan.digest[:12]))
    for number, step in enumerate(plan.steps, 1):
        say(f"{number}. {step.name}")
        if step.action in {"fill", "submit"}:
            rows = [
                (f"   {entry.control.name}", f"({entry.control.kind})", _short(entry.text)) for entry in step.entries
            ]
            for line in columns(rows):
                say(line)
        say("   " + _("then: {button}").format(button=step.advance.name))


def show_beside(left: tuple[str, str], right: tuple[str, str]) -> None:
    """Two texts side by side, each below its title."""
    from rich.console import Console  # noqa: PLC0415 - few profiles hold a translation
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=None, padding=(0, 2, 0, 0), expand=True, header_style="bold")
    for title, _text in (left, right):
        table.add_column(Text(title), ratio=1)
    table.add_row(Text(left[1]), Text(right[1]))
    say()
    Console().print(table)


def show_script(script: Script) -> None:
    """Text to say or to write, passage by passage, not indented so that it can be copied."""
    say(script.whom)
    for passage in script.passages:
        say()
        say(paint(passage.title, "bold", sys.stdout))
        say(passage.text)
        if passage.limit:
            words = plural("({length} of {limit} character)", "({length} of {limit} characters)", passage.limit)
            say(words.format(length=len(passage.text), limit=passage.limit))
        if passage.shortened:
            say(_("Not all of the message went in: read it before you send it."))


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
    """Results of `doctor`, one line each, with the remedy where one is needed."""
    for finding in findings:
        mark = paint("ok", "green", sys.stdout) if finding.fine else paint("!!", "red", sys.stdout)
        say(f"{mark}  {_(finding.subject)}: {finding.found}")
        if not finding.fine:
            say(f"      {finding.remedy}")


def has_display() -> bool:
    """Whether a web browser can be opened for the user."""
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
            seconds = round(event.seconds)
            words = plural(
                "Waiting {seconds} second: this form is not used more often",
                "Waiting {seconds} seconds: this form is not used more often",
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
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    padded = ((cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return ["  ".join(row).rstrip() for row in padded]


def _width(text: str) -> int:
    """Columns of a terminal: Korean letters, for one, take two each (Unicode Standard Annex 11)."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
