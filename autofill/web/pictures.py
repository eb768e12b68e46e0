"""The size of a recording's pictures, and thumbnails of them, made on request. Writes nothing.

A file named .png may be anything, and a small one may decode to gigabytes: the header is checked first.
"""

from __future__ import annotations

import io
import threading
from functools import lru_cache
from pathlib import Path
from typing import Final

from PIL import Image

from autofill.evidence.keeping.png import PNG_HEAD, png_size

# Twice the rows of the tallest picture of ours; with this many pixels it may be twice as wide as any window.
_MOST_PIXELS: Final = 16_384 * 4_096
_LARGEST_FILE: Final = 64 << 20
# Twice the size at which pages show them, for sharp screens.
_WIDTH, _HEIGHT = 640, 400
# One picture at a time is unfolded: each may take a quarter of a gigabyte.
_one_at_a_time = threading.Lock()


def size_of(file: Path) -> tuple[int, int] | None:
    """Width and height that a PNG says it has; None if it is none, or larger than any picture of ours."""
    try:
        with file.open("rb") as opened:
            width, height = png_size(opened.read(PNG_HEAD))
        if file.stat().st_size > _LARGEST_FILE:
            return None
    except OSError:
        return None
    return (width, height) if 0 < width * height <= _MOST_PIXELS else None


def thumbnail(file: Path) -> bytes | None:
    """The top of a PNG as a small WebP picture, or None if it cannot be drawn; remembered until the file changes."""
    try:
        facts = file.stat()
    except OSError:
        return None
    return _drawn(file, facts.st_mtime_ns, facts.st_size)


@lru_cache(maxsize=1024)
def _drawn(file: Path, _changed: int, _bytes: int) -> bytes | None:
    if size_of(file) is None:
        return None
    with _one_at_a_time:
        try:
            with Image.open(file, formats=["PNG"]) as picture:
                top = picture.crop((0, 0, picture.width, min(picture.height, picture.width * _HEIGHT // _WIDTH)))
            small = top.convert("RGB")
            small.thumbnail((_WIDTH, _HEIGHT))
        # Pillow's decoders raise whatever comes to hand at broken files.
        except Exception:  # noqa: BLE001
            return None
    into = io.BytesIO()
    small.save(into, "WEBP", quality=80, method=2)
    return into.getvalue()
