"""Terminal output: results, errors, questions, JSON lines; all of it visible, and in any encoding.

stdout is the answer, stderr is everything else. Rich is imported only when there is a terminal to draw on.
"""

from __future__ import annotations

import json as json_text
import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain, repeat
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TextIO

from autofill.answers.failure import FailureAnswer
from autofill.cases.model.run_states import WORDS
from autofill.errors import AutofillError, ExitCode, Problem
from autofill.evidence.keeping.folder import ARCHIVE
from autofill.language import _, gettext_noop, plural
from autofill.line import JsonLine
from autofill.shell import as_typed
from autofill.visible import is_visible, visible, visible_lines

if TYPE_CHECKING:
    from autofill.answers.registry import Answer
    from autofill.evidence.keeping.summary import RunSummary
    from autofill.forms.channels import Script
    from autofill.forms.form_map import FormMap
    from autofill.forms.plan import Plan
    from autofill.machine import Finding

_COLOUR_OF = {"confirmed": "green", "rejected": "red", "unknown": "red"}  # what is neither good nor bad is yellow
_UNMARKED = gettext_noop("unmarked")
_COLOURS = {"green": "32", "yellow": "33", "red": "31", "bold": "1"}


class Painted(NamedTuple):
    """Part of a line in a colour, if its stream is a terminal that wants colours."""

    text: str
    colour: str


def say(*parts: str | Painted) -> None:
    """One line of the answer, on stdout.

    Raises:
        UnwrittenError: It cannot be written.
    """
    _print(sys.stdout, parts)


def say_text(text: str) -> None:
    """A part of the answer that has lines of its own, such as a letter."""
    _write(sys.stdout, visible_lines(text) + "\n")


def say_json(answer: Answer) -> None:
    """The answer as one JSON object, on a line of its own; `autofill schema` has the schema of each kind."""
    content = answer.as_json if isinstance(answer, JsonLine) else answer.model_dump(mode="json", by_alias=True)
    say_json_text(json_text.dumps(content, ensure_ascii=False))


def say_json_text(text: str) -> None:
    """JSON, with the codes that JSON has for what cannot be seen, or not be written in the encoding of stdout."""
    is_utf = (sys.stdout.encoding or "").casefold().startswith("utf")

    def code(found: re.Match[str]) -> str:
        return found[0] if is_utf and is_visible(found[0]) else json_text.dumps(found[0])[1:-1]

    _write(sys.stdout, re.sub(r"[^ -~\n]", code, text) + "\n")


def say_error(error: str, code: ExitCode, hint: str = "") -> None:
    """Error that ended the command, as JSON on stdout, where programs look; people read it on stderr."""
    say_json(FailureAnswer(error=error, hint=hint, exit_code=code))


def tell(*parts: str | Painted, end: str = "\n") -> None:
    """One line about the answer, on stderr, if that can be written."""
    with suppress(OSError, ValueError):
        _print(sys.stderr, parts, end)


def _print(stream: TextIO, parts: Sequence[str | Painted], end: str = "\n") -> None:
    painted = stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    line = (
        f"\x1b[{_COLOURS[part.colour]}m{visible(part.text)}\x1b[0m"
        if isinstance(part, Painted) and painted
        else visible(part.text if isinstance(part, Painted) else part)
        for part in parts
    )
    _write(stream, as_typed("".join(line)) + end)


def _write(stream: TextIO, text: str) -> None:
    """Write what is visible by now, and the colours of ours in it."""
    getattr(stream, "as_is", stream.write)(text)
    stream.flush()


def drop_unsaid() -> None:
    """Drop what could not be written: Python would try again as it ends, and exit with 120."""
    for stream in filter(None, (sys.stdout, sys.stderr)):
        try:
            stream.flush()
        except (OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


async def ask(question: str) -> str:
    """Answer of the person at the terminal; empty when there is nobody."""
    tell(question, end=" ")
    return await next_line()


async def next_line() -> str:
    """The next line of stdin; empty at its end."""
    import asyncio  # noqa: PLC0415 - 40 ms that `--help` need not wait for
    import threading  # noqa: PLC0415

    loop = asyncio.get_running_loop()
    answer: asyncio.Future[str] = loop.create_future()

    def keep(line: str) -> None:
        if not answer.done():
            answer.set_result(line)

    def read() -> None:
        line = read_line()
        with suppress(RuntimeError):  # the program has ended meanwhile
            loop.call_soon_threadsafe(keep, line)

    # Nothing interrupts a read: only a thread that nobody waits for lets the program end without an answer.
    threading.Thread(target=read, daemon=True).start()
    return await answer


def read_line() -> str:
    """One line from stdin with its end; nothing when there are no more."""
    said = b""  # past `sys.stdin`, whose lock, held by a thread that still reads, would crash the exit
    with suppress(OSError):
        while not said.endswith(b"\n") and (letter := os.read(0, 1)):
            said += letter
    return said.decode(errors="replace")


def show_problems(problems: Iterable[Problem]) -> None:
    """Problems of files, one line each, on stderr."""
    for problem in problems:
        tell(str(problem))


def show_error(error: AutofillError) -> None:
    """An error and its hint, on stderr; problems of files as they are, so that editors find the lines."""
    show_problems(error.problems)
    if not error.problems:
        tell(Painted(_("error:"), "red"), f" {error}")
    for line in filter(None, error.hint.split("\n")):
        tell(line)


def show_summary(summary: RunSummary, *, json: bool) -> None:
    """A run's outcome: one JSON line, or for people verdict, case number, report, what next."""
    if json:
        say_json(summary)
        return
    colour, words = _COLOUR_OF.get(summary.verdict, "yellow"), WORDS[summary.verdict]
    if summary.verdict == "not-submitted" and summary.error is None:
        words = gettext_noop("Filled and checked; not submitted, as requested")
    say(Painted(_(words), colour), f"  {summary.profile}")
    for line in _lines(summary):
        say(f"  {line}")
    rows = [(_("Case number"), summary.case_number)] if summary.case_number else []
    if summary.recording and summary.recording.endswith(ARCHIVE):
        rows.append((_("Encrypted"), summary.recording))
    elif summary.recording:
        rows.append((_("Report"), str(Path(summary.recording) / "data" / "report.html")))
    if summary.next:
        rows.extend(zip(chain([_("Next")], repeat("")), map(str.strip, summary.next.split("\n")), strict=False))
    for (_name, value), line in zip(rows, columns(rows), strict=True):
        is_number = value == summary.case_number
        say("  ", *([line.removesuffix(value), Painted(value, "bold")] if is_number else [line]))


def _lines(summary: RunSummary) -> Iterator[str]:
    """Faults and messages of a run, in whole sentences."""
    if summary.error and summary.stopped_at:
        yield _("Stopped at “{step}”: {error}").format(step=summary.stopped_at, error=summary.error)
    elif summary.error and summary.exit_code != ExitCode.INVALID_FILE:  # those lines stand on stderr, for editors
        for line in summary.error.split("\n"):
            yield _("Stopped: {error}").format(error=line)
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
                (
                    f"   {entry.control.name}",
                    f"({entry.control.kind})" if entry.control.kind else "",
                    _short(entry.text),
                )
                for entry in step.entries
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
    table.add_row(Text(visible_lines(left[1])), Text(visible_lines(right[1])))
    say()
    console = Console(file=sys.stdout)
    with console.capture() as drawn:
        console.print(table)
    _write(sys.stdout, drawn.get())


def show_script(script: Script) -> None:
    """Text to say or to write, passage by passage, not indented so that it can be copied."""
    say(script.whom)
    for passage in script.passages:
        say()
        say(Painted(passage.title, "bold"))
        say_text(passage.text)
        if passage.limit:
            words = plural("({length} of {limit} character)", "({length} of {limit} characters)", passage.limit)
            say(words.format(length=len(passage.text), limit=passage.limit))
        if passage.shortened:
            say(_("The message did not fit completely. Read it before you send it."))


def show_form_map(form_map: FormMap, *, whole: bool) -> None:
    """A form map's title, and on request each page's controls with how they are known."""
    whose = f" ({form_map.organisation})" if form_map.organisation else ""
    say(f"{form_map.id}  {form_map.title}{whose}")
    if not whole:
        return
    for page in form_map.pages:
        fact = form_map.fact_of(page)
        how = f"{fact.mark}: {form_map.sources[fact.source]}" if fact else _(_UNMARKED)
        say(f"  {form_map.name_of(page)}  [{how}]")
        known = [(control, form_map.fact_of(page, control)) for control in page.controls]
        rows = [
            (f"    {control.name}", control.kind or "-", fact.mark if fact else _(_UNMARKED), fact.note if fact else "")
            for control, fact in known
        ]
        for line in columns(rows):
            say(line)


def show_findings(findings: Sequence[Finding]) -> None:
    """Results of `doctor`, one line each, with the remedy where one is needed."""
    for finding in findings:
        mark = Painted("ok", "green") if finding.fine else Painted("!!", "red")
        say(mark, f"  {_(finding.subject)}: {finding.found}")
        if not finding.fine:
            say_text(as_typed(f"      {finding.remedy}"))


def _short(text: str) -> str:
    first, _, rest = text.partition("\n")
    return first[:60] + ("…" if rest or len(first) > 60 else "")


def columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows as lines with aligned columns; the last column is as long as it is."""
    shown = [[visible(cell) for cell in row] for row in rows]
    widths = [max(map(_width, column)) for column in zip(*shown, strict=True)]
    padded = ((cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)) for row in shown)
    return ["  ".join(row).rstrip() for row in padded]


def _width(text: str) -> int:
    """Columns of a terminal: Korean letters, for one, take two each (Unicode Standard Annex 11)."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
