"""The benchmark: a run with its full evidence against the script in by_hand.py, and `--help` against `import typer`.

Usage: run.py [--rounds N]      Writes results.json and RESULTS.md beside this file. Whole processes are measured in
turn. The practice site runs in a process of its own, for both. Only ratios within one call mean anything: absolute
times depend on the machine and its load.
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
REPOSITORY = HERE.parent
PROFILE = REPOSITORY / "profiles" / "01-missing-package.yaml"
PORT = 8931
URL = f"http://127.0.0.1:{PORT}"
# The same inquiry goes to the same site again and again, which autofill would refuse.
AGAIN = ["--again", "--because", "it is a measurement"]
AUTOFILL = [sys.executable, "-m", "autofill"]
# A start is a twentieth of a run, and needs more rounds for the same certainty.
STARTS_PER_ROUND = 4

Measure = Callable[[Sequence[str]], float]


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--rounds", type=int, default=9)
    rounds = arguments.parse_args().rounds
    startup = measured(
        {"autofill --help": [*AUTOFILL, "--help"], "import typer": [sys.executable, "-c", "import typer"]},
        cpu_seconds,
        rounds * STARTS_PER_ROUND,
    )
    browser = find_browser()
    site = subprocess.Popen([*AUTOFILL, "replica", "--port", str(PORT)], cwd=REPOSITORY, stdout=subprocess.DEVNULL)
    try:
        wait_for_site()
        with tempfile.TemporaryDirectory() as folder:
            options = ["--json", "--url", URL, "--browser", browser, "--recordings", f"{folder}/recordings", *AGAIN]
            script = [sys.executable, str(HERE / "by_hand.py"), browser, URL, folder]
            runs = measured(
                {"autofill run": [*AUTOFILL, "run", str(PROFILE), *options], "script by hand": script},
                wall_seconds,
                rounds,
            )
    finally:
        site.terminate()
        site.wait()
    write(runs, startup, browser)


def find_browser() -> str:
    """The browser for both: what `autofill install` has provided."""
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    found = shutil.which("chromium-headless-shell") or shutil.which("chromium") or shutil.which(own)
    return found or sys.exit("There is no browser: autofill install")


def wait_for_site() -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(f"{URL}/_replica/health").close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    sys.exit("The practice site did not start.")


def wall_seconds(command: Sequence[str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, cwd=REPOSITORY, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def cpu_seconds(command: Sequence[str]) -> float:
    """User and system time of the process and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=REPOSITORY, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measured(programs: Mapping[str, Sequence[str]], measure: Measure, rounds: int) -> dict[str, list[float]]:
    """Seconds of each program, in turn, after one round that does not count."""
    times: dict[str, list[float]] = {name: [] for name in programs}
    for number in range(rounds + 1):
        for name, command in programs.items():
            seconds = measure(command)
            if number:
                times[name].append(seconds)
    print(f"measured: {', '.join(programs)}", file=sys.stderr, flush=True)
    return times


def ratio(times: Mapping[str, Sequence[float]]) -> dict[str, float]:
    """The ratio of the first program to the second, round by round."""
    ours, theirs = times.values()
    ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
    low, middle, high = min(ratios), statistics.median(ratios), max(ratios)
    return {
        name: round(value, 3)
        for name, value in zip(("median", "spread", "min", "max"), (middle, high - low, low, high), strict=True)
    }


def write(runs: Mapping[str, Sequence[float]], startup: Mapping[str, Sequence[float]], browser: str) -> None:
    browser_version = subprocess.run([browser, "--version"], check=True, capture_output=True, text=True).stdout.strip()
    result = {
        "measured": datetime.now(UTC).date().isoformat(),
        "command": "make bench",
        "python": platform.python_version(),
        "playwright": version("playwright"),
        "browser": browser_version,
        "one_run": {
            "rounds": len(runs["autofill run"]),
            "ratio_to_playwright_script": ratio(runs),
            "median_wall_seconds": medians(runs),
        },
        "startup": {
            "rounds": len(startup["import typer"]),
            "help_ratio_to_typer": ratio(startup),
            "median_cpu_seconds": medians(startup),
        },
    }
    (HERE / "results.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    text = TEXT.format(
        **result,
        rows="\n".join([row("one run, wall time", runs), row("`autofill --help`, CPU time", startup)]),
        rounds=f"{len(runs['autofill run'])} runs and {len(startup['import typer'])} starts of each",
    )
    (HERE / "RESULTS.md").write_text(text, encoding="utf-8")
    print(text)


def medians(times: Mapping[str, Sequence[float]]) -> dict[str, float]:
    return {name: round(statistics.median(seconds), 3) for name, seconds in times.items()}


def row(what: str, times: Mapping[str, Sequence[float]]) -> str:
    found = ratio(times)
    (ours, mine), (theirs, other) = medians(times).items()
    return f"| {what} | {ours}: {mine} s | {theirs}: {other} s | {found['median']} ({found['min']} to {found['max']}) |"


TEXT = """# What a run costs

One profile through the practice site: 26 controls, six full-page pictures; whole processes, in turn.
`autofill run` also validates, reads every control back, checks the review page, claims the inquiry in the
ledger, keeps a journal, writes durably, hashes, and makes the report and the manifests.
The script by hand (`by_hand.py`) fills and takes the pictures in the same browser, and nothing else.
`autofill --help` is compared with `python -c "import typer"`, user and system time.

Measured {measured} with `{command}`, {rounds}, Python {python}, Playwright {playwright},
{browser}.

| what | autofill | compared with | ratio, round by round: median (min to max) |
|---|---|---|---|
{rows}

Only the ratios mean anything elsewhere: the seconds depend on the machine and its load.
"""


if __name__ == "__main__":
    main()
