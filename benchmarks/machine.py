"""The machine of a measurement: what it is, what runs on it, and how busy others kept it meanwhile."""

from __future__ import annotations

import ctypes
import os
import platform
import resource
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Final

import autofill

HERE: Final = Path(__file__).parent
REPOSITORY: Final = HERE.parent
# What the peers need is installed here by `make bench`, away from autofill's own environment.
PEERS_PYTHON: Final = HERE / ".peers" / "venv" / "bin" / "python"
CHROMEDRIVER: Final = HERE / ".peers" / "driver" / "usr" / "bin" / "chromedriver"
_TICKS: Final = os.sysconf("SC_CLK_TCK")
_PATIENCE: Final = 20.0  # seconds
_BECOME_REAPER: Final = 36  # PR_SET_CHILD_SUBREAPER, prctl(2)


def adopt_orphans() -> None:
    """Become the parent of every process whose own parent ends: a browser's are, and their CPU time would be lost."""
    ctypes.CDLL(None).prctl(_BECOME_REAPER, 1, 0, 0, 0)


def compile_as_installed() -> None:
    """Have all Python programs keep what they compile, as `pip install` does; elsewhere, as some forbid it in place."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(HERE / ".peers" / "compiled")


def children() -> set[int]:
    """Processes whose parent is this one, by birth or adoption."""
    tasks = Path("/proc/self/task").iterdir()
    return {int(child) for task in tasks for child in (task / "children").read_text("ascii").split()}


def wait_for_adopted(known: set[int]) -> None:
    """Wait until no process is left that one has started which has ended itself; `known` are those that stay.

    Raises:
        TimeoutError: One goes on.
    """
    patience = time.monotonic() + _PATIENCE
    while left := children() - known:
        for child in left:
            with suppress(ChildProcessError):
                os.waitpid(child, os.WNOHANG)
        if time.monotonic() > patience:
            raise TimeoutError(f"a program has left processes behind: {left}")
        time.sleep(0.01)


def own_cpu_seconds() -> float:
    """User and system time of this process and of all that it started and that has ended."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def cpu_seconds_of(process: int) -> float:
    """User and system time of one running process and of its children that have ended (proc(5))."""
    fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / _TICKS


@dataclass(slots=True)
class Load:
    """How busy the machine was: its load averages, and which share of its CPU time others used (0 to 1)."""

    before: tuple[float, ...] = field(default_factory=os.getloadavg)
    after: tuple[float, ...] = ()
    share_of_others: float = 0.0
    stolen: float = 0.0


@contextmanager
def load_watched(server: int | None = None) -> Iterator[Load]:
    """The load while the block runs; it is complete afterwards. `server` is a process of ours that goes on running."""

    def now() -> tuple[float, float, float, float]:
        with Path("/proc/stat").open(encoding="ascii") as stat:
            user, nice, system, idle, waiting, hard, soft, stolen, *_rest = map(int, stat.readline().split()[1:])
        busy = user + nice + system + hard + soft
        ours = own_cpu_seconds() + (cpu_seconds_of(server) if server else 0.0)
        return (busy + idle + waiting + stolen) / _TICKS, busy / _TICKS, stolen / _TICKS, ours

    load, began = Load(), now()
    try:
        yield load
    finally:
        whole, busy, stolen, ours = (after - before for after, before in zip(now(), began, strict=True))
        load.after = os.getloadavg()
        load.share_of_others, load.stolen = max(0.0, busy - ours) / whole, stolen / whole


def described() -> dict[str, str | int | float]:
    """The machine's cores, processor, memory and system."""
    lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return {
        "cores": os.cpu_count() or 0,
        "processor": model,
        "memory_gib": round(pages / 1024**3, 1),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
    }


def versions(browser: str) -> dict[str, str]:
    """What was measured, and with what."""
    commit = _said(["git", "log", "-1", "--format=%h", "--", "autofill"])
    commit += " and changes" if _said(["git", "status", "--porcelain", "--", "autofill"]) else ""
    found = {
        "autofill": f"{autofill.__version__} ({commit})",
        "browser": _said([browser, "--version"]),
        "Python": platform.python_version(),
        "Playwright for Python": version("playwright"),
        "Typer": version("typer"),
        "Node.js": _said(["node", "--version"]),
        **_node_packages(),
        **_python_packages(),
        "ChromeDriver": " ".join(_said([str(CHROMEDRIVER), "--version"]).split()[1:2]),
    }
    return {name: text for name, text in found.items() if text}


def find_browser() -> str:
    """The browser for all: the headless shell of the machine, which autofill takes first, or another Chromium.

    Debian's command is a script around the program, and ChromeDriver would end the script only.
    """
    names = ("/usr/lib/chromium/chromium-headless-shell", "chromium-headless-shell", "chromium", "google-chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    if not found:
        raise SystemExit("There is no browser: autofill install")
    return found


def _node_packages() -> Mapping[str, str]:
    wanted = {"Puppeteer": "puppeteer", "Puppeteer Replay": "@puppeteer/replay"}
    folder = HERE / "peers" / "node_modules"
    script = "console.log(JSON.parse(require('fs').readFileSync(process.argv[1])).version)"
    return {
        name: _said(["node", "-e", script, str(folder / package / "package.json")])
        for name, package in wanted.items()
        if (folder / package).is_dir()
    }


def _python_packages() -> Mapping[str, str]:
    wanted = {
        "Selenium": "selenium",
        "Robot Framework": "robotframework",
        "its Browser library": "robotframework-browser",
    }
    script = "import sys, importlib.metadata as m; print(m.version(sys.argv[1]))"
    return {name: _said([str(PEERS_PYTHON), "-c", script, package]) for name, package in wanted.items()}


def _said(command: list[str]) -> str:
    """What a command says; nothing, if it cannot."""
    try:
        return subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True, text=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""
