"""Whole runs as a user starts them: the program in a process of its own, a replica in ours, real Chromium."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

from autofill.replica import ReplicaOptions, serving

REPOSITORY = Path(__file__).parents[2]
Answer = dict[str, Any]
Desk = Callable[..., "RunDesk"]


class RunDesk:
    """A replica, and the program run against it."""

    def __init__(self, url: str, recordings: Path) -> None:
        self.url = url
        self.recordings = recordings

    def command(self, *arguments: str | Path) -> list[str]:
        """The command line of a run."""
        fixed = [sys.executable, "-m", "autofill", "run", "--url", self.url, "--recordings", self.recordings]
        return [str(part) for part in (*fixed, *arguments)]

    def run(self, *arguments: str | Path) -> tuple[int, list[Answer], str]:
        """Run with --json: exit code, the answers, and what stderr said."""
        command = self.command("--json", *arguments)
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=240)
        return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr

    def arrived(self) -> Answer:
        """What reached the replica's server."""
        with urllib.request.urlopen(f"{self.url}/_replica/submissions") as answer:
            found: Answer = json.load(answer)
        return found


async def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is there, as somebody without a mouse would."""
    for _ in range(60):
        await page.keyboard.press("Tab")
        if await page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"no Tab leads to {selector}")


async def nothing_in_the_way(page: Page) -> None:
    """axe-core finds nothing on the page, and nothing has to be scrolled sideways."""
    found = (await Axe().run(page)).response["violations"]
    assert [(page.url, each["id"], each["nodes"][0]["html"]) for each in found] == []
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[RunDesk]:
    """A replica that answers at once."""
    with serving(ReplicaOptions(delay_ms=0)) as replica:
        yield RunDesk(replica.url, tmp_path / "recordings")


@pytest.fixture
def recordings(tmp_path: Path) -> Path:
    return tmp_path / "recordings"
