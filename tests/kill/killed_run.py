"""The program, to be killed at point KILL_POINT; if it survives, POINTS_PASSED gets the number of points it passed.

Usage: killed_run.py run ...    (the arguments of `autofill`)
"""

from __future__ import annotations

import atexit
import os
from pathlib import Path

from autofill.cli.app import main as autofill
from tests.kill.kill_points import KillPoint, watch_browser, watch_disk, watch_ledger


def main() -> None:
    kill_point = KillPoint(int(os.environ["KILL_POINT"]) if os.environ.get("KILL_POINT") else None)
    survived = Path(os.environ["POINTS_PASSED"])
    watch_disk(kill_point)
    watch_ledger(kill_point)
    watch_browser(kill_point)

    def tell() -> None:
        kill_point.at = None
        survived.write_text(str(kill_point.count))

    atexit.register(tell)
    autofill()


if __name__ == "__main__":
    main()
