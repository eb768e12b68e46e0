"""The results of a batch as files: CSV and JSON for programs, a page for people. Holds no value a person typed."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import Final
from urllib.parse import quote

from autofill.errors import DiskTrouble
from autofill.evidence.keeping.report import Tone, template
from autofill.evidence.keeping.summary import Target
from autofill.jobs.batch_outcome import DONE, RowOutcome, State
from autofill.language import _, gettext_noop, spoken

WORDS: Final[dict[State, tuple[Tone, str]]] = {
    "unknown": ("doubt", gettext_noop("Unknown")),
    "parked": ("doubt", gettext_noop("Needs you")),
    "refused": ("bad", gettext_noop("Refused")),
    "invalid": ("bad", gettext_noop("Not valid")),
    "failed": ("bad", gettext_noop("Failed, nothing sent")),
    "stopped": ("still", gettext_noop("Stopped, nothing sent")),
    "not begun": ("still", gettext_noop("Not started")),
    "waiting": ("still", gettext_noop("Waits for a worker")),
    "not sent": ("still", gettext_noop("Filled, not sent")),
    "sent": ("good", gettext_noop("Sent")),
    "sent before": ("good", gettext_noop("Already sent")),
}
"""Tone and words of each state, in the order in which a person wants to see them."""

# With these a spreadsheet takes a text for a formula (OWASP, CSV injection), also behind what it may part cells at.
_FORMULA: Final = re.compile(r"^(?:[\t\r]+[=+@-]?|[=+@-])|(?<=[;\t\r\n]) *[=+@-]")
# What it takes for a number or a day, and shows as another: zeros in front, more than 15 digits, `1E5`, `1/2`.
_CHANGED: Final = re.compile(r"(?!(?:0|[1-9]\d{0,14})$)\d[\d.,:/E-]*", re.IGNORECASE)


def write_results(
    folder: Path, name: str, target: Target, outcomes: Sequence[RowOutcome], delimiter: str = ","
) -> Path:
    """Write `results.csv`, `results.json` and `index.html` into a folder; the page's path.

    Args:
        folder: Where they go; what is there of an earlier command is replaced.
        name: The batch's name.
        target: Whether it was practice.
        outcomes: One of each row, in the table's order.
        delimiter: What parts the cells of `results.csv`.

    Raises:
        DiskTrouble: They cannot be written.
    """
    content = {
        "schema": "autofill.batch/1",
        "name": name,
        "target": target,
        "rows": [asdict(each) for each in outcomes],
    }
    files = {
        "results.csv": "\ufeff" + _csv(outcomes, delimiter),
        "results.json": json.dumps(content, ensure_ascii=False, indent=1) + "\n",
        "index.html": _page(folder, name, target, outcomes),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file, text in files.items():
            unfinished = folder / f".{file}"
            unfinished.write_text(text, encoding="utf-8", errors="replace", newline="")
            unfinished.replace(folder / file)
    except OSError as error:
        raise DiskTrouble(
            _("The results cannot be written to {folder}: {reason}.").format(folder=folder, reason=error.strerror),
            hint=_("What was sent is in the ledger. Free some space, then run the same command again."),
        ) from None
    return folder / "index.html"


def tally(outcomes: Sequence[RowOutcome]) -> Iterator[tuple[Tone, str]]:
    """How many rows came to each state, in words, with its tone."""
    counted = Counter(each.state for each in outcomes)
    for state, (tone, words) in WORDS.items():
        if counted[state]:
            yield tone, f"{counted[state]:,} {_(words)}"


def _csv(outcomes: Sequence[RowOutcome], delimiter: str) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    names = [each.name for each in fields(RowOutcome)]
    writer.writerow(names)
    for outcome in outcomes:
        writer.writerow(_harmless(getattr(outcome, name)) for name in names)
    return text.getvalue()


def _harmless(value: object) -> str:
    """A cell that a spreadsheet takes for a text, or for the number that it is."""
    text = "" if value is None else str(value)
    return f"'{text}" if _CHANGED.fullmatch(text) else _FORMULA.sub(r"'\g<0>", text)


def _page(folder: Path, name: str, target: Target, outcomes: Sequence[RowOutcome]) -> str:
    order = list(WORDS)
    sorted_ = sorted(outcomes, key=lambda each: order.index(each.state))
    return template("batch.html.j2", "autofill.jobs").render(
        language=spoken(),
        name=name,
        target=target,
        target_words=_("Live") if target == "live" else _("Practice"),
        tally=list(tally(outcomes)),
        done=sum(each.state in DONE for each in outcomes),
        rows=[
            {
                **asdict(each),
                "tone": WORDS[each.state][0],
                "words": _(WORDS[each.state][1]),
                "link": link_to_report(folder, each.recording),
            }
            for each in sorted_
        ],
    )


def link_to_report(folder: Path, recording: str | None) -> str:
    """Where the report of a recording is, as seen from the results."""
    if recording is None or not Path(recording).is_dir():
        return ""
    return quote(os.path.relpath(Path(recording) / "data" / "report.html", folder).replace(os.sep, "/"))
