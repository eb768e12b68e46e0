"""Time one run with its full evidence against the script in by_hand.py: whole processes, in turn, the same browser.

Usage: run.py [--pairs N]      Writes results.json and RESULTS.md beside this file. The practice desk runs in a process
of its own, for both. Only ratios within one call mean anything: absolute times depend on the machine and its load.
"""

from __future__ import annotations

import argparse
import json
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).parent
PROFILE = HERE.parent / "profiles" / "01-missing-package.yaml"
PORT = 8931
URL = f"http://127.0.0.1:{PORT}"
# The same inquiry goes to the same desk again and again, which autofill would refuse.
AGAIN = ["--again", "--because", "it is a measurement"]


@dataclass(frozen=True)
class Program:
    """One way to do the work."""

    name: str
    command: list[str]


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--pairs", type=int, default=9)
    pairs = arguments.parse_args().pairs
    shell, plain = shutil.which("chromium-headless-shell"), shutil.which("chromium")
    if shell is None or plain is None:
        sys.exit("This measurement needs Debian's chromium-headless-shell and chromium (apt-get install both).")
    desk = subprocess.Popen(
        [sys.executable, "-m", "autofill", "replica", "--port", str(PORT)], stdout=subprocess.DEVNULL
    )
    try:
        _wait_for_desk()
        with tempfile.TemporaryDirectory() as folder:
            programs = [
                Program("autofill run", _autofill(shell, folder)),
                Program("by hand, same browser", _by_hand(shell, folder)),
                Program("by hand, plain chromium", _by_hand(plain, folder)),
            ]
            times = _measure(programs, pairs)
    finally:
        desk.terminate()
        desk.wait()
    _write(times, [_version(shell), _version(plain)])


def _autofill(browser: str, folder: str) -> list[str]:
    run = [sys.executable, "-m", "autofill", "run", str(PROFILE), "--json"]
    return [*run, "--url", URL, "--browser", browser, "--recordings", f"{folder}/recordings", *AGAIN]


def _by_hand(browser: str, folder: str) -> list[str]:
    return [sys.executable, str(HERE / "by_hand.py"), browser, URL, folder]


def _wait_for_desk() -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(f"{URL}/_replica/health").close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    sys.exit("The practice desk did not start.")


def _measure(programs: list[Program], pairs: int) -> dict[str, list[float]]:
    """Seconds of each program, in turn, after one round that does not count."""
    times: dict[str, list[float]] = {program.name: [] for program in programs}
    for round_ in range(pairs + 1):
        for program in programs:
            began = time.perf_counter()
            subprocess.run(program.command, check=True, stdout=subprocess.DEVNULL)
            if round_:
                times[program.name].append(time.perf_counter() - began)
        print(f"round {round_} of {pairs}", file=sys.stderr, flush=True)
    return times


def _version(browser: str) -> str:
    return subprocess.run([browser, "--version"], check=True, capture_output=True, text=True).stdout.strip()


def _write(times: dict[str, list[float]], browsers: list[str]) -> None:
    base = times["by hand, same browser"]
    rows = {}
    for name, seconds in times.items():
        ratios = [mine / theirs for mine, theirs in zip(seconds, base, strict=True)]
        rows[name] = {
            "seconds": [round(value, 3) for value in seconds],
            "median_seconds": round(statistics.median(seconds), 3),
            "ratio_to_by_hand": {
                "median": round(statistics.median(ratios), 3),
                "min": round(min(ratios), 3),
                "max": round(max(ratios), 3),
            },
        }
    result = {
        "measured": datetime.now(UTC).date().isoformat(),
        "command": "make bench",
        "pairs": len(base),
        "python": platform.python_version(),
        "playwright": version("playwright"),
        "browsers": browsers,
        "programs": rows,
    }
    (HERE / "results.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    lines = [
        "# What a run costs",
        "",
        "One profile through the practice desk: 26 controls, six full-page pictures; whole processes, in turn.",
        "`autofill run` also validates, reads every control back, checks the review page, claims the inquiry in the",
        "ledger, keeps a journal, writes durably, hashes, and makes the report and the manifests.",
        "The script by hand (`by_hand.py`) fills and takes the pictures, and nothing else.",
        "",
        "Measured {measured} with `{command}`, {pairs} rounds, Python {python}, Playwright {playwright},".format(
            **result
        ),
        "; ".join(browsers) + ".",
        "",
        "| program | median s | wall ratio to by hand: median (min to max) |",
        "|---|---|---|",
    ]
    for name, row in rows.items():
        ratio = row["ratio_to_by_hand"]
        lines.append(f"| {name} | {row['median_seconds']} | {ratio['median']} ({ratio['min']} to {ratio['max']}) |")  # type: ignore[index]
    lines += ["", "Only the ratios mean anything elsewhere: the seconds depend on the machine and its load.", ""]
    (HERE / "RESULTS.md").write_text("\n".join(lines), encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
