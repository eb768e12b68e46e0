"""`make exports`: what is exported, replayed by the tools it is for, fills in the practice form and arrives once.

Needs the tools in `replayed`, and a chromedriver of the browser's version on the PATH. Prints the versions of all.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from importlib.metadata import version
from pathlib import Path
from typing import Final

from autofill.replica.options import ReplicaOptions
from autofill.replica.server import serving

HERE: Final = Path(__file__).parent / "replayed"
PROFILE: Final = Path(__file__).parents[2] / "profiles" / "01-missing-package.yaml"
PATIENCE: Final = 180
TYPED: Final = ("O'Brien", "maria.obrien@example.com", "9400111202555830001010", "Tracking shows no scan")


def commands(browser: str, folder: Path) -> dict[str, tuple[Path, list[str]]]:
    """The file of each format, and the command that replays it."""
    chrome = f"goog:chromeOptions.binary={browser} goog:chromeOptions.args=[--headless,--no-sandbox]"
    script, recording, project = (folder / f"exported{ending}" for ending in (".py", ".json", ".side"))
    side = ["npx", "selenium-side-runner", "-c", f"browserName=chrome {chrome}", "--output-directory"]
    return {
        "playwright": (script, [sys.executable, str(script), "--headless"]),
        "chrome-recorder": (recording, ["node", "replay.mjs", browser, str(recording)]),
        "selenium-ide": (project, [*side, str(folder / "out"), str(project)]),
    }


def replayed(to: str, browser: str, file: Path, command: list[str]) -> bool:
    """Whether the form arrived, once, with what the profile says."""
    with serving(ReplicaOptions(delay_ms=0)) as replica:
        given = ["export", "usps-email-us", str(PROFILE), "--to", to, "--url", f"{replica.url}/", "--submit"]
        made = subprocess.run([sys.executable, "-m", "autofill", *given], check=True, capture_output=True, text=True)
        file.write_text(made.stdout, encoding="utf-8")
        environment = os.environ | {"BROWSER_PATH": browser}
        done = subprocess.run(
            command, cwd=HERE, env=environment, check=False, capture_output=True, text=True, timeout=PATIENCE
        )
        with urllib.request.urlopen(f"{replica.url}/_replica/submissions") as answer:
            arrived = json.load(answer)
    told = json.dumps(arrived["submissions"], ensure_ascii=False)
    came = arrived["requests"] == 1 and all(words in told for words in TYPED)
    print(f"{to}: {'arrived once' if came else 'DID NOT ARRIVE'}", "" if came else f"\n{done.stdout}{done.stderr}")
    return came


def versions(browser: str) -> str:
    """What all this was run with."""
    programs = (["node", "--version"], [browser, "--version"], ["chromedriver", "--version"])
    said = (
        subprocess.run(each, check=False, capture_output=True, text=True).stdout.split(" (")[0].strip()
        for each in programs
    )
    packages = json.loads((HERE / "package.json").read_text(encoding="utf-8"))["dependencies"]
    pairs = [*packages.items(), ("playwright (Python)", version("playwright"))]
    return ", ".join((*(f"{name} {number}" for name, number in pairs), "node " + ", ".join(said)))


def main() -> int:
    """Replay every format; 0 if all arrived."""
    browser = shutil.which("chromium-headless-shell") or shutil.which("chromium") or os.environ["BROWSER_PATH"]
    with tempfile.TemporaryDirectory() as folder:
        results = [replayed(to, browser, *each) for to, each in commands(browser, Path(folder)).items()]
    print(versions(browser))
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
