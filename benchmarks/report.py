"""The report: RESULTS.md and plot.svg, from results.json and nothing else.

Usage: python -m benchmarks.report   (writes both anew)
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from statistics import median
from typing import Any, Final

from benchmarks.machine import HERE
from benchmarks.measuring import Spread
from benchmarks.plot import Panel, drawn

# Others may use this share of the CPU time until a measurement is marked as one of a busy machine.
CALM: Final = 0.1
# What the results should come to: (group, key, most or least, figure).
AIMS: Final = {
    ("one_run", "ratio_to_playwright_script"): ("one run, wall time, to the Playwright script's", "at most 0.95"),
    ("batch_100", "ratio_to_sequential_script"): ("a batch's rate to that of the script in a row", "at least 2.5"),
    ("batch_100", "ratio_to_script_processes"): ("a batch's rate to that of the script, a process each", ""),
    ("batch_100", "ratio_to_no_pictures"): ("a batch's rate to that of the same without pictures", "at least 0.85"),
    ("startup", "help_ratio_to_typer"): ("`autofill --help`, CPU time, to `import typer`", ""),
    ("validate_1000", "cpu_ms_each"): ("`autofill validate` of 1,000 profiles, ms of CPU each", "at most 1.5"),
    ("memory", "tree_1000_to_100"): ("highest memory of 1,000 rows to that of 100", "at most 1.2"),
}


def write_report(results: Mapping[str, Any]) -> None:
    """Write RESULTS.md and its plot."""
    (HERE / "RESULTS.md").write_text(text(results), "utf-8")
    (HERE / "plot.svg").write_text(plot(results), "utf-8")


def plot(results: Mapping[str, Any]) -> str:
    """The rounds of one run and of the batches."""
    return drawn(
        [
            Panel("One inquiry, whole process: seconds", results["one_run"]["wall_seconds"]),
            Panel("Many inquiries: sent a minute", results["batch_100"]["inquiries_a_minute"]),
        ]
    )


def text(results: Mapping[str, Any]) -> str:
    """RESULTS.md."""
    run, batch = results["one_run"], results["batch_100"]
    rows = batch["rows"]
    return TEXT.format(
        summary=table(["what", "median", "min to max", "quartiles", "rounds", "wanted"], _summary(results)),
        peers=table(
            ["program", "seconds", "CPU seconds", "autofill to it: wall", "CPU"],
            (_peer(run, name) for name in run["wall_seconds"]),
        ),
        batches=table(
            ["program", "a minute", "CPU seconds each"],
            (
                [name, f"{median(found):.1f}", f"{median(batch['cpu_seconds_each'][name]):.2f}"]
                for name, found in batch["inquiries_a_minute"].items()
            ),
        ),
        versions=table(["program", "version"], ([name, found] for name, found in results["versions"].items())),
        loads=table(
            ["part", "measured", "autofill", "load before, after", "CPU used by others", "call"], _loads(results)
        ),
        machine=", ".join(_machine(results["machine"])),
        size=rows["autofill batch"],
        in_a_row=rows["Playwright script in a row"],
        alone=rows["Playwright script, a process each"],
        jobs=batch["jobs"],
        missing=_missing(run),
        busy=_busy(results),
        memory=_memory(results.get("memory")),
        batch_cpu=_short(batch["cpu_ratio_to_sequential_script"]),
    )


def _summary(results: Mapping[str, Any]) -> Iterator[Sequence[str]]:
    for (group, key), (what, wanted) in AIMS.items():
        if group in results:
            found: Spread = results[group][key]
            yield [
                what,
                f"**{found['median']:.3g}**",
                f"{found['min']:.3g} to {found['max']:.3g}",
                f"{found['q1']:.3g} to {found['q3']:.3g}",
                str(found["rounds"]),
                wanted,
            ]


def _peer(run: Mapping[str, Any], name: str) -> Sequence[str]:
    ratios = [_short(run[kind][name]) if name in run[kind] else "" for kind in ("ratio_to", "cpu_ratio_to")]
    return [name, f"{median(run['wall_seconds'][name]):.2f}", f"{median(run['cpu_seconds'][name]):.2f}", *ratios]


def _loads(results: Mapping[str, Any]) -> Iterator[Sequence[str]]:
    for group in dict.fromkeys(group for group, _key in AIMS):
        if group in results:
            found = results[group]
            load = found["load"]
            averages = f"{load['before'][0]:.1f}, {load['after'][0]:.1f}"
            share = f"{load['share_of_others']:.0%}"
            yield [f"`{group}`", found["measured"], found["autofill"], averages, share, f"`{found['call']}`"]


def _machine(machine: Mapping[str, Any]) -> Iterator[str]:
    yield f"{machine['cores']} cores ({machine['processor']})"
    yield f"{machine['memory_gib']} GiB of memory"
    yield machine["system"]


def _memory(memory: Mapping[str, Any] | None) -> str:
    if memory is None:
        return "Memory was not measured yet: `make bench MEMORY=--memory`, which takes half an hour more."
    peaks = "; ".join(
        f"{rows} rows: {', '.join(map(str, found))} MiB" for rows, found in memory["peak_pss_mib"].items()
    )
    return f"Highest proportional set size of the whole tree, looked at every second: {peaks}."


def _missing(run: Mapping[str, Any]) -> str:
    return "".join(f"{name} was not measured: {why}\n\n" for name, why in run["not_measured"].items())


def _busy(results: Mapping[str, Any]) -> str:
    """A warning, if the machine was not calm."""
    share = max(results[group]["load"]["share_of_others"] for group, _key in AIMS if group in results)
    if share <= CALM:
        return ""
    return (
        f"**Measured on a busy machine:** others used up to {share:.0%} of its CPU time meanwhile. "
        "Read the ratios with care, and the seconds not at all.\n\n"
    )


def _short(found: Spread) -> str:
    return f"{found['median']:.2f} ({found['min']:.2f} to {found['max']:.2f})"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of Markdown."""
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows))


TEXT: Final = """# What a run costs, measured

`make bench` measures anew, on any machine with Debian's packages, and writes this page from
[results.json](results.json), which has every round.

{busy}{summary}

![Every round as a dot, the median as a line](plot.svg)

## How

The same form, inquiry ([01-missing-package.yaml](../profiles/01-missing-package.yaml), 26 controls), browser and
pictures for all: six of the whole page each.
The practice site runs in a process of its own.
Whole processes are measured, from start to end, in turn, every other round backwards; the first round does not count.
Each ratio is taken within its round.
After every process the site is asked whether the inquiries have arrived, each once, and the pictures are counted.

`autofill` does more than the others in that time: it validates, refuses what was sent before, reads every control
back, compares the page that shows everything again, lets no request out that is not planned, keeps a journal, writes
durably, finds every value in the pictures, hashes, and makes the report and the seal.
The peers fill, take the pictures, and look for the case number, as their users would write them:
[peers](peers).

## One run

{peers}

{missing}## A batch

{size} rows by `autofill batch --jobs {jobs}` with full evidence; the same without pictures; the Playwright script for
{in_a_row} inquiries one after the other, each in a context of its own in one browser; and for {alone}, one after the
other, each by a process with a browser of its own, as a shell's loop would.
"Without pictures" is the same program and table, started by [without_pictures.py](without_pictures.py), where the
recorder has no camera: nothing is drawn and no page is described; the rest is kept and sealed as ever.

{batches}

CPU time of an inquiry in the batch to one of the script in a row: {batch_cpu}.

{memory}

## With what, and beside what

{machine}.

{versions}

"CPU used by others" is the share of the machine's CPU time that neither the measured programs nor the practice site
used.

{loads}
"""


if __name__ == "__main__":
    write_report(json.loads((HERE / "results.json").read_text("utf-8")))
