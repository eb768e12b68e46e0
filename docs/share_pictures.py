"""Makes the two pictures of docs/sharing.md anew, from a real run and its share copy."""  # noqa: INP001 - a script, not a package

from __future__ import annotations

from pathlib import Path

from PIL import Image

from autofill.cli.app import app
from docs.newcomer import newcomers_folder
from docs.shots import keep

STEP = Path("data", "steps", "0004-review.png")
# The part of the page with the values in it, in pixels.
SHOWN = (100, 320, 1180, 1560)


def show(recording: Path, name: str) -> None:
    """Keep a part of a step's picture, at half its size."""
    with Image.open(recording / STEP) as picture:
        part = picture.convert("RGB").crop(SHOWN)
    keep(part.resize((part.width // 2, part.height // 2), Image.Resampling.LANCZOS), name)


def done(*arguments: str) -> None:
    """Run the program in this process; one that does not end well ends the script."""
    if code := app(list(arguments), standalone_mode=False):
        raise SystemExit(f"it ended with exit code {code}")


def main() -> None:
    """Run the first example in a folder of its own, share it, and keep one picture of each."""
    with newcomers_folder():
        done("run", "profiles/01-missing-package.yaml")
        (original,) = Path("recordings").glob("2*")
        done("share", str(original), "--out", "copies")
        (copy,) = Path("copies").iterdir()
        show(original, "share-before")
        show(copy, "share-after")


if __name__ == "__main__":
    main()
