"""`make learn-test`: the first hour with many variants of the practice desk, and what the written maps are worth.

Usage: learn_in_chromium.py [--seeds N]
Each map has to run `confirmed` on its variant with nobody at it, and every difference has to be named.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from autofill.errors import AutofillError
from tests.journeys.learning import confirmed, learn, unnamed, variant


def try_seed(seed: int, folder: Path) -> list[str]:
    """What is wrong with what was learned of one variant; empty if nothing is."""
    with variant(seed) as desk:
        try:
            lesson = learn(desk, seed, folder / f"seen-{seed}.yaml")
        except AutofillError as error:
            return [f"stopped: {error}"]
        early = desk.arrived()["submissions"]
        runs = confirmed(desk, lesson.file, folder / "recordings")
    say(f"{seed}: {len(lesson.learned.differences)} differences, {len(lesson.someone.by_hand)} filled by hand")
    return [
        *([] if runs else ["not confirmed"]),
        *(["sent while learning"] if early else []),
        *(f"not named: {words}" for words in unnamed(seed, lesson.learned.differences)),
        *(f"wrong: {words}" for words in lesson.someone.wrong),
    ]


def say(words: str) -> None:
    """Say it at once."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def main() -> int:
    """Learn all variants, and say how many of their maps run."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=20)
    seeds = range(parser.parse_args().seeds)
    with tempfile.TemporaryDirectory(prefix="learned-") as folder:
        wrong = {seed: found for seed in seeds if (found := try_seed(seed, Path(folder)))}
    for seed, found in wrong.items():
        say(f"{seed}: {'; '.join(found)}")
    say(f"{len(seeds) - len(wrong)} of {len(seeds)} variants are learned, and their maps run by themselves")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
