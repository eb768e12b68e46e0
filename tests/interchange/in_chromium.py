"""`make exports`: what is exported, replayed by the tools it is for, fills in the practice form and arrives once.

Needs the tools in `replayed`, and a chromedriver of the browser's version on the PATH.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path
from typing import Final

from autofill.replica.options import ReplicaOptions
from autofill.replica.server import serving

HERE: Final = Path(__file__).parent / "replayed"
PROFILE: Final = Path(__file__).parents[2] / "profiles" / "01-missing-package.yaml"
PATIENCE: Final = 180


def commands(browser: str, folder: Path) -> dict[str, list[str]]:
    """How each format is replayed."""
    chrome = f"goog:chromeOptions.binary={browser} goog:chromeOptions.args=[--headless,--no-sandbox]"
    return {
        "chrome-recorder": ["node", "replay.mjs", browser, str(folder / "chrome-recorder.json")],
        "selenium-ide": [
            "npx", "selenium-side-runner", "-c", f"browserName=chrome {chrome}",
            "--output-directory", str(folder / "out"), str(folder / "selenium-ide.side"),
        ],
    }  # fmt: skip


def replayed(to: str, command: list[str]) -> bool:
    """Whether the form arrived, once, with what the profile says."""
    with serving(ReplicaOptions(delay_ms=0)) as replica:
        given = ["export", "usps-email-us", str(PROFILE), "--to", to, "--url", f"{replica.url}/", "--submit"]
        made = subprocess.run([sys.executable, "-m", "autofill", *given], check=True, capture_output=True, text=True)
        Path(command[-1]).write_text(made.stdout, encoding="utf-8")
        done = subprocess.run(command, cwd=HERE, check=False, capture_output=True, text=True, timeout=PATIENCE)
        with urllib.request.urlopen(f"{replica.url}/_replica/submissions") as answer:
            arrived = json.load(answer)
    told = json.dumps(arrived["submissions"], ensure_ascii=False)
    came = arrived["requests"] == 1 and "O'Brien" in told and "Tracking shows no scan" in told
    print(f"{to}: {'arrived once' if came else 'DID NOT ARRIVE'}", "" if came else f"\n{done.stdout}{done.stderr}")
    return came


def main() -> int:
    """Replay every format; 0 if all arrived."""
    browser = shutil.which("chromium-headless-shell") or shutil.which("chromium") or os.environ["BROWSER_PATH"]
    with tempfile.TemporaryDirectory() as folder:
        results = [replayed(to, command) for to, command in commands(browser, Path(folder)).items()]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
