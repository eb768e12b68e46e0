"""The profile: where one run's time is, beside the Playwright script's. `make profile` writes PROFILE.md.

Usage: python -m benchmarks.profile [--rounds N]
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.machine import (
    HERE,
    REPOSITORY,
    adopt_orphans,
    compile_as_installed,
    find_browser,
    load_watched,
    versions,
)
from benchmarks.measuring import in_turn
from benchmarks.memory import tree
from benchmarks.profile_page import OURS, THEIRS, Profile, page
from benchmarks.programs import AGAIN, PICTURES, PROFILE
from benchmarks.site import Site, practice_site

_KEPT: Final = {"evidence StepDone", "evidence OutcomeShown"}
_PAGES: Final = ("Contact page", "Problem Details", "Contact Information", "Review", "Submit", "Confirmation")
_TICKS: Final = os.sysconf("SC_CLK_TCK")

Mark = tuple[float, float, str]


@dataclass(frozen=True, slots=True)
class Trace:
    """One traced process: milliseconds until its end, its marks in order, and CPU seconds of each kind of process."""

    whole: float
    marks: list[Mark]
    cpu: Mapping[str, float]


def words(name: str, site: Site, browser: str, folder: Path) -> list[str]:
    """The program and its arguments, as `benchmarks.traced` takes them."""
    if name == THEIRS:
        return [str(HERE / "peers" / "playwright_script.py"), browser, site.url, str(folder)]
    options = ["--json", "--url", site.url, "--browser", browser, *AGAIN, "--recordings", str(folder)]
    return ["autofill", "run", str(PROFILE), *options]


def traced(name: str, site: Site, browser: str) -> Trace:
    """One run, with its marks."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "marks.json"
        command = [sys.executable, "-m", "benchmarks.traced", str(out), *words(name, site, browser, Path(folder))]
        began, cpu = time.time(), dict[int, tuple[str, float]]()
        environment = os.environ | {"BEGAN": repr(began)}
        with subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.DEVNULL, env=environment) as running:
            while running.poll() is None:
                for process, kind, seconds in _used(running.pid):
                    # One that has just ended no longer says what it was.
                    cpu[process] = kind or cpu.get(process, ("", 0.0))[0], seconds
                time.sleep(0.02)
        whole = (time.time() - began) * 1000
        if running.returncode:
            raise subprocess.CalledProcessError(running.returncode, command)
        kinds: dict[str, float] = defaultdict(float)
        for kind, seconds in cpu.values():
            kinds[kind] += seconds
        return Trace(whole, sorted(map(tuple, json.loads(out.read_text("utf-8")))), kinds)


def _used(root: int) -> Iterator[tuple[int, str, float]]:
    """CPU seconds of every process of a tree so far, and its kind."""
    for process in tree(root):
        with suppress(OSError):
            line = Path(f"/proc/{process}/cmdline").read_bytes().decode(errors="replace")
            fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
            yield process, kind_of(line), sum(map(int, fields[11:13])) / _TICKS


def kind_of(line: str) -> str:
    """Kind of a process by its command line; nothing if it has none any more."""
    if not line:
        return ""
    if found := re.search(r"--type=([a-z-]+)", line):
        return {"renderer": "renderer", "gpu-process": "GPU process"}.get(found[1], "browser's helpers")
    return "browser" if "chrom" in line.partition("\0")[0] else "Node driver" if "node" in line[:200] else "Python"


def phases(trace: Trace) -> dict[str, float]:
    """Milliseconds of each part of a run, in order; they add up to the whole."""

    def first(what: str) -> Mark:
        return next(mark for mark in trace.marks if mark[2] == what)

    pictures = [mark for mark in trace.marks if mark[2] in _KEPT or mark[2] == "message screenshot"]
    assert len(pictures) == PICTURES, pictures
    ends = {
        "process starts, imports, driver starts": first("message launch")[0],
        "browser starts": sum(first("message launch")[:2]),
        "page opens; imports that are left, claim": first("message goto")[0],
    }
    for name, (began, took, _what) in zip(_PAGES, pictures, strict=True):
        ends |= {f"{name}: loaded, filled, read back": began, f"{name}: picture and evidence": began + took}
    ends["after the last picture: closing, seal, end"] = trace.whole
    starts = [0.0, *ends.values()]
    return {name: end - start for (name, end), start in zip(ends.items(), starts, strict=False)}


def commands_of(name: str, site: Site, browser: str) -> Counter[str]:
    """Commands to the browser, as the driver logs them; that slows it, and so is a run of its own."""
    with tempfile.TemporaryDirectory() as folder:
        out = str(Path(folder) / "marks.json")
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.traced", out, *words(name, site, browser, Path(folder))],
            cwd=REPOSITORY,
            check=True,
            capture_output=True,
            text=True,
            env=os.environ | {"DEBUG": "pw:protocol", "DEBUG_COLORS": "0"},
        )
    return Counter(re.findall(r'SEND ► \{[^\n]{0,40}?"method":"([A-Za-z.]+)"', done.stderr))


def functions_of(site: Site, browser: str) -> list[tuple[float, int, str]]:
    """Own CPU milliseconds, calls and place of every function of a run of ours."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "functions.json"
        given = ["--functions", *words(OURS, site, browser, Path(folder))]
        command = [sys.executable, "-m", "benchmarks.traced", str(out), *given]
        subprocess.run(command, cwd=REPOSITORY, check=True, stdout=subprocess.DEVNULL)
        return [(own, calls, place) for own, calls, place in json.loads(out.read_text("utf-8"))]


def imports_of(name: str, site: Site, browser: str) -> Counter[str]:
    """Milliseconds of a run's imports by package, each module's own."""
    with tempfile.TemporaryDirectory() as folder:
        given = words(name, site, browser, Path(folder))
        given = ["-m", *given] if name == OURS else given
        command = [sys.executable, "-X", "importtime", *given]
        done = subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True, text=True)
    sums = Counter[str]()
    for own, module in re.findall(r"import time:\s+([0-9]+) \|\s+[0-9]+ \|\s+([\w.]+)", done.stderr):
        package = module.partition(".")[0]
        known = package in sys.stdlib_module_names
        sums["Python's own library" if known else package] += int(own)
    return Counter({package: round(micro / 1000) for package, micro in sums.items()})


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=7)
    rounds = arguments.parse_args().rounds
    adopt_orphans()
    compile_as_installed()
    browser = find_browser()
    with practice_site() as site:
        with load_watched(site.process) as load:
            traces = in_turn({name: partial(traced, name, site, browser) for name in (OURS, THEIRS)}, rounds)
        commands = {name: commands_of(name, site, browser) for name in traces}
        imports = {name: imports_of(name, site, browser) for name in traces}
        functions = functions_of(site, browser)
    profile = Profile(
        measured=datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        version=versions(browser)["autofill"],
        load=load,
        rounds=rounds,
        whole={name: median(trace.whole for trace in found) for name, found in traces.items()},
        parts={name: _middle(map(phases, found)) for name, found in traces.items()},
        cpu={name: _middle(each.cpu for each in found) for name, found in traces.items()},
        messages={name: _messages(found[-1]) for name, found in traces.items()},
        commands=commands,
        imports=imports,
        functions=functions,
    )
    said = page(profile)
    (HERE / "PROFILE.md").write_text(said, "utf-8")
    print(said)


def _messages(trace: Trace) -> Counter[str]:
    return Counter(what.partition(" ")[2] for _began, _took, what in trace.marks if what.startswith("message "))


def _middle(found: Iterable[Mapping[str, float]]) -> dict[str, float]:
    each = list(found)
    return {
        kind: round(median(one.get(kind, 0.0) for one in each), 2) for kind in dict.fromkeys(k for e in each for k in e)
    }


if __name__ == "__main__":
    main()
