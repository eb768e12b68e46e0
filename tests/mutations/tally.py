"""What runs on mutants came to, counted by the kind of change, as tables in Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tests.mutations.kinds import KINDS

# Each column's outcomes, by what it is headed with.
OURS: Final[Mapping[str, tuple[str, ...]]] = {
    "sent right": ("right",),
    "found again, sent right": ("repaired",),
    "stopped (76), named": ("stopped",),
    "stopped otherwise": ("wrong reason", "stopped otherwise"),
    "an answer left out": ("left out",),
    "wrong value": ("wrong value",),
    "trap filled": ("trap filled", "twice"),
}
SCRIPT: Final[Mapping[str, tuple[str, ...]]] = {
    "sent right": ("right",),
    "failed": ("failed",),
    "an answer left out": ("left out",),
    "wrong value": ("wrong value",),
    "trap filled": ("trap filled", "twice"),
}


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a mutant: the kinds of its changes, and an outcome."""

    kinds: tuple[str, ...]
    outcome: str


def by_kind(results: Sequence[Result], columns: Mapping[str, tuple[str, ...]]) -> str:
    """A row for each kind of change; a form with several counts in each of theirs, and once in the last row."""
    rows = [(kind, [each for each in results if kind in each.kinds]) for kind in KINDS]
    lines = ["| change | forms | " + " | ".join(columns) + " |", "|---" * (len(columns) + 2) + "|"]
    lines += [_row(kind, of, columns) for kind, of in rows if of]
    return "\n".join((*lines, _row("**all**", results, columns))) + "\n"


def side_by_side(ours: Sequence[Result], script: Sequence[Result]) -> str:
    """A row for each outcome, and a column for each program."""
    lines = ["| outcome | autofill | codegen's script |", "|---|---|---|"]
    for outcome in dict.fromkeys((*OURS, *SCRIPT)):
        counts = (_count(ours, OURS.get(outcome, ())), _count(script, SCRIPT.get(outcome, ())))
        lines.append(f"| {outcome} | {counts[0]} | {counts[1]} |")
    return "\n".join(lines) + "\n"


def _row(kind: str, results: Sequence[Result], columns: Mapping[str, tuple[str, ...]]) -> str:
    counts = (str(_count(results, outcomes) or "") for outcomes in columns.values())
    return f"| {kind} | {len(results)} | {' | '.join(counts)} |"


def _count(results: Sequence[Result], outcomes: Iterable[str]) -> int:
    found = Counter(each.outcome for each in results)
    return sum(found[outcome] for outcome in outcomes)
