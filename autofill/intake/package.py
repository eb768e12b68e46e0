"""A package: one inquiry as it was read, and its files, as bytes that travel to another machine.

The same inquiry makes the same bytes, so that their hash names it.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from autofill.inquiry.attachments import Attachment
from autofill.sources.source import Source

_INQUIRY: Final = "inquiry.json"
_FILES: Final = "files"


@dataclass(frozen=True, slots=True)
class Package:
    """An inquiry that has arrived, and the folder where its files are now."""

    source: Source
    folder: Path


def pack(source: Source, attachments: Iterable[Attachment]) -> bytes:
    """The bytes of an inquiry with its files (ZIP)."""
    written = {
        "name": source.name,
        "data": source.data,
        "places": [[*trail] for trail in source.positions],
        "normalised": [[*trail] for trail in source.normalised],
        "cut": [[*trail] for trail in source.cut],
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        _add(archive, _INQUIRY, json.dumps(written, ensure_ascii=False).encode(errors="surrogatepass"))
        for each in sorted(attachments, key=lambda each: each.path):
            _add(archive, f"{_FILES}/{each.path}", each.data)
    return content.getvalue()


def unpack(content: bytes, folder: Path) -> Package:
    """An inquiry with its files, which are written into an empty folder.

    Raises:
        ValueError: It is no package.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            written = json.loads(archive.read(_INQUIRY).decode(errors="surrogatepass"))
            archive.extractall(folder, [name for name in archive.namelist() if name.startswith(f"{_FILES}/")])
        # Where each value stood is of use only to whoever has the table; it was checked there.
        places = {tuple(trail): (1, 1) for trail in written["places"]}
        normalised, cut = (tuple(map(tuple, written[key])) for key in ("normalised", "cut"))
        source = Source(written["name"], written["data"], places, normalised=normalised, cut=cut)
    except (zipfile.BadZipFile, KeyError, TypeError, UnicodeError) as error:
        raise ValueError(str(error)) from None
    (folder / _FILES).mkdir(exist_ok=True)
    return Package(source, folder / _FILES)


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name), content)  # with the same date each time
