"""The benchmark: `make bench`. Writes results.json, and from it RESULTS.md and its plot.

Usage: python -m benchmarks.run [--rounds N] [--batch-rounds N] [--rows N] [--memory] [--only GROUP ...]

Whole processes are measured in turn, beside one practice site. What is not measured this time stays as it was, with
the day when it was. `--memory` adds a batch of 1,000 rows, which takes half an hour.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeAlias

from benchmarks import programs
from benchmarks.machine import (
    HERE,
    adopt_orphans,
    compile_as_installed,
    described,
    find_browser,
    load_watched,
    versions,
)
from benchmarks.measuring import in_turn, ratios, rounded, spread
from benchmarks.memory import peak_of_tree
from benchmarks.programs import AUTOFILL, Figure, figure, sent
from benchmarks.report import write_report
from benchmarks.site import Site, practice_site

# A start is a twentieth of a run, and needs more rounds for the same certainty.
STARTS_PER_ROUND: Final = 4
PROFILES: Final = 1_000
OURS, BARE = "autofill batch", "the same without pictures"
IN_A_ROW, ALONE = "Playwright script in a row", "Playwright script, a process each"
MANY, FEW = 1_000, 100

# What a group of measurements came to, as it stands in results.json.
Result: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Bench:
    """What is measured with, and how much."""

    site: Site
    browser: str
    rounds: int
    batch_rounds: int
    rows: int
    jobs: int

    def one_run(self) -> Result:
        """One inquiry, by autofill with its evidence and by each peer."""
        commands = programs.single(self.site, self.browser)
        missing = {name: why for name in commands if (why := programs.why_not(name))}
        commands = {name: command for name, command in commands.items() if name not in missing}
        figures = in_turn({name: partial(sent, self.site, each) for name, each in commands.items()}, self.rounds)
        ours, *peers = figures
        walls = {name: [each.wall for each in found] for name, found in figures.items()}
        cpus = {name: [each.cpu for each in found] for name, found in figures.items()}
        return {
            "ratio_to_playwright_script": ratios(walls[ours], walls["Playwright"]),
            "ratio_to": {name: ratios(walls[ours], walls[name]) for name in peers},
            "cpu_ratio_to": {name: ratios(cpus[ours], cpus[name]) for name in peers},
            "wall_seconds": _listed(walls),
            "cpu_seconds": _listed(cpus),
            "not_measured": missing,
        }

    def batch_100(self) -> Result:
        """Many inquiries by a batch, by a batch without a camera, and by the script one after the other.

        The script is run in two ways, in one browser and in a process for each; it needs fewer for its rate.
        """
        batch = partial(programs.batch, self.site, self.browser, self.jobs)
        script, alone = (
            programs.in_a_row(self.site, self.browser),
            programs.single(self.site, self.browser)["Playwright"],
        )
        rows = {OURS: self.rows, BARE: self.rows, IN_A_ROW: self.rows // 2, ALONE: self.rows // 4}
        pictures = programs.PICTURES
        measures = {
            OURS: partial(sent, self.site, batch(), rows[OURS], pictures),
            BARE: partial(sent, self.site, batch(programs.WITHOUT_PICTURES), rows[BARE], 0),
            IN_A_ROW: partial(sent, self.site, script, rows[IN_A_ROW], pictures),
            ALONE: partial(programs.one_by_one, partial(sent, self.site, alone), rows[ALONE]),
        }
        figures = in_turn(measures, self.batch_rounds, warm_up=False)
        rates = {name: [rows[name] / each.wall * 60 for each in found] for name, found in figures.items()}
        cpus = {name: [each.cpu / rows[name] for each in found] for name, found in figures.items()}
        return {
            "rows": rows,
            "jobs": self.jobs,
            "ratio_to_sequential_script": ratios(rates[OURS], rates[IN_A_ROW]),
            "ratio_to_script_processes": ratios(rates[OURS], rates[ALONE]),
            "ratio_to_no_pictures": ratios(rates[OURS], rates[BARE]),
            "cpu_ratio_to_sequential_script": ratios(cpus[OURS], cpus[IN_A_ROW]),
            "inquiries_a_minute": _listed(rates),
            "cpu_seconds_each": _listed(cpus),
        }

    def startup(self) -> Result:
        """`--help` beside the import of what it is written with."""
        measures: dict[str, Callable[[], Figure]] = {
            "autofill --help": partial(figure, [*AUTOFILL, "--help"]),
            "import typer": partial(figure, [sys.executable, "-c", "import typer"]),
        }
        figures = in_turn(measures, self.rounds * STARTS_PER_ROUND)
        cpus = {name: [each.cpu for each in found] for name, found in figures.items()}
        ours, theirs = cpus.values()
        return {"help_ratio_to_typer": ratios(ours, theirs), "cpu_seconds": _listed(cpus)}

    def validate_1000(self) -> Result:
        """A thousand profiles checked by one command."""
        with tempfile.TemporaryDirectory() as folder:
            files = [Path(folder) / f"{number:04}.yaml" for number in range(PROFILES)]
            for file in files:
                shutil.copyfile(programs.PROFILE, file)
            check = partial(figure, [*AUTOFILL, "validate", *map(str, files)])
            figures = in_turn({"autofill validate": check}, self.rounds)["autofill validate"]
        each = [found.cpu / PROFILES * 1000 for found in figures]
        return {"cpu_ms_each": spread(each), "all_cpu_ms_each": [*map(rounded, each)]}

    def memory(self) -> Result:
        """The peak of a large batch, between those of two small ones."""
        batch = programs.batch(self.site, self.browser, self.jobs)
        before, many, after = (peak_of_tree(batch, rows) for rows in (FEW, MANY, FEW))
        peaks = {str(FEW): [before, after], str(MANY): [many]}
        return {
            "tree_1000_to_100": spread([many / before, many / after]),
            "jobs": self.jobs,
            "peak_pss_mib": {rows: [round(peak / 1024**2) for peak in found] for rows, found in peaks.items()},
        }


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=9)
    arguments.add_argument("--batch-rounds", type=int, default=7)
    arguments.add_argument("--rows", type=int, default=40)
    arguments.add_argument("--jobs", type=int, default=4)
    arguments.add_argument("--memory", action="store_true")
    groups = ("startup", "validate_1000", "one_run", "batch_100", "memory")
    arguments.add_argument("--only", nargs="+", choices=groups, default=[])
    wanted = arguments.parse_args()
    adopt_orphans()
    compile_as_installed()
    chosen = wanted.only or groups[:-1]
    if wanted.memory and "memory" not in chosen:
        chosen = (*chosen, "memory")
    browser, kept = find_browser(), HERE / "results.json"
    results: Result = json.loads(kept.read_text("utf-8")) if kept.exists() else {}
    results |= {"machine": described(), "versions": versions(browser)}
    for name in chosen:
        # A new site for each, as it remembers everything that arrived.
        with practice_site() as site:
            bench = Bench(site, browser, wanted.rounds, wanted.batch_rounds, rows=wanted.rows, jobs=wanted.jobs)
            results[name] = measured(getattr(bench, name), site, results["versions"]["autofill"])
        kept.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", "utf-8")
        if {"one_run", "batch_100"} <= results.keys():
            write_report(results)


def measured(measure: Callable[[], Result], site: Site, version: str) -> Result:
    """A group's results, with the day, the call and the load."""
    with load_watched(site.process) as load:
        result = measure()
    return {
        "measured": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "call": " ".join(["python -m benchmarks.run", *sys.argv[1:]]),
        "autofill": version,
        "load": {
            name: [*map(rounded, value)] if isinstance(value, tuple) else rounded(value)
            for name, value in asdict(load).items()
        },
        **result,
    }


def _listed(figures: Mapping[str, Sequence[float]]) -> dict[str, list[float]]:
    return {name: [*map(rounded, found)] for name, found in figures.items()}


if __name__ == "__main__":
    main()
