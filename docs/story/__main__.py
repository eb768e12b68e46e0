"""`python -m docs.story`: play the story, keep its evidence in `recordings/story`, and draw the page into `docs/`.

Nothing else may live here.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from docs.story.page import draw
from docs.story.plot import BEGIN, Play
from docs.story.stage import REPOSITORY, staged


def main() -> None:
    """Play in a folder of its own, so that a play that fails leaves the last page and its evidence as they are."""
    kept = REPOSITORY / "recordings" / "story"
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "maria"
        folder.mkdir()
        with staged(folder, BEGIN) as stage:
            trail = Play(stage).whole()
        draw(trail, REPOSITORY / "docs")
        shutil.rmtree(kept, ignore_errors=True)
        shutil.copytree(folder, kept)


if __name__ == "__main__":
    main()
