"""The programs that are measured: each fills the same form with the same inquiry, and takes the same six pictures."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from benchmarks.machine import CHROMEDRIVER, HERE, PEERS_PYTHON, REPOSITORY, children, own_cpu_seconds, wait_for_adopted
from benchmarks.site import Site

PROFILE: Final = REPOSITORY / "profiles" / "01-missing-package.yaml"
PICTURES: Final = 6
AUTOFILL: Final = (sys.executable, "-m", "autofill")
WITHOUT_PICTURES: Final = (sys.executable, "-m", "benchmarks.without_pictures")
PEERS: Final = HERE / "peers"
# The same inquiry goes to the same site again and again, which autofill would refuse.
AGAIN: Final = ("--again", "--because", "it is a measurement")
# The first digits of the profile's number; its last ones are the row and the check digit.
_NUMBER: Final = "940011120255583{:06}"

# A command that writes into a folder.
Command: TypeAlias = Callable[[Path], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Figure:
    """What one process took: seconds by the clock, and of CPU with all that it started."""

    wall: float
    cpu: float


def figure(command: Sequence[str]) -> Figure:
    """One whole process, from its start to its end.

    Raises:
        subprocess.CalledProcessError: It failed.
    """
    known, cpu, began = children(), own_cpu_seconds(), time.perf_counter()
    done = subprocess.run(command, cwd=REPOSITORY, check=False, capture_output=True)
    wall = time.perf_counter() - began
    wait_for_adopted(known)
    if done.returncode:
        sys.stderr.buffer.write(done.stdout[-2000:] + done.stderr[-2000:])
        done.check_returncode()
    return Figure(wall, own_cpu_seconds() - cpu)


def sent(site: Site, command: Command, rows: int = 1, pictures: int = PICTURES) -> Figure:
    """What a program took that sends so many inquiries, all that it should say, and leaves so many pictures of each.

    In its folder there is a table of them.

    Raises:
        AssertionError: It did not.
    """
    before = len(site.arrived())
    with tempfile.TemporaryDirectory() as folder:
        write_table(Path(folder), rows)
        took = figure(command(Path(folder)))
        taken = len([*Path(folder).rglob("*.png")])
    arrived = site.arrived()
    found = len(arrived) - before, taken
    assert found == (rows, rows * pictures), f"{found} inquiries and pictures, of {rows}"
    assert len(set(arrived)) == 1, "one program says something else than the others"
    return took


def one_by_one(measure: Callable[[], Figure], times: int) -> Figure:
    """What it took altogether when measured so many times."""
    figures = [measure() for _time in range(times)]
    return Figure(sum(each.wall for each in figures), sum(each.cpu for each in figures))


def single(site: Site, browser: str) -> dict[str, Command]:
    """Programs that send one inquiry."""
    options = ("--json", "--url", site.url, "--browser", browser, *AGAIN, "--recordings")

    def script(*begin: str | Path) -> Command:
        return lambda folder: (*map(str, begin), browser, site.url, str(folder))

    def robot(folder: Path) -> Sequence[str]:
        values = {"BROWSER": browser, "URL": site.url, "FOLDER": str(folder)}
        variables = (word for name, value in values.items() for word in ("--variable", f"{name}:{value}"))
        log = ("--outputdir", str(folder / "log"), "--console", "none")
        return (str(PEERS_PYTHON), "-m", "robot", *log, *variables, str(PEERS / "contact.robot"))

    return {
        "autofill run": lambda folder: (*AUTOFILL, "run", str(PROFILE), *options, str(folder)),
        "Playwright": script(sys.executable, PEERS / "playwright_script.py"),
        "Puppeteer": script("node", PEERS / "puppeteer_script.mjs"),
        "Puppeteer Replay": script("node", PEERS / "replay_script.mjs"),
        "Selenium": script(PEERS_PYTHON, PEERS / "selenium_script.py", CHROMEDRIVER),
        "Robot Framework Browser": robot,
    }


def why_not(name: str) -> str:
    """Why a peer cannot be measured here; nothing if it can."""
    needs = {
        "Puppeteer": PEERS / "node_modules" / "puppeteer",
        "Puppeteer Replay": PEERS / "node_modules" / "@puppeteer",
        "Selenium": CHROMEDRIVER,
        "Robot Framework Browser": PEERS_PYTHON,
    }
    need = needs.get(name)
    return f"{need.name} is not installed here: `make bench` does it." if need and not need.exists() else ""


def batch(site: Site, browser: str, jobs: int, program: Sequence[str] = AUTOFILL) -> Command:
    """A batch of all inquiries of the table in the folder."""
    options = ("--jobs", str(jobs), "--json", "--url", site.url, "--browser", browser)

    def command(folder: Path) -> Sequence[str]:
        files = (str(folder / "parcels.csv"), "--template", str(PROFILE))
        return (*program, "batch", *files, "--recordings", str(folder / "recordings"), *options)

    return command


def in_a_row(site: Site, browser: str) -> Command:
    """The Playwright script, for one inquiry of the table after the other in one browser."""
    alone = single(site, browser)["Playwright"]
    return lambda folder: (*alone(folder), str(folder / "numbers.txt"))


def write_table(folder: Path, rows: int) -> None:
    """Write a table of so many inquiries with its columns, and their numbers for the script."""
    numbers = [tracking_number(row) for row in range(rows)]
    (folder / "numbers.txt").write_text("\n".join(numbers), "ascii")
    (folder / "parcels.csv").write_text("\n".join(("Number", *numbers)), "ascii")
    (folder / "parcels.columns.yaml").write_text("Number: item.tracking_number\n", "ascii")


def tracking_number(row: int) -> str:
    """A number like the profile's, with its check digit: from the right, every other digit counts three times."""
    digits = _NUMBER.format(row)
    weighted = sum(int(digit) * (1 if place % 2 else 3) for place, digit in enumerate(reversed(digits)))
    return f"{digits}{-weighted % 10}"
