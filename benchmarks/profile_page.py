"""The profile's page: what was measured of one run and of the script, side by side."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from benchmarks.machine import REPOSITORY, Load
from benchmarks.report import table

OURS, THEIRS = "autofill run", "Playwright script"
_SLEEPING: Final = ("select.epoll", "lock", "time.sleep")
# For each program, figures by name.
Figures: TypeAlias = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """All that was measured: milliseconds of the whole and of its parts, and of imports; CPU seconds by process.

    `functions` have their own CPU milliseconds, how often they were called, and where they are.
    """

    measured: str
    version: str
    load: Load
    rounds: int
    whole: Mapping[str, float]
    parts: Figures
    cpu: Figures
    messages: Figures
    commands: Figures
    imports: Figures
    functions: Sequence[tuple[float, int, str]]


def page(found: Profile) -> str:
    """The text of PROFILE.md."""
    return TEXT.format(
        measured=found.measured,
        version=found.version,
        load=_load(found.load),
        rounds=found.rounds,
        obstacles=_obstacles(found.parts, found.cpu),
        phases=_phases(found.parts, found.whole),
        cpu=_side_by_side("CPU seconds", found.cpu),
        messages=_side_by_side("messages", found.messages, most=14),
        commands=_side_by_side("commands", found.commands, most=14),
        imports=_side_by_side("ms", found.imports, most=14),
        functions=_functions(found.functions),
        rooms=_rooms(found.functions),
    )


def _obstacles(parts: Figures, cpu: Figures) -> str:
    """In which parts, and in which processes, a run takes more than the script."""
    more = _more(cpu)
    longer = [f"{name} ({ms:+.0f} ms)" for name, ms in _more(parts).most_common(4) if ms > 0]
    kinds = ", ".join(f"{kind} {seconds:+.2f}" for kind, seconds in more.most_common())
    script = sum(cpu[THEIRS].values())
    return (
        f"- CPU time: {sum(more.values()):+.2f} s beside the script's {script:.2f}: {kinds}.\n"
        f"- By the clock, most in these parts: {'; '.join(longer)}.\n"
    )


def _more(found: Figures) -> Counter[str]:
    """How much more we take of each, or less."""
    ours, theirs = found[OURS], found[THEIRS]
    return Counter({name: ours.get(name, 0) - theirs.get(name, 0) for name in ours.keys() | theirs.keys()})


def _phases(parts: Figures, whole: Mapping[str, float]) -> str:
    ours, theirs, more = parts[OURS], parts[THEIRS], _more(parts)
    rows = [[name, f"{ours[name]:.0f}", f"{theirs[name]:.0f}", f"{more[name]:+.0f}"] for name in ours]
    last = [f"{whole[OURS]:.0f}", f"{whole[THEIRS]:.0f}", f"{whole[OURS] - whole[THEIRS]:+.0f}"]
    return table(
        ["part (ms, median)", OURS, THEIRS, "difference"], [*rows, ["**whole process** (its own median)", *last]]
    )


def _side_by_side(unit: str, found: Figures, most: int = 99) -> str:
    ours, theirs = found[OURS], found[THEIRS]
    names = sorted(ours.keys() | theirs.keys(), key=lambda name: -max(ours.get(name, 0), theirs.get(name, 0)))
    rows = [[name, f"{ours.get(name, 0):g}", f"{theirs.get(name, 0):g}"] for name in names[:most]]
    left = [sum(each.get(name, 0) for name in names[most:]) for each in (ours, theirs)]
    rows += [["others", *(f"{round(each, 2):g}" for each in left)]] if names[most:] else []
    rows.append(["**all**", *(f"{round(sum(each.values()), 2):g}" for each in (ours, theirs))])
    return table([unit, OURS, THEIRS], rows)


def _functions(found: Sequence[tuple[float, int, str]], most: int = 25) -> str:
    awake = [each for each in found if not any(word in each[2] for word in _SLEEPING)]
    return table(
        ["function", "own CPU ms", "calls"], ([f"`{_place(p)}`", f"{o:.1f}", str(c)] for o, c, p in awake[:most])
    )


def _rooms(found: Sequence[tuple[float, int, str]], most: int = 16) -> str:
    sums = Counter[str]()
    for own, _calls, place in found:
        room, *rest = _place(place).split("/")
        sums[f"autofill/{rest[0]}" if room == "autofill" else room if rest else "built in"] += round(own)
    return table(["where", "own CPU ms"], ([name, f"{ms}"] for name, ms in sums.most_common(most)))


def _place(place: str) -> str:
    return re.sub(r"^.*/(site-packages|python3\.[0-9]+)/|^" + re.escape(f"{REPOSITORY}/"), "", place)


def _load(load: Load) -> str:
    averages = f"load {load.before[0]:.1f} before and {load.after[0]:.1f} after"
    return f"{averages}, others used {load.share_of_others:.0%} of the CPU time"


TEXT: Final = """# Where one run's time is

`make profile` writes this page. The same inquiry, by `autofill run` with its evidence and by the Playwright script, in
turn, medians of {rounds} rounds.
Measured {measured}, autofill {version}; {load}.

## What stands in the way

{obstacles}
Parts of a run overlap, so that CPU time is no sum of the time line: on two free cores, much of it passes beside the
browser's.

## The time line

{phases}

"Picture and evidence" is all that the run waits for at a page: the picture, the page's description, where each value is
in it, and the files as far as the run waits for them.
A difference above zero stands in the way of being quicker than the script.

## CPU time by kind of process

{cpu}

Looked at 50 times a second: what a process did in its last moments is not in it.

## Messages to Playwright's driver

{messages}

## Commands to the browser

{commands}

## Imports, each module's own time

{imports}

With `-X importtime`, which slows them; those of a thread that runs beside the others count, too.

## Python: own CPU time of functions

{rooms}

{functions}

With a profiler in every thread, which makes small functions look larger than they are: trust the order.
"""
