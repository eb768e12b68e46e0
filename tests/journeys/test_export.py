"""An exported script, run by itself: it fills in the practice form, and submits only if it was asked to."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from autofill.page.browser import BrowserSettings, candidates
from tests.journeys.conftest import REPOSITORY, RunDesk

PROFILE = REPOSITORY / "profiles" / "01-missing-package.yaml"


def run_script(desk: RunDesk, script: Path, *asked: str) -> None:
    """Export a script for the practice form, and run it."""
    given = ["export", "usps-email-us", str(PROFILE), "--to", "playwright", "--url", f"{desk.url}/", *asked]
    made = subprocess.run([sys.executable, "-m", "autofill", *given], check=True, capture_output=True, text=True)
    script.write_text(made.stdout, encoding="utf-8")
    # The browser that the other tests use; without one, Playwright's own.
    path = candidates(BrowserSettings())[0].start.get("executable_path", "")
    environment = os.environ | ({"BROWSER_PATH": str(path)} if path else {})
    command = [sys.executable, str(script), "--headless"]
    done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stderr


def test_an_exported_script_fills_in_the_practice_form_and_stops(desk: RunDesk, tmp_path: Path) -> None:
    run_script(desk, tmp_path / "filling.py")

    assert (desk.arrived()["requests"], desk.arrived()["submissions"]) == (0, [])


def test_asked_to_submit_it_sends_what_the_plan_says(desk: RunDesk, tmp_path: Path) -> None:
    run_script(desk, tmp_path / "sending.py", "--submit")

    (sent,) = desk.arrived()["submissions"]
    told = json.dumps(sent, ensure_ascii=False)
    for words in ("O'Brien", "maria.obrien@example.com", "9400111202555830001010", "Tracking shows no scan"):
        assert words in told
