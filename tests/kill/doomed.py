"""The program, doomed to die at point DOOM_AT; if it survives, DOOM_COUNT gets the number of points it passed.

Usage: doomed.py run ...    (the arguments of `autofill`)
"""

from __future__ import annotations

import atexit
import os
from pathlib import Path

from autofill.cli.app import main
from tests.kill.doom import Doom, watch_browser, watch_disk, watch_ledger


def doomed() -> None:
    doom = Doom(int(os.environ["DOOM_AT"]) if os.environ.get("DOOM_AT") else None)
    survived = Path(os.environ["DOOM_COUNT"])
    watch_disk(doom)
    watch_ledger(doom)
    watch_browser(doom)

    def tell() -> None:
        doom.at = None
        survived.write_text(str(doom.count))

    atexit.register(tell)
    main()


if __name__ == "__main__":
    doomed()
