"""The check that an HTML file of a recording is a report of autofill's. Shows nothing and changes nothing.

A browser may open connections for what a page only names, before any policy is asked: a frame is enough. So a file that
holds more than our reports do is not given to a browser at all.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

_BEGINNING: Final = b"<!doctype html>\n<html "
# Wherever it stands: in a comment or a style sheet, too, as browsers and parsers disagree on where those end.
_TAG: Final = re.compile(rb"<([A-Za-z][^\s/>]*)")
_OURS: Final = frozenset(
    b"a b bdi body br caption dd details div dl dt figcaption figure footer h1 h2 h3 head header html image li main"
    b" meta ol p pre section span style summary svg table tbody td th thead time title tr ul use".split()
)
_OF_EARLIER_VERSIONS: Final = frozenset({b"path"})
# Ours are a few megabytes, or some dozens with pictures of very long pages.
_LARGEST: Final = 128 << 20


def report(file: Path) -> bytes | None:
    """The file's content, or None if it is no report of ours."""
    try:
        content = file.read_bytes() if file.stat().st_size <= _LARGEST else b""
    except OSError:
        return None
    harmless = all(match[1].lower() in _OURS | _OF_EARLIER_VERSIONS for match in _TAG.finditer(content))
    return content if content.startswith(_BEGINNING) and harmless else None
