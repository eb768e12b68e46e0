"""PNG header reader: width and height."""

from __future__ import annotations

import struct
from typing import Final

# A PNG begins with its signature and the header chunk, which begins with width and height, four bytes each.
_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
# Bytes at the beginning of a file that `png_size` reads.
PNG_HEAD: Final = len(_SIGNATURE) + 8


def png_size(picture: bytes) -> tuple[int, int]:
    """Width and height in pixels; zeros for what is no PNG."""
    is_png = picture.startswith(_SIGNATURE) and len(picture) >= PNG_HEAD
    return struct.unpack_from(">II", picture, len(_SIGNATURE)) if is_png else (0, 0)
